//! The checks of other tools: each has a rule or a reason, and the errors of those tools are avoided.

use std::path::Path;

use ecslint::config::RunOptions;
use ecslint::source::{Requested, Sources};
use ecslint::{check, rules};

/// Rules in the table that do not exist yet.
const COMING: &[&str] = &[
    "blue-green-load-balancer",
    "invalid-target-group",
    "load-balancer-subnets",
    "role-trust-policy",
    "scheduled-task-network",
    "vpc-mismatch",
];

#[test]
fn every_check_of_a_peer_has_a_rule_or_a_reason() {
    let mut seen = Vec::new();
    for line in include_str!("../peers.tsv").lines().skip(1) {
        let [peer, id, _, names, reason] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("not five columns: {line}");
        };
        assert!(!names.is_empty() || !reason.is_empty(), "{peer} {id} has neither a rule nor a reason");
        for name in names.split_whitespace() {
            let is_known = rules::find(name).is_some() || COMING.contains(&name);
            assert!(is_known, "{peer} {id} names `{name}`, which is not a rule");
        }
        assert!(!seen.contains(&(peer, id)), "{peer} {id} is listed twice");
        seen.push((peer, id));
    }
}

/// The rules that report something in a task definition with these members in addition to its name and its containers,
/// and with these members in addition to its container's name and image.
fn found(task: &str, container: &str) -> Vec<&'static str> {
    let text = format!(
        r#"{{ "family": "web", {task} "containerDefinitions": [{{ "name": "web", "image": "web:1", {container}
            "logConfiguration": {{ "logDriver": "awslogs", "options": {{ "awslogs-group": "web",
                "awslogs-region": "eu-north-1", "awslogs-stream-prefix": "web" }} }} }}] }}"#
    );
    found_in(&text)
}

fn found_in(text: &str) -> Vec<&'static str> {
    let mut sources = Sources::new("/");
    let file = sources.add(Path::new("task.json"), text);
    sources.add_input(file, Requested::Explicit);
    check(&sources, &RunOptions::default()).diagnostics.into_iter().map(|found| found.rule).collect()
}

const FARGATE: &str = r#""requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "1024", "memory": "2048",
    "executionRoleArn": "arn:aws:iam::123456789012:role/ecs","#;

const NOTHING: [&str; 0] = [];

#[test]
fn a_key_is_read_where_the_api_has_it() {
    assert_eq!(found(FARGATE, r#""privileged": true,"#), ["fargate-unsupported-parameter"]);
    assert_eq!(found("", r#""memory": 64, "privileged": true,"#), ["privileged-container"]);
    assert_eq!(found(r#""pidMode": "host","#, r#""memory": 64,"#), ["host-namespace"]);
    assert_eq!(found("", r#""memory": 64, "pidMode": "host","#), ["unknown-property"]);
    // The Fargate sizes apply to tasks, not to containers.
    assert_eq!(found(FARGATE, r#""cpu": 100, "memory": 300,"#), NOTHING);
}

#[test]
fn all_of_a_list_is_read() {
    let volume = |name: &str, encryption: &str| {
        let file_system = r#""fileSystemId": "fs-0123456789abcdef0""#;
        format!(
            r#"{{ "name": "{name}", "efsVolumeConfiguration": {{ {file_system}, "transitEncryption": "{encryption}" }} }}"#
        )
    };
    let volumes = format!(r#""volumes": [{}, {}],"#, volume("a", "ENABLED"), volume("b", "DISABLED"));
    assert_eq!(found(&volumes, r#""memory": 64,"#), ["efs-unencrypted-transit"]);
}

#[test]
fn tables_are_those_of_today() {
    let sized = |cpu: &str, memory: &str| {
        let size = format!(r#""cpu": "{cpu}", "memory": "{memory}""#);
        found(&FARGATE.replace(r#""cpu": "1024", "memory": "2048""#, &size), "")
    };
    for (cpu, memory) in [("8192", "16384"), ("16384", "122880"), ("32768", "249856"), ("1 vCPU", "2GB")] {
        assert_eq!(sized(cpu, memory), NOTHING, "{cpu} {memory}");
    }
    assert_eq!(sized("32768", "131072"), ["fargate-cpu-memory"]);
    let storage = |size: u8| format!(r#"{FARGATE} "ephemeralStorage": {{ "sizeInGiB": {size} }},"#);
    assert_eq!(found(&storage(20), ""), ["ephemeral-storage"]);
    assert_eq!(found(&storage(200), ""), NOTHING);
    let linux = |parameters: &str| found(FARGATE, &format!(r#""linuxParameters": {{ {parameters} }},"#));
    assert_eq!(linux(r#""initProcessEnabled": true"#), NOTHING);
    assert_eq!(linux(r#""tmpfs": [{ "containerPath": "/tmp", "size": 64 }]"#), NOTHING);
}

#[test]
fn a_health_check_may_take_a_minute() {
    let checked = |timeout: u8| {
        let check = r#""command": ["CMD-SHELL", "true"], "interval": 120"#;
        found(FARGATE, &format!(r#""healthCheck": {{ {check}, "timeout": {timeout} }},"#))
    };
    assert_eq!(checked(60), NOTHING);
    assert_eq!(checked(120), ["health-check-range"]);
}

#[test]
fn there_are_other_partitions() {
    for partition in ["aws-cn", "aws-us-gov"] {
        let role = FARGATE.replace("arn:aws:", &format!("arn:{partition}:"));
        let region = if partition == "aws-cn" { "cn-north-1" } else { "us-gov-west-1" };
        let container = format!(
            r#""secrets": [{{ "name": "A", "valueFrom": "arn:{partition}:ssm:{region}:123456789012:parameter/a" }}],
               "environmentFiles": [{{ "type": "s3", "value": "arn:{partition}:s3:::bucket/web.env" }}],"#
        );
        assert_eq!(found(&role, &container), NOTHING, "{partition}");
    }
}

#[test]
fn what_is_not_known_is_not_wrong() {
    let task = r#""requiresCompatibilities": ["FARGATE"], "networkMode": "${MODE}", "cpu": "<CPU>", "memory": "{{ memory }}",
        "executionRoleArn": "arn:aws:iam::${ACCOUNT}:role/#{role}","#;
    assert_eq!(found(task, r#""privileged": ${PRIVILEGED}, "user": "[your user]","#), NOTHING);
}

#[test]
fn a_warning_hides_no_error_at_its_place() {
    let text = r#"{ "family": "web", "containerDefinitions": [{ "name": "web", "image": "web:1", "memory": 64 }],
        "volumes": [{ "name": "data", "efsVolumeConfiguration": { "rootDirectory": "/data" } }] }"#;
    assert_eq!(found_in(text), ["efs-unencrypted-transit", "missing-property"]);
}
