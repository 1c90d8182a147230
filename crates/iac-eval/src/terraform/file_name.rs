//! Classifies files by name. OpenTofu reads the files of Terraform, and files with its own extensions instead of those with the
//! same name.

use std::path::{Path, PathBuf};

/// The extensions of configuration.
const CODE: &[&str] = &[".tf", ".tf.json", ".tofu", ".tofu.json"];

/// The extensions of variable values.
const VALUES: &[&str] = &[".tfvars", ".tfvars.json", ".tofuvars", ".tofuvars.json"];

/// Extensions, and those of OpenTofu with the same meaning.
const OWN: &[(&str, &str)] = &[
    (".tf", ".tofu"),
    (".tf.json", ".tofu.json"),
    (".tfvars", ".tofuvars"),
    (".tfvars.json", ".tofuvars.json"),
];

/// Returns `true` if Terraform or OpenTofu reads a file with this name as configuration.
pub fn is_terraform(path: &Path) -> bool {
    stem(path, CODE).is_some()
}

/// Returns `true` if Terraform or OpenTofu reads a file with this name as variable values.
pub fn sets_variables(path: &Path) -> bool {
    stem(path, VALUES).is_some()
}

/// Returns `true` if Terraform or OpenTofu reads a file with this name by itself, in the directory of a root module.
pub fn is_automatic(path: &Path) -> bool {
    stem(path, VALUES).is_some_and(|stem| stem == "terraform" || stem.ends_with(".auto"))
}

/// Returns `true` if a file with this name is an override file.
pub(super) fn is_override(path: &Path) -> bool {
    stem(path, CODE).is_some_and(|stem| stem == "override" || stem.ends_with("_override"))
}

/// Returns `true` if a program or a person turns a file with this name into configuration: `main.tf.j2`, `variables.tf.example`.
pub(super) fn is_template(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    !is_terraform(path) && CODE.iter().any(|extension| name.contains(&format!("{extension}.")))
}

/// The name of a file of variable values without its extension.
pub fn variables_stem(path: &Path) -> Option<&str> {
    stem(path, VALUES)
}

/// The files of a directory without those that OpenTofu does not read, because the same file exists with its own extension.
pub fn without_replaced(files: &[PathBuf]) -> Vec<PathBuf> {
    let is_read = |path: &&PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let own = |(end, own): &(&str, &str)| {
            Some(path.with_file_name(format!("{}{own}", name.strip_suffix(end)?)))
        };
        !OWN.iter().filter_map(own).any(|own| files.binary_search(&own).is_ok())
    };
    files.iter().filter(is_read).cloned().collect()
}

/// The name without one of some extensions; `None` if it has none of them.
fn stem<'p>(path: &'p Path, extensions: &[&str]) -> Option<&'p str> {
    let name = path.file_name()?.to_str()?;
    extensions.iter().find_map(|extension| name.strip_suffix(extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_opentofu_replace_those_with_the_same_name() {
        let names =
            ["a.tf", "a.tf.json", "a.tofu", "b.tf", "c.tf.json", "c.tofu.json", "d.tfvars", "d.tofuvars"];
        let files: Vec<PathBuf> = names.iter().map(PathBuf::from).collect();
        let read = without_replaced(&files);
        let expected = ["a.tf.json", "a.tofu", "b.tf", "c.tofu.json", "d.tofuvars"];
        assert_eq!(read, expected.map(PathBuf::from));
    }

    #[test]
    fn files_are_known_by_their_names() {
        let automatic = |name: &str| is_automatic(Path::new(name));
        assert!(automatic("terraform.tfvars") && automatic("terraform.tofuvars.json"));
        assert!(automatic("a.auto.tfvars") && automatic(".auto.tofuvars") && !automatic("prod.tfvars"));
        assert!(is_override(Path::new("a_override.tofu")) && !is_override(Path::new("a.tofu")));
    }
}
