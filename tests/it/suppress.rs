//! Suppressed findings, with the program as a process.

use std::fs;

use crate::program::{directory, run};

const MAIN: &str = r#"
resource "aws_ecs_task_definition" "one" {
  family       = "one"
  network_mode = "awsvpc"
  container_definitions = jsonencode([
    {
      name = "a", image = "a", memory = 1
      portMappings = [{ containerPort = 80, hostPort = 81 }]
    },
    {
      name = "b", image = "b", memory = 1
      portMappings = [{ containerPort = 80, hostPort = 82 }]
    }
  ])
}
"#;

/// The host ports that are reported in `main.tf` with a comment, and the findings about the comment.
fn ports(from: &str, to: &str) -> (Vec<String>, usize) {
    let text = MAIN.replacen(from, to, 1);
    assert_ne!(text, MAIN);
    let directory = directory(&[("main.tf", &text)]);
    let select = "awsvpc-port-mismatch,unused-ignore";
    let (_, out, err) = run(directory.path(), &["check", "-q", "--format", "concise", "--select", select]);
    assert_eq!(err, "");
    let ports = out.lines().filter(|line| line.contains("[awsvpc-port-mismatch]"));
    (ports.map(|line| port(&text, line)).collect(), out.matches("[unused-ignore]").count())
}

/// The two digits at the position that a report line begins with.
fn port(text: &str, line: &str) -> String {
    let mut place = line.split(':').skip(1).map(|number| number.parse::<usize>().unwrap() - 1);
    let (line, column) = (place.next().unwrap(), place.next().unwrap());
    text.lines().nth(line).unwrap().chars().skip(column).take(2).collect()
}

fn left(ports: &[&str]) -> (Vec<String>, usize) {
    (ports.iter().map(|port| (*port).to_owned()).collect(), 0)
}

#[test]
fn a_comment_is_about_what_begins_on_its_line_or_on_the_next() {
    let ignore = "# ecslint: ignore[awsvpc-port-mismatch] known";
    assert_eq!(ports("resource", &format!("{ignore}\nresource")), left(&[]));
    assert_eq!(ports("\"one\" {", &format!("\"one\" {{ {ignore}")), left(&[]));
    assert_eq!(ports("  container_", &format!("  {ignore}\n\n  # more\n  container_")), left(&[]));
    assert_eq!(ports("    {", &format!("    {ignore}\n    {{")), left(&["82"]));
    assert_eq!(ports("      portM", &format!("      {ignore}\n      portM")), left(&["82"]));
    assert_eq!(ports("82 }]", &format!("82 }}] {}", ignore.replace('#', "//"))), left(&["81"]));
    assert_eq!(ports("82 }]", &format!("82 }}] /*{} */", &ignore[1..])), left(&["81"]));
    assert_eq!(
        ports("  family ", &format!("  {}\n  family ", ignore.replace("ignore[", "ignore-file["))),
        left(&[])
    );
    let (found, unused) = ports("  family ", &format!("  {ignore}\n  family "));
    assert_eq!((found.len(), unused), (2, 1));
}

const TASK: &str = r#"{ "family": "web", "networkMode": "awsvpc", "containerDefinitions": [
  { "name": "a", "image": "a", "memory": 1, "portMappings": [{ "containerPort": 80, "hostPort": 81 }] },
  { "name": "b", "image": "b", "memory": 1, "portMappings": [{ "containerPort": 80, "hostPort": 82 }] }
] }"#;

const YAML: &str = "\
- name: a
  image: a
  memory: 1
  portMappings:
    - containerPort: 80
      hostPort: 81
- name: b
  image: b
  memory: 1
  portMappings: [{ containerPort: 80, hostPort: 82 }]
";

#[test]
fn yaml_takes_the_same_comments() {
    let main = "resource \"aws_ecs_task_definition\" \"one\" {\n  family = \"one\"\n  network_mode = \"awsvpc\"\n  container_definitions = jsonencode(yamldecode(file(\"one.yaml\")))\n}\n";
    let ignore = "# ecslint: ignore[awsvpc-port-mismatch] known";
    for (from, to, expected) in [
        ("- name: b", "- name: b".to_owned(), &["81", "82"][..]),
        ("- name: a", format!("{ignore}\n- name: a"), &["82"]),
        ("- name: b", format!("- name: b {ignore}"), &["81"]),
        ("  portMappings:\n", format!("  {ignore}\n  portMappings:\n"), &["82"]),
        ("82 }]", format!("82 }}] {ignore}"), &["81"]),
        ("- name: a", format!("{}\n- name: a", ignore.replace("ignore[", "ignore-file[")), &[]),
    ] {
        let yaml = YAML.replacen(from, &to, 1);
        let directory = directory(&[("main.tf", main), ("one.yaml", &yaml)]);
        let select = "awsvpc-port-mismatch,unused-ignore";
        let (_, out, _) = run(directory.path(), &["check", "-q", "--format", "concise", "--select", select]);
        let ports: Vec<String> = out.lines().map(|line| port(&yaml, line)).collect();
        assert_eq!(ports, expected, "{to}");
    }
}

