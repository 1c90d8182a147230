//! The arguments of secrets, parameters, log groups, and their encryption keys, and of resource policies. Of the value of a secret, only
//! its form and its references are read.

use super::Conversion::{Json, References, Same, SecretKeys};
use super::Mapping;

pub(super) const SECRET: Mapping =
    &[("name", "Name", Same), ("kms_key_id", "KmsKeyId", Same), ("policy", "Policy", Json)];

pub(super) const SECRET_VERSION: Mapping = &[
    ("secret_id", "SecretId", Same),
    ("secret_string", "SecretKeys", SecretKeys),
    ("secret_string", "References", References),
];

pub(super) const PARAMETER: Mapping = &[
    ("name", "Name", Same),
    ("type", "Type", Same),
    ("key_id", "KeyId", Same),
    ("value", "References", References),
];

pub(super) const KEY: Mapping = &[("policy", "Policy", Json)];

pub(super) const KEY_POLICY: Mapping = &[("key_id", "KeyId", Same), ("policy", "Policy", Json)];

pub(super) const KEY_GRANT: Mapping = &[
    ("key_id", "KeyId", Same),
    ("grantee_principal", "GranteePrincipal", Same),
    ("operations", "Operations", Same),
    ("constraints", "Constraints", Same),
];

pub(super) const SECRET_POLICY: Mapping = &[("secret_arn", "ResourceArn", Same), ("policy", "Policy", Json)];

pub(super) const REPOSITORY_POLICY: Mapping =
    &[("repository", "repositoryName", Same), ("policy", "Policy", Json)];

pub(super) const BUCKET: Mapping =
    &[("bucket", "Name", Same), ("acl", "ACL", Same), ("grant", "Grants", Same), ("policy", "Policy", Json)];

pub(super) const BUCKET_POLICY: Mapping = &[("bucket", "Bucket", Same), ("policy", "Policy", Json)];

pub(super) const FILE_SYSTEM_POLICY: Mapping =
    &[("file_system_id", "ResourceArn", Same), ("policy", "Policy", Json)];

pub(super) const LOG_GROUP: Mapping = &[
    ("name", "logGroupName", Same),
    ("retention_in_days", "retentionInDays", Same),
    ("kms_key_id", "kmsKeyId", Same),
];
