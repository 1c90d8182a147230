//! `ecslint.toml`, with the program as a process.

use std::fs;
use std::path::Path;

use serde_json::Value;
use snapbox::str;

use crate::program::{BROKEN, assert_output, directory, run, session};

/// A port mapping that is invalid in `awsvpc` mode.
const PORT: &str = r#"{ "family": "web", "networkMode": "awsvpc", "containerDefinitions": [{ "name": "web", "image": "nginx",
    "memory": 128, "portMappings": [{ "containerPort": 80, "hostPort": 81 }] }] }"#;

/// The reported rules, each with the file's name and the level.
fn found(directory: &Path, arguments: &[&str]) -> (i32, Vec<String>) {
    let (code, out, err) = run(directory, &[&["check", "-q", "--format", "concise"], arguments].concat());
    let expected = if code == 2 {
        "ecslint: not everything was checked: settings are invalid (`invalid-setting`)\n"
    } else {
        ""
    };
    assert_eq!(err, expected, "{out}");
    let short = |line: &str| {
        let (place, rest) = line.split_once(": ").unwrap();
        let (level, rest) = rest.split_once('[').unwrap();
        let (rule, _) = rest.split_once(']').unwrap();
        format!("{} {level} {rule}", place.split(':').next().unwrap())
    };
    (code, out.lines().map(short).collect())
}

