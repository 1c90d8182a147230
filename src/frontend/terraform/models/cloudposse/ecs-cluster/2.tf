# A cluster. Its name comes from a label and is not modelled; neither are its EC2 capacity providers.
variable "enabled" {
  type    = bool
  default = true
  certain = true
}
variable "container_insights_mode" {
  type    = string
  default = "enabled"
}
variable "logging" {
  type    = string
  default = "DEFAULT"
}
variable "kms_key_id" {
  type    = string
  default = null
}
variable "service_discovery_namespace_arn" {
  type    = string
  default = null
}
resource "aws_ecs_cluster" "default" {
  count = var.enabled ? 1 : 0
  setting {
    name  = "containerInsights"
    value = var.container_insights_mode
  }
  configuration {
    execute_command_configuration {
      kms_key_id = var.kms_key_id
      logging    = var.logging
    }
  }
  dynamic "service_connect_defaults" {
    for_each = var.service_discovery_namespace_arn != null ? [var.service_discovery_namespace_arn] : []
    content {
      namespace = service_connect_defaults.value
    }
  }
}
# Which providers are associated is not modelled.
resource "aws_ecs_cluster_capacity_providers" "default" {
  count        = var.enabled ? 1 : 0
  cluster_name = aws_ecs_cluster.default[0].name
}
output "id" {
  value = aws_ecs_cluster.default[0].id
}
output "arn" {
  value = aws_ecs_cluster.default[0].arn
}
output "name" {
  value = aws_ecs_cluster.default[0].name
}
