//! Settings and comments that many findings are compared with.

use crate::program::Case;
use crate::trees::{Files, many, task};

/// Settings, with tasks that have a finding each.
fn with_tasks(name: &str, path: fn(usize) -> String, settings: fn() -> String) -> Case {
    Case::new(format!("settings: {name}"), move || {
        let tasks = many(1_000, |at| (path(at), task("a b")));
        tasks.into_iter().chain([("ecslint.toml".to_owned(), settings())]).collect()
    })
}

fn in_directory(at: usize) -> String {
    format!("d{at}/task.json")
}

fn ignore(path: &str, rule: &str) -> String {
    format!("[[ignore]]\npath = \"{path}\"\nrule = \"{rule}\"\n")
}

/// A table for each of 5,000 directories.
fn tables(table: fn(usize) -> String) -> String {
    (0..5_000).map(table).collect()
}

pub(crate) fn cases() -> Vec<Case> {
    let case = |name: &str, files: fn() -> Files| Case::new(format!("settings: {name}"), files);
    vec![
        with_tasks(
            "patterns",
            |at| format!("d{at}/abcabcabc/task.json"),
            || {
                let over = |at| {
                    format!("[[overrides]]\npath = \"**/*a*b*c{at}*/**\"\nrules = {{ syntax = \"off\" }}\n")
                };
                (0..200).map(over).collect()
            },
        ),
        with_tasks("ignores", in_directory, || {
            tables(|at| ignore(&format!("d{at}/task.json"), "invalid-name"))
        }),
        with_tasks("ignores of one path", in_directory, || tables(|_| ignore("task.json", "invalid-name"))),
        with_tasks("ignores of nothing", in_directory, || {
            tables(|_| ignore("task.json", "dynamic-port-without-load-balancer"))
        }),
        with_tasks("overrides", in_directory, || {
            tables(|at| format!("[[overrides]]\npath = \"d{at}/\"\nrules = {{ invalid-name = \"error\" }}\n"))
        }),
        case("in every directory", || {
            let own = |at| (format!("d{at}/ecslint.toml"), ignore("*.json", "invalid-name"));
            many(1_000, |at| (in_directory(at), task("a b"))).into_iter().chain(many(1_000, own)).collect()
        }),
        case("extended in every directory", || {
            let base = tables(|at| ignore(&format!("d{at}/other.json"), "invalid-name"));
            let own = |at| (format!("d{at}/ecslint.toml"), "extends = \"../base.toml\"\n".to_owned());
            let tasks = many(1_000, |at| (in_directory(at), task("a b")));
            tasks.into_iter().chain(many(1_000, own)).chain([("base.toml".to_owned(), base)]).collect()
        }),
        case("comments", || many(400, |at| (format!("d{at}/main.tf"), commented(50, cluster)))),
        case("comments on module calls", || {
            let call = |at| format!("module \"m{at}\" {{\n  source = \"../m\"\n}}\n");
            let roots = many(50, |at| (format!("r{at}/main.tf"), commented(50, call)));
            roots.into_iter().chain([("m/main.tf".to_owned(), cluster(0))]).collect()
        }),
    ]
}

/// A cluster with an invalid name.
fn cluster(at: usize) -> String {
    format!("resource \"aws_ecs_cluster\" \"a{at}\" {{\n  name = \"a b\"\n}}\n")
}

/// Blocks with an ignore comment on each.
fn commented(count: usize, block: impl Fn(usize) -> String) -> String {
    (0..count).map(|at| format!("# ecslint: ignore[invalid-name] why\n{}", block(at))).collect()
}
