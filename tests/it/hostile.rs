//! Files that try to hang a reader, exhaust its memory, or crash it. Each causes a finding at most, and findings in
//! other files are still reported.

use std::path::Path;

use ecslint::check;
use ecslint::config::RunOptions;
use ecslint::source::{Requested, Sources};
use snapbox::str;

use crate::program::{BROKEN, assert_output, directory, ecslint};

mod limits;
mod terraform;

/// The findings in some files. Fails if an error in another file is not found too.
fn said(files: &[(&str, &str)]) -> Vec<String> {
    let mut sources = Sources::new("/");
    for (name, text) in files {
        let file = sources.add(Path::new(name), *text);
        sources.add_input(file, Requested::Discovered);
    }
    let beside = sources.add(Path::new("/zz/beside.json"), BROKEN);
    sources.add_input(beside, Requested::Discovered);
    let found = check(&sources, &RunOptions::default()).diagnostics;
    let (others, ours): (Vec<_>, Vec<_>) = found.into_iter().partition(|found| found.span.file == beside);
    assert!(others.iter().any(|found| found.rule == "syntax"));
    ours.into_iter().map(|found| format!("{}: {}", found.rule, found.message)).collect()
}

/// A task definition whose containers are the value of an expression.
fn task(expression: &str) -> String {
    format!(
        "resource \"aws_ecs_task_definition\" \"a\" {{\n  family                = \"a\"\n  container_definitions = {expression}\n}}\n"
    )
}

/// The findings for an expression, with some lines before it.
fn of(before: &str, expression: &str) -> Vec<String> {
    said(&[("main.tf", &format!("{before}{}", task(expression)))])
}

fn listed(said: &[String]) -> String {
    said.iter().map(|said| format!("  {said}\n")).collect()
}

#[track_caller]
fn says_once(said: &[String], phrase: &str) {
    assert_eq!(said.iter().filter(|said| said.contains(phrase)).count(), 1, "{phrase}: {said:?}");
}

const DEEP: usize = 100_000;

#[test]
fn a_value_that_is_encoded_many_times_is_shown_as_unknown() {
    let encoded = format!("{}[\"a\", var.unset]{}", "jsonencode([".repeat(60), "])".repeat(60));
    let text = task("\"[]\"").replace("\"a\"\n", &format!("{encoded}\n"));
    let files = directory(&[("main.tf", &format!("variable \"unset\" {{}}\n{text}"))]);
    let output = ecslint(files.path(), &["show"]).output().unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(shown.contains("a long text") && shown.len() < 100_000, "{} bytes", shown.len());
}

