//! The arguments of secrets, parameters and log groups, and of the keys that they are encrypted with. What they hold is
//! not read.

use super::Form::Same;
use super::Shape;

pub(super) const SECRET: Shape = &[("name", "Name", Same), ("kms_key_id", "KmsKeyId", Same)];

pub(super) const PARAMETER: Shape =
    &[("name", "Name", Same), ("type", "Type", Same), ("key_id", "KeyId", Same)];

pub(super) const KEY: Shape = &[("policy", "Policy", Same)];

pub(super) const KEY_POLICY: Shape = &[("key_id", "KeyId", Same)];

pub(super) const LOG_GROUP: Shape = &[("name", "logGroupName", Same), ("kms_key_id", "kmsKeyId", Same)];