#[test]
fn a_byte_order_mark_is_nothing_that_a_comment_stands_behind() {
    let first = "\u{feff}# ecslint: ignore[awsvpc-port-mismatch] why\nresource";
    assert_eq!(ports("\nresource", first), left(&[]));
}

#[test]
fn an_entry_is_about_a_place_in_a_file() {
    let found = |entry: &str| {
        let entry = format!("[[ignore]]\nrule = [\"awsvpc-port-mismatch\"]\n{entry}\n");
        let directory = directory(&[("ecslint.toml", &entry), ("ecs/task.json", TASK)]);
        let (_, out, _) = run(directory.path(), &["check", "-q", "--format", "concise"]);
        (out.matches("[awsvpc-port-mismatch]").count(), out.matches("[unused-ignore]").count())
    };
    assert_eq!(found("path = \"ecs/\""), (0, 0));
    assert_eq!(
        found("path = \"task.json\"\npointer = \"/containerDefinitions/1/portMappings/0/hostPort\""),
        (1, 0)
    );
    assert_eq!(found("path = \"task.json\"\npointer = \"/containerDefinitions/2\""), (2, 1));
    assert_eq!(found("path = \"task.json\"\nexpires = 2020-01-01"), (2, 1));
    assert_eq!(found("path = \"task.json\"\nexpires = 2999-01-01"), (0, 0));
    assert_eq!(found("path = \"other.json\""), (2, 0));
}

#[test]
fn of_a_part_of_a_project_it_is_not_known_what_is_unused() {
    let entry = "[[ignore]]\nrule = \"unknown-volume\"\npath = \"*.json\"\n";
    let directory = directory(&[("ecslint.toml", entry), ("task.json", TASK), ("more/task.json", TASK)]);
    let unused = |paths: &[&str]| {
        let arguments = [&["check", "-q", "--format", "concise", "--fail-on", "never"], paths].concat();
        run(directory.path(), &arguments).1.contains("[unused-ignore]")
    };
    assert!(unused(&[]));
    assert!(!unused(&["task.json"]));
    assert!(unused(&["more", "task.json"]) && !unused(&["more/task.json", "task.json"]));
    assert!(!unused(&["--select", "awsvpc-port-mismatch,unused-ignore"]));
}

#[test]
fn what_is_unused_can_be_deleted() {
    let text = MAIN
        .replace("  family", "  # ecslint: ignore[syntax]\n  family")
        .replace("\"awsvpc\"\n", "\"awsvpc\" # ecslint: ignore[syntax, unknown-volume, wrong-type]\r\n");
    let directory = directory(&[("main.tf", &text)]);
    run(directory.path(), &["check", "--fix", "--select", "unused-ignore,syntax,unknown-volume,wrong-type"]);
    let after = fs::read_to_string(directory.path().join("main.tf")).unwrap();
    assert_eq!(after, MAIN.replace("\"awsvpc\"\n", "\"awsvpc\"\r\n"));
}

const MODULE: &str = r#"
variable "port" {}
resource "aws_ecs_task_definition" "one" {
  family       = "one"
  network_mode = "awsvpc"
  container_definitions = jsonencode([{ name = "a", image = "a", memory = 1
    portMappings = [{ containerPort = 80, hostPort = 81 }] }])
}
"#;

/// The number of reported ports, and the findings about comments, with module calls.
fn called(main: &str) -> (usize, usize) {
    // A module without a caller is a root module.
    let outer = if main.contains("outer") { OUTER } else { "" };
    let directory = directory(&[("main.tf", main), ("web/main.tf", MODULE), ("outer/main.tf", outer)]);
    let select = "awsvpc-port-mismatch,unused-ignore";
    let (_, out, err) = run(directory.path(), &["check", "-q", "--format", "concise", "--select", select]);
    assert_eq!(err, "");
    (out.matches("[awsvpc-port-mismatch]").count(), out.matches("[unused-ignore]").count())
}

const OUTER: &str = "module \"in\" {\n  source = \"../web\"\n  for_each = toset([\"x\"])\n  port = 1\n}\n";

#[test]
fn a_comment_on_the_call_of_a_module_is_about_all_instances_inside() {
    let ignore = "# ecslint: ignore[awsvpc-port-mismatch] known\n";
    let call = |name: &str, more: &str| format!("module \"{name}\" {{\n  source = \"./{more}\n}}\n");
    let web = |name: &str| call(name, "web\"\n  port = 1");
    assert_eq!(called(&web("a")), (1, 0));
    assert_eq!(called(&format!("{ignore}{}", web("a"))), (0, 0));
    assert_eq!(called(&format!("{ignore}{}", call("a", "web\"\n  count = 2\n  port = 1"))), (0, 0));
    assert_eq!(called(&format!("{ignore}{}", call("a", "outer\""))), (0, 0));
    // A finding that another call has too is still reported, and the comment is not unused.
    assert_eq!(called(&format!("{ignore}{}{}", web("a"), web("b"))), (1, 0));
    assert_eq!(called(&format!("{ignore}{}{ignore}{}", web("a"), web("b"))), (0, 0));
    let empty = "module \"b\" {\n  source = \"./none\"\n}\n";
    let unread = "module \"b\" {\n  source = \"example.com/b\"\n}\n";
    assert_eq!(called(&format!("{}{ignore}{}", web("a"), unread)), (1, 0));
    assert_eq!(called(&format!("{}{ignore}{}", web("a"), empty)).0, 1);
    let other = ignore.replace("awsvpc-port-mismatch", "unused-ignore");
    assert_eq!(called(&format!("{other}{}", web("a"))), (1, 1));
}

