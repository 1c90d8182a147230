//! The arguments of roles and their policies.

use super::Conversion::{Blocks, Json, Same};
use super::Mapping;

pub(super) const ROLE: Mapping = &[
    ("name", "RoleName", Same),
    ("path", "Path", Same),
    ("assume_role_policy", "AssumeRolePolicyDocument", Json),
    ("permissions_boundary", "PermissionsBoundary", Same),
    ("managed_policy_arns", "ManagedPolicyArns", Same),
    (
        "inline_policy",
        "InlinePolicies",
        Blocks(&[("name", "PolicyName", Same), ("policy", "PolicyDocument", Json)]),
    ),
];

pub(super) const ROLE_POLICY: Mapping =
    &[("name", "PolicyName", Same), ("role", "RoleName", Same), ("policy", "PolicyDocument", Json)];

pub(super) const POLICY: Mapping = &[("name", "PolicyName", Same), ("policy", "PolicyDocument", Json)];

pub(super) const POLICY_ATTACHMENT: Mapping =
    &[("role", "RoleName", Same), ("policy_arn", "PolicyArn", Same)];

pub(super) const POLICY_ATTACHMENTS: Mapping = &[("roles", "Roles", Same), ("policy_arn", "PolicyArn", Same)];

pub(super) const EXCLUSIVE_ATTACHMENTS: Mapping =
    &[("role_name", "RoleName", Same), ("policy_arns", "PolicyArns", Same)];

pub(super) const INSTANCE_PROFILE: Mapping =
    &[("name", "InstanceProfileName", Same), ("role", "Roles", Same), ("roles", "Roles", Same)];
