# A cluster, its log group, and its capacity providers.
variable "create" {
  type    = bool
  default = true
  certain = true
}
variable "cluster_name" {
  type    = string
  default = ""
}
variable "cluster_service_connect_defaults" {
  type    = map(string)
  default = {}
}
variable "cluster_settings" {
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
variable "default_capacity_provider_use_fargate" {
  type    = bool
  default = true
}
variable "fargate_capacity_providers" {
  default = {}
}
variable "autoscaling_capacity_providers" {
  default = {}
}
resource "aws_ecs_cluster" "this" {
  count = var.create ? 1 : 0
  name  = var.cluster_name
  dynamic "setting" {
    for_each = flatten([var.cluster_settings])
    content {
      name  = setting.value.name
      value = setting.value.value
    }
  }
  dynamic "service_connect_defaults" {
    for_each = length(var.cluster_service_connect_defaults) > 0 ? [var.cluster_service_connect_defaults] : []
    content {
      namespace = service_connect_defaults.value.namespace
    }
  }
}
resource "aws_cloudwatch_log_group" "this" {
  count      = var.create && var.create_cloudwatch_log_group ? 1 : 0
  name       = coalesce(var.cloudwatch_log_group_name, "/aws/ecs/${var.cluster_name}")
  kms_key_id = var.cloudwatch_log_group_kms_key_id
}
locals {
  providers = merge(var.fargate_capacity_providers, var.autoscaling_capacity_providers)
  defaults  = var.default_capacity_provider_use_fargate ? var.fargate_capacity_providers : var.autoscaling_capacity_providers
}
resource "aws_ecs_cluster_capacity_providers" "this" {
  count              = var.create && length(local.providers) > 0 ? 1 : 0
  cluster_name       = aws_ecs_cluster.this[0].name
  capacity_providers = distinct(concat(
    [for key, value in var.fargate_capacity_providers : try(value.name, key)],
    [for key, value in var.autoscaling_capacity_providers : try(value.name, key)],
  ))
  dynamic "default_capacity_provider_strategy" {
    for_each = local.defaults
    iterator = strategy
    content {
      capacity_provider = try(strategy.value.name, strategy.key)
      base              = try(strategy.value.default_capacity_provider_strategy.base, null)
      weight            = try(strategy.value.default_capacity_provider_strategy.weight, null)
    }
  }
}
resource "aws_ecs_capacity_provider" "this" {
  for_each = var.create ? var.autoscaling_capacity_providers : {}
  name     = try(each.value.name, each.key)
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
