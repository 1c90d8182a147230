//! The arguments of secrets, parameters, log groups, and their encryption keys. Of the value of a secret, only its form is
//! read.

use super::Conversion::{Same, SecretKeys};
use super::Mapping;

pub(super) const SECRET: Mapping = &[("name", "Name", Same), ("kms_key_id", "KmsKeyId", Same)];

pub(super) const SECRET_VERSION: Mapping =
    &[("secret_id", "SecretId", Same), ("secret_string", "SecretKeys", SecretKeys)];

pub(super) const PARAMETER: Mapping =
    &[("name", "Name", Same), ("type", "Type", Same), ("key_id", "KeyId", Same)];

pub(super) const KEY: Mapping = &[("policy", "Policy", Same)];

pub(super) const KEY_POLICY: Mapping = &[("key_id", "KeyId", Same)];

pub(super) const LOG_GROUP: Mapping = &[("name", "logGroupName", Same), ("kms_key_id", "kmsKeyId", Same)];