#[test]
fn settings_and_files_are_shown_excluded_and_disregarded() {
    let directory = directory(&[
        (
            "ecslint.toml",
            "exclude = [\"old/\"]\n\n[rules]\nreliability = \"off\"\n\n[[ignore]]\npath = \"x.json\"\nrule = \"syntax\"\nexpires = 2999-12-31\n",
        ),
        (
            "infra/ecslint.toml",
            "extends = \"../ecslint.toml\"\nselect = [\"correctness\"]\n\n[[overrides]]\npath = \"dev/\"\nrules = { syntax = \"warning\" }\n",
        ),
        ("web.json", PORT),
        ("old/web.json", PORT),
        ("infra/web.json", PORT),
        ("notes.json", "{}"),
    ]);
    let said = [
        &["check", "--show-settings"][..],
        &["check", "--show-settings", "--isolated", "infra"],
        &["check", "--show-files"],
        &["check", "--show-files", "--isolated", "--exclude", "infra/"],
        &["check", "-q", "--format", "concise", "--exclude", "/*.json"],
        &["check", "-q", "--exclude", "{a"],
        &["check", "-q", "--format", "concise", "--exit-zero", "--isolated", "old"],
    ];
    let said = said.map(|arguments| session(directory.path(), arguments));
    assert_output(
        said.concat(),
        str![[r#"
$ ecslint check --show-settings
# ecslint.toml, for 2 files
exclude = ["old/"]

[rules]
reliability = "off"

[[ignore]]
path = ["x.json"]
rule = ["syntax"]
expires = 2999-12-31

# infra/ecslint.toml, for 1 file
exclude = ["old/"]
select = ["correctness"]

[rules]
reliability = "off"

[[overrides]]
path = ["dev/"]
rules = { syntax = "warning" }

[[ignore]]
path = ["x.json"]
rule = ["syntax"]
expires = 2999-12-31
$ ecslint check --show-settings --isolated infra
# no settings, for 1 file
$ ecslint check --show-files
infra/web.json
web.json
$ ecslint check --show-files --isolated --exclude infra/
old/web.json
web.json
$ ecslint check -q --format concise --exclude /*.json
infra/web.json:2:72: error[awsvpc-port-mismatch] host port 81 must be equal to container port 80 in `awsvpc` network mode
status 1
$ ecslint check -q --exclude {a
2> ecslint: --exclude {a: unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)
status 2
$ ecslint check -q --format concise --exit-zero --isolated old
old/web.json:2:72: error[awsvpc-port-mismatch] host port 81 must be equal to container port 80 in `awsvpc` network mode

"#]],
    );
}

#[test]
fn data_for_tests_gets_no_advice_about_running_tasks_unless_settings_ask_for_it() {
    let task = r#"{ "family": "web", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256",
        "memory": "512", "containerDefinitions": [{ "name": "web", "image": "nginx",
        "portMappings": [{ "containerPort": 80, "hostPort": 81 }] }] }"#;
    let directory = directory(&[
        (".git/HEAD", ""),
        ("tests/plain.json", task),
        ("modules/web/testdata/deep/plain.json", task),
        ("latest/plain.json", task),
        ("b/ecslint.toml", "[rules]\nreliability = \"warning\"\n"),
        ("b/fixtures/set.json", task),
    ]);
    let error = |file: &str| format!("{file} error awsvpc-port-mismatch");
    let warning = |file: &str| format!("{file} warning no-logging");
    let (_, mut lines) = found(directory.path(), &[]);
    lines.sort();
    assert_eq!(
        lines,
        [
            error("b/fixtures/set.json"),
            warning("b/fixtures/set.json"),
            error("latest/plain.json"),
            warning("latest/plain.json"),
            error("modules/web/testdata/deep/plain.json"),
            error("tests/plain.json"),
        ]
    );
    let (_, named) = found(directory.path(), &["tests/plain.json"]);
    assert_eq!(named, [warning("tests/plain.json"), error("tests/plain.json")]);
    let (_, selected) = found(directory.path(), &["tests", "--select", "no-logging"]);
    assert_eq!(selected, [warning("tests/plain.json")]);
}

#[test]
fn the_nearest_settings_above_a_file_count() {
    let directory = directory(&[
        (".git/HEAD", ""),
        ("ecslint.toml", "[rules]\nawsvpc-port-mismatch = \"warning\"\n"),
        ("a/task.json", PORT),
        ("b/ecslint.toml", "[rules]\ncorrectness = \"off\"\n"),
        ("b/deep/task.json", PORT),
        (
            "c/ecslint.toml",
            "extends = \"../ecslint.toml\"\n[[overrides]]\npath = \"x/\"\nrules = { awsvpc-port-mismatch = \"off\" }\n",
        ),
        ("c/x/task.json", PORT),
        ("c/y/task.json", PORT),
    ]);
    let all = ["a/task.json warning awsvpc-port-mismatch", "c/y/task.json warning awsvpc-port-mismatch"];
    assert_eq!(found(directory.path(), &[]), (0, all.map(str::to_owned).to_vec()));
    let below = found(&directory.path().join("a"), &[]);
    assert_eq!(below, (0, vec!["task.json warning awsvpc-port-mismatch".to_owned()]));
}

#[test]
fn the_command_line_counts_more() {
    let directory = directory(&[
        ("ecslint.toml", "select = [\"correctness\"]\n[rules]\nawsvpc-port-mismatch = \"off\"\n"),
        ("task.json", PORT),
        ("other.toml", "[rules]\nawsvpc-port-mismatch = \"warning\"\n"),
    ]);
    let error = vec!["task.json error awsvpc-port-mismatch".to_owned()];
    let warning = vec!["task.json warning awsvpc-port-mismatch".to_owned()];
    assert_eq!(found(directory.path(), &[]), (0, vec![]));
    assert_eq!(found(directory.path(), &["--select", "awsvpc-port-mismatch"]), (1, error));
    assert_eq!(found(directory.path(), &["--config", "other.toml"]), (0, warning));
    assert_eq!(found(directory.path(), &["--config", "other.toml", "--ignore", "correctness"]), (0, vec![]));
}

#[test]
fn nothing_is_said_of_what_is_excluded() {
    let directory = directory(&[
        ("ecslint.toml", "exclude = [\"legacy/\", \"*.old.json\"]\n"),
        ("legacy/a/task.json", BROKEN),
        ("b.old.json", BROKEN),
        ("c.json", PORT),
    ]);
    assert_eq!(found(directory.path(), &[]), (1, vec!["c.json error awsvpc-port-mismatch".to_owned()]));
}

#[test]
fn settings_that_cannot_be_read_fail_the_run() {
    let broken = |text: &str| {
        let directory = directory(&[("ecslint.toml", text), ("task.json", PORT)]);
        found(directory.path(), &["--select", "security"])
    };
    let error = vec!["ecslint.toml error invalid-setting".to_owned()];
    assert_eq!(broken("select = "), (2, error.clone()));
    assert_eq!(broken("extends = \"none.toml\""), (2, error.clone()));
    assert_eq!(broken("extends = \"ecslint.toml\""), (2, error.clone()));
    assert_eq!(broken("exclude = [\"{a\"]"), (2, error.clone()));
    assert_eq!(broken("rules = 1"), (2, error));
    assert_eq!(broken("slect = []"), (0, vec!["ecslint.toml warning invalid-setting".to_owned()]));
    let directory = directory(&[("task.json", PORT)]);
    assert_output(
        session(directory.path(), &["check", "--config", "none.toml"]),
        str![[r#"
$ ecslint check --config none.toml
2> ecslint: none.toml: no such file
status 2

"#]],
    );
}

/// A TOML file as JSON, for validation against the schema.
fn as_json(text: &str) -> Value {
    fn value(node: &ecslint::value::Node) -> Value {
        node.to_json()
    }
    let mut sources = ecslint::source::Sources::new("/");
    let file = sources.add(Path::new("ecslint.toml"), text);
    let (root, problems) = ecslint::syntax::toml::parse(file, text);
    assert_eq!(problems, []);
    value(&root)
}

#[test]
fn a_new_file_of_settings_is_valid_also_without_its_comment_signs() {
    let directory = directory(&[("task.json", PORT)]);
    assert_output(
        session(directory.path(), &["init"]),
        str![[r#"
$ ecslint init
2> Wrote ecslint.toml.

"#]],
    );
    assert_eq!(run(directory.path(), &["init"]).0, 2);
    let path = directory.path().join("ecslint.toml");
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(found(directory.path(), &[]), (1, vec!["task.json error awsvpc-port-mismatch".to_owned()]));
    let is_setting =
        |line: &&str| line.starts_with('#') && !line.starts_with("# ") && !line.starts_with("#:");
    let plain: Vec<&str> =
        text.lines().map(|line| if is_setting(&line) { &line[1..] } else { line }).collect();
    let plain = plain.join("\n");
    let schema: Value = serde_json::from_str(include_str!("../../schemas/ecslint.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&as_json(&plain)).map(|error| error.to_string()).collect();
    assert_eq!(errors, [] as [&str; 0]);
    // Only the extended file does not exist.
    for named in ["prod.tfvars", "staging/staging.tfvars", "facts/subnets.json"] {
        fs::create_dir_all(directory.path().join(named).parent().unwrap()).unwrap();
        fs::write(directory.path().join(named), if named.ends_with("json") { "{}" } else { "" }).unwrap();
    }
    fs::write(&path, &plain).unwrap();
    let (code, out, _) =
        run(directory.path(), &["check", "-q", "--format", "concise", "--ignore", "unused-ignore"]);
    assert_eq!(code, 2);
    let invalid = out.split_inclusive('\n').filter(|line| line.contains("[invalid-setting]"));
    assert_output(
        invalid.collect::<String>(),
        str![[r#"
ecslint.toml:5:11: error[invalid-setting] cannot extend `../ecslint.toml`: no such file

"#]],
    );
}

const ROOT: &str = r#"
variable "port" { default = 80 }
resource "aws_ecs_task_definition" "web" {
  family       = "web"
  network_mode = "awsvpc"
  container_definitions = jsonencode([{ name = "web", image = "nginx", memory = 128
    portMappings = [{ containerPort = 80, hostPort = var.port }] }])
}
"#;

#[test]
fn a_root_has_the_variables_that_its_settings_name() {
    let directory = directory(&[
        (".git/HEAD", ""),
        (
            "ecslint.toml",
            "var_files = [\"all.tfvars\"]\n[[overrides]]\npath = \"prod/\"\nvar_files = \"prod/prod.vars.tfvars\"\n",
        ),
        ("all.tfvars", "port = 81\n"),
        ("prod/prod.vars.tfvars", "port = 82\n"),
        ("prod/main.tf", ROOT),
        ("dev/main.tf", ROOT),
        ("other/ecslint.toml", ""),
        ("other/main.tf", ROOT),
    ]);
    let arguments = ["check", "-q", "--format", "concise", "--select", "awsvpc-port-mismatch"];
    assert_output(
        session(directory.path(), &arguments),
        str![[r#"
$ ecslint check -q --format concise --select awsvpc-port-mismatch
all.tfvars:1:8: error[awsvpc-port-mismatch] host port 81 must be equal to container port 80 in `awsvpc` network mode
prod/prod.vars.tfvars:1:8: error[awsvpc-port-mismatch] host port 82 must be equal to container port 80 in `awsvpc` network mode
status 1

"#]],
    );
    assert_output(
        session(directory.path(), &[&arguments[..], &["--var", "port=80"]].concat()),
        str![[r#"
$ ecslint check -q --format concise --select awsvpc-port-mismatch --var port=80

"#]],
    );
    let broken =
        crate::program::directory(&[("ecslint.toml", "var_files = \"no.tfvars\"\n"), ("main.tf", ROOT)]);
    let (code, found) = found(broken.path(), &[]);
    assert_eq!((code, found.as_slice()), (2, &["ecslint.toml error invalid-setting".to_owned()][..]));
}

#[test]
fn what_aws_knows_is_read_where_settings_name_it() {
    let service = r#"{ "serviceName": "web", "taskDefinition": "web", "loadBalancers": [{ "containerName": "web",
        "containerPort": 80, "targetGroupArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1" }] }"#;
    let groups = r#"{ "TargetGroups": [{ "TargetType": "instance", "TargetGroupName": "web", "Protocol": "HTTP", "Port": 80,
        "TargetGroupArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1" }] }"#;
    let said = |settings: &str| {
        let directory = directory(&[
            (".git/HEAD", ""),
            ("ecs/ecslint.toml", settings),
            ("ecs/task.json", &PORT.replace("81", "80")),
            ("ecs/service.json", service),
            ("facts/groups.json", groups),
        ]);
        let (_, out, err) = run(directory.path(), &["check", "-q", "--format", "concise", "ecs"]);
        assert_eq!(err, "");
        out.contains("[target-type-mismatch]")
    };
    assert!(!said(""));
    assert!(said("facts = [\"../facts/groups.json\"]\n"));
}

#[test]
fn one_of_several_overrides_enables_a_rule() {
    let task = r#"{ "family": "web", "networkMode": "host", "containerDefinitions": [{ "name": "web", "image": "nginx",
        "memory": 128 }] }"#;
    let overrides = "[[overrides]]\npath = \"a/\"\nrules = { host-network = \"warning\" }\n\
                     [[overrides]]\npath = \"b/\"\nrules = { no-logging = \"off\" }\n";
    let directory = directory(&[
        (".git/HEAD", ""),
        ("ecslint.toml", overrides),
        ("a/task.json", task),
        ("b/task.json", task),
    ]);
    let (_, lines) = found(directory.path(), &[]);
    let of_network: Vec<&String> = lines.iter().filter(|line| line.ends_with(" host-network")).collect();
    assert_eq!(of_network, ["a/task.json warning host-network"]);
}

#[test]
fn settings_have_a_maximum_size() {
    let check = |length: usize| {
        let settings = "#".repeat(length);
        let directory = directory(&[(".git/HEAD", ""), ("ecslint.toml", &settings), ("task.json", PORT)]);
        run(directory.path(), &["check", "-q", "--format", "concise"])
    };
    let (code, out, _) = check((1 << 20) + 1);
    assert!(out.contains("settings can have at most 1048576 bytes (got 1048577)"), "{code} {out}");
    let (_, out, _) = check(1 << 20);
    assert!(!out.contains("settings can have"), "{out}");
}
