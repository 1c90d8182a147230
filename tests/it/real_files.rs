//! Real configurations without errors: no rule reports anything.

use std::path::Path;

use ecslint::check;
use ecslint::config::RunOptions;
use ecslint::source::{Requested, Sources};
use snapbox::str;

use crate::program::assert_output;

/// The findings in a file that was found in a directory.
fn findings(name: &str, text: &str) -> Vec<String> {
    findings_if(Requested::Discovered, name, text)
}

fn findings_if(requested: Requested, name: &str, text: &str) -> Vec<String> {
    let mut sources = Sources::new("/");
    let file = sources.add(Path::new(name), text);
    sources.add_input(file, requested);
    let found = check(&sources, &RunOptions::default()).diagnostics;
    found.into_iter().map(|found| format!("{}: {}", found.rule, found.message)).collect()
}

fn silent(name: &str, text: &str) {
    assert_eq!(findings(name, text), [] as [&str; 0], "{text}");
}

#[test]
fn a_container_without_an_image_waits_for_the_pipeline() {
    silent(
        ".aws/task-definition.json",
        r#"{ "family": "app", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256",
             "memory": "512", "executionRoleArn": "arn:aws:iam::123456789012:role/ecs",
             "containerDefinitions": [{ "name": "app", "portMappings": [{ "containerPort": 3000 }],
                 "logConfiguration": { "logDriver": "awslogs", "options": { "awslogs-group": "app",
                     "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "app" } } }] }"#,
    );
}

#[test]
fn empty_strings_and_nulls_are_what_tools_write_for_unset_fields() {
    silent(
        "ecs-service-def.json",
        r#"{ "launchType": "", "capacityProviderStrategy": [{ "capacityProvider": "FARGATE", "weight": 1 }],
             "desiredCount": 1, "deploymentController": { "type": "ECS" }, "healthCheckGracePeriodSeconds": 0,
             "loadBalancers": [{ "containerName": "app", "containerPort": 80, "targetGroupArn": "arn" }],
             "networkConfiguration": { "awsvpcConfiguration": { "assignPublicIp": "ENABLED", "subnets": ["subnet-1"] } },
             "platformFamily": "Linux", "platformVersion": "LATEST", "schedulingStrategy": "REPLICA" }"#,
    );
    silent(
        "taskdef.json",
        r#"{ "family": "app", "ipcMode": null, "pidMode": "", "networkMode": null, "memory": null, "volumes": [],
             "containerDefinitions": [{ "name": "app", "image": "nginx", "memory": 128, "memoryReservation": null,
                 "portMappings": [], "environment": [], "secrets": null, "dependsOn": null, "links": [] }] }"#,
    );
}

#[test]
fn what_aws_describes_has_members_that_no_request_has() {
    silent(
        "task-definition.json",
        r#"{ "taskDefinitionArn": "arn:aws:ecs:eu-north-1:123456789012:task-definition/app:5", "family": "app",
             "revision": 5, "status": "ACTIVE", "requiresAttributes": [{ "name": "ecs.capability.task-eni" }],
             "compatibilities": ["EC2"], "requiresCompatibilities": ["EC2"], "cpu": "1024", "memory": "3072",
             "registeredAt": "2023-10-24T22:13:00.959Z", "registeredBy": "arn:aws:iam::123456789012:root", "tags": [],
             "containerDefinitions": [{ "name": "app", "image": "app", "cpu": 0, "essential": true,
                 "portMappings": [{ "containerPort": 8080, "hostPort": 0, "protocol": "tcp" }], "mountPoints": [] }] }"#,
    );
    silent(
        "services.json",
        r#"{ "services": [
             { "serviceArn": "a", "serviceName": "a", "taskDefinition": "arn:aws:ecs:x:1:task-definition/a:1",
               "loadBalancers": [], "runningCount": 1, "pendingCount": 0, "desiredCount": 1, "launchType": "EC2" },
             { "serviceArn": "b", "serviceName": "b", "taskDefinition": "arn:aws:ecs:x:1:task-definition/b:1",
               "loadBalancers": [], "runningCount": 1, "pendingCount": 0, "desiredCount": 1, "launchType": "FARGATE" }],
             "failures": [] }"#,
    );
}

#[test]
fn a_fragment_of_a_service_leaves_the_rest_open() {
    silent(
        "ecs/service.json",
        r#"{ "loadBalancers": [{ "targetGroupArn": "{{ARN}}", "containerName": "{{NAME}}", "containerPort": 9000 }] }"#,
    );
    silent(
        "update.json",
        r#"{ "service": "web", "cluster": "c", "taskDefinition": "web", "healthCheckGracePeriodSeconds": 60 }"#,
    );
}

