# A cluster, its log group, and its capacity providers.
variable "create" {
  type    = bool
  default = true
  certain = true
}
variable "name" {
  type    = string
  default = ""
}
variable "service_connect_defaults" {
  default = null
}
variable "setting" {
  default = [{ name = "containerInsights", value = "enabled" }]
}
variable "create_cloudwatch_log_group" {
  type    = bool
  default = true
}
variable "cloudwatch_log_group_name" {
  type    = string
  default = null
}
variable "cloudwatch_log_group_kms_key_id" {
  type    = string
  default = null
}
variable "create_task_exec_iam_role" {
  type    = bool
  default = false
}
variable "default_capacity_provider_strategy" {
  default = {}
}
variable "autoscaling_capacity_providers" {
  default = null
}
resource "aws_ecs_cluster" "this" {
  count = var.create ? 1 : 0
  name  = var.name
  dynamic "setting" {
    for_each = var.setting != null ? var.setting : []
    content {
      name  = setting.value.name
      value = setting.value.value
    }
  }
  dynamic "service_connect_defaults" {
    for_each = var.service_connect_defaults != null ? [var.service_connect_defaults] : []
    content {
      namespace = service_connect_defaults.value.namespace
    }
  }
}
resource "aws_cloudwatch_log_group" "this" {
  count      = var.create && var.create_cloudwatch_log_group ? 1 : 0
  name       = coalesce(var.cloudwatch_log_group_name, "/aws/ecs/${var.name}")
  kms_key_id = var.cloudwatch_log_group_kms_key_id
}
locals {
  groups = var.autoscaling_capacity_providers != null ? var.autoscaling_capacity_providers : {}
}
resource "aws_ecs_cluster_capacity_providers" "this" {
  count              = var.create ? 1 : 0
  cluster_name       = aws_ecs_cluster.this[0].name
  capacity_providers = distinct(concat(
    [for key, value in var.default_capacity_provider_strategy : try(coalesce(value.name), key)],
    [for key, value in local.groups : try(coalesce(value.name), key)],
  ))
  dynamic "default_capacity_provider_strategy" {
    for_each = var.default_capacity_provider_strategy
    content {
      capacity_provider = try(coalesce(default_capacity_provider_strategy.value.name), default_capacity_provider_strategy.key)
      base              = try(default_capacity_provider_strategy.value.base, null)
      weight            = try(default_capacity_provider_strategy.value.weight, null)
    }
  }
}
resource "aws_ecs_capacity_provider" "this" {
  for_each = var.create ? local.groups : {}
  name     = try(coalesce(each.value.name), each.key)
  auto_scaling_group_provider {
    auto_scaling_group_arn = each.value.auto_scaling_group_arn
  }
}
output "arn" {
  value = aws_ecs_cluster.this[0].arn
}
output "id" {
  value = aws_ecs_cluster.this[0].id
}
output "name" {
  value = aws_ecs_cluster.this[0].name
}
output "cloudwatch_log_group_name" {
  value = aws_cloudwatch_log_group.this[0].name
}
output "cloudwatch_log_group_arn" {
  value = aws_cloudwatch_log_group.this[0].arn
}
output "autoscaling_capacity_providers" {
  value = aws_ecs_capacity_provider.this
}
output "task_exec_iam_role_arn" {
  value = var.create_task_exec_iam_role ? aws_iam_role.task_exec[0].arn : null
}
