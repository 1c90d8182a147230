//! The capacity of a service: clusters, capacity providers, Auto Scaling groups, and what they launch.

use super::everywhere;
use super::world::{BY_ADDRESS, BY_FAMILY, CLUSTER, IN_CLUSTER, service};

const PROVIDERS: &str = r#"
resource "aws_ecs_cluster_capacity_providers" "main" {
  cluster_name       = aws_ecs_cluster.main.name
  capacity_providers = ["FARGATE"]

  default_capacity_provider_strategy {
    capacity_provider = "FARGATE"
    weight            = 1
  }
}
"#;

#[test]
fn a_service_leads_to_the_capacity_providers_of_its_cluster() {
    let strategy = r#"
  capacity_provider_strategy {
    capacity_provider = "FARGATE_SPOT"
    weight            = 1
  }"#;
    let service = service(BY_FAMILY, &(IN_CLUSTER.to_owned() + strategy));
    let text = [CLUSTER, PROVIDERS, &service].concat();
    everywhere("unknown-capacity-provider", &text, r#"["FARGATE"]"#, r#"["FARGATE", "FARGATE_SPOT"]"#);
}

#[test]
fn a_service_leads_to_the_default_strategy_of_its_cluster() {
    let service = service(BY_FAMILY, &(IN_CLUSTER.to_owned() + "  scheduling_strategy = \"DAEMON\""));
    let (fargate, own) = (r#"capacity_provider = "FARGATE""#, r#"capacity_provider = "instances""#);
    everywhere("daemon-unsupported", &[CLUSTER, PROVIDERS, &service].concat(), fargate, own);
}

#[test]
fn a_service_leads_to_the_default_namespace_of_its_cluster() {
    let connect = "\n  service_connect_configuration {\n    enabled = true\n  }";
    let namespace = r#"
resource "aws_service_discovery_http_namespace" "main" {
  name = "main"
}
"#;
    let service = service(BY_FAMILY, &(IN_CLUSTER.to_owned() + connect));
    let text = [namespace, &service, CLUSTER].concat();
    let arn = "aws_service_discovery_http_namespace.main.arn";
    let name = "  name = \"main\"\n";
    let defaults = format!("{name}  service_connect_defaults {{\n    namespace = {arn}\n  }}\n");
    everywhere("service-connect-namespace", &text, CLUSTER, &CLUSTER.replace(name, &defaults));
}

/// At most two instances, and a service of two tasks with a fixed host port.
fn instances() -> String {
    let group = r#"
resource "aws_launch_template" "main" {
  image_id      = "ami-0a1b2c3d"
  instance_type = "t3.micro"
}

resource "aws_autoscaling_group" "main" {
  min_size = 1
  max_size = 2

  launch_template {
    id = aws_launch_template.main.id
  }
}

resource "aws_ecs_capacity_provider" "main" {
  name = "main"

  auto_scaling_group_provider {
    auto_scaling_group_arn = aws_autoscaling_group.main.arn
  }
}

resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{
    name         = "web"
    image        = "web:1"
    memory       = 2048
    portMappings = [{ containerPort = 80, hostPort = 80 }]
  }])
}

"#;
    let service =
        service(BY_ADDRESS, &(IN_CLUSTER.to_owned() + "  launch_type = \"EC2\"\n  desired_count = 2"));
    [CLUSTER, group, &service].concat()
}

#[test]
fn a_cluster_leads_to_the_auto_scaling_group_of_a_capacity_provider() {
    everywhere("static-port-blocks-rollout", &instances(), "max_size = 2", "max_size = 3");
    let (ours, other) =
        ("aws_autoscaling_group.main.arn", "\"arn:aws:autoscaling:eu-west-1:123456789012:x\"");
    everywhere("static-port-blocks-rollout", &instances(), ours, other);
}

#[test]
fn an_auto_scaling_group_leads_to_the_instance_type_of_its_launch_template() {
    everywhere("instance-too-small", &instances(), "t3.micro", "m5.large");
}

#[test]
fn an_auto_scaling_group_leads_to_its_launch_configuration() {
    let text =
        instances().replace("aws_launch_template\" \"main", "aws_launch_configuration\" \"main").replace(
            "launch_template {\n    id = aws_launch_template.main.id\n  }",
            "launch_configuration = aws_launch_configuration.main.id",
        );
    everywhere("instance-too-small", &text, "t3.micro", "m5.large");
}

#[test]
fn a_cluster_without_any_instance_has_none() {
    let repository = "resource \"aws_ecr_repository\" \"web\" {\n  name = \"web\"\n}\n";
    let text = [CLUSTER, &service(BY_FAMILY, IN_CLUSTER), repository].concat();
    let (nothing, group) = ("aws_ecr_repository", "aws_autoscaling_group");
    everywhere("no-container-instances", &text, nothing, group);
}

#[test]
fn an_autoscaling_target_leads_to_its_service() {
    let target = r#"
resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.web.name}"
  min_capacity       = 2
  max_capacity       = 8
}
"#;
    let service = service(BY_FAMILY, &(IN_CLUSTER.to_owned() + "  desired_count = 2"));
    let text = [CLUSTER, &service, target].concat();
    everywhere("autoscaled-desired-count", &text, "/${aws_ecs_service.web.name}", "/api");
}

#[test]
fn a_target_of_eventbridge_leads_to_its_task_definition() {
    let target = r#"
resource "aws_ecs_task_definition" "nightly" {
  family                = "nightly"
  network_mode          = "awsvpc"
  container_definitions = jsonencode([{ name = "nightly", image = "nightly:1", memory = 128 }])
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule     = "nightly"
  arn      = aws_ecs_cluster.main.arn
  role_arn = "arn:aws:iam::123456789012:role/events"

  ecs_target {
    task_definition_arn = aws_ecs_task_definition.nightly.arn
  }
}
"#;
    everywhere("scheduled-task-network", &(CLUSTER.to_owned() + target), r#""awsvpc""#, r#""bridge""#);
}