#[test]
fn containers_alone_leave_their_task_open() {
    silent(
        "container-definitions.json",
        r#"[{ "name": "app", "image": "app", "essential": true, "portMappings": [{ "containerPort": 80, "hostPort": 8080 }],
             "mountPoints": [{ "sourceVolume": "data", "containerPath": "/data" }],
             "secrets": [{ "name": "TOKEN", "valueFrom": "/token" }] }]"#,
    );
}

#[test]
fn placeholders_are_values_to_come() {
    silent(
        "taskdef.json",
        "{ \"family\": \"$FAMILY\", \"networkMode\": \"awsvpc\", \"requiresCompatibilities\": [\"FARGATE\"],
           \"cpu\": \"256\", \"memory\": \"<MEMORY>\", \"executionRoleArn\": \"arn:aws:iam::$ACCOUNT_ID:role/$ROLE\",
           \"containerDefinitions\": [{ \"name\": \"$REPO/$NAME\", \"image\": \"<IMAGE1_NAME>\",
               \"portMappings\": [{ \"containerPort\": $PORT, \"hostPort\": {{ must_env `PORT` }} }],
               \"logConfiguration\": { \"logDriver\": \"$LOG_DRIVER\" } }, $SIDECAR] }",
    );
    silent(
        "taskdef.json",
        "{ \"family\": \"app\", \"containerDefinitions\": [{ \"name\": \"app\", \"image\": \"nginx\", \"memory\": 128,
            \"healthCheck\": { \"command\": [\"CMD\", \"true\"], $$$$START_PERIOD$$$$ \"retries\": 3 } }] }",
    );
}

