//! Stores that a task reads and writes: log groups, secrets, parameters, images, file systems, and service discovery.

use super::world::{ALL_OUT, BY_ADDRESS, TASK, network, security_group, service};
use super::{everywhere, in_terraform};

#[test]
fn a_container_leads_to_its_log_group() {
    let text = r#"
resource "aws_cloudwatch_log_group" "web" {
  name = "/ecs/shop"
}

resource "aws_cloudwatch_log_group" "other" {
  name = "/ecs/other"
}

resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([
    {
      name             = "web"
      image            = "web:1"
      memory           = 128
      logConfiguration = { logDriver = "awslogs", options = { awslogs-group = "/ecs/other", awslogs-region = "eu-west-1" } }
    },
    {
      name             = "worker"
      image            = "web:1"
      memory           = 128
      logConfiguration = { logDriver = "awslogs", options = { awslogs-group = "/ecs/web", awslogs-region = "eu-west-1" } }
    },
  ])
}
"#;
    everywhere("log-group-missing", text, "\"/ecs/shop\"", "\"/ecs/web\"");
}

/// A plan contains the container definitions as text, in which an ARN is no longer a reference.
const SECRET: &str = r#"
resource "aws_kms_key" "own" {
  description = "own"
}

resource "aws_kms_key" "open" {
  description = "open"
  policy      = jsonencode({
    Statement = [{ Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = aws_iam_role.execution.arn } }]
  })
}

resource "aws_secretsmanager_secret" "token" {
  name       = "token"
  kms_key_id = aws_kms_key.own.arn
}

resource "aws_ssm_parameter" "token" {
  name   = "/token"
  type   = "SecureString"
  key_id = aws_kms_key.own.arn
}

resource "aws_iam_role" "execution" {
  name               = "execution"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "execution" {
  role   = aws_iam_role.execution.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["secretsmanager:*", "ssm:*"], Resource = "*" }]
  })
}

resource "aws_ecs_task_definition" "web" {
  family                = "web"
  execution_role_arn    = aws_iam_role.execution.arn
  container_definitions = jsonencode([{
    name    = "web"
    image   = "web:1"
    memory  = 128
    secrets = [{ name = "TOKEN", valueFrom = aws_secretsmanager_secret.token.arn }]
  }])
}
"#;

#[test]
fn a_container_leads_to_its_secret_and_the_key_of_that() {
    let (own, open) = ("kms_key_id = aws_kms_key.own.arn", "kms_key_id = aws_kms_key.open.arn");
    in_terraform("role-permissions", SECRET, own, open);
}

#[test]
fn a_container_leads_to_its_parameter_and_the_key_of_that() {
    let text =
        SECRET.replace("valueFrom = aws_secretsmanager_secret.token", "valueFrom = aws_ssm_parameter.token");
    let (own, open) = ("  key_id = aws_kms_key.own.arn", "  key_id = aws_kms_key.open.arn");
    in_terraform("role-permissions", &text, own, open);
}

#[test]
fn a_container_leads_to_the_repository_of_its_image() {
    let text = r#"
resource "aws_ecr_repository" "web" {
  name = "team/shop-api"
}

resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([
    { name = "web", image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/shop-apis:1", memory = 128 },
  ])
}
"#;
    everywhere("image-repository-mismatch", text, "\"team/shop-api\"", "\"team/shop-apis\"");
}

#[test]
fn a_task_leads_to_the_mount_targets_of_its_file_system() {
    let files = r#"
resource "aws_efs_file_system" "data" {
  encrypted = true
}

resource "aws_ecs_task_definition" "web" {
  family                = "web"
  network_mode          = "awsvpc"
  container_definitions = jsonencode([{ name = "web", image = "web:1", memory = 128 }])

  volume {
    name = "data"

    efs_volume_configuration {
      file_system_id = aws_efs_file_system.data.id
    }
  }
}

resource "aws_efs_mount_target" "data" {
  file_system_id  = aws_efs_file_system.data.id
  subnet_id       = "subnet-0123456789abcdef0"
  security_groups = [aws_security_group.files.id]
}
"#;
    let from_tasks = r#"
  ingress {
    from_port       = 443
    to_port         = 2048
    protocol        = "tcp"
    security_groups = [aws_security_group.web.id]
  }"#;
    let subnets = r#"    subnets = ["subnet-0123456789abcdef0"]"#;
    let network = network(&format!("{subnets}\n    security_groups = [aws_security_group.web.id]"));
    let groups = security_group("web", ALL_OUT) + &security_group("files", from_tasks);
    let text = [files, &groups, &service(BY_ADDRESS, &network)].concat();
    everywhere("efs-mount-blocked", &text, "2048", "2049");
}

#[test]
fn a_service_leads_to_its_service_in_cloud_map() {
    let discovery = r#"
resource "aws_service_discovery_private_dns_namespace" "main" {
  name = "main.local"
  vpc  = "vpc-0a1b2c3d"
}

resource "aws_service_discovery_service" "web" {
  name = "web"

  dns_config {
    namespace_id = aws_service_discovery_private_dns_namespace.main.id

    dns_records {
      type = "SRV"
      ttl  = 10
    }
  }
}
"#;
    let registries =
        "\n  service_registries {\n    registry_arn = aws_service_discovery_service.web.arn\n  }";
    let text = [discovery, TASK, &service(BY_ADDRESS, registries)].concat();
    everywhere("service-registry-port", &text, "\"SRV\"", "\"A\"");
}
