//! Terraform root modules: a service behind a load balancer, with its network and roles, in several layouts.

use super::{Amounts, Dice, Files, json, module};

/// A root module. `main.tf` and `variables.tf` always exist; the rest is in separate files or in `main.tf`.
pub fn write(number: usize, amounts: Amounts, dice: &mut Dice, files: &mut Files) {
    let directory = format!("terraform/team-{:03}/service-{number}", number / 50);
    let mut add = |name: &str, text: String| files.push((format!("{directory}/{name}"), text));
    let port = 3000 + dice.throw(6000);
    let mut main = task(port, dice, &mut add);
    main.push_str(&service(port, dice));
    if amounts.modules > 0 && dice.percent(amounts.callers) {
        for name in ["worker", "scheduler", "admin"] {
            main.push_str(&module::call(dice.throw(amounts.modules), name));
        }
    }
    let parts = [
        ("network.tf", 70, NETWORK.to_owned()),
        ("alb.tf", 70, balancer(port, dice)),
        ("iam.tf", 60, ROLES.to_owned()),
        ("outputs.tf", 40, OUTPUTS.to_owned()),
    ];
    for (name, share, text) in parts {
        if dice.percent(share) { add(name, text) } else { main.push_str(&text) }
    }
    add("main.tf", main);
    add("variables.tf", variables(number, dice));
}

/// The task definition, with its containers in one of the usual forms.
fn task(port: usize, dice: &mut Dice, add: &mut dyn FnMut(&str, String)) -> String {
    // One of ten containers has a different name than the service expects.
    let name = if dice.throw(10) == 0 { "web" } else { "app" };
    let containers = match dice.throw(100) {
        0..55 => literal(name, port, dice),
        55..71 => format!(
            "<<EOF\n[\n{}\n]\nEOF",
            json::container(name, port, dice).replace("${IMAGE}", "${var.image}")
        ),
        71..86 => {
            let text = json::container(name, port, dice).replace("${IMAGE}", "${image}:${tag}");
            add("containers.json.tftpl", format!("[\n{text}\n]\n"));
            "templatefile(\"${path.module}/containers.json.tftpl\", { image = var.image, tag = var.image_tag })".to_owned()
        }
        86..94 => {
            add("containers.json", format!("[\n{}\n]\n", json::container(name, port, dice)));
            "file(\"${path.module}/containers.json\")".to_owned()
        }
        _ => "jsonencode([local.container])".to_owned(),
    };
    let (cpu, memory) = [("256", "512"), ("512", "1024"), ("1024", "2048"), ("2048", "4096")][dice.throw(4)];
    format!(
        r#"terraform {{
  required_version = ">= 1.5"
}}

provider "aws" {{
  region = var.region
}}

locals {{
  tags = merge(var.tags, {{ Service = var.name, Stage = var.stage }})
  container = {{
    name         = "{name}"
    image        = "${{var.image}}:${{var.image_tag}}"
    essential    = true
    portMappings = [{{ containerPort = {port} }}]
  }}
}}

resource "aws_ecs_cluster" "main" {{
  name = "${{var.name}}-${{var.stage}}"
  tags = local.tags
}}

resource "aws_cloudwatch_log_group" "app" {{
  name              = "/ecs/${{var.name}}"
  retention_in_days = 14
}}

resource "aws_ecs_task_definition" "app" {{
  family                   = "${{var.name}}-${{var.stage}}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = {cpu}
  memory                   = "{memory}"
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn
  tags                     = local.tags

  container_definitions = {containers}
}}
"#
    )
}

fn literal(name: &str, port: usize, dice: &mut Dice) -> String {
    let host = if dice.throw(12) == 0 { port + 1 } else { port };
    format!(
        r#"jsonencode([
    {{
      name      = "{name}"
      image     = "${{var.image}}:${{var.image_tag}}"
      essential = true
      portMappings = [
        {{
          containerPort = {port}
          hostPort      = {host}
        }}
      ]
      environment = [
        {{ name = "STAGE", value = var.stage }},
        {{ name = "BUILD", value = "{}" }},
      ]
      secrets = [for name, arn in var.secrets : {{ name = name, valueFrom = arn }}]
      logConfiguration = {{
        logDriver = "awslogs"
        options = {{
          awslogs-group         = aws_cloudwatch_log_group.app.name
          awslogs-region        = var.region
          awslogs-stream-prefix = "ecs"
        }}
      }}
    }}
  ])"#,
        dice.throw(100_000)
    )
}