#[test]
fn json_of_any_depth_is_read() {
    let lists = format!("{{\"containerDefinitions\":{}{}}}", "[".repeat(DEEP), "]".repeat(DEEP));
    let found = [said(&[("task.json", &lists)]), said(&[("task.json", &lists[..DEEP])])];
    assert_output(
        listed(&found.concat()),
        str![[r#"
  missing-property: the task definition has no `family`, which the API requires
  wrong-type: `containerDefinitions[0]` must be an object (got a list)
  limit-reached: values are nested more than 128 levels deep; the deeper ones are not read
  syntax: this `[` is never closed
  limit-reached: values are nested more than 128 levels deep; the deeper ones are not read

"#]],
    );
    let objects = format!("{}1{}", "{\"containerDefinitions\":".repeat(DEEP), "}".repeat(DEEP));
    assert!(said(&[("task.json", &objects)]).len() <= 1);
}

#[test]
fn yaml_that_laughs_is_bounded() {
    let lines = (1..20)
        .map(|line| format!("a{line}: &a{line} [{}]\n", vec![format!("*a{}", line - 1); 10].join(",")));
    let laughs = format!("a0: &a0 [lol]\n{}", lines.collect::<String>());
    for yaml in [laughs, "[".repeat(DEEP), "- ".repeat(DEEP), "&a [*a]".to_owned()] {
        let found = said(&[("main.tf", &task("yamldecode(file(\"a.yaml\"))")), ("a.yaml", &yaml)]);
        assert!(found.len() <= 1, "{found:?}");
    }
}

#[test]
fn of_a_request_beyond_all_use_the_first_items_are_checked() {
    let containers = vec![r#"{ "name": "a", "portMappings": [{ "containerPort": 0 }] }"#; 5_000].join(",");
    let found =
        said(&[("task.json", &format!("{{ \"family\": \"a\", \"containerDefinitions\": [{containers}] }}"))]);
    let of_rule =
        |rule: &str| found.iter().filter(|said| said.starts_with(rule)).cloned().collect::<Vec<_>>();
    assert_output(
        listed(&of_rule("limit-reached")),
        str![[r#"
  limit-reached: this resource has more than 10000 values, or an object with more than 2000 members; only the first 50 of each list and object are checked

"#]],
    );
    assert!(found.len() < 300 && !of_rule("invalid-port").is_empty(), "{}", found.len());
}

#[test]
fn of_many_mistakes_a_thousand_are_told() {
    let repeated = vec!["\"a\": 1"; 20_000].join(",");
    let found =
        said(&[("task.json", &format!("{{ \"family\": \"a\", \"containerDefinitions\": [], {repeated} }}"))]);
    let counted = found.chunk_by(|one, next| one == next).map(|same| format!("{} {}\n", same.len(), same[0]));
    assert_output(
        counted.collect::<String>(),
        str![[r#"
1 limit-reached: this resource has more than 10000 values, or an object with more than 2000 members; only the first 50 of each list and object are checked
1 no-containers: the task definition has no containers
1000 syntax: duplicate key `a`: only the last value is used
1 limit-reached: only the first 1000 errors of this file are reported

"#]],
    );
    let commas = "1 2,,\n".repeat(20_000);
    assert!(said(&[("task.json", &format!("{{ \"containerDefinitions\": [{commas}] }}"))]).len() < 1_200);
}

#[test]
fn a_block_with_more_arguments_than_anybody_writes_is_read() {
    let arguments: String = (0..10_000).map(|index| format!("  a{index} = {index}\n")).collect();
    let block = format!("resource \"aws_ecs_service\" \"a\" {{\n{arguments}  a0 = 1\n}}\n");
    let found = said(&[("main.tf", &block)]);
    let (unknown, rest): (Vec<String>, Vec<String>) =
        found.into_iter().partition(|said| said.starts_with("unknown-property"));
    assert_eq!(unknown.len(), 10_000);
    assert_output(
        listed(&rest),
        str![[r#"
  missing-property: `aws_ecs_service` has no `name`, which the AWS provider requires
  syntax: `a0` is already set in this block

"#]],
    );
}

#[test]
fn a_message_is_as_long_as_people_read() {
    let long = "z".repeat(200_000);
    let text = format!(
        r#"{{ "family": "{long} ", "cpu": {}, "containerDefinitions": [{{ "name": "{long}", "image": "a", "{long}": 1,
            "dependsOn": [{{ "containerName": "{long}y", "condition": "{long}" }}] }}] }}"#,
        "9".repeat(200_000)
    );
    let found = said(&[("task.json", &text)]);
    assert!(found.len() > 3 && found.iter().all(|said| said.chars().count() < 1_100), "{}", found.len());
}

#[test]
fn bytes_that_mean_nothing_are_mistakes_at_most() {
    let nul = "{ \"family\": \"a\0\", \"containerDefinitions\": [{ \"name\": \"\0\" }] }\0";
    assert!(said(&[("task.json", nul)]).iter().any(|said| said.starts_with("invalid-name")));
    let surrogate = r#"{ "family": "\ud800", "containerDefinitions": [{ "name": "\udc00\ud800x" }] }"#;
    assert!(said(&[("task.json", surrogate)]).iter().any(|said| said.starts_with("invalid-name")));
    let marked = "\u{FEFF}{ \"family\": \"a\",\r\n\"containerDefinitions\":\r[{ \"name\": \"a\", \"image\": \"b\", \"memory\": 8\n}]}\u{2028}";
    assert_eq!(said(&[("task.json", marked)]).len(), 1);
}

#[test]
fn a_long_message_ends_with_an_ellipsis() {
    let network = "x".repeat(5_000);
    let text = format!(
        r#"{{ "family": "a", "networkMode": "{network}", "containerDefinitions": [{{ "name": "a", "image": "a", "memory": 8 }}] }}"#
    );
    let found = said(&[("task.json", &text)]);
    let long: Vec<&String> = found.iter().filter(|said| said.contains("xxxx")).collect();
    let message = long[0].split_once(": ").unwrap().1;
    assert!(message.ends_with("xx…") && message.chars().count() == 1_001, "{}", message.chars().count());
}
