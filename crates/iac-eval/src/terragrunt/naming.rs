//! The names of the units of one module, and which of them belong together.

use std::path::{Component, Path};

use smol_str::SmolStr;

/// Short names for different directories, given relative to their repository: what is different in them. A single one is named
/// after the directory that contains it.
pub(super) fn names(paths: &[&Path]) -> Vec<SmolStr> {
    let parts: Vec<Vec<Component>> = paths.iter().map(|path| path.components().collect()).collect();
    let joined = |parts: &[Component]| -> SmolStr {
        let parts: Vec<_> = parts.iter().map(|part| part.as_os_str().to_string_lossy()).collect();
        parts.join("/").into()
    };
    let shortest = parts.iter().map(Vec::len).min().unwrap_or_default();
    let (start, end) = match parts.as_slice() {
        [_] => (0, shortest.min(1)),
        _ => {
            let is_shared = |at: &dyn Fn(&[Component<'_>]) -> usize| {
                parts.windows(2).all(|two| two[0].get(at(&two[0])) == two[1].get(at(&two[1])))
            };
            let start = (0..shortest).take_while(|index| is_shared(&|_| *index)).count();
            let rest = shortest - start;
            let end = (0..rest).take_while(|index| is_shared(&|parts| parts.len() - 1 - index)).count();
            (start, end)
        }
    };
    let short: Vec<SmolStr> = parts.iter().map(|parts| joined(&parts[start..parts.len() - end])).collect();
    if short.iter().any(SmolStr::is_empty) {
        parts.iter().map(|parts| joined(parts)).collect()
    } else {
        short
    }
}

/// The name that belongs to a name of another module: the same name, one whose parts are all in it (`prod` for `prod/app`), or one
/// that has all its parts. `None` if there is none.
pub fn closest(names: &[&str], wanted: &str) -> Option<usize> {
    let has = |name: &str, part: &str| name.split('/').any(|known| known == part);
    let is_in = |part: &str, whole: &str| part.split('/').all(|part| has(whole, part));
    let position = |test: &dyn Fn(&str) -> bool| names.iter().position(|name| test(name));
    position(&|name| name == wanted)
        .or_else(|| position(&|name| is_in(name, wanted)))
        .or_else(|| position(&|name| is_in(wanted, name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(paths: &[&str]) -> Vec<SmolStr> {
        let paths: Vec<&Path> = paths.iter().map(Path::new).collect();
        names(&paths)
    }

    #[test]
    fn a_name_is_what_is_different() {
        assert_eq!(named(&["live/dev/app", "live/prod/app"]), ["dev", "prod"]);
        assert_eq!(named(&["dev/app", "prod/app", "prod/jobs"]), ["dev/app", "prod/app", "prod/jobs"]);
        assert_eq!(named(&["dev/us/app", "prod/eu/app"]), ["dev/us", "prod/eu"]);
        assert_eq!(named(&["live", "live/app"]), ["live", "live/app"]);
        assert_eq!(named(&["live/prod/app"]), ["live/prod"]);
        assert_eq!(named(&["app"]), ["app"]);
        assert!(named(&[]).is_empty());
    }

    #[test]
    fn a_name_without_the_unit_belongs_to_all_units_of_the_environment() {
        assert_eq!(closest(&["dev", "prod"], "prod/app"), Some(1));
        assert_eq!(closest(&["dev/app", "prod/app"], "prod"), Some(1));
        assert_eq!(closest(&["dev", "prod"], "shared"), None);
    }
}
