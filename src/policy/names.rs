//! The names and paths of all managed policies of AWS, from a table: `names.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// One line per policy: its name, and its path. The date of the list is in the first line of `names.tsv`, of which `build.rs` writes what
/// the target knows. AWS withdraws policies, which then no longer
/// can be attached; these have `withdrawn` in place of a path. The list is that of `ListPolicies`, so it is complete for its date.
const TABLE: &str = include_str!(concat!(env!("OUT_DIR"), "/policies.tsv"));

/// Words that are often left out of a name, or added to it.
const FILLERS: [&str; 7] = ["amazon", "aws", "role", "policy", "access", "service", "for"];

static PATHS: LazyLock<FxHashMap<&str, &str>> =
    LazyLock::new(|| TABLE.lines().filter_map(|line| line.split_once('\t')).collect());

/// Why AWS has no managed policy with a name that can be attached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameFault {
    /// The policy has another path, and this is its name with that path.
    Path(String),
    /// AWS has withdrawn the policy.
    Withdrawn,
    /// There is none, but this one has nearly the same name.
    Misspelled(String),
}

/// Why AWS certainly has no managed policy with this path and name, such as `service-role/AWSLambdaRole`, that can be attached. A name
/// that resembles none may be younger than the table.
pub fn name_fault(written: &str) -> Option<NameFault> {
    let (path, name) = written.rsplit_once('/').unwrap_or(("", written));
    match PATHS.get(name) {
        Some(&"withdrawn") => Some(NameFault::Withdrawn),
        Some(known) => (*known != path).then(|| NameFault::Path(with_path(known, name))),
        None => nearest(name).map(|(path, name)| NameFault::Misspelled(with_path(path, name))),
    }
}

fn with_path(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") }
}

/// The policy that was certainly meant: its name differs in one or two letters, in separators, or in a word without meaning. Names that
/// differ in a number are distinct, and so may be names that differ only in capitals.
fn nearest(name: &str) -> Option<(&'static str, &'static str)> {
    let core = core(name);
    let numbers = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_near = |known: &str| {
        !known.eq_ignore_ascii_case(name)
            && numbers(known) == numbers(name)
            && (self::core(known) == core || strsim::osa_distance(known, name) <= 2)
    };
    if !(12..=128).contains(&name.len()) {
        return None;
    }
    let mut near = PATHS.iter().filter(|(known, path)| **path != "withdrawn" && is_near(known));
    let (found, path) = near.next()?;
    near.next().is_none().then_some((*path, *found))
}

/// A name without separators and fillers, in lower case.
fn core(name: &str) -> String {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    FILLERS.iter().fold(letters.to_lowercase(), |rest, word| rest.replace(word, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_has_one_path() {
        let path = |written| name_fault(written);
        assert_eq!(path("service-role/AmazonECSTaskExecutionRolePolicy"), None);
        assert_eq!(
            path("AmazonECSTaskExecutionRolePolicy"),
            Some(NameFault::Path("service-role/AmazonECSTaskExecutionRolePolicy".to_owned()))
        );
        assert_eq!(
            path("service-role/AmazonS3FullAccess"),
            Some(NameFault::Path("AmazonS3FullAccess".to_owned()))
        );
    }

    #[test]
    fn a_name_that_resembles_none_may_be_new() {
        let near = |written| match name_fault(written) {
            Some(NameFault::Misspelled(near)) => near,
            other => format!("{other:?}"),
        };
        assert_eq!(
            near("service-role/AmazonECSTaskExecutionPolicy"),
            "service-role/AmazonECSTaskExecutionRolePolicy"
        );
        assert_eq!(near("AmazonSSMManagedInstancesCore"), "AmazonSSMManagedInstanceCore");
        assert_eq!(near("AWSSecretsManagerReadWrite"), "SecretsManagerReadWrite");
        assert_eq!(near("AmazonECS_FullAccessV9"), "None");
        assert_eq!(near("AmazonNewServiceFullAccess"), "None");
        assert_eq!(near("amazonecs_fullaccess"), "None");
        assert_eq!(name_fault("AmazonEC2ContainerServiceFullAccess"), Some(NameFault::Withdrawn));
    }
}
