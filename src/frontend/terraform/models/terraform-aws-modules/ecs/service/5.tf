# A service, its task definition, security group, and scalable target. Its roles exist, but their policies are not modelled.
variable "create" {
  type    = bool
  default = true
  certain = true
}
variable "create_service" {
  type    = bool
  default = true
  certain = true
}
variable "create_task_definition" {
  type    = bool
  default = true
  certain = true
}
variable "ignore_task_definition_changes" {
  type    = bool
  default = false
}
variable "cluster_arn" {
  type    = string
  default = ""
}
variable "deployment_maximum_percent" {
  type    = number
  default = 200
}
variable "deployment_minimum_healthy_percent" {
  type    = number
  default = 66
}
variable "desired_count" {
  type    = number
  default = 1
}
variable "enable_ecs_managed_tags" {
  type    = bool
  default = true
}
variable "enable_execute_command" {
  type    = bool
  default = false
}
variable "force_new_deployment" {
  type    = bool
  default = true
}
variable "health_check_grace_period_seconds" {
  type    = number
  default = null
}
variable "launch_type" {
  type    = string
  default = "FARGATE"
}
variable "name" {
  type    = string
  default = null
}
variable "assign_public_ip" {
  type    = bool
  default = false
}
variable "security_group_ids" {
  type    = list(string)
  default = []
}
variable "subnet_ids" {
  type    = list(string)
  default = []
}
variable "platform_version" {
  type    = string
  default = null
}
variable "scheduling_strategy" {
  type    = string
  default = null
}
variable "propagate_tags" {
  type    = string
  default = null
}
variable "triggers" {
  default = {}
}
variable "wait_for_steady_state" {
  type    = bool
  default = null
}
variable "create_iam_role" {
  type    = bool
  default = true
}
variable "iam_role_arn" {
  type    = string
  default = null
}
variable "task_definition_arn" {
  type    = string
  default = null
}
variable "container_definitions" {
  default = {}
}
variable "cpu" {
  type    = number
  default = 1024
}
variable "family" {
  type    = string
  default = null
}
variable "ipc_mode" {
  type    = string
  default = null
}
variable "memory" {
  type    = number
  default = 2048
}
variable "network_mode" {
  type    = string
  default = "awsvpc"
}
variable "pid_mode" {
  type    = string
  default = null
}
variable "requires_compatibilities" {
  type    = list(string)
  default = ["FARGATE"]
}
variable "create_task_exec_iam_role" {
  type    = bool
  default = true
}
variable "task_exec_iam_role_arn" {
  type    = string
  default = null
}
variable "create_tasks_iam_role" {
  type    = bool
  default = true
}
variable "tasks_iam_role_arn" {
  type    = string
  default = null
}
variable "enable_autoscaling" {
  type    = bool
  default = true
}
variable "autoscaling_min_capacity" {
  type    = number
  default = 1
}
variable "autoscaling_max_capacity" {
  type    = number
  default = 10
}
variable "create_security_group" {
  type    = bool
  default = true
}
variable "security_group_name" {
  type    = string
  default = null
}
variable "security_group_use_name_prefix" {
  type    = bool
  default = true
}
variable "capacity_provider_strategy" {
  default = {}
}
variable "deployment_circuit_breaker" {
  default = {}
}
variable "deployment_controller" {
  default = {}
}
variable "load_balancer" {
  default = {}
}
variable "ordered_placement_strategy" {
  default = {}
}
variable "placement_constraints" {
  default = {}
}
variable "service_connect_configuration" {
  default = {}
}
variable "service_registries" {
  default = {}
}
variable "ephemeral_storage" {
  default = {}
}
variable "inference_accelerator" {
  default = {}
}
variable "task_definition_placement_constraints" {
  default = {}
}
variable "proxy_configuration" {
  default = {}
}
variable "volume" {
  default = {}
}
variable "alarms" {
  default = {}
}
variable "security_group_rules" {
  default = {}
}
variable "container_definition_defaults" {
  default = {}
}
variable "runtime_platform" {
  default = { operating_system_family = "LINUX", cpu_architecture = "X86_64" }
}
locals {
  is_external = try(var.deployment_controller.type, null) == "EXTERNAL"
  is_daemon   = var.scheduling_strategy == "DAEMON"
  needs_role  = var.network_mode != "awsvpc" && length(var.load_balancer) > 0
  task_definition = var.create_task_definition ? aws_ecs_task_definition.this[0].arn : var.task_definition_arn
}
resource "aws_ecs_service" "this" {
  count                              = var.create && var.create_service && !var.ignore_task_definition_changes ? 1 : 0
  name                               = var.name
  cluster                            = var.cluster_arn
  task_definition                    = local.task_definition
  launch_type                        = local.is_external || length(var.capacity_provider_strategy) > 0 ? null : var.launch_type
  desired_count                      = local.is_daemon || local.is_external ? null : var.desired_count
  deployment_maximum_percent         = local.is_daemon || local.is_external ? null : var.deployment_maximum_percent
  deployment_minimum_healthy_percent = local.is_daemon || local.is_external ? null : var.deployment_minimum_healthy_percent
  enable_ecs_managed_tags            = var.enable_ecs_managed_tags
  enable_execute_command             = var.enable_execute_command
  force_new_deployment               = local.is_external ? null : var.force_new_deployment
  health_check_grace_period_seconds  = var.health_check_grace_period_seconds
  iam_role                           = local.needs_role ? (var.create_iam_role ? aws_iam_role.service[0].arn : var.iam_role_arn) : null
  platform_version                   = var.launch_type == "FARGATE" && !local.is_external ? var.platform_version : null
  scheduling_strategy                = var.launch_type == "FARGATE" ? "REPLICA" : var.scheduling_strategy
  propagate_tags                     = var.propagate_tags
  triggers                           = var.triggers
  wait_for_steady_state              = var.wait_for_steady_state
  dynamic "alarms" {
    for_each = length(var.alarms) > 0 ? [var.alarms] : []
    content {
      alarm_names = alarms.value.alarm_names
      enable      = try(alarms.value.enable, true)
      rollback    = try(alarms.value.rollback, true)
    }
  }
  dynamic "capacity_provider_strategy" {
    for_each = { for key, value in var.capacity_provider_strategy : key => value if !local.is_external }
    content {
      capacity_provider = capacity_provider_strategy.value.capacity_provider
      base              = try(capacity_provider_strategy.value.base, null)
      weight            = try(capacity_provider_strategy.value.weight, null)
    }
  }
  dynamic "deployment_circuit_breaker" {
    for_each = length(var.deployment_circuit_breaker) > 0 ? [var.deployment_circuit_breaker] : []
    content {
      enable   = deployment_circuit_breaker.value.enable
      rollback = deployment_circuit_breaker.value.rollback
    }
  }
  dynamic "deployment_controller" {
    for_each = length(var.deployment_controller) > 0 ? [var.deployment_controller] : []
    content {
      type = try(deployment_controller.value.type, null)
    }
  }
  dynamic "load_balancer" {
    for_each = { for key, value in var.load_balancer : key => value if !local.is_external }
    content {
      container_name   = load_balancer.value.container_name
      container_port   = load_balancer.value.container_port
      elb_name         = try(load_balancer.value.elb_name, null)
      target_group_arn = try(load_balancer.value.target_group_arn, null)
    }
  }
  dynamic "network_configuration" {
    for_each = var.network_mode == "awsvpc" && !local.is_external ? [true] : []
    content {
      assign_public_ip = var.assign_public_ip
      subnets          = var.subnet_ids
      security_groups  = concat(aws_security_group.this[*].id, var.security_group_ids)
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
    for_each = var.placement_constraints
    content {
      type       = placement_constraints.value.type
      expression = try(placement_constraints.value.expression, null)
    }
  }
  dynamic "service_connect_configuration" {
    for_each = length(var.service_connect_configuration) > 0 ? [var.service_connect_configuration] : []
    content {
      enabled   = try(service_connect_configuration.value.enabled, true)
      namespace = try(service_connect_configuration.value.namespace, null)
      dynamic "service" {
        for_each = try([service_connect_configuration.value.service], [])
        content {
          port_name             = service.value.port_name
          discovery_name        = try(service.value.discovery_name, null)
          ingress_port_override = try(service.value.ingress_port_override, null)
          dynamic "client_alias" {
            for_each = try([service.value.client_alias], [])
            content {
              port     = client_alias.value.port
              dns_name = try(client_alias.value.dns_name, null)
            }
          }
        }
      }
    }
  }
  dynamic "service_registries" {
    for_each = length(var.service_registries) > 0 ? [var.service_registries] : []
    content {
      registry_arn   = service_registries.value.registry_arn
      port           = try(service_registries.value.port, null)
      container_name = try(service_registries.value.container_name, null)
      container_port = try(service_registries.value.container_port, null)
    }
  }
  lifecycle {
    ignore_changes = [desired_count]
  }
}
resource "aws_ecs_service" "ignore_task_definition" {
  count                              = var.create && var.create_service && var.ignore_task_definition_changes ? 1 : 0
  name                               = var.name
  cluster                            = var.cluster_arn
  task_definition                    = local.task_definition
  launch_type                        = local.is_external || length(var.capacity_provider_strategy) > 0 ? null : var.launch_type
  desired_count                      = local.is_daemon || local.is_external ? null : var.desired_count
  deployment_maximum_percent         = local.is_daemon || local.is_external ? null : var.deployment_maximum_percent
  deployment_minimum_healthy_percent = local.is_daemon || local.is_external ? null : var.deployment_minimum_healthy_percent
  enable_ecs_managed_tags            = var.enable_ecs_managed_tags
  enable_execute_command             = var.enable_execute_command
  force_new_deployment               = local.is_external ? null : var.force_new_deployment
  health_check_grace_period_seconds  = var.health_check_grace_period_seconds
  iam_role                           = local.needs_role ? (var.create_iam_role ? aws_iam_role.service[0].arn : var.iam_role_arn) : null
  platform_version                   = var.launch_type == "FARGATE" && !local.is_external ? var.platform_version : null
  scheduling_strategy                = var.launch_type == "FARGATE" ? "REPLICA" : var.scheduling_strategy
  propagate_tags                     = var.propagate_tags
  triggers                           = var.triggers
  wait_for_steady_state              = var.wait_for_steady_state
  dynamic "alarms" {
    for_each = length(var.alarms) > 0 ? [var.alarms] : []
    content {
      alarm_names = alarms.value.alarm_names
      enable      = try(alarms.value.enable, true)
      rollback    = try(alarms.value.rollback, true)
    }
  }
  dynamic "capacity_provider_strategy" {
    for_each = { for key, value in var.capacity_provider_strategy : key => value if !local.is_external }
    content {
      capacity_provider = capacity_provider_strategy.value.capacity_provider
      base              = try(capacity_provider_strategy.value.base, null)
      weight            = try(capacity_provider_strategy.value.weight, null)
    }
  }
  dynamic "deployment_circuit_breaker" {
    for_each = length(var.deployment_circuit_breaker) > 0 ? [var.deployment_circuit_breaker] : []
    content {
      enable   = deployment_circuit_breaker.value.enable
      rollback = deployment_circuit_breaker.value.rollback
    }
  }
  dynamic "deployment_controller" {
    for_each = length(var.deployment_controller) > 0 ? [var.deployment_controller] : []
    content {
      type = try(deployment_controller.value.type, null)
    }
  }
  dynamic "load_balancer" {
    for_each = { for key, value in var.load_balancer : key => value if !local.is_external }
    content {
      container_name   = load_balancer.value.container_name
      container_port   = load_balancer.value.container_port
      elb_name         = try(load_balancer.value.elb_name, null)
      target_group_arn = try(load_balancer.value.target_group_arn, null)
    }
  }
  dynamic "network_configuration" {
    for_each = var.network_mode == "awsvpc" && !local.is_external ? [true] : []
    content {
      assign_public_ip = var.assign_public_ip
      subnets          = var.subnet_ids
      security_groups  = concat(aws_security_group.this[*].id, var.security_group_ids)
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
    for_each = var.placement_constraints
    content {
      type       = placement_constraints.value.type
      expression = try(placement_constraints.value.expression, null)
    }
  }
  dynamic "service_connect_configuration" {
    for_each = length(var.service_connect_configuration) > 0 ? [var.service_connect_configuration] : []
    content {
      enabled   = try(service_connect_configuration.value.enabled, true)
      namespace = try(service_connect_configuration.value.namespace, null)
      dynamic "service" {
        for_each = try([service_connect_configuration.value.service], [])
        content {
          port_name             = service.value.port_name
          discovery_name        = try(service.value.discovery_name, null)
          ingress_port_override = try(service.value.ingress_port_override, null)
          dynamic "client_alias" {
            for_each = try([service.value.client_alias], [])
            content {
              port     = client_alias.value.port
              dns_name = try(client_alias.value.dns_name, null)
            }
          }
        }
      }
    }
  }
  dynamic "service_registries" {
    for_each = length(var.service_registries) > 0 ? [var.service_registries] : []
    content {
      registry_arn   = service_registries.value.registry_arn
      port           = try(service_registries.value.port, null)
      container_name = try(service_registries.value.container_name, null)
      container_port = try(service_registries.value.container_port, null)
    }
  }
  lifecycle {
    ignore_changes = [desired_count, task_definition, load_balancer]
  }
}
variable "default_interactive" {
  default = false
}
variable "default_privileged" {
  default = false
}
variable "default_pseudo_terminal" {
  default = false
}
variable "default_readonly_root_filesystem" {
  default = true
}
variable "default_start_timeout" {
  default = 30
}
variable "default_stop_timeout" {
  default = 120
}
variable "default_user" {
  default = "0"
}
variable "default_enable_cloudwatch_logging" {
  default = true
}
variable "default_create_cloudwatch_log_group" {
  default = true
}
variable "default_cloudwatch_log_group_use_name_prefix" {
  default = false
}
module "container_definition" {
  source   = "terraform-aws-modules/ecs/aws//modules/container-definition"
  version  = "5"
  for_each = { for key, value in var.container_definitions : key => value if var.create && var.create_task_definition && try(value.create, true) }
  command = try(each.value.command, var.container_definition_defaults.command, [])
  cpu = try(each.value.cpu, var.container_definition_defaults.cpu, null)
  dependencies = try(each.value.dependencies, var.container_definition_defaults.dependencies, [])
  disable_networking = try(each.value.disable_networking, var.container_definition_defaults.disable_networking, null)
  dns_search_domains = try(each.value.dns_search_domains, var.container_definition_defaults.dns_search_domains, [])
  dns_servers = try(each.value.dns_servers, var.container_definition_defaults.dns_servers, [])
  docker_labels = try(each.value.docker_labels, var.container_definition_defaults.docker_labels, {})
  docker_security_options = try(each.value.docker_security_options, var.container_definition_defaults.docker_security_options, [])
  environment = try(each.value.environment, var.container_definition_defaults.environment, [])
  environment_files = try(each.value.environment_files, var.container_definition_defaults.environment_files, [])
  essential = try(each.value.essential, var.container_definition_defaults.essential, null)
  extra_hosts = try(each.value.extra_hosts, var.container_definition_defaults.extra_hosts, [])
  firelens_configuration = try(each.value.firelens_configuration, var.container_definition_defaults.firelens_configuration, {})
  health_check = try(each.value.health_check, var.container_definition_defaults.health_check, {})
  hostname = try(each.value.hostname, var.container_definition_defaults.hostname, null)
  image = try(each.value.image, var.container_definition_defaults.image, null)
  interactive = try(each.value.interactive, var.container_definition_defaults.interactive, var.default_interactive)
  links = try(each.value.links, var.container_definition_defaults.links, [])
  memory = try(each.value.memory, var.container_definition_defaults.memory, null)
  memory_reservation = try(each.value.memory_reservation, var.container_definition_defaults.memory_reservation, null)
  mount_points = try(each.value.mount_points, var.container_definition_defaults.mount_points, [])
  port_mappings = try(each.value.port_mappings, var.container_definition_defaults.port_mappings, [])
  privileged = try(each.value.privileged, var.container_definition_defaults.privileged, var.default_privileged)
  pseudo_terminal = try(each.value.pseudo_terminal, var.container_definition_defaults.pseudo_terminal, var.default_pseudo_terminal)
  readonly_root_filesystem = try(each.value.readonly_root_filesystem, var.container_definition_defaults.readonly_root_filesystem, var.default_readonly_root_filesystem)
  repository_credentials = try(each.value.repository_credentials, var.container_definition_defaults.repository_credentials, {})
  resource_requirements = try(each.value.resource_requirements, var.container_definition_defaults.resource_requirements, [])
  secrets = try(each.value.secrets, var.container_definition_defaults.secrets, [])
  start_timeout = try(each.value.start_timeout, var.container_definition_defaults.start_timeout, var.default_start_timeout)
  stop_timeout = try(each.value.stop_timeout, var.container_definition_defaults.stop_timeout, var.default_stop_timeout)
  system_controls = try(each.value.system_controls, var.container_definition_defaults.system_controls, [])
  ulimits = try(each.value.ulimits, var.container_definition_defaults.ulimits, [])
  user = try(each.value.user, var.container_definition_defaults.user, var.default_user)
  volumes_from = try(each.value.volumes_from, var.container_definition_defaults.volumes_from, [])
  working_directory = try(each.value.working_directory, var.container_definition_defaults.working_directory, null)
  entrypoint = try(each.value.entrypoint, var.container_definition_defaults.entrypoint, [])
  name = try(coalesce(each.value.name), each.key)
  log_configuration = try(each.value.log_configuration, var.container_definition_defaults.log_configuration, {})
  linux_parameters = try(each.value.linux_parameters, var.container_definition_defaults.linux_parameters, {})
  service = var.name
  operating_system_family = try(var.runtime_platform.operating_system_family, "LINUX")
  enable_execute_command = try(each.value.enable_execute_command, var.container_definition_defaults.enable_execute_command, var.enable_execute_command)
  enable_cloudwatch_logging = try(each.value.enable_cloudwatch_logging, var.container_definition_defaults.enable_cloudwatch_logging, var.default_enable_cloudwatch_logging)
  create_cloudwatch_log_group = try(each.value.create_cloudwatch_log_group, var.container_definition_defaults.create_cloudwatch_log_group, var.default_create_cloudwatch_log_group)
  cloudwatch_log_group_name = try(each.value.cloudwatch_log_group_name, var.container_definition_defaults.cloudwatch_log_group_name, null)
  cloudwatch_log_group_use_name_prefix = try(each.value.cloudwatch_log_group_use_name_prefix, var.container_definition_defaults.cloudwatch_log_group_use_name_prefix, var.default_cloudwatch_log_group_use_name_prefix)
  cloudwatch_log_group_kms_key_id = try(each.value.cloudwatch_log_group_kms_key_id, var.container_definition_defaults.cloudwatch_log_group_kms_key_id, null)
}
resource "aws_ecs_task_definition" "this" {
  count                    = var.create && var.create_task_definition ? 1 : 0
  family                   = coalesce(var.family, var.name)
  container_definitions    = jsonencode([for key, value in module.container_definition : value.container_definition])
  cpu                      = var.cpu
  memory                   = var.memory
  network_mode             = var.network_mode
  requires_compatibilities = var.requires_compatibilities
  execution_role_arn       = var.create_task_exec_iam_role ? aws_iam_role.task_exec[0].arn : var.task_exec_iam_role_arn
  task_role_arn            = var.create_tasks_iam_role ? aws_iam_role.tasks[0].arn : var.tasks_iam_role_arn
  ipc_mode                 = var.ipc_mode
  pid_mode                 = var.pid_mode
  dynamic "ephemeral_storage" {
    for_each = length(var.ephemeral_storage) > 0 ? [var.ephemeral_storage] : []
    content {
      size_in_gib = ephemeral_storage.value.size_in_gib
    }
  }
  dynamic "inference_accelerator" {
    for_each = var.inference_accelerator
    content {
      device_name = inference_accelerator.value.device_name
      device_type = inference_accelerator.value.device_type
    }
  }
  dynamic "placement_constraints" {
    for_each = var.task_definition_placement_constraints
    content {
      type       = placement_constraints.value.type
      expression = try(placement_constraints.value.expression, null)
    }
  }
  dynamic "proxy_configuration" {
    for_each = length(var.proxy_configuration) > 0 ? [var.proxy_configuration] : []
    content {
      container_name = proxy_configuration.value.container_name
      type           = try(proxy_configuration.value.type, null)
      properties     = try(proxy_configuration.value.properties, null)
    }
  }
  dynamic "runtime_platform" {
    for_each = length(var.runtime_platform) > 0 ? [var.runtime_platform] : []
    content {
      operating_system_family = try(runtime_platform.value.operating_system_family, null)
      cpu_architecture        = try(runtime_platform.value.cpu_architecture, null)
    }
  }
  dynamic "volume" {
    for_each = var.volume
    content {
      name      = try(volume.value.name, volume.key)
      host_path = try(volume.value.host_path, null)
      dynamic "docker_volume_configuration" {
        for_each = try([volume.value.docker_volume_configuration], [])
        content {
          scope         = try(docker_volume_configuration.value.scope, null)
          autoprovision = try(docker_volume_configuration.value.autoprovision, null)
          driver        = try(docker_volume_configuration.value.driver, null)
          driver_opts   = try(docker_volume_configuration.value.driver_opts, null)
          labels        = try(docker_volume_configuration.value.labels, null)
        }
      }
      dynamic "efs_volume_configuration" {
        for_each = try([volume.value.efs_volume_configuration], [])
        content {
          file_system_id          = efs_volume_configuration.value.file_system_id
          root_directory          = try(efs_volume_configuration.value.root_directory, null)
          transit_encryption      = try(efs_volume_configuration.value.transit_encryption, null)
          transit_encryption_port = try(efs_volume_configuration.value.transit_encryption_port, null)
          dynamic "authorization_config" {
            for_each = try([efs_volume_configuration.value.authorization_config], [])
            content {
              access_point_id = try(authorization_config.value.access_point_id, null)
              iam             = try(authorization_config.value.iam, null)
            }
          }
        }
      }
      dynamic "fsx_windows_file_server_volume_configuration" {
        for_each = try([volume.value.fsx_windows_file_server_volume_configuration], [])
        content {
          file_system_id = fsx_windows_file_server_volume_configuration.value.file_system_id
          root_directory = fsx_windows_file_server_volume_configuration.value.root_directory
        }
      }
    }
  }
}
resource "aws_appautoscaling_target" "this" {
  count              = var.create && var.create_service && var.enable_autoscaling && !local.is_daemon ? 1 : 0
  min_capacity       = min(var.autoscaling_min_capacity, var.desired_count)
  max_capacity       = max(var.autoscaling_max_capacity, var.desired_count)
  resource_id        = "service/${element(split("/", var.cluster_arn), 1)}/${var.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"
}
# The group is in the VPC of the first subnet, which the module looks up.
resource "aws_security_group" "this" {
  count = var.create && var.create_security_group && var.network_mode == "awsvpc" ? 1 : 0
  name  = var.security_group_use_name_prefix ? null : coalesce(var.security_group_name, var.name)
}
resource "aws_security_group_rule" "this" {
  for_each                 = { for key, value in var.security_group_rules : key => value if length(aws_security_group.this) > 0 }
  security_group_id        = aws_security_group.this[0].id
  type                     = each.value.type
  protocol                 = each.value.protocol
  from_port                = each.value.from_port
  to_port                  = each.value.to_port
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, null)
  self                     = try(each.value.self, null)
  source_security_group_id = try(each.value.source_security_group_id, null)
}
output "id" {
  value = var.ignore_task_definition_changes ? aws_ecs_service.ignore_task_definition[0].id : aws_ecs_service.this[0].id
}
output "name" {
  value = var.ignore_task_definition_changes ? aws_ecs_service.ignore_task_definition[0].name : aws_ecs_service.this[0].name
}
output "container_definitions" {
  value = module.container_definition
}
output "task_definition_arn" {
  value = local.task_definition
}
output "task_definition_family" {
  value = aws_ecs_task_definition.this[0].family
}
output "task_exec_iam_role_arn" {
  value = var.create_task_exec_iam_role ? aws_iam_role.task_exec[0].arn : var.task_exec_iam_role_arn
}
output "task_exec_iam_role_name" {
  value = aws_iam_role.task_exec[0].name
}
output "tasks_iam_role_name" {
  value = aws_iam_role.tasks[0].name
}
output "tasks_iam_role_arn" {
  value = var.create_tasks_iam_role ? aws_iam_role.tasks[0].arn : var.tasks_iam_role_arn
}
output "security_group_id" {
  value = aws_security_group.this[0].id
}
