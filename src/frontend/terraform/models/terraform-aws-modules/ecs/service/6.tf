# A service, its task definition, security group, and scalable target. Its roles exist, but their policies are not modelled.
variable "create" {
  type    = bool
  default = true
  certain = true
}
variable "ignores_create" {
  default = false
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
  nullable = false
}
variable "cluster_arn" {
  type    = string
  default = ""
  nullable = false
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
  nullable = false
}
variable "force_new_deployment" {
  type    = bool
  default = true
  nullable = false
}
variable "health_check_grace_period_seconds" {
  type    = number
  default = null
}
variable "launch_type" {
  type    = string
  default = "FARGATE"
  nullable = false
}
variable "name" {
  type    = string
  default = null
}
variable "assign_public_ip" {
  type    = bool
  default = false
  nullable = false
}
variable "security_group_ids" {
  type    = list(string)
  default = []
  nullable = false
}
variable "subnet_ids" {
  type    = list(string)
  default = []
  nullable = false
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
  type    = map(string)
  default = null
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
  nullable = false
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
  nullable = false
}
variable "pid_mode" {
  type    = string
  default = null
}
variable "requires_compatibilities" {
  type    = list(string)
  default = ["FARGATE"]
  nullable = false
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
  nullable = false
}
variable "autoscaling_min_capacity" {
  type    = number
  default = 1
  nullable = false
}
variable "autoscaling_max_capacity" {
  type    = number
  default = 10
  nullable = false
}
variable "create_security_group" {
  type    = bool
  default = true
  nullable = false
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
  default = null
}
variable "deployment_circuit_breaker" {
  default = null
}
variable "deployment_controller" {
  default = null
}
variable "load_balancer" {
  default = null
}
variable "ordered_placement_strategy" {
  default = null
}
variable "placement_constraints" {
  default = null
}
variable "service_connect_configuration" {
  default = null
}
variable "service_registries" {
  default = null
}
variable "ephemeral_storage" {
  default = null
}
variable "task_definition_placement_constraints" {
  default = null
}
variable "proxy_configuration" {
  default = null
}
variable "volume" {
  default = null
}
variable "alarms" {
  default = null
}
variable "deployment_configuration" {
  default = null
}
variable "volume_configuration" {
  default = null
}
variable "vpc_lattice_configurations" {
  default = null
}
variable "enable_fault_injection" {
  type    = bool
  default = null
}
variable "availability_zone_rebalancing" {
  type    = string
  default = null
}
variable "vpc_id" {
  type    = string
  default = null
}
variable "security_group_ingress_rules" {
  default = {}
  nullable = false
}
variable "security_group_egress_rules" {
  default = {}
  nullable = false
}
variable "sigint_rollback" {
  type    = bool
  default = null
}
variable "runtime_platform" {
  default = { operating_system_family = "LINUX", cpu_architecture = "X86_64" }
  nullable = false
}
locals {
  is_external = try(var.deployment_controller.type, null) == "EXTERNAL"
  is_daemon   = var.scheduling_strategy == "DAEMON"
  needs_role  = var.network_mode != "awsvpc" && var.load_balancer != null
  task_definition = var.create_task_definition ? aws_ecs_task_definition.this[0].arn : var.task_definition_arn
}
resource "aws_ecs_service" "this" {
  count                              = var.create && var.create_service && !var.ignore_task_definition_changes ? 1 : 0
  name                               = var.name
  cluster                            = var.cluster_arn
  task_definition                    = local.task_definition
  launch_type                        = local.is_external || var.capacity_provider_strategy != null ? null : var.launch_type
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
  availability_zone_rebalancing      = var.availability_zone_rebalancing
  dynamic "alarms" {
    for_each = var.alarms != null ? [var.alarms] : []
    content {
      alarm_names = alarms.value.alarm_names
      enable      = try(alarms.value.enable, true)
      rollback    = try(alarms.value.rollback, true)
    }
  }
  dynamic "capacity_provider_strategy" {
    for_each = !local.is_external && var.capacity_provider_strategy != null ? var.capacity_provider_strategy : {}
    content {
      capacity_provider = capacity_provider_strategy.value.capacity_provider
      base              = try(capacity_provider_strategy.value.base, null)
      weight            = try(capacity_provider_strategy.value.weight, null)
    }
  }
  dynamic "deployment_circuit_breaker" {
    for_each = var.deployment_circuit_breaker != null ? [var.deployment_circuit_breaker] : []
    content {
      enable   = deployment_circuit_breaker.value.enable
      rollback = deployment_circuit_breaker.value.rollback
    }
  }
  dynamic "deployment_controller" {
    for_each = var.deployment_controller != null ? [var.deployment_controller] : []
    content {
      type = try(deployment_controller.value.type, null)
    }
  }
  dynamic "deployment_configuration" {
    for_each = var.deployment_configuration != null ? [var.deployment_configuration] : []
    content {
      strategy             = try(deployment_configuration.value.strategy, null)
      bake_time_in_minutes = try(deployment_configuration.value.bake_time_in_minutes, null)
    }
  }
  dynamic "load_balancer" {
    for_each = var.load_balancer != null ? var.load_balancer : {}
    content {
      container_name   = load_balancer.value.container_name
      container_port   = load_balancer.value.container_port
      elb_name         = try(load_balancer.value.elb_name, null)
      target_group_arn = try(load_balancer.value.target_group_arn, null)
      dynamic "advanced_configuration" {
        for_each = try(load_balancer.value.advanced_configuration, null) != null ? [load_balancer.value.advanced_configuration] : []
        content {
          alternate_target_group_arn = advanced_configuration.value.alternate_target_group_arn
          production_listener_rule   = advanced_configuration.value.production_listener_rule
          test_listener_rule         = try(advanced_configuration.value.test_listener_rule, null)
        }
      }
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
    for_each = var.ordered_placement_strategy != null ? var.ordered_placement_strategy : {}
    content {
      type  = ordered_placement_strategy.value.type
      field = try(ordered_placement_strategy.value.field, null)
    }
  }
  dynamic "placement_constraints" {
    for_each = var.placement_constraints != null ? var.placement_constraints : {}
    content {
      type       = placement_constraints.value.type
      expression = try(placement_constraints.value.expression, null)
    }
  }
  dynamic "service_connect_configuration" {
    for_each = var.service_connect_configuration != null ? [var.service_connect_configuration] : []
    content {
      enabled   = try(service_connect_configuration.value.enabled, true)
      namespace = try(service_connect_configuration.value.namespace, null)
      dynamic "service" {
        for_each = try(service_connect_configuration.value.service, null) != null ? service_connect_configuration.value.service : []
        content {
          port_name             = service.value.port_name
          discovery_name        = try(service.value.discovery_name, null)
          ingress_port_override = try(service.value.ingress_port_override, null)
          dynamic "client_alias" {
            for_each = try(service.value.client_alias, null) != null ? [service.value.client_alias] : []
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
    for_each = !local.is_external && var.service_registries != null ? [var.service_registries] : []
    content {
      registry_arn   = service_registries.value.registry_arn
      port           = try(service_registries.value.port, null)
      container_name = try(service_registries.value.container_name, null)
      container_port = try(service_registries.value.container_port, null)
    }
  }
  dynamic "volume_configuration" {
    for_each = var.volume_configuration != null ? [var.volume_configuration] : []
    content {
      name = try(volume_configuration.value.name, null)
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
  launch_type                        = local.is_external || var.capacity_provider_strategy != null ? null : var.launch_type
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
  availability_zone_rebalancing      = var.availability_zone_rebalancing
  dynamic "alarms" {
    for_each = var.alarms != null ? [var.alarms] : []
    content {
      alarm_names = alarms.value.alarm_names
      enable      = try(alarms.value.enable, true)
      rollback    = try(alarms.value.rollback, true)
    }
  }
  dynamic "capacity_provider_strategy" {
    for_each = !local.is_external && var.capacity_provider_strategy != null ? var.capacity_provider_strategy : {}
    content {
      capacity_provider = capacity_provider_strategy.value.capacity_provider
      base              = try(capacity_provider_strategy.value.base, null)
      weight            = try(capacity_provider_strategy.value.weight, null)
    }
  }
  dynamic "deployment_circuit_breaker" {
    for_each = var.deployment_circuit_breaker != null ? [var.deployment_circuit_breaker] : []
    content {
      enable   = deployment_circuit_breaker.value.enable
      rollback = deployment_circuit_breaker.value.rollback
    }
  }
  dynamic "deployment_controller" {
    for_each = var.deployment_controller != null ? [var.deployment_controller] : []
    content {
      type = try(deployment_controller.value.type, null)
    }
  }
  dynamic "deployment_configuration" {
    for_each = var.deployment_configuration != null ? [var.deployment_configuration] : []
    content {
      strategy             = try(deployment_configuration.value.strategy, null)
      bake_time_in_minutes = try(deployment_configuration.value.bake_time_in_minutes, null)
    }
  }
  dynamic "load_balancer" {
    for_each = var.load_balancer != null ? var.load_balancer : {}
    content {
      container_name   = load_balancer.value.container_name
      container_port   = load_balancer.value.container_port
      elb_name         = try(load_balancer.value.elb_name, null)
      target_group_arn = try(load_balancer.value.target_group_arn, null)
      dynamic "advanced_configuration" {
        for_each = try(load_balancer.value.advanced_configuration, null) != null ? [load_balancer.value.advanced_configuration] : []
        content {
          alternate_target_group_arn = advanced_configuration.value.alternate_target_group_arn
          production_listener_rule   = advanced_configuration.value.production_listener_rule
          test_listener_rule         = try(advanced_configuration.value.test_listener_rule, null)
        }
      }
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
    for_each = var.ordered_placement_strategy != null ? var.ordered_placement_strategy : {}
    content {
      type  = ordered_placement_strategy.value.type
      field = try(ordered_placement_strategy.value.field, null)
    }
  }
  dynamic "placement_constraints" {
    for_each = var.placement_constraints != null ? var.placement_constraints : {}
    content {
      type       = placement_constraints.value.type
      expression = try(placement_constraints.value.expression, null)
    }
  }
  dynamic "service_connect_configuration" {
    for_each = var.service_connect_configuration != null ? [var.service_connect_configuration] : []
    content {
      enabled   = try(service_connect_configuration.value.enabled, true)
      namespace = try(service_connect_configuration.value.namespace, null)
      dynamic "service" {
        for_each = try(service_connect_configuration.value.service, null) != null ? service_connect_configuration.value.service : []
        content {
          port_name             = service.value.port_name
          discovery_name        = try(service.value.discovery_name, null)
          ingress_port_override = try(service.value.ingress_port_override, null)
          dynamic "client_alias" {
            for_each = try(service.value.client_alias, null) != null ? [service.value.client_alias] : []
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
    for_each = !local.is_external && var.service_registries != null ? [var.service_registries] : []
    content {
      registry_arn   = service_registries.value.registry_arn
      port           = try(service_registries.value.port, null)
      container_name = try(service_registries.value.container_name, null)
      container_port = try(service_registries.value.container_port, null)
    }
  }
  dynamic "volume_configuration" {
    for_each = var.volume_configuration != null ? [var.volume_configuration] : []
    content {
      name = try(volume_configuration.value.name, null)
    }
  }
  lifecycle {
    ignore_changes = [desired_count, task_definition, load_balancer]
  }
}
variable "default_startTimeout" {
  default = 30
}
variable "default_stopTimeout" {
  default = 120
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
  version  = "6"
  for_each = { for key, value in var.container_definitions : key => value if var.create && var.create_task_definition && (var.ignores_create || try(value.create, true)) }
  command = try(each.value.command, null)
  cpu = try(each.value.cpu, null)
  dependsOn = try(each.value.dependsOn, null)
  disableNetworking = try(each.value.disableNetworking, null)
  dnsSearchDomains = try(each.value.dnsSearchDomains, null)
  dnsServers = try(each.value.dnsServers, null)
  dockerLabels = try(each.value.dockerLabels, null)
  dockerSecurityOptions = try(each.value.dockerSecurityOptions, null)
  environment = try(each.value.environment, null)
  environmentFiles = try(each.value.environmentFiles, null)
  essential = try(each.value.essential, null)
  extraHosts = try(each.value.extraHosts, null)
  firelensConfiguration = try(each.value.firelensConfiguration, null)
  healthCheck = try(each.value.healthCheck, null)
  hostname = try(each.value.hostname, null)
  image = try(each.value.image, null)
  interactive = try(each.value.interactive, null)
  links = try(each.value.links, null)
  memory = try(each.value.memory, null)
  memoryReservation = try(each.value.memoryReservation, null)
  mountPoints = try(each.value.mountPoints, null)
  portMappings = try(each.value.portMappings, null)
  privileged = try(each.value.privileged, null)
  pseudoTerminal = try(each.value.pseudoTerminal, null)
  readonlyRootFilesystem = try(each.value.readonlyRootFilesystem, null)
  repositoryCredentials = try(each.value.repositoryCredentials, null)
  resourceRequirements = try(each.value.resourceRequirements, null)
  secrets = try(each.value.secrets, null)
  startTimeout = try(each.value.startTimeout, var.default_startTimeout)
  stopTimeout = try(each.value.stopTimeout, var.default_stopTimeout)
  systemControls = try(each.value.systemControls, null)
  ulimits = try(each.value.ulimits, null)
  user = try(each.value.user, null)
  volumesFrom = try(each.value.volumesFrom, null)
  workingDirectory = try(each.value.workingDirectory, null)
  entrypoint = try(each.value.entrypoint, null)
  credentialSpecs = try(each.value.credentialSpecs, null)
  versionConsistency = try(each.value.versionConsistency, null)
  name = try(coalesce(each.value.name), each.key)
  logConfiguration = try(each.value.logConfiguration, null)
  linuxParameters = try(each.value.linuxParameters, null)
  service = var.name
  operating_system_family = try(var.runtime_platform.operating_system_family, "LINUX")
  enable_execute_command = var.enable_execute_command
  restartPolicy = try(each.value.restartPolicy, null)
  enable_cloudwatch_logging = try(each.value.enable_cloudwatch_logging, var.default_enable_cloudwatch_logging)
  create_cloudwatch_log_group = try(each.value.create_cloudwatch_log_group, var.default_create_cloudwatch_log_group)
  cloudwatch_log_group_name = try(each.value.cloudwatch_log_group_name, null)
  cloudwatch_log_group_use_name_prefix = try(each.value.cloudwatch_log_group_use_name_prefix, var.default_cloudwatch_log_group_use_name_prefix)
  cloudwatch_log_group_kms_key_id = try(each.value.cloudwatch_log_group_kms_key_id, null)
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
  enable_fault_injection   = var.enable_fault_injection
  dynamic "ephemeral_storage" {
    for_each = var.ephemeral_storage != null ? [var.ephemeral_storage] : []
    content {
      size_in_gib = ephemeral_storage.value.size_in_gib
    }
  }
  dynamic "placement_constraints" {
    for_each = var.task_definition_placement_constraints != null ? var.task_definition_placement_constraints : {}
    content {
      type       = placement_constraints.value.type
      expression = try(placement_constraints.value.expression, null)
    }
  }
  dynamic "proxy_configuration" {
    for_each = var.proxy_configuration != null ? [var.proxy_configuration] : []
    content {
      container_name = proxy_configuration.value.container_name
      type           = try(proxy_configuration.value.type, null)
      properties     = try(proxy_configuration.value.properties, null)
    }
  }
  dynamic "runtime_platform" {
    for_each = [var.runtime_platform]
    content {
      operating_system_family = try(runtime_platform.value.operating_system_family, "LINUX")
      cpu_architecture        = try(runtime_platform.value.cpu_architecture, "X86_64")
    }
  }
  dynamic "volume" {
    for_each = var.volume != null ? var.volume : {}
    content {
      name      = try(coalesce(volume.value.name), volume.key)
      host_path = try(volume.value.host_path, null)
      configure_at_launch = try(volume.value.configure_at_launch, null)
      dynamic "docker_volume_configuration" {
        for_each = try(volume.value.docker_volume_configuration, null) != null ? [volume.value.docker_volume_configuration] : []
        content {
          scope         = try(docker_volume_configuration.value.scope, null)
          autoprovision = try(docker_volume_configuration.value.autoprovision, null)
          driver        = try(docker_volume_configuration.value.driver, null)
          driver_opts   = try(docker_volume_configuration.value.driver_opts, null)
          labels        = try(docker_volume_configuration.value.labels, null)
        }
      }
      dynamic "efs_volume_configuration" {
        for_each = try(volume.value.efs_volume_configuration, null) != null ? [volume.value.efs_volume_configuration] : []
        content {
          file_system_id          = efs_volume_configuration.value.file_system_id
          root_directory          = try(efs_volume_configuration.value.root_directory, null)
          transit_encryption      = try(efs_volume_configuration.value.transit_encryption, null)
          transit_encryption_port = try(efs_volume_configuration.value.transit_encryption_port, null)
          dynamic "authorization_config" {
            for_each = try(efs_volume_configuration.value.authorization_config, null) != null ? [efs_volume_configuration.value.authorization_config] : []
            content {
              access_point_id = try(authorization_config.value.access_point_id, null)
              iam             = try(authorization_config.value.iam, null)
            }
          }
        }
      }
      dynamic "fsx_windows_file_server_volume_configuration" {
        for_each = try(volume.value.fsx_windows_file_server_volume_configuration, null) != null ? [volume.value.fsx_windows_file_server_volume_configuration] : []
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
resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each                     = { for key, value in var.security_group_ingress_rules : key => value if length(aws_security_group.this) > 0 }
  security_group_id            = aws_security_group.this[0].id
  ip_protocol                  = try(each.value.ip_protocol, "tcp")
  from_port                    = try(each.value.from_port, null)
  to_port                      = try(each.value.to_port, each.value.from_port, null)
  cidr_ipv4                    = try(each.value.cidr_ipv4, null)
  cidr_ipv6                    = try(each.value.cidr_ipv6, null)
  prefix_list_id               = try(each.value.prefix_list_id, null)
  referenced_security_group_id = try(each.value.referenced_security_group_id, null) == "self" ? aws_security_group.this[0].id : try(each.value.referenced_security_group_id, null)
}
resource "aws_vpc_security_group_egress_rule" "this" {
  for_each                     = { for key, value in var.security_group_egress_rules : key => value if length(aws_security_group.this) > 0 }
  security_group_id            = aws_security_group.this[0].id
  ip_protocol                  = try(each.value.ip_protocol, "tcp")
  from_port                    = try(each.value.from_port, each.value.to_port, null)
  to_port                      = try(each.value.to_port, null)
  cidr_ipv4                    = try(each.value.cidr_ipv4, null)
  cidr_ipv6                    = try(each.value.cidr_ipv6, null)
  prefix_list_id               = try(each.value.prefix_list_id, null)
  referenced_security_group_id = try(each.value.referenced_security_group_id, null) == "self" ? aws_security_group.this[0].id : try(each.value.referenced_security_group_id, null)
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
