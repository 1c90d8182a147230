//! The order of the arguments does not change the output.

use std::fs;
use std::path::Path;

use crate::book;
use crate::program::{directory, run};

/// Two services that a rule could show as the reason of a finding.
#[test]
fn a_label_is_chosen_by_path() {
    let service = r#"{ "serviceName": "NAME", "cluster": "c", "taskDefinition": "web", "desiredCount": 2, "launchType": "EC2" }"#;
    let directory = directory(&[
        ("a/s.json", &service.replace("NAME", "one")),
        ("b/s.json", &service.replace("NAME", "two")),
        (
            "t/t.json",
            r#"{ "family": "web", "networkMode": "bridge", "containerDefinitions": [{ "name": "web", "image": "nginx:1", "memory": 128, "portMappings": [{ "containerPort": 80 }] }] }"#,
        ),
    ]);
    let say = |order: [&str; 3]| {
        ["human", "json", "sarif"]
            .map(|format| run(directory.path(), &[&["check", "--format", format], &order[..]].concat()))
    };
    let expected = say(["a", "b", "t"]);
    assert!(expected[0].1.contains("a/s.json"), "{}", expected[0].1);
    for order in [["b", "a", "t"], ["t", "b", "a"], ["b", "t", "a"]] {
        assert_eq!(say(order), expected, "{order:?}");
    }
}

/// Everything that is said about some directories, named in this order.
fn said(root: &Path, directories: &[String]) -> [String; 4] {
    let options = ["check", "--format=human", "--format=json=json", "--format=sarif=sarif", "--show-unknown"];
    let directories = directories.iter().map(String::as_str);
    let (code, out, err) = run(root, &options.into_iter().chain(directories).collect::<Vec<&str>>());
    assert_ne!(code, 0, "{err}");
    let report = |name| fs::read_to_string(root.join(name)).unwrap();
    [out, err, report("json"), report("sarif")]
}

#[track_caller]
fn assert_same(found: &[String; 4], expected: &[String; 4]) {
    for (found, expected) in found.iter().zip(expected) {
        let different = found.lines().zip(expected.lines()).find(|(found, expected)| found != expected);
        assert!(found == expected, "{different:?}");
    }
}

/// The examples of all pages use few names, so those of different pages refer to each other.
#[test]
fn reports_about_the_rule_book_do_not_depend_on_the_order_of_directories() {
    let pages = [book::pages("rules"), book::pages("tests/cases")].concat();
    let examples = pages.iter().flat_map(|page| book::examples(&fs::read_to_string(page).unwrap()));
    let mut examples: Vec<book::Example> = examples.collect();
    // Neighbors are of different pages.
    let step = [389, 397].into_iter().find(|step| !examples.len().is_multiple_of(*step)).unwrap();
    let count = examples.len();
    let mut mixed: Vec<(usize, book::Example)> =
        examples.drain(..).enumerate().map(|(at, example)| (at * step % count, example)).collect();
    mixed.sort_by_key(|(at, _)| *at);
    // Pieces of about the same size: a small one may have no finding.
    for some in mixed.chunks(count.div_ceil(count.div_ceil(150))) {
        let root = tempfile::tempdir().unwrap();
        let directories: Vec<String> = (0..some.len()).map(|at| format!("{at:03}")).collect();
        for ((_, example), directory) in some.iter().zip(&directories) {
            for (name, text) in &example.files {
                let path = root.path().join(directory).join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
        }
        let expected = said(root.path(), &directories);
        let mut other = directories.clone();
        other.reverse();
        assert_same(&said(root.path(), &other), &expected);
        other.rotate_left(5);
        other.swap(0, 3);
        assert_same(&said(root.path(), &other), &expected);
    }
}
