//! The arguments of secrets, parameters and log groups, and of the keys that they are encrypted with. What they hold is
//! not read.

use super::Conversion::Same;
use super::Mapping;

pub(super) const SECRET: Mapping = &[("name", "Name", Same), ("kms_key_id", "KmsKeyId", Same)];

pub(super) const PARAMETER: Mapping =
    &[("name", "Name", Same), ("type", "Type", Same), ("key_id", "KeyId", Same)];

pub(super) const KEY: Mapping = &[("policy", "Policy", Same)];

pub(super) const KEY_POLICY: Mapping = &[("key_id", "KeyId", Same)];

pub(super) const LOG_GROUP: Mapping = &[("name", "logGroupName", Same), ("kms_key_id", "kmsKeyId", Same)];
