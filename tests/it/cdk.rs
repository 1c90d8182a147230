//! The output of the AWS CDK for its own constructs: `tests/cdk/app.ts`, as `cdk synth` writes it.

use std::fs;
use std::path::{Path, PathBuf};

use snapbox::str;

use crate::program::{assert_output, run};

fn application() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cdk")
}

/// The findings of a severity.
fn findings(severity: &str) -> String {
    let (_, output, _) = run(&application(), &["check", "--format", "concise"]);
    output.lines().filter(|line| line.contains(severity)).map(|line| format!("{line}\n")).collect()
}

#[test]
fn the_defects_of_an_application_are_at_the_lines_of_its_source() {
    let found = findings(": error[");
    assert_output(
        found.clone(),
        str![[r#"
app.ts:217:26: error[fargate-cpu-memory] 4096 MiB is not a valid Fargate memory size for 256 CPU units: expected 512, 1024, or 2048 MiB
app.ts:219:19: error[created-too-early] CloudFormation creates the service before the listener that associates its target group with a load balancer
app.ts:219:19: error[load-balancer-unknown-port] container `web` has no port mapping for container port 8080
app.ts:221:17: error[target-type-mismatch] the target type is `instance` by default, but tasks in `awsvpc` network mode require `ip`

"#]],
    );
    let source = fs::read_to_string(application().join("app.ts")).unwrap();
    let start = source.lines().position(|line| line.starts_with("stack('Defects'")).unwrap();
    for line in found.lines() {
        let number =
            line.strip_prefix("app.ts:").and_then(|rest| rest.split(':').next()?.parse::<usize>().ok());
        assert!(number.is_some_and(|number| number > start), "{line}");
    }
}

#[test]
fn the_constructs_of_the_cdk_have_no_errors() {
    let stacks = fs::read_dir(application().join("cdk.out")).unwrap();
    let names = stacks.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let clean = names.filter(|name| name.ends_with(".template.json") && !name.starts_with("Defects"));
    let arguments: Vec<String> = clean.map(|name| format!("cdk.out/{name}")).collect();
    assert!(arguments.len() >= 15, "{arguments:?}");
    for template in &arguments {
        let text = fs::read_to_string(application().join(template)).unwrap();
        assert!(text.contains("\"AWS::ECS::"), "{template}");
        let (code, output, _) = run(&application(), &["check", "--format", "concise", template]);
        assert_eq!(code, 0, "{output}");
    }
    assert_output(
        findings(": warning["),
        str![[r#"
app.ts:217:26: warning[no-logging] container `web` has no `LogConfiguration`, so its output on Fargate is lost
cdk.out/BlueGreen.template.json:459:18: warning[deployment-strategy] `BakeTimeInMinutes` is required for the `BLUE_GREEN` deployment strategy
cdk.out/Secrets.template.json:421:3: warning[role-permissions] the task role lacks `logs:CreateLogStream` and `logs:PutLogEvents`, which are required to send logs with this output

"#]],
    );
}
