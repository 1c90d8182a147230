//! Classifies files by name.

use std::path::Path;

/// Returns `true` if Terraform reads a file with this name as configuration.
pub fn is_terraform(path: &Path) -> bool {
    ends_with(path, ".tf") || ends_with(path, ".tf.json")
}

/// Returns `true` if Terraform reads a file with this name as variable values.
pub fn sets_variables(path: &Path) -> bool {
    ends_with(path, ".tfvars") || ends_with(path, ".tfvars.json")
}

pub(super) fn ends_with(path: &Path, end: &str) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().ends_with(end.as_bytes()))
}
