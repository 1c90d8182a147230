//! The arguments of secrets, parameters, log groups, and their encryption keys. Secret values are not read.

use super::Conversion::Same;
use super::Mapping;

pub(super) const SECRET: Mapping = &[("name", "Name", Same), ("kms_key_id", "KmsKeyId", Same)];

pub(super) const PARAMETER: Mapping =
    &[("name", "Name", Same), ("type", "Type", Same), ("key_id", "KeyId", Same)];

pub(super) const KEY: Mapping = &[("policy", "Policy", Same)];

pub(super) const KEY_POLICY: Mapping = &[("key_id", "KeyId", Same)];

pub(super) const LOG_GROUP: Mapping = &[("name", "logGroupName", Same), ("kms_key_id", "kmsKeyId", Same)];
