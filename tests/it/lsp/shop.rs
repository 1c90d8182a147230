//! A task definition, in JSON and in Terraform.

pub const TASK: &str = r#"{
  "family": "shop",
  "networkMode": "awsvpc",
  "requiresCompatibilities": ["FARGATE"],
  "cpu": "256",
  "memory": "1024",
  "containerDefinitions": [
    {
      "name": "web", "image": "nginx:1",
      "portMappings": [{ "containerPort": 80, "name": "http" }]
    },
    { "name": "proxy", "image": "envoy:1" },
  ]
}
"#;

pub const TERRAFORM: &str = r#"
variable "image" {}

locals {
  cpu = 512
}

resource "aws_ecs_task_definition" "shop" {
  family                = "shop"
  cpu                   = local.cpu
  memory                = 1024
  network_mode          = "awsvpc"
  container_definitions = templatefile("${path.module}/shop.json", { image = var.image })
}

module "more" {
  source = "./more"
}
"#;