#[test]
fn what_no_request_has_is_accepted_by_the_call_too() {
    let module = MODULE.replace("family ", "requires_compatibilites = []\n  family ");
    let main = "# ecslint: ignore[unknown-property]\nmodule \"a\" {\n  source = \"./web\"\n  port = 1\n}\n";
    let found = |main: &str| {
        let directory = directory(&[("main.tf", main), ("web/main.tf", &module)]);
        let select = "unknown-property,unused-ignore";
        run(directory.path(), &["check", "-q", "--format", "concise", "--select", select]).1
    };
    assert!(found(&main.replace("# ec", "# no")).contains("[unknown-property]"));
    assert_eq!(found(main), "");
}

#[test]
fn entries_that_are_unused_can_be_deleted() {
    let used = "[[ignore]]\nrule = \"awsvpc-port-mismatch\"\npath = \"task.json\"\n";
    let unused = "[[ignore]] # gone\npath = \"task.json\" # why\nrule = [\"syntax\"]\n\n";
    let first = format!("exclude = []\n\n{unused}# kept\n{used}");
    let last = format!("{used}\n{}", unused.trim_end());
    let half = used.replace("\"awsvpc-port-mismatch\"", "[\"syntax\", \"awsvpc-port-mismatch\"]");
    let clean = |text: &str| text.replace("\"syntax\", ", "");
    for (before, after) in [
        (first.clone(), first.replace(unused, "")),
        (last, format!("{used}\n")),
        (half.clone(), clean(&half)),
    ] {
        for arguments in [&["--fix"][..], &["--fix", "--config", "ecslint.toml"]] {
            let directory = directory(&[("ecslint.toml", &before), ("task.json", TASK)]);
            run(directory.path(), &[&["check"], arguments].concat());
            assert_eq!(fs::read_to_string(directory.path().join("ecslint.toml")).unwrap(), after);
        }
    }
}

#[test]
fn suppressed_findings_are_reported_on_request() {
    let main = MAIN.replace("resource", "# ecslint: ignore[awsvpc-port-mismatch] known\nresource");
    let directory = directory(&[("main.tf", &main)]);
    let check = |arguments: &[&str]| {
        let all = [&["check", "-q", "--format", "concise", "--select"], arguments].concat();
        run(directory.path(), &all).1.lines().count()
    };
    assert_eq!(check(&["awsvpc-port-mismatch"]), 0);
    assert_eq!(check(&["awsvpc-port-mismatch", "--disable-ignores"]), 2);
}

#[test]
fn all_findings_can_be_suppressed() {
    let task = r#"{ "family": "web", "networkMode": "awsvpc", "containerDefinitions": [{ "name": "web", "image": "nginx",
    "memory": 128, "portMappings": [{ "containerPort": 80, "hostPort": 81 }] }] }"#;
    let directory =
        directory(&[("infra/main.tf", MAIN), ("web.json", task), ("broken.json", crate::program::BROKEN)]);
    let path = |name: &str| directory.path().join(name);
    let (code, out, err) = run(directory.path(), &["check", "--add-ignores=see \"#12\""]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(
        err.starts_with("ecslint: broken.json:4:37: `syntax` cannot be suppressed\nSuppressed "),
        "{err}"
    );
    let main = fs::read_to_string(path("infra/main.tf")).unwrap();
    assert!(main.contains("# ecslint: ignore[awsvpc-port-mismatch] see \"#12\"\n"), "{main}");
    let settings = fs::read_to_string(path("ecslint.toml")).unwrap();
    assert!(settings.contains("reason = \"see \\\"#12\\\"\"\n"), "{settings}");
    fs::remove_file(path("broken.json")).unwrap();
    assert_eq!(
        run(directory.path(), &["check", "-q", "--fail-on", "warning"]),
        (0, String::new(), String::new())
    );
    let (code, _, err) = run(directory.path(), &["check", "--add-ignores"]);
    assert_eq!((code, err.as_str()), (0, "Suppressed 0 findings in 0 files.\n"));
}

#[test]
fn a_comment_expires() {
    let ignore = |date: &str| format!("# ecslint: ignore[awsvpc-port-mismatch] until {date}\nresource");
    assert_eq!(ports("resource", &ignore("2999-12-31, then we move")), left(&[]));
    assert_eq!(ports("resource", &ignore("the move")), left(&[]));
    let (ports_left, reported) = ports("resource", &ignore("2020-01-31"));
    assert_eq!((ports_left.len(), reported), (2, 1));
    let (ports_left, reported) = ports("resource", &ignore("2999-13-31"));
    assert_eq!((ports_left.len(), reported), (0, 1));
}
