//! What a file is by its name.

use std::path::Path;

/// Whether Terraform would read the file as configuration, by its name.
pub fn is_terraform(path: &Path) -> bool {
    ends_with(path, ".tf") || ends_with(path, ".tf.json")
}

/// Whether Terraform would read the file as values of variables, by its name.
pub fn sets_variables(path: &Path) -> bool {
    ends_with(path, ".tfvars") || ends_with(path, ".tfvars.json")
}

pub(super) fn ends_with(path: &Path, end: &str) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().ends_with(end.as_bytes()))
}
