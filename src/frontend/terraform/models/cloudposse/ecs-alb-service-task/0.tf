# A service, its task definition, and its security group. Its roles exist, but their policies are not modelled. Names come from
# a label and are not modelled either.
variable "enabled" {
  type    = bool
  default = true
  certain = true
}
variable "ecs_service_enabled" {
  default = true
  certain = true
}
variable "ecs_load_balancers" {
  default = []
}
variable "subnet_ids" {
  type    = list(string)
  default = null
}
variable "security_group_enabled" {
  type    = bool
  default = true
}
variable "enable_all_egress_rule" {
  type    = bool
  default = true
}
variable "enable_icmp_rule" {
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
variable "container_port" {
  type    = number
  default = 80
}
variable "use_nlb_cidr_blocks" {
  type    = bool
  default = false
}
variable "nlb_container_port" {
  type    = number
  default = 80
}
variable "nlb_cidr_blocks" {
  type    = list(string)
  default = []
}
variable "security_group_ids" {
  type    = list(string)
  default = []
}
variable "launch_type" {
  type    = string
  default = "FARGATE"
}
variable "platform_version" {
  type    = string
  default = "LATEST"
}
variable "scheduling_strategy" {
  type    = string
  default = "REPLICA"
}
variable "ordered_placement_strategy" {
  default = []
}
variable "task_placement_constraints" {
  default = []
}
variable "service_placement_constraints" {
  default = []
}
variable "network_mode" {
  type    = string
  default = "awsvpc"
}
variable "task_cpu" {
  type    = number
  default = 256
}
variable "task_memory" {
  type    = number
  default = 512
}
variable "task_exec_role_arn" {
  default = []
}
variable "task_role_arn" {
  default = []
}
variable "service_role_arn" {
  type    = string
  default = null
}
variable "desired_count" {
  type    = number
  default = 1
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
variable "health_check_grace_period_seconds" {
  type    = number
  default = 0
}
variable "runtime_platform" {
  default = []
}
variable "efs_volumes" {
  default = []
}
variable "bind_mount_volumes" {
  default = []
}
variable "docker_volumes" {
  default = []
}
variable "fsx_volumes" {
  default = []
}
variable "proxy_configuration" {
  default = null
}
variable "ignore_changes_task_definition" {
  type    = bool
  default = true
}
variable "ignore_changes_desired_count" {
  type    = bool
  default = false
}
variable "assign_public_ip" {
  type    = bool
  default = false
}
variable "propagate_tags" {
  type    = string
  default = null
}
variable "enable_ecs_managed_tags" {
  type    = bool
  default = false
}
variable "capacity_provider_strategies" {
  default = []
}
variable "service_registries" {
  default = []
}
variable "service_connect_configurations" {
  default = []
}
variable "wait_for_steady_state" {
  type    = bool
  default = false
}
variable "task_definition" {
  default = []
}
variable "force_new_deployment" {
  type    = bool
  default = false
}
variable "exec_enabled" {
  type    = bool
  default = false
}
variable "circuit_breaker_deployment_enabled" {
  type    = bool
  default = false
}
variable "circuit_breaker_rollback_enabled" {
  type    = bool
  default = false
}
variable "ephemeral_storage_size" {
  type    = number
  default = 0
}
variable "ipc_mode" {
  default = null
}
variable "pid_mode" {
  default = null
}
variable "vpc_id" {
  type    = string
  default = null
}
variable "ecs_cluster_arn" {
  type    = string
  default = null
}
variable "container_definition_json" {
  type    = string
  default = null
}
locals {
  makes_task      = length(var.task_definition) == 0
  makes_group     = var.enabled && var.network_mode == "awsvpc" && var.security_group_enabled
  needs_role      = var.network_mode != "awsvpc" && length(var.ecs_load_balancers) > 0
  execution_role  = try(var.task_exec_role_arn[0], tostring(var.task_exec_role_arn), "")
  task_role       = try(var.task_role_arn[0], tostring(var.task_role_arn), "")
  task_definition = local.makes_task ? aws_ecs_task_definition.default[0].arn : var.task_definition[0]
}
resource "aws_ecs_task_definition" "default" {
  count                    = var.enabled && local.makes_task ? 1 : 0
  container_definitions    = var.container_definition_json
  requires_compatibilities = [var.launch_type]
  network_mode             = var.network_mode
  cpu                      = var.task_cpu
  memory                   = var.task_memory
  ipc_mode                 = var.ipc_mode
  pid_mode                 = var.pid_mode
  execution_role_arn       = length(var.task_exec_role_arn) == 0 ? aws_iam_role.ecs_exec[0].arn : local.execution_role
  task_role_arn            = length(var.task_role_arn) == 0 ? aws_iam_role.ecs_task[0].arn : local.task_role
  dynamic "proxy_configuration" {
    for_each = var.proxy_configuration == null ? [] : [var.proxy_configuration]
    content {
      type           = try(proxy_configuration.value.type, "APPMESH")
      container_name = proxy_configuration.value.container_name
      properties     = proxy_configuration.value.properties
    }
  }
  dynamic "ephemeral_storage" {
    for_each = var.ephemeral_storage_size == 0 ? [] : [var.ephemeral_storage_size]
    content {
      size_in_gib = ephemeral_storage.value
    }
  }
  dynamic "placement_constraints" {
    for_each = var.task_placement_constraints
    content {
      type       = placement_constraints.value.type
      expression = try(placement_constraints.value.expression, null)
    }
  }
  dynamic "runtime_platform" {
    for_each = var.runtime_platform
    content {
      operating_system_family = try(runtime_platform.value.operating_system_family, null)
      cpu_architecture        = try(runtime_platform.value.cpu_architecture, null)
    }
  }
  dynamic "volume" {
    for_each = concat(var.docker_volumes, var.efs_volumes, var.fsx_volumes, var.bind_mount_volumes)
    content {
      name      = volume.value.name
      host_path = try(volume.value.host_path, null)
      dynamic "docker_volume_configuration" {
        for_each = try(volume.value.docker_volume_configuration, [])
        content {
          scope         = try(docker_volume_configuration.value.scope, null)
          autoprovision = try(docker_volume_configuration.value.autoprovision, null)
          driver        = try(docker_volume_configuration.value.driver, null)
        }
      }
      dynamic "efs_volume_configuration" {
        for_each = try(volume.value.efs_volume_configuration, [])
        content {
          file_system_id          = try(efs_volume_configuration.value.file_system_id, null)
          root_directory          = try(efs_volume_configuration.value.root_directory, null)
          transit_encryption      = try(efs_volume_configuration.value.transit_encryption, null)
          transit_encryption_port = try(efs_volume_configuration.value.transit_encryption_port, null)
          dynamic "authorization_config" {
            for_each = try(efs_volume_configuration.value.authorization_config, [])
            content {
              access_point_id = try(authorization_config.value.access_point_id, null)
              iam             = try(authorization_config.value.iam, null)
            }
          }
        }
      }
      dynamic "fsx_windows_file_server_volume_configuration" {
        for_each = try(volume.value.fsx_windows_file_server_volume_configuration, [])
        content {
          file_system_id = try(fsx_windows_file_server_volume_configuration.value.file_system_id, null)
          root_directory = try(fsx_windows_file_server_volume_configuration.value.root_directory, null)
        }
      }
    }
  }
}
resource "aws_security_group" "ecs_service" {
  count  = local.makes_group ? 1 : 0
  vpc_id = var.vpc_id
}
resource "aws_security_group_rule" "allow_all_egress" {
  count             = local.makes_group && var.enable_all_egress_rule ? 1 : 0
  security_group_id = aws_security_group.ecs_service[0].id
  type              = "egress"
  from_port         = 0
  to_port           = 0
  protocol          = "-1"
  cidr_blocks       = ["0.0.0.0/0"]
}
resource "aws_security_group_rule" "allow_icmp_ingress" {
  count             = local.makes_group && var.enable_icmp_rule ? 1 : 0
  security_group_id = aws_security_group.ecs_service[0].id
  type              = "ingress"
  from_port         = 8
  to_port           = 0
  protocol          = "icmp"
  cidr_blocks       = ["0.0.0.0/0"]
}
resource "aws_security_group_rule" "alb" {
  count                    = local.makes_group && var.use_alb_security_group ? 1 : 0
  security_group_id        = aws_security_group.ecs_service[0].id
  type                     = "ingress"
  from_port                = var.container_port
  to_port                  = var.container_port
  protocol                 = "tcp"
  source_security_group_id = var.alb_security_group
}
resource "aws_security_group_rule" "nlb" {
  count             = local.makes_group && var.use_nlb_cidr_blocks ? 1 : 0
  security_group_id = aws_security_group.ecs_service[0].id
  type              = "ingress"
  from_port         = var.nlb_container_port
  to_port           = var.nlb_container_port
  protocol          = "tcp"
  cidr_blocks       = var.nlb_cidr_blocks
}
resource "aws_ecs_service" "default" {
  count                              = var.enabled && var.ecs_service_enabled && !var.ignore_changes_task_definition && !var.ignore_changes_desired_count ? 1 : 0
  cluster                            = var.ecs_cluster_arn
  task_definition                    = local.task_definition
  desired_count                      = var.desired_count
  deployment_maximum_percent         = var.deployment_maximum_percent
  deployment_minimum_healthy_percent = var.deployment_minimum_healthy_percent
  health_check_grace_period_seconds  = var.health_check_grace_period_seconds
  launch_type                        = length(var.capacity_provider_strategies) > 0 ? null : var.launch_type
  platform_version                   = var.launch_type == "FARGATE" ? var.platform_version : null
  scheduling_strategy                = var.launch_type == "FARGATE" ? "REPLICA" : var.scheduling_strategy
  enable_ecs_managed_tags            = var.enable_ecs_managed_tags
  iam_role                           = local.needs_role ? coalesce(var.service_role_arn, aws_iam_role.ecs_service[0].arn) : null
  wait_for_steady_state              = var.wait_for_steady_state
  force_new_deployment               = var.force_new_deployment
  enable_execute_command             = var.exec_enabled
  propagate_tags                     = var.propagate_tags
  dynamic "capacity_provider_strategy" {
    for_each = var.capacity_provider_strategies
    content {
      capacity_provider = capacity_provider_strategy.value.capacity_provider
      weight            = capacity_provider_strategy.value.weight
      base              = try(capacity_provider_strategy.value.base, null)
    }
  }
  dynamic "service_registries" {
    for_each = var.service_registries
    content {
      registry_arn   = service_registries.value.registry_arn
      port           = try(service_registries.value.port, null)
      container_name = try(service_registries.value.container_name, null)
      container_port = try(service_registries.value.container_port, null)
    }
  }
  dynamic "service_connect_configuration" {
    for_each = var.service_connect_configurations
    content {
      enabled   = service_connect_configuration.value.enabled
      namespace = try(service_connect_configuration.value.namespace, null)
    }
  }
  dynamic "ordered_placement_strategy" {
    for_each = var.ordered_placement_strategy
    content {
      type  = ordered_placement_strategy.value.type
      field = try(ordered_placement_strategy.value.field, null)
    }
  }
  dynamic "placement_constraints" {
    for_each = var.service_placement_constraints
    content {
      type       = placement_constraints.value.type
      expression = try(placement_constraints.value.expression, null)
    }
  }
  dynamic "load_balancer" {
    for_each = var.ecs_load_balancers
    content {
      container_name   = load_balancer.value.container_name
      container_port   = load_balancer.value.container_port
      elb_name         = try(load_balancer.value.elb_name, null)
      target_group_arn = try(load_balancer.value.target_group_arn, null)
    }
  }
  deployment_controller {
    type = var.deployment_controller_type
  }
  dynamic "network_configuration" {
    for_each = var.network_mode == "awsvpc" ? [true] : []
    content {
      subnets          = var.subnet_ids
      security_groups  = concat(var.security_group_ids, aws_security_group.ecs_service[*].id)
      assign_public_ip = var.assign_public_ip
    }
  }
  dynamic "deployment_circuit_breaker" {
    for_each = var.deployment_controller_type == "ECS" ? [true] : []
    content {
      enable   = var.circuit_breaker_deployment_enabled
      rollback = var.circuit_breaker_rollback_enabled
    }
  }
}
resource "aws_ecs_service" "ignore_changes_task_definition" {
  count                              = var.enabled && var.ecs_service_enabled && var.ignore_changes_task_definition && !var.ignore_changes_desired_count ? 1 : 0
  cluster                            = var.ecs_cluster_arn
  task_definition                    = local.task_definition
  desired_count                      = var.desired_count
  deployment_maximum_percent         = var.deployment_maximum_percent
  deployment_minimum_healthy_percent = var.deployment_minimum_healthy_percent
  health_check_grace_period_seconds  = var.health_check_grace_period_seconds
  launch_type                        = length(var.capacity_provider_strategies) > 0 ? null : var.launch_type
  platform_version                   = var.launch_type == "FARGATE" ? var.platform_version : null
  scheduling_strategy                = var.launch_type == "FARGATE" ? "REPLICA" : var.scheduling_strategy
  enable_ecs_managed_tags            = var.enable_ecs_managed_tags
  iam_role                           = local.needs_role ? coalesce(var.service_role_arn, aws_iam_role.ecs_service[0].arn) : null
  wait_for_steady_state              = var.wait_for_steady_state
  force_new_deployment               = var.force_new_deployment
  enable_execute_command             = var.exec_enabled
  propagate_tags                     = var.propagate_tags
  dynamic "capacity_provider_strategy" {
    for_each = var.capacity_provider_strategies
    content {
      capacity_provider = capacity_provider_strategy.value.capacity_provider
      weight            = capacity_provider_strategy.value.weight
      base              = try(capacity_provider_strategy.value.base, null)
    }
  }
  dynamic "service_registries" {
    for_each = var.service_registries
    content {
      registry_arn   = service_registries.value.registry_arn
      port           = try(service_registries.value.port, null)
      container_name = try(service_registries.value.container_name, null)
      container_port = try(service_registries.value.container_port, null)
    }
  }
  dynamic "service_connect_configuration" {
    for_each = var.service_connect_configurations
    content {
      enabled   = service_connect_configuration.value.enabled
      namespace = try(service_connect_configuration.value.namespace, null)
    }
  }
  dynamic "ordered_placement_strategy" {
    for_each = var.ordered_placement_strategy
    content {
      type  = ordered_placement_strategy.value.type
      field = try(ordered_placement_strategy.value.field, null)
    }
  }
  dynamic "placement_constraints" {
    for_each = var.service_placement_constraints
    content {
      type       = placement_constraints.value.type
      expression = try(placement_constraints.value.expression, null)
    }
  }
  dynamic "load_balancer" {
    for_each = var.ecs_load_balancers
    content {
      container_name   = load_balancer.value.container_name
      container_port   = load_balancer.value.container_port
      elb_name         = try(load_balancer.value.elb_name, null)
      target_group_arn = try(load_balancer.value.target_group_arn, null)
    }
  }
  deployment_controller {
    type = var.deployment_controller_type
  }
  dynamic "network_configuration" {
    for_each = var.network_mode == "awsvpc" ? [true] : []
    content {
      subnets          = var.subnet_ids
      security_groups  = concat(var.security_group_ids, aws_security_group.ecs_service[*].id)
      assign_public_ip = var.assign_public_ip
    }
  }
  dynamic "deployment_circuit_breaker" {
    for_each = var.deployment_controller_type == "ECS" ? [true] : []
    content {
      enable   = var.circuit_breaker_deployment_enabled
      rollback = var.circuit_breaker_rollback_enabled
    }
  }
  lifecycle {
    ignore_changes = [task_definition]
  }
}
resource "aws_ecs_service" "ignore_changes_desired_count" {
  count                              = var.enabled && var.ecs_service_enabled && !var.ignore_changes_task_definition && var.ignore_changes_desired_count ? 1 : 0
  cluster                            = var.ecs_cluster_arn
  task_definition                    = local.task_definition
  desired_count                      = var.desired_count
  deployment_maximum_percent         = var.deployment_maximum_percent
  deployment_minimum_healthy_percent = var.deployment_minimum_healthy_percent
  health_check_grace_period_seconds  = var.health_check_grace_period_seconds
  launch_type                        = length(var.capacity_provider_strategies) > 0 ? null : var.launch_type
  platform_version                   = var.launch_type == "FARGATE" ? var.platform_version : null
  scheduling_strategy                = var.launch_type == "FARGATE" ? "REPLICA" : var.scheduling_strategy
  enable_ecs_managed_tags            = var.enable_ecs_managed_tags
  iam_role                           = local.needs_role ? coalesce(var.service_role_arn, aws_iam_role.ecs_service[0].arn) : null
  wait_for_steady_state              = var.wait_for_steady_state
  force_new_deployment               = var.force_new_deployment
  enable_execute_command             = var.exec_enabled
  propagate_tags                     = var.propagate_tags
  dynamic "capacity_provider_strategy" {
    for_each = var.capacity_provider_strategies
    content {
      capacity_provider = capacity_provider_strategy.value.capacity_provider
      weight            = capacity_provider_strategy.value.weight
      base              = try(capacity_provider_strategy.value.base, null)
    }
  }
  dynamic "service_registries" {
    for_each = var.service_registries
    content {
      registry_arn   = service_registries.value.registry_arn
      port           = try(service_registries.value.port, null)
      container_name = try(service_registries.value.container_name, null)
      container_port = try(service_registries.value.container_port, null)
    }
  }
  dynamic "service_connect_configuration" {
    for_each = var.service_connect_configurations
    content {
      enabled   = service_connect_configuration.value.enabled
      namespace = try(service_connect_configuration.value.namespace, null)
    }
  }
  dynamic "ordered_placement_strategy" {
    for_each = var.ordered_placement_strategy
    content {
      type  = ordered_placement_strategy.value.type
      field = try(ordered_placement_strategy.value.field, null)
    }
  }
  dynamic "placement_constraints" {
    for_each = var.service_placement_constraints
    content {
      type       = placement_constraints.value.type
      expression = try(placement_constraints.value.expression, null)
    }
  }
  dynamic "load_balancer" {
    for_each = var.ecs_load_balancers
    content {
      container_name   = load_balancer.value.container_name
      container_port   = load_balancer.value.container_port
      elb_name         = try(load_balancer.value.elb_name, null)
      target_group_arn = try(load_balancer.value.target_group_arn, null)
    }
  }
  deployment_controller {
    type = var.deployment_controller_type
  }
  dynamic "network_configuration" {
    for_each = var.network_mode == "awsvpc" ? [true] : []
    content {
      subnets          = var.subnet_ids
      security_groups  = concat(var.security_group_ids, aws_security_group.ecs_service[*].id)
      assign_public_ip = var.assign_public_ip
    }
  }
  dynamic "deployment_circuit_breaker" {
    for_each = var.deployment_controller_type == "ECS" ? [true] : []
    content {
      enable   = var.circuit_breaker_deployment_enabled
      rollback = var.circuit_breaker_rollback_enabled
    }
  }
  lifecycle {
    ignore_changes = [desired_count]
  }
}
resource "aws_ecs_service" "ignore_changes_task_definition_and_desired_count" {
  count                              = var.enabled && var.ecs_service_enabled && var.ignore_changes_task_definition && var.ignore_changes_desired_count ? 1 : 0
  cluster                            = var.ecs_cluster_arn
  task_definition                    = local.task_definition
  desired_count                      = var.desired_count
  deployment_maximum_percent         = var.deployment_maximum_percent
  deployment_minimum_healthy_percent = var.deployment_minimum_healthy_percent
  health_check_grace_period_seconds  = var.health_check_grace_period_seconds
  launch_type                        = length(var.capacity_provider_strategies) > 0 ? null : var.launch_type
  platform_version                   = var.launch_type == "FARGATE" ? var.platform_version : null
  scheduling_strategy                = var.launch_type == "FARGATE" ? "REPLICA" : var.scheduling_strategy
  enable_ecs_managed_tags            = var.enable_ecs_managed_tags
  iam_role                           = local.needs_role ? coalesce(var.service_role_arn, aws_iam_role.ecs_service[0].arn) : null
  wait_for_steady_state              = var.wait_for_steady_state
  force_new_deployment               = var.force_new_deployment
  enable_execute_command             = var.exec_enabled
  propagate_tags                     = var.propagate_tags
  dynamic "capacity_provider_strategy" {
    for_each = var.capacity_provider_strategies
    content {
      capacity_provider = capacity_provider_strategy.value.capacity_provider
      weight            = capacity_provider_strategy.value.weight
      base              = try(capacity_provider_strategy.value.base, null)
    }
  }
  dynamic "service_registries" {
    for_each = var.service_registries
    content {
      registry_arn   = service_registries.value.registry_arn
      port           = try(service_registries.value.port, null)
      container_name = try(service_registries.value.container_name, null)
      container_port = try(service_registries.value.container_port, null)
    }
  }
  dynamic "service_connect_configuration" {
    for_each = var.service_connect_configurations
    content {
      enabled   = service_connect_configuration.value.enabled
      namespace = try(service_connect_configuration.value.namespace, null)
    }
  }
  dynamic "ordered_placement_strategy" {
    for_each = var.ordered_placement_strategy
    content {
      type  = ordered_placement_strategy.value.type
      field = try(ordered_placement_strategy.value.field, null)
    }
  }
  dynamic "placement_constraints" {
    for_each = var.service_placement_constraints
    content {
      type       = placement_constraints.value.type
      expression = try(placement_constraints.value.expression, null)
    }
  }
  dynamic "load_balancer" {
    for_each = var.ecs_load_balancers
    content {
      container_name   = load_balancer.value.container_name
      container_port   = load_balancer.value.container_port
      elb_name         = try(load_balancer.value.elb_name, null)
      target_group_arn = try(load_balancer.value.target_group_arn, null)
    }
  }
  deployment_controller {
    type = var.deployment_controller_type
  }
  dynamic "network_configuration" {
    for_each = var.network_mode == "awsvpc" ? [true] : []
    content {
      subnets          = var.subnet_ids
      security_groups  = concat(var.security_group_ids, aws_security_group.ecs_service[*].id)
      assign_public_ip = var.assign_public_ip
    }
  }
  dynamic "deployment_circuit_breaker" {
    for_each = var.deployment_controller_type == "ECS" ? [true] : []
    content {
      enable   = var.circuit_breaker_deployment_enabled
      rollback = var.circuit_breaker_rollback_enabled
    }
  }
  lifecycle {
    ignore_changes = [task_definition, desired_count]
  }
}
output "service_security_group_id" {
  value = aws_security_group.ecs_service[0].id
}
output "task_definition_arn" {
  value = aws_ecs_task_definition.default[0].arn
}
output "task_definition_family" {
  value = aws_ecs_task_definition.default[0].family
}
output "task_exec_role_arn" {
  value = length(var.task_exec_role_arn) == 0 ? aws_iam_role.ecs_exec[0].arn : local.execution_role
}
output "task_role_arn" {
  value = length(var.task_role_arn) == 0 ? aws_iam_role.ecs_task[0].arn : local.task_role
}
output "task_exec_role_name" {
  value = aws_iam_role.ecs_exec[0].name
}
output "task_role_name" {
  value = aws_iam_role.ecs_task[0].name
}
output "task_exec_role_id" {
  value = aws_iam_role.ecs_exec[0].unique_id
}
output "task_role_id" {
  value = aws_iam_role.ecs_task[0].unique_id
}