fn service(port: usize, dice: &mut Dice) -> String {
    let (subnets, public) = match dice.throw(3) {
        0 => ("aws_subnet.public[*].id", "true"),
        1 => ("aws_subnet.private[*].id", "false"),
        _ => ("var.subnet_ids", "false"),
    };
    let waits = if dice.percent(70) { "\n  depends_on = [aws_lb_listener.app]\n" } else { "" };
    format!(
        r#"
resource "aws_ecs_service" "app" {{
  name            = var.name
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = var.stage == "prod" ? 3 : 1
  launch_type     = "FARGATE"

  health_check_grace_period_seconds = 60

  network_configuration {{
    subnets          = {subnets}
    security_groups  = [aws_security_group.app.id]
    assign_public_ip = {public}
  }}

  load_balancer {{
    target_group_arn = aws_lb_target_group.app.arn
    container_name   = "app"
    container_port   = {port}
  }}

  lifecycle {{
    ignore_changes = [desired_count]
  }}
{waits}}}

resource "aws_security_group" "app" {{
  name   = "${{var.name}}-app"
  vpc_id = aws_vpc.main.id

  ingress {{
    from_port   = {port}
    to_port     = {port}
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.main.cidr_block]
  }}

  egress {{
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }}
}}
"#
    )
}

/// A load balancer; one of ten has a target type that is invalid for tasks in `awsvpc` mode.
fn balancer(port: usize, dice: &mut Dice) -> String {
    let target = if dice.throw(10) == 0 { "instance" } else { "ip" };
    format!(
        r#"
resource "aws_lb" "app" {{
  name               = "${{var.name}}-${{var.stage}}"
  load_balancer_type = "application"
  subnets            = aws_subnet.public[*].id
  security_groups    = [aws_security_group.app.id]
  tags               = local.tags
}}

resource "aws_lb_target_group" "app" {{
  name        = var.name
  port        = {port}
  protocol    = "HTTP"
  target_type = "{target}"
  vpc_id      = aws_vpc.main.id

  health_check {{
    path    = "/health"
    matcher = "200"
  }}
}}

resource "aws_lb_listener" "app" {{
  load_balancer_arn = aws_lb.app.arn
  port              = 80
  protocol          = "HTTP"

  default_action {{
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }}
}}
"#
    )
}

fn variables(number: usize, dice: &mut Dice) -> String {
    let stage = dice.pick(&["dev", "staging", "prod"]);
    format!(
        r#"variable "name" {{
  type    = string
  default = "service-{number}"
}}

variable "stage" {{
  description = "Where this is deployed to"
  type        = string
  default     = "{stage}"
}}

variable "region" {{
  type    = string
  default = "eu-west-1"
}}

variable "image" {{
  type    = string
  default = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/service-{number}"
}}

variable "image_tag" {{
  type = string
}}

variable "subnet_ids" {{
  type    = list(string)
  default = []
}}

variable "secrets" {{
  type    = map(string)
  default = {{}}
}}

variable "tags" {{
  type    = map(string)
  default = {{ Owner = "platform" }}
}}
"#
    )
}

const NETWORK: &str = r#"
data "aws_availability_zones" "available" {}

resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "public" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  availability_zone = data.aws_availability_zones.available.names[count.index]
}

resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index + 100)
  availability_zone = data.aws_availability_zones.available.names[count.index]
}

resource "aws_eip" "nat" {
  domain = "vpc"
}

resource "aws_nat_gateway" "main" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.public[0].id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.main.id
  }
}

resource "aws_route_table_association" "public" {
  count          = 2
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}

resource "aws_route_table_association" "private" {
  count          = 2
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private.id
}
"#;

const ROLES: &str = r#"
data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "execution" {
  name               = "${var.name}-execution"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role" "task" {
  name = "${var.name}-task"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }
    ]
  })
}
"#;

const OUTPUTS: &str = r#"
output "url" {
  value = "http://${aws_lb.app.dns_name}"
}

output "service" {
  value = aws_ecs_service.app.id
}
"#;
