//! Configuration that documentation warns about but AWS accepts: none of it is an error.

use std::path::Path;

use ecslint::check;
use ecslint::config::RunOptions;
use ecslint::diagnostic::Severity;
use ecslint::source::{Requested, Sources};

/// The errors in files that were found in a directory.
fn errors(files: &[(&str, &str)]) -> Vec<String> {
    let mut sources = Sources::new("/");
    for (name, text) in files {
        let file = sources.add(Path::new(name), *text);
        sources.add_input(file, Requested::Discovered);
    }
    let found = check(&sources, &RunOptions::default()).diagnostics.into_iter();
    found
        .filter(|found| found.severity == Severity::Error)
        .map(|found| format!("{}: {}", found.rule, found.message))
        .collect()
}

/// A Fargate task definition with these members, and a container with these members.
fn fargate(task: &str, container: &str) -> String {
    format!(
        r#"{{ "family": "web", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512"{task},
             "containerDefinitions": [{{ "name": "web", "image": "public.ecr.aws/nginx/nginx:1", "essential": true{container} }}] }}"#
    )
}

fn takes(task: &str, container: &str) {
    assert_eq!(errors(&[("task.json", &fargate(task, container))]), [""; 0], "{task} {container}");
}

/// A service of that task definition with these members.
fn takes_service(service: &str, container: &str) {
    let service = format!(
        r#"{{ "serviceName": "web", "taskDefinition": "web", "desiredCount": 1, "networkConfiguration": {{
             "awsvpcConfiguration": {{ "subnets": ["subnet-0123456789abcdef0"], "assignPublicIp": "ENABLED" }} }}{service} }}"#
    );
    let task = fargate("", container);
    assert_eq!(errors(&[("service.json", &service), ("task.json", &task)]), [""; 0], "{service}");
}

#[test]
fn a_public_address_goes_with_the_ecs_controller() {
    takes_service(r#", "launchType": "FARGATE", "deploymentController": { "type": "ECS" }"#, "");
}

#[test]
fn memory_may_equal_its_reservation_and_be_left_to_the_task() {
    takes("", r#", "memory": 256, "memoryReservation": 256"#);
    takes("", r#", "memoryReservation": 256"#);
    takes("", "");
}

#[test]
fn fargate_has_tmpfs() {
    takes("", r#", "linuxParameters": { "tmpfs": [{ "containerPath": "/tmp", "size": 64 }] }"#);
}

#[test]
fn a_grace_period_goes_with_a_health_check_of_a_container_or_lattice() {
    let check = r#", "healthCheck": { "command": ["CMD-SHELL", "true"] }"#;
    takes_service(r#", "launchType": "FARGATE", "healthCheckGracePeriodSeconds": 60"#, check);
    let lattice = r#", "launchType": "FARGATE", "healthCheckGracePeriodSeconds": 60, "vpcLatticeConfigurations": [
        { "roleArn": "arn:aws:iam::123456789012:role/ecs", "targetGroupArn": "arn:aws:vpc-lattice:eu-west-1:123456789012:targetgroup/tg-0123456789abcdef0", "portName": "http" }]"#;
    takes_service(lattice, r#", "portMappings": [{ "containerPort": 80, "name": "http" }]"#);
}

#[test]
fn a_base_of_nothing_may_be_given_more_than_once() {
    let strategy = r#", "capacityProviderStrategy": [
        { "capacityProvider": "FARGATE", "base": 0, "weight": 1 }, { "capacityProvider": "FARGATE_SPOT", "base": 0, "weight": 1 }]"#;
    takes_service(strategy, "");
}

#[test]
fn the_port_of_a_target_group_may_be_another_than_the_containers() {
    let text = r#"
resource "aws_lb_target_group" "web" {
  port        = 80
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0123456789abcdef0"
}
resource "aws_lb_listener" "web" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/0123456789abcdef"
  port              = 80
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}
resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 256
  memory                   = 512
  container_definitions    = jsonencode([{ name = "web", image = "nginx", portMappings = [{ containerPort = 8080 }] }])
}
resource "aws_ecs_service" "web" {
  name            = "web"
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.web.arn
  network_configuration {
    subnets = ["subnet-0123456789abcdef0"]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 8080
  }
  depends_on = [aws_lb_listener.web]
}
"#;
    assert_eq!(errors(&[("main.tf", text)]), [""; 0]);
}

#[test]
fn a_host_port_of_nothing_goes_with_awsvpc() {
    takes("", r#", "portMappings": [{ "containerPort": 80, "hostPort": 0 }]"#);
}

#[test]
fn public_images_need_no_execution_role() {
    takes("", "");
}

#[test]
fn health_checks_may_be_five_minutes_apart() {
    takes("", r#", "healthCheck": { "command": ["CMD-SHELL", "true"], "interval": 300, "timeout": 60 }"#);
}

#[test]
fn many_files_may_be_open() {
    for limit in [1024, 4096, 65_535, 1_048_576] {
        takes(
            "",
            &format!(r#", "ulimits": [{{ "name": "nofile", "softLimit": {limit}, "hardLimit": {limit} }}]"#),
        );
    }
}

#[test]
fn fargate_has_32_cpus() {
    let large = fargate("", "").replace("\"256\"", "\"32768\"").replace("\"512\"", "\"61440\"");
    assert_eq!(errors(&[("task.json", &large)]), [""; 0]);
}