#[test]
fn other_json_is_none_of_ours() {
    silent(
        "create-service.json",
        r#"{ "ServiceName": "app", "SourceConfiguration": { "ImageRepository": {} }, }"#,
    );
    silent(
        "Dockerrun.aws.json",
        r#"{ "containerDefinitions": [{ "name": "app", "image": "nginx", "memory": 128, "essential": true }] }"#,
    );
    silent("package.json", r#"{ "name": "app", "version": "1.0.0", "scripts": {}, }"#);
    silent(
        "run-task.json",
        r#"{ "cluster": "c", "taskDefinition": "t", "count": 1, "launchType": "EC2", "overrides": {} }"#,
    );
    silent("products.json", r#"[{ "name": "a", "image": "a.png" }, { "name": "b", "image": "b.png" }]"#);
    silent("pwn.json", "pwn.js");
    silent("tsconfig.json", "{ // comments\n \"compilerOptions\": {}, }");
}

/// A file that is named, or open in an editor, without ECS content: other programs accept comments and trailing commas in it,
/// and any number of values.
#[test]
fn settings_of_other_programs_are_none_of_ours_even_if_they_are_named() {
    let named = |name: &str, text: &str| findings_if(Requested::Explicit, name, text);
    for text in [
        "{ // comments\n \"compilerOptions\": {}, /* more */ }".to_owned(),
        format!("[{}]", "{ \"a\": [1,], },".repeat(2_000)),
        format!("{{ // comment\n \"a\": [{}1] }}", "1,".repeat(100_100)),
    ] {
        assert_eq!(named(".vscode/settings.json", &text), [""; 0]);
    }
    assert_eq!(named("settings.json", "{ \"a\": 1 // comment\n").len(), 2);
    let task = r#"{ "family": "app", /* comment */ "containerDefinitions": [{ "name": "app", "image": "nginx", "memory": 128, }] }"#;
    assert_eq!(named("task.json", task).len(), 2);
}

#[test]
fn a_fargate_task_without_containers_is_told_its_network_mode_all_the_same() {
    let text =
        r#"{ "family": "app", "requiresCompatibilities": ["FARGATE"], "cpu": "2048", "memory": "4096" }"#;
    let found = findings("task-definition.json", text);
    assert!(matches!(found.as_slice(), [only] if only.starts_with("fargate-network-mode")), "{found:?}");
}

#[test]
fn terraform_that_leaves_all_to_variables_is_not_blamed() {
    silent(
        "modules/service/main.tf",
        r#"
variable "container_definitions" {}
variable "network_mode" { default = null }
variable "launch_type" { type = string }

resource "aws_ecs_task_definition" "this" {
  count                    = var.create ? 1 : 0
  family                   = coalesce(var.family, var.name)
  container_definitions    = var.container_definitions
  network_mode             = var.network_mode
  requires_compatibilities = var.requires_compatibilities
  dynamic "volume" {
    for_each = var.volumes
    content {
      name = volume.value.name
    }
  }
}

resource "aws_ecs_service" "this" {
  for_each        = toset(var.names)
  name            = each.key
  task_definition = "${aws_ecs_task_definition.this[0].family}:${max(aws_ecs_task_definition.this[0].revision, var.revision)}"
  launch_type     = length(var.strategy) > 0 ? null : var.launch_type
  health_check_grace_period_seconds = var.grace
  deployment_circuit_breaker {
    enable   = var.breaker
    rollback = true
  }
  dynamic "load_balancer" {
    for_each = var.load_balancers
    content {
      target_group_arn = load_balancer.value.arn
      container_name   = load_balancer.value.name
      container_port   = load_balancer.value.port
    }
  }
}
"#,
    );
}

/// Terraform with locals `a0` to `a99`, each defined by the next with the given expression.
fn chain(links: usize, next: impl Fn(usize) -> String, last: &str) -> String {
    let locals: String = (0..links).map(|link| format!("  a{link} = {}\n", next(link + 1))).collect();
    format!(
        "locals {{\n{locals}  a{links} = {last}\n}}\nresource \"aws_ecs_task_definition\" \"a\" {{\n  family = \"a\"\n  \
         container_definitions = \"[${{jsonencode(local.a0)}}]\"\n}}\n"
    )
}

#[test]
fn values_that_grow_without_end_are_said_to() {
    let doubled = chain(60, |next| format!("\"${{local.a{next}}}${{local.a{next}}}\""), "\"x\"");
    let appended = chain(60, |next| format!("concat(local.a{next}, local.a{next})"), "[1]");
    let long = chain(5_000, |next| format!("local.a{next}"), "1");
    let nested = chain(40, |next| format!("[local.a{next}, local.a{next}]"), "{ name = \"a\" }");
    let said = [doubled, appended, long, nested].map(|text| findings("main.tf", &text).join("\n") + "\n");
    assert_output(
        said.concat(),
        str![[r#"
limit-reached: this value is too large and is not evaluated
limit-reached: this value is too large and is not evaluated
terraform-error: `container_definitions[0]` must be a container (got a list)
limit-reached: references are nested too deeply here; this value is not evaluated
limit-reached: this value is too large and is not evaluated
terraform-error: `container_definitions[0]` must be a container (got a list)

"#]],
    );
}

#[test]
fn a_template_of_terraform_is_not_terraform_yet() {
    silent(
        "service.template.tf",
        "resource \"aws_ecs_service\" \"a\" {\n{% if ports %}\n  = {{ ports }}\n{% endif %}\n}\n",
    );
}

#[test]
fn empty_defaults_of_a_root_are_there_to_be_set() {
    silent(
        "main.tf",
        "variable \"name\" {\n  default = \"\"\n}\nvariable \"subnets\" {\n  default = []\n}\n\
         resource \"aws_ecs_service\" \"a\" {\n  name = \"--${var.name}\"\n  task_definition = \"a\"\n  \
         network_configuration {\n    subnets = var.subnets\n  }\n}\n",
    );
}

#[test]
fn what_a_module_asks_for_is_not_made() {
    let root = "module \"a\" {\n  source = \"./a\"\n}\n";
    let module = "data \"aws_ecs_service\" \"a\" {\n  service_name = \"a\"\n  cluster_arn = \"c\"\n}\nresource \"aws_ecs_cluster\" \"a\" {\n  name = \"a\"\n}\n";
    let mut sources = Sources::new("/");
    for (name, text) in [("main.tf", root), ("a/main.tf", module)] {
        let file = sources.add(Path::new(name), text);
        sources.add_input(file, Requested::Discovered);
    }
    assert_eq!(check(&sources, &RunOptions::default()).diagnostics, []);
}

#[test]
fn a_list_that_may_be_empty_is_not_given_for_certain() {
    let template = r#"[{ "name": "a", "image": "nginx", "linuxParameters": { "devices": ${devices} },
        "logConfiguration": { "logDriver": "json-file" } }]"#;
    let main = "variable \"devices\" {\n  default = []\n}\nresource \"aws_ecs_task_definition\" \"a\" {\n  family = \"a\"\n  \
                requires_compatibilities = [\"FARGATE\"]\n  network_mode = \"awsvpc\"\n  cpu = 256\n  memory = 512\n  \
                container_definitions = templatefile(\"a.json\", { devices = jsonencode([for d in var.devices : { hostPath = d }]) })\n}\n";
    let mut sources = Sources::new("/");
    sources.add(Path::new("a.json"), template);
    let file = sources.add(Path::new("main.tf"), main);
    sources.add_input(file, Requested::Discovered);
    let found = check(&sources, &RunOptions::default()).diagnostics;
    assert!(
        found
            .iter()
            .all(|found| found.rule != "fargate-unsupported-parameter" || !found.message.contains("devices"))
    );
}
