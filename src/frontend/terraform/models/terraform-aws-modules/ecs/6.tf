# A cluster and its services.
variable "create" {
  type    = bool
  default = true
  certain = true
}
variable "cluster_name" {
  type    = string
  default = ""
}
variable "cluster_setting" {
  default = [{ name = "containerInsights", value = "enabled" }]
}
variable "cluster_service_connect_defaults" {
  default = null
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
variable "services" {
  default = null
}
module "cluster" {
  source  = "terraform-aws-modules/ecs/aws//modules/cluster"
  version = "6"
  create = var.create
  name = var.cluster_name
  setting = var.cluster_setting
  service_connect_defaults = var.cluster_service_connect_defaults
  create_cloudwatch_log_group = var.create_cloudwatch_log_group
  cloudwatch_log_group_name = var.cloudwatch_log_group_name
  cloudwatch_log_group_kms_key_id = var.cloudwatch_log_group_kms_key_id
  create_task_exec_iam_role = var.create_task_exec_iam_role
  default_capacity_provider_strategy = var.default_capacity_provider_strategy
  autoscaling_capacity_providers = var.autoscaling_capacity_providers
}
variable "default_deployment_maximum_percent" {
  default = 200
}
variable "default_deployment_minimum_healthy_percent" {
  default = 66
}
variable "default_desired_count" {
  default = 1
}
variable "default_enable_ecs_managed_tags" {
  default = true
}
variable "default_create_iam_role" {
  default = true
}
variable "default_cpu" {
  default = 1024
}
variable "default_memory" {
  default = 2048
}
variable "default_create_task_exec_iam_role" {
  default = true
}
variable "default_create_tasks_iam_role" {
  default = true
}
variable "default_security_group_use_name_prefix" {
  default = true
}
variable "default_runtime_platform" {
  default = { operating_system_family = "LINUX", cpu_architecture = "X86_64" }
}
module "service" {
  source   = "terraform-aws-modules/ecs/aws//modules/service"
  version  = "6"
  for_each = var.create && var.services != null ? var.services : {}
  ignore_task_definition_changes = try(each.value.ignore_task_definition_changes, null)
  cluster_arn = module.cluster.arn
  deployment_maximum_percent = try(each.value.deployment_maximum_percent, var.default_deployment_maximum_percent)
  deployment_minimum_healthy_percent = try(each.value.deployment_minimum_healthy_percent, var.default_deployment_minimum_healthy_percent)
  desired_count = try(each.value.desired_count, var.default_desired_count)
  enable_ecs_managed_tags = try(each.value.enable_ecs_managed_tags, var.default_enable_ecs_managed_tags)
  enable_execute_command = try(each.value.enable_execute_command, null)
  force_new_deployment = try(each.value.force_new_deployment, null)
  health_check_grace_period_seconds = try(each.value.health_check_grace_period_seconds, null)
  launch_type = try(each.value.launch_type, null)
  name = try(coalesce(each.value.name), each.key)
  assign_public_ip = try(each.value.assign_public_ip, null)
  security_group_ids = try(each.value.security_group_ids, null)
  subnet_ids = try(each.value.subnet_ids, null)
  platform_version = try(each.value.platform_version, null)
  scheduling_strategy = try(each.value.scheduling_strategy, null)
  propagate_tags = try(each.value.propagate_tags, null)
  triggers = try(each.value.triggers, null)
  wait_for_steady_state = try(each.value.wait_for_steady_state, null)
  create_iam_role = try(each.value.create_iam_role, var.default_create_iam_role)
  iam_role_arn = try(each.value.iam_role_arn, null)
  task_definition_arn = try(each.value.task_definition_arn, null)
  container_definitions = try(each.value.container_definitions, {})
  # The type of `services` does not have `create`, so Terraform drops it.
  ignores_create = true
  cpu = try(each.value.cpu, var.default_cpu)
  family = try(each.value.family, null)
  ipc_mode = try(each.value.ipc_mode, null)
  memory = try(each.value.memory, var.default_memory)
  network_mode = try(each.value.network_mode, null)
  pid_mode = try(each.value.pid_mode, null)
  requires_compatibilities = try(each.value.requires_compatibilities, null)
  create_task_exec_iam_role = try(each.value.create_task_exec_iam_role, var.default_create_task_exec_iam_role)
  task_exec_iam_role_arn = try(coalesce(each.value.task_exec_iam_role_arn), var.create_task_exec_iam_role ? module.cluster.task_exec_iam_role_arn : null)
  create_tasks_iam_role = try(each.value.create_tasks_iam_role, var.default_create_tasks_iam_role)
  tasks_iam_role_arn = try(each.value.tasks_iam_role_arn, null)
  enable_autoscaling = try(each.value.enable_autoscaling, null)
  autoscaling_min_capacity = try(each.value.autoscaling_min_capacity, null)
  autoscaling_max_capacity = try(each.value.autoscaling_max_capacity, null)
  create_security_group = try(each.value.create_security_group, null)
  security_group_name = try(each.value.security_group_name, null)
  security_group_use_name_prefix = try(each.value.security_group_use_name_prefix, var.default_security_group_use_name_prefix)
  capacity_provider_strategy = try(each.value.capacity_provider_strategy, null)
  deployment_circuit_breaker = try(each.value.deployment_circuit_breaker, null)
  deployment_controller = try(each.value.deployment_controller, null)
  load_balancer = try(each.value.load_balancer, null)
  ordered_placement_strategy = try(each.value.ordered_placement_strategy, null)
  placement_constraints = try(each.value.placement_constraints, null)
  service_connect_configuration = try(each.value.service_connect_configuration, null)
  service_registries = try(each.value.service_registries, null)
  ephemeral_storage = try(each.value.ephemeral_storage, null)
  task_definition_placement_constraints = try(each.value.task_definition_placement_constraints, null)
  proxy_configuration = try(each.value.proxy_configuration, null)
  volume = try(each.value.volume, null)
  alarms = try(each.value.alarms, null)
  deployment_configuration = try(each.value.deployment_configuration, null)
  volume_configuration = try(each.value.volume_configuration, null)
  vpc_lattice_configurations = try(each.value.vpc_lattice_configurations, null)
  enable_fault_injection = try(each.value.enable_fault_injection, null)
  availability_zone_rebalancing = try(each.value.availability_zone_rebalancing, null)
  vpc_id = try(each.value.vpc_id, null)
  security_group_ingress_rules = try(each.value.security_group_ingress_rules, null)
  security_group_egress_rules = try(each.value.security_group_egress_rules, null)
  sigint_rollback = try(each.value.sigint_rollback, null)
  runtime_platform = try(each.value.runtime_platform, null)
  create = try(each.value.create, true)
  create_service = try(each.value.create_service, true)
  create_task_definition = try(each.value.create_task_definition, true)
}
output "cluster_arn" {
  value = module.cluster.arn
}
output "cluster_id" {
  value = module.cluster.id
}
output "cluster_name" {
  value = module.cluster.name
}
output "cloudwatch_log_group_name" {
  value = module.cluster.cloudwatch_log_group_name
}
output "cloudwatch_log_group_arn" {
  value = module.cluster.cloudwatch_log_group_arn
}
output "task_exec_iam_role_arn" {
  value = module.cluster.task_exec_iam_role_arn
}
output "autoscaling_capacity_providers" {
  value = module.cluster.autoscaling_capacity_providers
}
output "services" {
  value = module.service
}
