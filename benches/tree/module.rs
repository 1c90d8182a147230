//! Modules that root modules share, and a root module with many services.

use std::fmt::Write as _;

use super::Files;

const TASK: &str = r#"resource "aws_ecs_task_definition" "this" {
  family                   = "${var.name}-${var.stage}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.cpu * 2
  execution_role_arn       = var.execution_role_arn

  container_definitions = jsonencode([
    {
      name         = var.name
      image        = "${var.image}:${var.tag}"
      essential    = true
      portMappings = [for port in var.ports : { containerPort = port, hostPort = port }]
      environment = [
        for key, value in merge(var.environment, { STAGE = var.stage }) : { name = key, value = tostring(value) }
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.this.name
          awslogs-region        = "eu-west-1"
          awslogs-stream-prefix = var.name
        }
      }
    }
  ])
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/ecs/${var.name}"
  retention_in_days = 30
}
"#;

const SERVICE: &str = r#"resource "aws_ecs_service" "this" {
  name            = "${var.name}-${var.stage}"
  cluster         = var.cluster
  task_definition = aws_ecs_task_definition.this.arn
  desired_count   = var.stage == "prod" ? 2 : 1
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = var.subnets
    security_groups = [aws_security_group.this.id]
  }

  dynamic "load_balancer" {
    for_each = var.target_group == null ? [] : [var.target_group]
    content {
      target_group_arn = load_balancer.value
      container_name   = var.name
      container_port   = var.ports[0]
    }
  }
}

resource "aws_security_group" "this" {
  name   = "${var.name}-${var.stage}"
  vpc_id = var.vpc_id

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"#;

const ALARMS: &str = r#"resource "aws_cloudwatch_metric_alarm" "cpu" {
  alarm_name          = "${var.name}-cpu"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 2
  metric_name         = "CPUUtilization"
  namespace           = "AWS/ECS"
  period              = 60
  statistic           = "Average"
  threshold           = 80
}
"#;

const VARIABLES: &str = r#"variable "name" {}
variable "stage" {}
variable "image" {}
variable "cluster" {}
variable "subnets" {}
variable "vpc_id" {}
variable "execution_role_arn" {}

variable "tag" {
  default = "latest"
}

variable "cpu" {
  type    = number
  default = 256
}

variable "ports" {
  type = list(number)
}

variable "environment" {
  type    = map(string)
  default = {}
}

variable "target_group" {
  default = null
}
"#;

const OUTPUTS: &str = "output \"arn\" {\n  value = aws_ecs_service.this.id\n}\n";

/// A module with one service.
pub fn write(number: usize, files: &mut Files) {
    let parts = [
        ("task", TASK),
        ("service", SERVICE),
        ("alarms", ALARMS),
        ("variables", VARIABLES),
        ("outputs", OUTPUTS),
    ];
    for (name, text) in parts {
        files.push((format!("terraform/modules/service-{number}/{name}.tf"), text.to_owned()));
    }
}

/// The call of a module in a root module.
pub fn call(module: usize, name: &str) -> String {
    format!(
        r#"
module "{name}" {{
  source = "../../modules/service-{module}"

  name               = "${{var.name}}-{name}"
  stage              = var.stage
  image              = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/{name}"
  ports              = [8080]
  cpu                = 512
  cluster            = aws_ecs_cluster.main.arn
  subnets            = aws_subnet.private[*].id
  vpc_id             = aws_vpc.main.id
  execution_role_arn = aws_iam_role.execution.arn
  environment        = {{ LEVEL = "info", CALLER = var.name }}
}}
"#
    )
}

/// Number of services per call; more than 1,000 instances are not distinguished.
const OF_A_CALL: usize = 500;

/// One root module that creates this many services, with as few calls as possible.
pub fn write_services(count: usize, files: &mut Files) {
    let mut text = String::new();
    for (call, first) in (0..count).step_by(OF_A_CALL).enumerate() {
        let _ = writeln!(text, "locals {{\n  services_{call} = {{");
        for number in first..count.min(first + OF_A_CALL) {
            let _ = writeln!(text, "    s{number} = {{ port = {}, cpu = 256 }}", 3000 + number);
        }
        let _ = write!(
            text,
            r#"  }}
}}

module "service_{call}" {{
  source   = "./service"
  for_each = local.services_{call}

  name               = each.key
  stage              = "prod"
  image              = "nginx"
  ports              = [each.value.port]
  cpu                = each.value.cpu
  cluster            = "main"
  subnets            = ["subnet-0a1b2c3d4e5f60718"]
  vpc_id             = "vpc-0a1b2c3d4e5f60718"
  execution_role_arn = "arn:aws:iam::123456789012:role/ecs"
}}
"#
        );
    }
    files.push(("many/main.tf".to_owned(), text));
    let parts = [("task", TASK), ("service", SERVICE), ("variables", VARIABLES), ("outputs", OUTPUTS)];
    for (name, text) in parts {
        files.push((format!("many/service/{name}.tf"), text.to_owned()));
    }
}
