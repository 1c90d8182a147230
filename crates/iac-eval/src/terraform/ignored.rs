//! Files that git ignores: a module can have some that are not in the repository.

use std::path::Path;

use crate::source::Sources;
use crate::terraform::{file_name, is_terraform};

/// Returns `true` if a `.gitignore` of the repository names Terraform files in a directory, so that there may be some that only
/// their authors have. An override file declares nothing new.
pub(super) fn hides_files(sources: &Sources, directory: &Path) -> bool {
    let root = sources.root_of(directory).unwrap_or(directory);
    let mut around = directory.ancestors().take_while(|above| above.starts_with(root));
    around.any(|above| {
        let inside = directory.strip_prefix(above).unwrap_or(directory);
        let text = sources.load(&above.join(".gitignore")).map(|file| sources.get(file).text.clone());
        text.is_ok_and(|text| text.lines().any(|pattern| hides(pattern.trim(), inside)))
    })
}

/// Returns `true` if a pattern can match a Terraform file in a directory, given relative to that of the pattern.
fn hides(pattern: &str, directory: &Path) -> bool {
    if pattern.starts_with(['#', '!']) {
        return false;
    }
    let (folder, name) = pattern.rsplit_once('/').unwrap_or(("", pattern));
    let path = Path::new(name);
    let is_code = is_terraform(path) || name.ends_with(".tf*");
    let folder = folder.trim_start_matches('/');
    let is_here = !pattern.contains('/') || folder.contains('*') || Path::new(folder) == directory;
    is_code && !file_name::is_override(path) && is_here
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_name_files_of_a_directory() {
        let is_hidden = |pattern: &str, directory: &str| hides(pattern, Path::new(directory));
        assert!(
            is_hidden("variables.tf", "prod") && is_hidden("*.tf", "") && is_hidden("**/*.tf.json", "a/b")
        );
        assert!(is_hidden("/prod/secrets.tf", "prod") && !is_hidden("prod/secrets.tf", "dev"));
        assert!(
            !is_hidden("*_override.tf", "")
                && !is_hidden("override.tf.json", "")
                && !is_hidden("!main.tf", "")
        );
        assert!(!is_hidden("*.tfvars", "") && !is_hidden("*.tfstate.*", "") && !is_hidden("# a.tf", ""));
    }
}
