# A service with one main container and its log group. The name of the container comes from a label and is not modelled.
variable "enabled" {
  type    = bool
  default = true
  certain = true
}
variable "container_image" {
  type    = string
  default = "cloudposse/default-backend"
}
variable "use_ecr_image" {
  type    = bool
  default = false
}
variable "container_cpu" {
  type    = number
  default = 256
}
variable "container_memory" {
  type    = number
  default = 512
}
variable "container_memory_reservation" {
  type    = number
  default = 128
}
variable "container_start_timeout" {
  type    = number
  default = 30
}
variable "container_stop_timeout" {
  type    = number
  default = 30
}
variable "container_port" {
  type    = number
  default = 80
}
variable "port_mappings" {
  default = [{ containerPort = 80, hostPort = 80, protocol = "tcp" }]
}
variable "healthcheck" {
  default = null
}
variable "container_environment" {
  default = null
}
variable "map_container_environment" {
  type    = map(string)
  default = null
}
variable "secrets" {
  default = null
}
variable "entrypoint" {
  type    = list(string)
  default = null
}
variable "command" {
  type    = list(string)
  default = null
}
variable "mount_points" {
  default = []
}
variable "privileged" {
  type    = string
  default = null
}
variable "task_cpu" {
  type    = number
  default = null
}
variable "task_memory" {
  type    = number
  default = null
}
variable "network_mode" {
  type    = string
  default = "awsvpc"
}
variable "launch_type" {
  type    = string
  default = "FARGATE"
}
variable "platform_version" {
  type    = string
  default = "LATEST"
}
variable "desired_count" {
  type    = number
  default = 1
}
variable "health_check_grace_period_seconds" {
  type    = number
  default = 0
}
variable "ignore_changes_task_definition" {
  type    = bool
  default = true
}
variable "ignore_changes_desired_count" {
  type    = bool
  default = false
}
variable "ecs_cluster_arn" {
  type    = string
  default = null
}
variable "vpc_id" {
  type    = string
  default = null
}
variable "ecs_private_subnet_ids" {
  type    = list(string)
  default = null
}
variable "ecs_security_group_ids" {
  type    = list(string)
  default = []
}
variable "ecs_security_group_enabled" {
  type    = bool
  default = true
}
variable "assign_public_ip" {
  type    = bool
  default = false
}
variable "capacity_provider_strategies" {
  default = []
}
variable "deployment_controller_type" {
  type    = string
  default = "ECS"
}
variable "deployment_maximum_percent" {
  type    = number
  default = 200
}
variable "deployment_minimum_healthy_percent" {
  type    = number
  default = 100
}
variable "exec_enabled" {
  type    = bool
  default = false
}
variable "use_alb_security_group" {
  type    = bool
  default = false
}
variable "alb_security_group" {
  type    = string
  default = ""
}
variable "alb_container_name" {
  type    = string
  default = null
}
variable "task_role_arn" {
  type    = string
  default = ""
}
module "container_definition" {
  source                       = "cloudposse/ecs-container-definition/aws"
  version                      = "0.58.1"
  container_name               = module.this.id
  container_image              = var.use_ecr_image ? module.ecr.repository_url : var.container_image
  container_cpu                = var.container_cpu
  container_memory             = var.container_memory
  container_memory_reservation = var.container_memory_reservation
  start_timeout                = var.container_start_timeout
  stop_timeout                 = var.container_stop_timeout
  port_mappings                = var.port_mappings
  healthcheck                  = var.healthcheck
  environment                  = var.container_environment
  map_environment              = var.map_container_environment
  secrets                      = var.secrets
  entrypoint                   = var.entrypoint
  command                      = var.command
  mount_points                 = var.mount_points
  privileged                   = var.privileged
  linux_parameters             = module.this.linux_parameters
  log_configuration            = module.this.log_configuration
  container_definition         = {}
}
module "ecs_alb_service_task" {
  source                             = "cloudposse/ecs-alb-service-task/aws"
  version                            = "0.78.0"
  enabled                            = var.enabled
  container_definition_json          = "[${join(",", concat(module.this.init_containers, [module.container_definition.json_map_encoded]))}]"
  task_cpu                           = coalesce(var.task_cpu, var.container_cpu)
  task_memory                        = coalesce(var.task_memory, var.container_memory)
  task_role_arn                      = var.task_role_arn
  network_mode                       = var.network_mode
  launch_type                        = var.launch_type
  platform_version                   = var.platform_version
  desired_count                      = var.desired_count
  health_check_grace_period_seconds  = var.health_check_grace_period_seconds
  ignore_changes_task_definition     = var.ignore_changes_task_definition
  ignore_changes_desired_count       = var.ignore_changes_desired_count
  ecs_cluster_arn                    = var.ecs_cluster_arn
  vpc_id                             = var.vpc_id
  subnet_ids                         = var.ecs_private_subnet_ids
  security_group_ids                 = var.ecs_security_group_ids
  security_group_enabled             = var.ecs_security_group_enabled
  assign_public_ip                   = var.assign_public_ip
  capacity_provider_strategies       = var.capacity_provider_strategies
  deployment_controller_type         = var.deployment_controller_type
  deployment_maximum_percent         = var.deployment_maximum_percent
  deployment_minimum_healthy_percent = var.deployment_minimum_healthy_percent
  exec_enabled                       = var.exec_enabled
  use_alb_security_group             = var.use_alb_security_group
  alb_security_group                 = var.alb_security_group
  container_port                     = var.container_port
  ecs_load_balancers                 = module.this.load_balancers
  service_registries                 = module.this.service_registries
}
output "ecs_task_definition_family" {
  value = module.ecs_alb_service_task.task_definition_family
}
output "ecs_service_security_group_id" {
  value = module.ecs_alb_service_task.service_security_group_id
}
