//! Relative paths.

use std::path::Path;

use smol_str::SmolStr;

/// The path of `to` relative to the directory `from`, with `/` as the separator; `.` if they are the same.
pub fn relative(from: &Path, to: &Path) -> SmolStr {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| "..".to_owned());
    let down = to.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = up.chain(down).collect();
    if parts.is_empty() { SmolStr::new_static(".") } else { parts.join("/").into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_are_named_from_the_root() {
        let name = |from: &str, to: &str| relative(Path::new(from), Path::new(to));
        assert_eq!(name("/a/b", "/a/b"), ".");
        assert_eq!(name("/a/b", "/a/b/modules/c"), "modules/c");
        assert_eq!(name("/a/env/prod", "/a/modules/c"), "../../modules/c");
    }
}
