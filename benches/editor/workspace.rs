//! A workspace of 1,000 ECS files, the same in each run: pairs of task definition and service in JSON, and Terraform
//! root modules, some of which call a module.

use std::fs;
use std::path::{Path, PathBuf};

/// Number of directories with a task definition and a service.
const PAIRS: usize = 350;

/// Number of Terraform root modules, with three files each.
const ROOTS: usize = 99;

/// Pseudorandom numbers, the same in each run.
struct Dice(u64);

impl Dice {
    /// Returns a number below `most`.
    fn throw(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

/// Writes the files and returns their paths.
pub fn write(root: &Path) -> Vec<PathBuf> {
    let mut dice = Dice(0x00EC_511A);
    let mut files = Vec::new();
    let mut add = |path: String, text: String| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        files.push(path);
    };
    for index in 0..PAIRS {
        add(format!("json-{index:03}/task-definition.json"), task(index, &mut dice));
        add(format!("json-{index:03}/service.json"), service(index));
    }
    for index in 0..ROOTS {
        add(format!("root-{index:03}/main.tf"), main(index, &mut dice));
        add(format!("root-{index:03}/network.tf"), NETWORK.to_owned());
        add(format!("root-{index:03}/variables.tf"), variables(index));
    }
    for (name, text) in [("main", MODULE), ("variables", MODULE_VARIABLES), ("outputs", MODULE_OUTPUTS)] {
        add(format!("modules/web/{name}.tf"), text.to_owned());
    }
    files
}

fn container(name: &str, dice: &mut Dice) -> String {
    let variables: Vec<String> = (0..2 + dice.throw(8))
        .map(|index| format!(r#"        {{ "name": "SETTING_{index}", "value": "{}" }}"#, dice.throw(1000)))
        .collect();
    let port = 8000 + dice.throw(100);
    // One of eight containers has an error.
    let host = if dice.throw(8) == 0 { port + 1 } else { port };
    format!(
        r#"    {{
      "name": "{name}",
      "image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/{name}:1.4.2",
      "essential": true,
      "memory": 256,
      "portMappings": [{{ "containerPort": {port}, "hostPort": {host} }}],
      "environment": [
{}
      ],
      "logConfiguration": {{
        "logDriver": "awslogs",
        "options": {{
          "awslogs-group": "/ecs/{name}",
          "awslogs-region": "us-east-1",
          "awslogs-stream-prefix": "ecs"
        }}
      }}
    }}"#,
        variables.join(",\n")
    )
}

fn task(index: usize, dice: &mut Dice) -> String {
    let names = ["web", "sidecar", "worker"];
    let count = 1 + usize::try_from(dice.throw(3)).unwrap();
    let containers: Vec<String> = names[..count].iter().map(|name| container(name, dice)).collect();
    format!(
        r#"{{
  "family": "service-{index}",
  "requiresCompatibilities": ["FARGATE"],
  "networkMode": "awsvpc",
  "cpu": "256",
  "memory": "1024",
  "executionRoleArn": "arn:aws:iam::123456789012:role/ecs",
  "containerDefinitions": [
{}
  ]
}}
"#,
        containers.join(",\n")
    )
    .replacen("\"memory\": 256", "\"memory\": 512", 1)
}

fn service(index: usize) -> String {
    format!(
        r#"{{
  "serviceName": "service-{index}",
  "cluster": "main",
  "taskDefinition": "service-{index}",
  "desiredCount": 2,
  "launchType": "FARGATE",
  "networkConfiguration": {{
    "awsvpcConfiguration": {{
      "subnets": ["subnet-0a1b2c3d4e5f60718"],
      "securityGroups": ["sg-0a1b2c3d4e5f60718"],
      "assignPublicIp": "ENABLED"
    }}
  }},
  "deploymentConfiguration": {{ "deploymentCircuitBreaker": {{ "enable": true, "rollback": true }} }}
}}
"#
    )
}

fn main(index: usize, dice: &mut Dice) -> String {
    let called = if index.is_multiple_of(9) {
        format!("\nmodule \"web\" {{\n  source = \"../modules/web\"\n  name   = \"web-{index}\"\n}}\n")
    } else {
        String::new()
    };
    let port = 8000 + dice.throw(100);
    let host = if dice.throw(8) == 0 { port + 1 } else { port };
    format!(
        r#"resource "aws_ecs_cluster" "main" {{
  name = var.name
}}

resource "aws_ecs_task_definition" "app" {{
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = aws_iam_role.execution.arn

  container_definitions = jsonencode([
    {{
      name         = "app"
      image        = "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:${{var.image_tag}}"
      portMappings = [{{ containerPort = {port}, hostPort = {host} }}]
      environment  = [for name, value in var.settings : {{ name = name, value = value }}]
      logConfiguration = {{
        logDriver = "awslogs"
        options   = {{ awslogs-group = "/ecs/${{var.name}}", awslogs-region = "us-east-1", awslogs-stream-prefix = "ecs" }}
      }}
    }}
  ])
}}

resource "aws_iam_role" "execution" {{
  name               = "${{var.name}}-execution"
  assume_role_policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {{ Service = "ecs-tasks.amazonaws.com" }} }}]
  }})
}}

resource "aws_ecs_service" "app" {{
  name            = var.name
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  launch_type     = "FARGATE"

  health_check_grace_period_seconds = 60

  network_configuration {{
    subnets          = aws_subnet.public[*].id
    assign_public_ip = true
  }}

  load_balancer {{
    target_group_arn = aws_lb_target_group.app.arn
    container_name   = "app"
    container_port   = {port}
  }}

  depends_on = [aws_lb_listener.app]
}}
{called}"#
    )
}

fn variables(index: usize) -> String {
    format!(
        r#"variable "name" {{
  default = "app-{index}"
}}

variable "image_tag" {{}}

variable "settings" {{
  default = {{
    LOG_LEVEL = "info"
    WORKERS   = "4"
  }}
}}
"#
    )
}

const NETWORK: &str = r#"resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "public" {
  count      = 2
  vpc_id     = aws_vpc.main.id
  cidr_block = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "public" {
  count          = 2
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}

resource "aws_lb" "app" {
  name    = var.name
  subnets = aws_subnet.public[*].id
}

resource "aws_lb_target_group" "app" {
  name        = var.name
  port        = 80
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "app" {
  load_balancer_arn = aws_lb.app.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}
"#;

const MODULE: &str = r#"resource "aws_ecs_task_definition" "web" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512

  container_definitions = <<EOT
[{ "name": "web", "image": "nginx:1.27", "essential": true, "portMappings": [{ "containerPort": 80 }] }]
EOT
}

resource "aws_cloudwatch_log_group" "web" {
  name = var.name
}
"#;

const MODULE_VARIABLES: &str = "variable \"name\" {}\n";

const MODULE_OUTPUTS: &str = "output \"task_definition\" {\n  value = aws_ecs_task_definition.web.arn\n}\n";
