//! What the options and reports of the command line do with templates.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::program::{directory, run};

const STACK: &str = "Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      NetworkMode: awsvpc
      ContainerDefinitions:
        - Name: web
          Image: nginx:1
          Memory: 128
          PortMappings: [{ ContainerPort: 80, HostPort: 8080 }]
";

const RULE: &str = "awsvpc-port-mismatch";

fn git(directory: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
    let output = Command::new("git").current_dir(directory).args(identity).args(arguments).output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The lines of the findings.
fn lines(directory: &Path, arguments: &[&str]) -> Vec<String> {
    let all = [&["check", "-q", "--format", "concise", "--select", RULE], arguments].concat();
    let (_, output, err) = run(directory, &all);
    assert_eq!(err, "");
    output.lines().map(|line| line.split(' ').next().unwrap().to_owned()).collect()
}

#[test]
fn since_reports_changed_templates_and_those_that_depend_on_changes() {
    let nested = STACK.replace("Resources:", "Parameters:\n  Port: { Type: Number }\nResources:");
    let nested = nested.replace("HostPort: 8080", "HostPort: !Ref Port");
    let parent = "Resources:
  Web:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: ./web.yaml, Parameters: { Port: 8080 } }
";
    let directory = directory(&[("old.yaml", STACK), ("web.yaml", &nested), ("parent.yaml", parent)]);
    let path = directory.path();
    git(path, &["init", "-q"]);
    git(path, &["add", "."]);
    git(path, &["commit", "-q", "-m", "first"]);
    assert_eq!(lines(path, &["--since=HEAD"]), [""; 0]);
    fs::write(path.join("parent.yaml"), format!("# Stacks\n{parent}")).unwrap();
    assert_eq!(lines(path, &["--since=HEAD"]), ["parent.yaml:5:64:"]);
    fs::write(path.join("new.json"), "{ \"Resources\": {} }").unwrap();
    fs::write(path.join("new.template"), STACK).unwrap();
    assert_eq!(lines(path, &["--since=HEAD"]), ["new.template:11:57:", "parent.yaml:5:64:"]);
}

#[test]
fn a_baseline_knows_a_finding_wherever_it_moves_in_the_template() {
    let directory = directory(&[("stack.yaml", STACK)]);
    let path = directory.path();
    run(path, &["check", "-q", "--select", RULE, "--write-baseline", "known.json"]);
    let check = || lines(path, &["--baseline", "known.json"]);
    assert_eq!(check(), [""; 0]);
    fs::write(path.join("stack.yaml"), format!("Description: web\n{STACK}")).unwrap();
    assert_eq!(check(), [""; 0]);
    let second = STACK.split_once('\n').unwrap().1.replace("Task:", "Other:").replace("8080", "9090");
    fs::write(path.join("stack.yaml"), format!("{STACK}{second}")).unwrap();
    assert_eq!(check(), ["stack.yaml:21:57:"]);
}

#[test]
fn sarif_has_the_place_and_the_fix_in_a_template() {
    let directory = directory(&[("stack.yaml", STACK)]);
    let (_, output, _) = run(directory.path(), &["check", "--select", RULE, "--format", "sarif"]);
    let report: Value = serde_json::from_str(&output).unwrap();
    let result = &report["runs"][0]["results"][0];
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(result["ruleId"], RULE, "{output}");
    assert_eq!(place["artifactLocation"]["uri"], "stack.yaml");
    assert_eq!(
        (place["region"]["startLine"].as_i64(), place["region"]["startColumn"].as_i64()),
        (Some(11), Some(57))
    );
    let change = &result["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], "stack.yaml", "{output}");
}

#[test]
fn watch_runs_again_when_a_template_or_its_values_change() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;
    let text = STACK.replace("Resources:", "Parameters:\n  Port: { Type: Number }\nResources:");
    let text = text.replace("HostPort: 8080", "HostPort: !Ref Port");
    let directory = directory(&[("stack.yaml", &text), ("values.json", r#"["Port=80"]"#)]);
    let arguments = ["check", "--watch", "--select", RULE, "--format", "concise"];
    let mut process = crate::program::ecslint(directory.path(), &arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let err = BufReader::new(process.stderr.take().unwrap());
    let mut err = err.lines().map_while(Result::ok);
    assert!(err.any(|line| line.contains("Watching")), "the watch did not begin");
    fs::write(directory.path().join("values.json"), r#"["Port=8080"]"#).unwrap();
    let mut found = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut found).unwrap();
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(found.starts_with("values.json:1:8: error[awsvpc-port-mismatch]"), "{found}");
}
