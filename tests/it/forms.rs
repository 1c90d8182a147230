//! The options that change a report: `--template`, `--statistics`, and `--graph`.

use std::path::Path;

use snapbox::str;

use crate::program::{assert_output, directory, ecslint, run, session};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

const TASK: &str = r#"{ "family": "web", "networkMode": "awsvpc", "containerDefinitions": [
  { "name": "a`b", "image": "b:1", "memory": 128, "portMappings": [{ "containerPort": 80, "hostPort": 81 }] }
] }
"#;

#[test]
fn a_template_gives_each_finding_its_form() {
    let directory = directory(&[("task.json", TASK)]);
    let check = |template: &str| {
        let arguments = ["check", "--select", "awsvpc-port-mismatch", "--template", template];
        session(directory.path(), &arguments)
    };
    assert_output(
        check("{severity} {path}:{line}:{column}-{end_line}:{end_column} {rule} {{{message}}}"),
        str![[r#"
$ ecslint check --select awsvpc-port-mismatch --template {severity} {path}:{line}:{column}-{end_line}:{end_column} {rule} {{{message}}}
error task.json:2:103-2:105 awsvpc-port-mismatch {host port 81 must be equal to container port 80 in `awsvpc` network mode}
status 1

"#]],
    );
    assert_output(
        check("{help}\\t{url}\\n"),
        str![[r#"
$ ecslint check --select awsvpc-port-mismatch --template {help}\t{url}\n
remove `hostPort`, or set it to 80	https://github.com/ecslint/ecslint/blob/main/rules/awsvpc-port-mismatch.md

status 1

"#]],
    );
    assert_output(
        check("{pth}"),
        str![[r#"
$ ecslint check --select awsvpc-port-mismatch --template {pth}
2> error: invalid value '{pth}' for '--template <TEXT>': unknown field `pth`; did you mean `path`?
2>
2> For more information, try '--help'.
status 2

"#]],
    );
    assert_output(
        check("{x}"),
        str![[r#"
$ ecslint check --select awsvpc-port-mismatch --template {x}
2> error: invalid value '{x}' for '--template <TEXT>': unknown field `x`; the fields are `path`, `line`, `column`, `end_line`, `end_column`, `severity`, `rule`, `message`, `help`, and `url`
2>
2> For more information, try '--help'.
status 2

"#]],
    );
    assert_output(
        check("{path"),
        str![[r#"
$ ecslint check --select awsvpc-port-mismatch --template {path
2> error: invalid value '{path' for '--template <TEXT>': `{` is not closed; write `{{` for a brace
2>
2> For more information, try '--help'.
status 2

"#]],
    );
    let both = ["check", "--template", "{path}", "--format", "json"];
    assert_eq!(run(directory.path(), &both).0, 2);
    let both = [
        "check",
        "-q",
        "--template",
        "{rule}",
        "--format",
        "json=out.json",
        "--select",
        "awsvpc-port-mismatch",
    ];
    assert_eq!(run(directory.path(), &both), (1, "awsvpc-port-mismatch\n".to_owned(), String::new()));
    assert!(directory.path().join("out.json").exists());
}

#[test]
fn statistics_replace_the_findings_for_people_and_nothing_else() {
    let directory = directory(&[("task.json", TASK)]);
    let select = "awsvpc-port-mismatch";
    assert_output(
        session(directory.path(), &["check", "--statistics", "--select", select]),
        str![[r#"
$ ecslint check --statistics --select awsvpc-port-mismatch
count fixable level    rule
    1       1 error    awsvpc-port-mismatch
2> Checked 1 file: 1 error, 0 warnings.
2> --fix can fix 1 finding.
status 1

"#]],
    );
    let github = ["check", "--statistics", "--select", select, "--format", "github"];
    assert_output(
        session(directory.path(), &github),
        str![[r#"
$ ecslint check --statistics --select awsvpc-port-mismatch --format github
::error file=task.json,line=2,endLine=2,col=103,endColumn=105,title=ecslint awsvpc-port-mismatch::host port 81 must be equal to container port 80 in `awsvpc` network mode%0Ahelp: remove `hostPort`, or set it to 80
2> count fixable level    rule
2>     1       1 error    awsvpc-port-mismatch
2> Checked 1 file: 1 error, 0 warnings.
2> --fix can fix 1 finding.
status 1

"#]],
    );
    let clean = ["check", "--statistics", "--select", "latest-tag"];
    assert_output(
        session(directory.path(), &clean),
        str![[r#"
$ ecslint check --statistics --select latest-tag
2> Checked 1 file: 0 errors, 0 warnings.

"#]],
    );
}

#[test]
fn statistics_say_which_values_would_decide_most_checks() {
    let text = "variable \"cpu\" {}
resource \"aws_ecs_task_definition\" \"web\" {
  family                   = \"web\"
  requires_compatibilities = [\"FARGATE\"]
  network_mode             = \"awsvpc\"
  cpu                      = var.cpu
  memory                   = 512
  container_definitions    = jsonencode([{ name = \"web\", image = \"nginx:1\" }])
}
";
    let directory = directory(&[("main.tf", text)]);
    assert_output(
        session(directory.path(), &["check", "--statistics", "--select", "fargate-cpu-memory"]),
        str![[r#"
$ ecslint check --statistics --select fargate-cpu-memory
2>     1 undecided without `var.cpu`: set it with --var or in a var file
2> Checked 1 file: 0 errors, 0 warnings, 1 check undecided (--show-unknown lists them).

"#]],
    );
}

#[test]
fn the_markdown_report_has_pictures_if_they_are_requested() {
    let example = Path::new(ROOT).join("examples/fargate-alb");
    let picture = "<details><summary>Picture of pizza-service</summary>\n\n```mermaid\nflowchart LR\n";
    let (_, plain, _) = run(&example, &["check", "--format", "markdown"]);
    assert!(!plain.contains("mermaid"), "{plain}");
    let (code, with, err) = run(&example, &["check", "--format", "markdown", "--graph"]);
    assert_eq!((code, err.as_str()), (1, ""));
    assert!(with.starts_with(&plain) && with.contains(picture), "{with}");
    assert!(with.ends_with("</details>\n") && with.len() < 60_000, "{with}");
    let fixed = Path::new(ROOT).join("examples/fargate-alb-fixed");
    let (_, clean, _) = run(&fixed, &["check", "--format", "markdown", "--graph"]);
    assert!(!clean.contains("mermaid"), "a service without findings has no picture: {clean}");
    assert_output(
        session(&fixed, &["check", "--graph"]),
        str![[r#"
$ ecslint check --graph
2> ecslint: --graph requires --format markdown
status 2

"#]],
    );
}

#[test]
fn a_markdown_report_fits_in_a_comment() {
    for many in [180, 400] {
        let names: Vec<String> = (0..many).map(|number| format!("task-{number}.json")).collect();
        let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), TASK)).collect();
        let directory = directory(&files);
        let arguments = ["check", "--format", "markdown", "--graph", "--select", "awsvpc-port-mismatch"];
        let (_, report, _) = run(directory.path(), &arguments);
        assert!(report.len() < 65_000, "{}", report.len());
        let rows = report.lines().filter(|line| line.starts_with("| error |")).count();
        let last = report.trim_end().lines().last().unwrap();
        match many {
            180 => assert!(rows == 180 && last.starts_with("The lines of "), "{last}"),
            _ => assert_eq!(
                last,
                format!("{} more findings are left out: the text would be too long.", 400 - rows)
            ),
        }
    }
}

#[test]
fn annotations_have_the_paths_of_the_repository() {
    let directory = directory(&[("infra/task.json", TASK), (".git/HEAD", "ref: refs/heads/main\n")]);
    let infra = directory.path().join("infra");
    let report = |format: &str| {
        run(&infra, &["check", "-q", "--select", "awsvpc-port-mismatch", "--format", format]).1
    };
    for format in ["github", "gitlab", "azure", "sarif"] {
        assert!(report(format).contains("infra/task.json"), "{format}: {}", report(format));
    }
    assert!(report("concise").starts_with("task.json:2:103: "), "{}", report("concise"));
}

#[test]
fn standard_input_that_is_not_json_needs_a_name() {
    for (text, name) in [
        ("resource \"aws_ecs_service\" \"a\" {\n}\n", "main.tf"),
        ("# A template\nResources:\n  A: {}\n", "template.yaml"),
    ] {
        let directory = directory(&[("in", text)]);
        let input = std::fs::File::open(directory.path().join("in")).unwrap();
        let output = ecslint(directory.path(), &["check", "-"]).stdin(input).output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{err}");
        assert!(err.ends_with(&format!("ecslint check - --stdin-filename {name}\n")), "{err}");
    }
}
