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

/// Returns `true` if Terraform reads a file with this name by itself, in the directory of a root module.
pub fn is_automatic(path: &Path) -> bool {
    let is = |name: &str| path.file_name().is_some_and(|known| known == name);
    let names = ["terraform.tfvars", "terraform.tfvars.json"];
    names.into_iter().any(is) || ends_with(path, ".auto.tfvars") || ends_with(path, ".auto.tfvars.json")
}

pub(super) fn ends_with(path: &Path, end: &str) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().ends_with(end.as_bytes()))
}
