//! Links from a service to everything that it depends on.

use std::path::Path;

mod balancing;
mod capacity;
mod network;
mod plan;
mod stores;
mod uncertain;
mod world;

use ecslint::config::RunOptions;
use ecslint::engine::{self, Reading};
use ecslint::model::{Egress, Forwarded, Link, Project, Resource, SubnetExposure};
use ecslint::source::{Requested, Sources};
use ecslint::view::UnknownReads;

const TERRAFORM: &str = r#"
resource "aws_ecs_task_definition" "web" {
  family = "web"
}

resource "aws_ecs_service" "by_address" {
  task_definition = aws_ecs_task_definition.web.arn
  network_configuration {
    subnets         = [aws_subnet.public.id, aws_subnet.private.id]
    security_groups = [aws_security_group.web.id]
  }
  load_balancer {
    target_group_arn = aws_alb_target_group.web.id
  }
}

resource "aws_ecs_service" "by_family" {
  task_definition = "web"
}

resource "aws_ecs_service" "by_family_and_revision" {
  task_definition = "${aws_ecs_task_definition.web.family}:${max(1, aws_ecs_task_definition.web.revision)}"
}

resource "aws_ecs_service" "to_something_else" {
  task_definition = var.task_definition
}

resource "aws_security_group" "web" {
  vpc_id = "vpc-1"
}

resource "aws_alb_target_group" "web" {
  port = 80
}

resource "aws_alb_listener_rule" "web" {
  action {
    target_group_arn = aws_alb_target_group.web.arn
  }
}

resource "aws_subnet" "public" {}
resource "aws_subnet" "private" {}

resource "aws_route_table" "public" {
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table" "private" {}

resource "aws_route" "private" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.main.id
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}
"#;

/// Whether a rule reports something in a file.
fn finds(rule: &str, name: &str, text: &str) -> bool {
    let mut sources = Sources::new("/");
    let file = sources.add(Path::new(name), text);
    sources.add_input(file, Requested::Explicit);
    let config = RunOptions { select: vec![rule.to_owned(), "syntax".to_owned()], ..RunOptions::default() };
    let found = ecslint::check(&sources, &config).diagnostics;
    assert!(found.iter().all(|found| found.rule == rule), "{found:#?}");
    !found.is_empty()
}

/// Checks that a finding depends on a fact at the other end of a link: it is reported with the fact, and not reported
/// with another one.
fn in_terraform(rule: &str, text: &str, fact: &str, other: &str) {
    assert!(text.contains(fact), "{fact}");
    assert!(finds(rule, "main.tf", text), "no {rule} for `{fact}`");
    assert!(!finds(rule, "main.tf", &text.replace(fact, other)), "{rule} for `{other}`");
}

/// The same, also in a plan of the configuration.
fn everywhere(rule: &str, text: &str, fact: &str, other: &str) {
    in_terraform(rule, text, fact, other);
    assert!(finds(rule, "plan.json", &plan::of(text)), "no {rule} for `{fact}` in the plan");
    let plan = plan::of(&text.replace(fact, other));
    assert!(!finds(rule, "plan.json", &plan), "{rule} for `{other}` in the plan");
}

fn read(files: &[(&str, &str)]) -> Reading {
    let mut sources = Sources::new("/");
    for (name, text) in files {
        let file = sources.add(Path::new(name), *text);
        sources.add_input(file, Requested::Discovered);
    }
    engine::read(&sources)
}

#[test]
fn a_service_leads_to_its_task_definition_by_address_and_by_family() {
    let reading = read(&[("main.tf", TERRAFORM)]);
    let reads = UnknownReads::default();
    let project = Project::new(&reading.workspace, &reads);
    let families: Vec<Option<&str>> = project
        .services()
        .map(|service| service.task().known().and_then(|task| task.family().known()))
        .collect();
    assert_eq!(families, [Some("web"), Some("web"), Some("web"), None]);
}

#[test]
fn a_service_leads_to_target_group_listener_security_groups_and_gateways() {
    let reading = read(&[("main.tf", TERRAFORM)]);
    let reads = UnknownReads::default();
    let project = Project::new(&reading.workspace, &reads);
    let service = project.services().next().unwrap();
    let group = service.load_balancers().next().unwrap().target_group().known().unwrap();
    assert_eq!(group.forwarded(), Forwarded::Yes);
    let address = |group: &&Resource| group.address.as_ref().map(ToString::to_string);
    let groups: Vec<_> = service.security_groups().iter().filter_map(address).collect();
    assert_eq!(groups, ["aws_security_group.web"]);
    let reaches: Vec<Option<Egress>> = service
        .subnets()
        .into_iter()
        .map(|subnet| match project.exposure(subnet) {
            SubnetExposure::Routed(reach, _) => Some(reach),
            SubnetExposure::ByName | SubnetExposure::Unknown => None,
        })
        .collect();
    assert_eq!(reaches, [Some(Egress::Internet), Some(Egress::Private)]);
}

#[test]
fn a_json_service_leads_to_the_nearest_task_of_its_family_if_there_is_one() {
    let task = |name: &str| {
        format!("{{ \"family\": \"web\", \"containerDefinitions\": [{{ \"name\": \"{name}\" }}] }}")
    };
    let service = r#"{ "serviceName": "web", "taskDefinition": "arn:aws:ecs:x:1:task-definition/web:3", "desiredCount": 1 }"#;
    let (here, there) = (task("here"), task("there"));
    let named = |files: &[(&str, &str)]| {
        let reading = read(files);
        let reads = UnknownReads::default();
        let project = Project::new(&reading.workspace, &reads);
        match project.services().next().unwrap().task() {
            Link::To(task) => task.containers().next().unwrap().name().known().map(str::to_owned),
            Link::Unknown | Link::None => None,
        }
    };
    assert_eq!(
        named(&[("a/task.json", &here), ("b/task.json", &there), ("a/service.json", service)]).as_deref(),
        Some("here")
    );
    assert_eq!(named(&[("a/task.json", &here), ("b/task.json", &there), ("service.json", service)]), None);
}
