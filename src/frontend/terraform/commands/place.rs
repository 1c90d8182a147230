//! Directories, as texts that begin with what they are relative to.

use crate::frontend::terraform::commands::ANY;

/// The directory in which a script starts.
pub(in crate::frontend::terraform) const START: char = '\u{1}';
/// The directory of the script itself: `$(dirname "$0")`.
pub(in crate::frontend::terraform) const OWN: char = '\u{2}';
/// The root of the repository: `$GITHUB_WORKSPACE`.
pub(in crate::frontend::terraform) const REPOSITORY: char = '\u{3}';

/// What a directory can be relative to.
pub(super) const BASES: [char; 3] = [START, OWN, REPOSITORY];

/// Expressions for the root of the repository.
const REPOSITORIES: &[&str] = &[
    "git rev-parse --show-toplevel",
    "github.workspace",
    "GITHUB_WORKSPACE",
    "CI_PROJECT_DIR",
    "CODEBUILD_SRC_DIR",
    "BITBUCKET_CLONE_DIR",
    "Build.SourcesDirectory",
    "System.DefaultWorkingDirectory",
];

/// The directory after `cd path` in a directory.
pub(super) fn joined(directory: &str, path: &str) -> String {
    if path.starts_with([START, OWN, REPOSITORY, ANY, '/', '~']) {
        return normal(path);
    }
    normal(&format!("{directory}/{path}"))
}

/// A path as it is from a directory, if both are relative to the same one.
pub(super) fn from(directory: &str, path: &str) -> String {
    let base = path.chars().next().filter(|letter| BASES.contains(letter));
    let inside =
        base.and_then(|base| directory.strip_prefix(base)).filter(|inside| !inside.contains([ANY, '.']));
    match (inside, base) {
        (Some(inside), Some(base)) => {
            let above = inside.split('/').filter(|part| !part.is_empty()).count();
            let below = path[base.len_utf8()..].trim_start_matches('/');
            "../".repeat(above) + below
        }
        _ => path.to_owned(),
    }
}

/// A path without `.` and without a directory before `..`. What is above a computed directory is computed.
fn normal(path: &str) -> String {
    let base = path.chars().next().filter(|letter| BASES.contains(letter));
    let rest = &path[base.map_or(0, char::len_utf8)..];
    let mut parts: Vec<&str> = Vec::new();
    for part in rest.split('/') {
        match (part, parts.last()) {
            ("" | ".", _) => {}
            ("..", Some(last)) if last.contains(ANY) => *parts.last_mut().unwrap_or(&mut "") = "*",
            ("..", Some(last)) if *last != ".." => drop(parts.pop()),
            (part, _) => parts.push(part),
        }
    }
    let is_absolute = base.is_none() && rest.starts_with('/');
    let start = if is_absolute { String::from("/") } else { base.map(String::from).unwrap_or_default() };
    start + &parts.join("/")
}

/// The directory that an expression is; `None` if it is something else.
pub(super) fn computed(expression: &str, current: &str) -> Option<String> {
    if REPOSITORIES.iter().any(|name| expression.contains(name)) {
        return Some(REPOSITORY.to_string());
    }
    let is_own = ["dirname", "BASH_SOURCE", "PSScriptRoot"].iter().any(|name| expression.contains(name));
    if !is_own {
        let is_current = ["$(pwd)", "$PWD", "${PWD}", "$(CURDIR)", "$(shell pwd)"]
            .contains(&expression.trim_start_matches("$$"))
            || expression == "$$(pwd)";
        return is_current.then(|| current.to_owned());
    }
    // `$(cd "$(dirname "$0")/.." && pwd)` and `$(dirname "$(dirname "$0")")`.
    let above = expression.matches("dirname").count().saturating_sub(1);
    let inner = expression.rfind("dirname").unwrap_or_default();
    let after = expression[inner..].find(')').map_or("", |at| &expression[inner + at + 1..]);
    let after = after.trim_start_matches(['"', '\'', '}']);
    let path = after.split(['"', '\'', ' ', ')', ';', '&']).next().unwrap_or_default();
    let path = path.trim_start_matches('/');
    Some(normal(&format!("{OWN}/{path}{}", "/..".repeat(above))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_are_followed() {
        let from = |directory: &str, path: &str| joined(directory, path);
        let start = START.to_string();
        assert_eq!(from(&start, "./infra/"), format!("{start}infra"));
        assert_eq!(from(&from(&start, "a"), "../b"), format!("{start}b"));
        assert_eq!(from(&from(&start, "*"), "../b"), "*/b");
        assert_eq!(from(&start, ".."), format!("{start}.."));
        let own = |text: &str| computed(text, &start).map(|path| path.replace(OWN, "OWN/"));
        assert_eq!(own("$(dirname \"$0\")").as_deref(), Some("OWN/"));
        assert_eq!(own("$(cd \"$(dirname \"$0\")/../infra\" && pwd)").as_deref(), Some("OWN/../infra"));
        assert_eq!(own("$(dirname \"$(dirname \"$0\")\")").as_deref(), Some("OWN/.."));
        assert_eq!(super::from(&from(&start, "a/b"), &format!("{start}/c.tfvars")), "../../c.tfvars");
        assert_eq!(own("$X"), None);
        assert_eq!(computed("$(pwd)", "*/b").as_deref(), Some("*/b"));
    }
}
