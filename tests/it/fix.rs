//! `--fix` and `--diff`, with the program as a process.

use std::fs;
use std::io::Write;
use std::process::{Output, Stdio};

use snapbox::str;

use crate::program::{assert_output, directory, ecslint, run, session, text};

/// Two findings with a safe fix each, in a file with a byte order mark and Windows line endings.
const PORTS: &str = "\u{feff}{\r\n  \"family\": \"web\", \"networkMode\": \"awsvpc\",\r\n  \"containerDefinitions\": [\r\n    \
    { \"name\": \"a\", \"image\": \"a\", \"memory\": 128, \"portMappings\": [{ \"containerPort\": 80, \"hostPort\": 81 }] },\r\n    \
    { \"name\": \"b\", \"image\": \"b\", \"memory\": 128, \"portMappings\": [{ \"containerPort\": 82, \"hostPort\": 83 }] }\r\n  ]\r\n}\r\n";

fn fixed() -> String {
    PORTS.replace("81", "80").replace("83", "82")
}

#[test]
fn what_is_certain_is_mended_and_every_other_byte_is_left_alone() {
    let directory = directory(&[("task.json", PORTS)]);
    let path = directory.path().join("task.json");
    assert_output(
        session(directory.path(), &["check", "--fix", "--format", "concise"]),
        str![[r#"
$ ecslint check --fix --format concise
2> Checked 1 file: 0 errors, 0 warnings.
2> Fixed 2 findings in 1 file.

"#]],
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), fixed());
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
}

#[test]
fn a_run_says_what_could_be_mended() {
    let directory = directory(&[("task.json", PORTS)]);
    assert_output(
        session(directory.path(), &["check", "--format", "concise"]),
        str![[r#"
$ ecslint check --format concise
task.json:4:101: error[awsvpc-port-mismatch] host port 81 must be equal to container port 80 in `awsvpc` network mode
task.json:5:101: error[awsvpc-port-mismatch] host port 83 must be equal to container port 82 in `awsvpc` network mode
2> Checked 1 file: 2 errors, 0 warnings.
2> --fix can fix 2 findings.
status 1

"#]],
    );
    assert_eq!(fs::read_to_string(directory.path().join("task.json")).unwrap(), PORTS);
}

#[test]
fn a_guess_is_shown_as_one() {
    let typo = r#"{ "family": "web", "volumes": [{ "name": "uploads" }], "containerDefinitions": [
  { "name": "web", "image": "nginx", "memory": 128, "mountPoints": [{ "sourceVolume": "upload", "containerPath": "/data" }] }
] }"#;
    let directory = directory(&[("task.json", typo)]);
    assert_output(
        session(directory.path(), &["check", "--select", "unknown-volume"]),
        str![[r#"
$ ecslint check --select unknown-volume
error[unknown-volume]: container `web` mounts volume `upload`, but the task definition has no volume
  with that name
 --> task.json:2:87
  |
1 | { "family": "web", "volumes": [{ "name": "uploads" }], "containerDefinitions": [
  |             ----- this task definition
2 |   { "name": "web", "image": "nginx", "memory": 128, "mountPoints": [{ "sourceVolume": "upload", "containerPath": "/data" }] }
  |                                                                                       ^^^^^^^^
  |                                                                                       in task definition `web`
3 | ] }
  |
  = help: did you mean `uploads`? (--fix --unsafe-fixes: set `sourceVolume` to `uploads`)
  = docs: https://github.com/ecslint/ecslint/blob/main/rules/unknown-volume.md

2> Checked 1 file: 1 error, 0 warnings.
2> --fix --unsafe-fixes can fix 1 finding.
status 1

"#]],
    );
}

#[test]
fn a_patch_changes_nothing_and_applies() {
    let directory = directory(&[("ecs/task.json", PORTS)]);
    let (code, out, err) = run(directory.path(), &["check", "--diff"]);
    assert_eq!(code, 1);
    assert_output(
        out.replace('\u{feff}', "[BOM]"),
        str![[r#"
--- a/ecs/task.json
+++ b/ecs/task.json
@@ -1,7 +1,7 @@
 [BOM]{
   "family": "web", "networkMode": "awsvpc",
   "containerDefinitions": [
-    { "name": "a", "image": "a", "memory": 128, "portMappings": [{ "containerPort": 80, "hostPort": 81 }] },
-    { "name": "b", "image": "b", "memory": 128, "portMappings": [{ "containerPort": 82, "hostPort": 83 }] }
+    { "name": "a", "image": "a", "memory": 128, "portMappings": [{ "containerPort": 80, "hostPort": 80 }] },
+    { "name": "b", "image": "b", "memory": 128, "portMappings": [{ "containerPort": 82, "hostPort": 82 }] }
   ]
 }

"#]],
    );
    assert_output(
        err,
        str![[r#"
Checked 1 file: 0 errors, 0 warnings.
Would fix 2 findings in 1 file.

"#]],
    );
    assert_eq!(fs::read_to_string(directory.path().join("ecs/task.json")).unwrap(), PORTS);
    apply(directory.path(), &out);
    assert_eq!(fs::read_to_string(directory.path().join("ecs/task.json")).unwrap(), fixed());
    assert_eq!(run(directory.path(), &["check", "--diff", "-q"]), (0, String::new(), String::new()));
}

/// Applies a patch with git.
#[track_caller]
fn apply(directory: &std::path::Path, patch: &str) {
    fs::write(directory.join("patch"), patch).unwrap();
    let arguments = ["apply", "--whitespace=nowarn", "patch"];
    let git = std::process::Command::new("git").current_dir(directory).args(arguments).output().unwrap();
    assert!(git.status.success(), "{}\n{patch:?}", String::from_utf8_lossy(&git.stderr));
}

/// A lone carriage return ends a line for an editor, but not for git.
#[test]
fn a_patch_of_a_file_with_lone_carriage_returns_applies() {
    let text = PORTS.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    for ends in
        [["\r"; 4], ["\r", "\n", "\r", "\n"], ["\r\n", "\r", "\n", "\r\r\n"], ["\n", "\n\r", "\r", "\r"]]
    {
        let mut ends = ends.into_iter().cycle();
        let written: String = text.lines().flat_map(|line| [line, ends.next().unwrap_or_default()]).collect();
        for text in [written.as_str(), written.trim_end()] {
            let ways = [[("task.json", text)], [("task.json", text)]].map(|files| directory(&files));
            let [patched, fixed] = &ways;
            let (_, out, _) = run(patched.path(), &["check", "--diff", "-q"]);
            apply(patched.path(), &out);
            run(fixed.path(), &["check", "--fix", "-q"]);
            let [patched, fixed] =
                [patched, fixed].map(|way| fs::read_to_string(way.path().join("task.json")).unwrap());
            assert_eq!(patched, fixed, "{text:?}");
            assert_eq!(fixed, text.replace("81 }", "80 }").replace("83 }", "82 }"), "{text:?}");
        }
    }
}

/// An error without a fix.
const MOUNT: &str = r#""image": "a", "mountPoints": [{ "sourceVolume": "v", "containerPath": "/" }]"#;

#[test]
fn standard_input_comes_out_fixed() {
    let directory = directory(&[("task.json", "not touched")]);
    let (code, out, err) = text(&piped(
        directory.path(),
        &[
            "check",
            "-",
            "--fix",
            "--stdin-filename=task.json",
            "--format=concise",
            "--select=unknown-volume,awsvpc-port-mismatch",
        ],
        &PORTS.replace("\"image\": \"a\"", MOUNT),
    ));
    assert_eq!(out, fixed().replace("\"image\": \"a\"", MOUNT));
    assert_output(
        err,
        str![[r#"
task.json:4:68: error[unknown-volume] container `a` mounts volume `v`, but the task definition has no volume with that name
Checked 1 file: 1 error, 0 warnings.
Fixed 2 findings in 1 file.

"#]],
    );
    assert_eq!(code, 1);
    assert_eq!(fs::read_to_string(directory.path().join("task.json")).unwrap(), "not touched");
}

fn piped(directory: &std::path::Path, arguments: &[&str], input: &str) -> Output {
    let mut command = ecslint(directory, arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn unsafe_fixes_are_an_addition_to_fixing() {
    let directory = directory(&[("task.json", PORTS)]);
    assert_eq!(run(directory.path(), &["check", "--unsafe-fixes"]).0, 2);
    assert_eq!(run(directory.path(), &["check", "--unsafe-fixes", "--diff"]).0, 1);
    assert_eq!(run(directory.path(), &["check", "--unsafe-fixes", "--fix"]).0, 0);
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay_and_a_file_that_may_not_be_written_is_not() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let directory = directory(&[("real/task.json", PORTS)]);
    let (link, real) = (directory.path().join("link.json"), directory.path().join("real/task.json"));
    symlink(&real, &link).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o400)).unwrap();
    let (code, _, err) = run(directory.path(), &["check", "--fix", "link.json"]);
    assert_eq!((code, err.lines().count()), (2, 1), "{err}");
    // The rest is the operating system's message.
    assert_output(err.rsplit_once(": ").unwrap().0, str!["ecslint: link.json: cannot write the file"]);
    assert_eq!(fs::read_to_string(&real).unwrap(), PORTS);
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(run(directory.path(), &["check", "--fix", "link.json"]).0, 0);
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&real).unwrap(), fixed());
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn downloaded_modules_are_not_edited() {
    let module = "resource \"aws_ecs_task_definition\" \"web\" {\n  family = \"web\"\n  network_mode = \"awsvpc\"\n  container_definitions = jsonencode([{ name = \"web\", image = \"a\", memory = 1, portMappings = [{ containerPort = 80, hostPort = 81 }] }])\n}\n";
    let root = "module \"web\" {\n  source = \"example/web/aws\"\n}\n";
    let manifest = r#"{"Modules":[{"Key":"web","Source":"x","Dir":".terraform/modules/web"}]}"#;
    let directory = directory(&[
        ("main.tf", root),
        (".terraform/modules/modules.json", manifest),
        (".terraform/modules/web/main.tf", module),
    ]);
    let (code, out, _) = run(directory.path(), &["check", "--fix", "-q", "--format", "concise"]);
    assert_eq!(code, 1, "{out}");
    let after = fs::read_to_string(directory.path().join(".terraform/modules/web/main.tf")).unwrap();
    assert_eq!(after, module);
}

/// A plan is generated again by the next run of Terraform.
#[test]
fn a_finding_in_a_plan_has_no_fix() {
    let plan = r#"{ "format_version": "1.2", "terraform_version": "1.9.0", "configuration": {}, "planned_values": {
  "root_module": { "resources": [{ "address": "aws_ecs_task_definition.a", "mode": "managed", "type": "aws_ecs_task_definition",
    "name": "a", "provider_name": "registry.terraform.io/hashicorp/aws", "values": { "family": "a", "network_mode": "awvpc",
    "container_definitions": "[{\"name\":\"a\",\"image\":\"a\",\"memory\":128}]" } }] } } }"#;
    let directory = directory(&[("plan.json", plan)]);
    let (_, out, err) = run(directory.path(), &["check", "--format", "concise", "--select", "correctness"]);
    assert!(out.contains("`awvpc`") && !err.contains("can fix"), "{out}{err}");
}
