//! What a service runs on: clusters, capacity providers, Auto Scaling groups and what they launch.

use super::everywhere;

const CLUSTER: &str = r#"
resource "aws_ecs_cluster" "main" {
  name = "main"
}

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
    let service = r#"
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = aws_ecs_cluster.main.id
  task_definition = "web"

  capacity_provider_strategy {
    capacity_provider = "FARGATE_SPOT"
    weight            = 1
  }
}
"#;
    let text = CLUSTER.to_owned() + service;
    everywhere("unknown-capacity-provider", &text, r#"["FARGATE"]"#, r#"["FARGATE", "FARGATE_SPOT"]"#);
}

#[test]
fn a_service_leads_to_the_default_strategy_of_its_cluster() {
    let service = r#"
resource "aws_ecs_service" "web" {
  name                = "web"
  cluster             = aws_ecs_cluster.main.id
  task_definition     = "web"
  scheduling_strategy = "DAEMON"
}
"#;
    let (fargate, own) = (r#"capacity_provider = "FARGATE""#, r#"capacity_provider = "instances""#);
    everywhere("daemon-unsupported", &(CLUSTER.to_owned() + service), fargate, own);
}

#[test]
fn a_service_leads_to_the_default_namespace_of_its_cluster() {
    let text = r#"
resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = aws_ecs_cluster.main.id
  task_definition = "web"

  service_connect_configuration {
    enabled = true
  }
}

resource "aws_service_discovery_http_namespace" "main" {
  name = "main"
}
"#;
    let defaults = "name = \"main\"\n\n  service_connect_defaults {\n    namespace = \
                    aws_service_discovery_http_namespace.main.arn\n  }\n}\n\nresource \"aws_ecs_service\"";
    everywhere(
        "service-connect-namespace",
        text,
        "name = \"main\"\n}\n\nresource \"aws_ecs_service\"",
        defaults,
    );
}

const INSTANCES: &str = r#"
resource "aws_ecs_cluster" "main" {
  name = "main"
}

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

resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.web.arn
  launch_type     = "EC2"
  desired_count   = 2
}
"#;

#[test]
fn a_cluster_leads_to_the_auto_scaling_group_of_a_capacity_provider() {
    everywhere("static-port-blocks-rollout", INSTANCES, "max_size = 2", "max_size = 3");
    let (ours, other) =
        ("aws_autoscaling_group.main.arn", "\"arn:aws:autoscaling:eu-west-1:123456789012:x\"");
    everywhere("static-port-blocks-rollout", INSTANCES, ours, other);
}

#[test]
fn an_auto_scaling_group_leads_to_the_instance_type_of_its_launch_template() {
    everywhere("instance-too-small", INSTANCES, "t3.micro", "m5.large");
}

#[test]
fn an_auto_scaling_group_leads_to_its_launch_configuration() {
    let text =
        INSTANCES.replace("aws_launch_template\" \"main", "aws_launch_configuration\" \"main").replace(
            "launch_template {\n    id = aws_launch_template.main.id\n  }",
            "launch_configuration = aws_launch_configuration.main.id",
        );
    everywhere("instance-too-small", &text, "t3.micro", "m5.large");
}

#[test]
fn a_cluster_without_any_instance_has_none() {
    let text = r#"
resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = aws_ecs_cluster.main.id
  task_definition = "web"
}

resource "aws_ecr_repository" "web" {
  name = "web"
}
"#;
    let (nothing, group) = ("aws_ecr_repository", "aws_autoscaling_group");
    everywhere("no-container-instances", text, nothing, group);
}

#[test]
fn an_autoscaling_target_leads_to_its_service() {
    let text = r#"
resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = aws_ecs_cluster.main.id
  task_definition = "web"
  desired_count   = 2
}

resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.web.name}"
  min_capacity       = 2
  max_capacity       = 8
}
"#;
    everywhere("autoscaled-desired-count", text, "/${aws_ecs_service.web.name}", "/api");
}

#[test]
fn a_target_of_eventbridge_leads_to_its_task_definition() {
    let text = r#"
resource "aws_ecs_cluster" "main" {
  name = "main"
}

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
    everywhere("scheduled-task-network", text, r#""awsvpc""#, r#""bridge""#);
}
