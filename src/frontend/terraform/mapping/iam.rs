//! The arguments of roles and their policies.

use super::Conversion::{Blocks, Json, Same};
use super::Mapping;

pub(super) const ROLE: Mapping = &[
    ("name", "RoleName", Same),
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
