//! The arguments of roles and of the policies that they are given.

use super::Form::{Blocks, Json, Same};
use super::Shape;

pub(super) const ROLE: Shape = &[
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

pub(super) const ROLE_POLICY: Shape =
    &[("name", "PolicyName", Same), ("role", "RoleName", Same), ("policy", "PolicyDocument", Json)];

pub(super) const POLICY: Shape = &[("name", "PolicyName", Same), ("policy", "PolicyDocument", Json)];

pub(super) const POLICY_ATTACHMENT: Shape = &[("role", "RoleName", Same), ("policy_arn", "PolicyArn", Same)];
