# The definition of one container, and its log group.
variable "command" {
  type = list(string)
  default = []
}
variable "cpu" {
  type = number
  default = null
}
variable "dependencies" {
  type = list(object({ condition = string, containerName = string }))
  default = []
}
variable "disable_networking" {
  type = bool
  default = null
}
variable "dns_search_domains" {
  type = list(string)
  default = []
}
variable "dns_servers" {
  type = list(string)
  default = []
}
variable "docker_labels" {
  type = map(string)
  default = {}
}
variable "docker_security_options" {
  type = list(string)
  default = []
}
variable "environment" {
  type = list(object({ name = string, value = string }))
  default = []
}
variable "environment_files" {
  type = list(object({ value = string, type = string }))
  default = []
}
variable "essential" {
  type = bool
  default = null
}
variable "extra_hosts" {
  type = list(object({ hostname = string, ipAddress = string }))
  default = []
}
variable "firelens_configuration" {
  default = {}
}
variable "health_check" {
  default = {}
}
variable "hostname" {
  type = string
  default = null
}
variable "image" {
  type = string
  default = null
}
variable "interactive" {
  type = bool
  default = false
}
variable "links" {
  type = list(string)
  default = []
}
variable "memory" {
  type = number
  default = null
}
variable "memory_reservation" {
  type = number
  default = null
}
variable "mount_points" {
  default = []
}
variable "name" {
  type = string
  default = null
}
variable "port_mappings" {
  default = []
}
variable "privileged" {
  type = bool
  default = false
}
variable "pseudo_terminal" {
  type = bool
  default = false
}
variable "readonly_root_filesystem" {
  type = bool
  default = true
}
variable "repository_credentials" {
  type = map(string)
  default = {}
}
variable "resource_requirements" {
  type = list(object({ type = string, value = string }))
  default = []
}
variable "secrets" {
  type = list(object({ name = string, valueFrom = string }))
  default = []
}
variable "start_timeout" {
  type = number
  default = 30
}
variable "stop_timeout" {
  type = number
  default = 120
}
variable "system_controls" {
  type = list(map(string))
  default = []
}
variable "ulimits" {
  type = list(object({ hardLimit = number, name = string, softLimit = number }))
  default = []
}
variable "user" {
  type = string
  default = null
}
variable "volumes_from" {
  default = []
}
variable "working_directory" {
  type = string
  default = null
}
variable "entrypoint" {
  type = list(string)
  default = []
}
variable "log_configuration" {
  default = {}
}
variable "linux_parameters" {
  default = {}
}
variable "operating_system_family" {
  type    = string
  default = "LINUX"
}
variable "enable_execute_command" {
  type    = bool
  default = false
}
variable "enable_cloudwatch_logging" {
  type    = bool
  default = true
}
variable "create_cloudwatch_log_group" {
  type    = bool
  default = true
}
variable "cloudwatch_log_group_name" {
  type    = string
  default = null
}
variable "cloudwatch_log_group_use_name_prefix" {
  type    = bool
  default = false
}
variable "cloudwatch_log_group_kms_key_id" {
  type    = string
  default = null
}
variable "service" {
  type    = string
  default = ""
}
variable "default_interval" {
  default = 30
}
variable "default_retries" {
  default = 3
}
variable "default_timeout" {
  default = 5
}
data "aws_region" "current" {}
resource "aws_cloudwatch_log_group" "this" {
  count      = var.create_cloudwatch_log_group && var.enable_cloudwatch_logging ? 1 : 0
  name       = var.cloudwatch_log_group_use_name_prefix ? null : coalesce(var.cloudwatch_log_group_name, "/aws/ecs/${var.service}/${var.name}")
  kms_key_id = var.cloudwatch_log_group_kms_key_id
}
locals {
  is_linux = var.operating_system_family == "LINUX"
  default_logs = var.enable_cloudwatch_logging ? {
    logDriver = "awslogs"
    options = {
      awslogs-region        = data.aws_region.current.name
      awslogs-group         = var.create_cloudwatch_log_group && var.enable_cloudwatch_logging ? aws_cloudwatch_log_group.this[0].name : ""
      awslogs-stream-prefix = "ecs"
    }
  } : null
  logs = merge(local.default_logs, { for key, value in var.log_configuration : key => value if value != null })
}
locals {
  definition = {
    command = length(var.command) > 0 ? var.command : null
    cpu = var.cpu
    dependsOn = length(var.dependencies) > 0 ? var.dependencies : null
    disableNetworking = local.is_linux ? var.disable_networking : null
    dnsSearchDomains = local.is_linux && length(var.dns_search_domains) > 0 ? var.dns_search_domains : null
    dnsServers = local.is_linux && length(var.dns_servers) > 0 ? var.dns_servers : null
    dockerLabels = length(var.docker_labels) > 0 ? var.docker_labels : null
    dockerSecurityOptions = length(var.docker_security_options) > 0 ? var.docker_security_options : null
    environment = var.environment
    environmentFiles = length(var.environment_files) > 0 ? var.environment_files : null
    essential = var.essential
    extraHosts = local.is_linux && length(var.extra_hosts) > 0 ? var.extra_hosts : null
    firelensConfiguration = length(var.firelens_configuration) > 0 ? var.firelens_configuration : null
    healthCheck = length(var.health_check) == 0 ? null : merge({ interval = var.default_interval, retries = var.default_retries, timeout = var.default_timeout }, { for key, value in var.health_check : key => value if value != null })
    hostname = var.hostname
    image = var.image
    interactive = var.interactive
    links = local.is_linux && length(var.links) > 0 ? var.links : null
    memory = var.memory
    memoryReservation = var.memory_reservation
    mountPoints = var.mount_points
    name = var.name
    portMappings = var.port_mappings
    privileged = local.is_linux ? var.privileged : null
    pseudoTerminal = var.pseudo_terminal
    readonlyRootFilesystem = local.is_linux ? var.readonly_root_filesystem : null
    repositoryCredentials = length(var.repository_credentials) > 0 ? var.repository_credentials : null
    resourceRequirements = length(var.resource_requirements) > 0 ? var.resource_requirements : null
    secrets = length(var.secrets) > 0 ? var.secrets : null
    startTimeout = var.start_timeout
    stopTimeout = var.stop_timeout
    systemControls = var.system_controls
    ulimits = local.is_linux && length(var.ulimits) > 0 ? var.ulimits : null
    user = local.is_linux ? var.user : null
    volumesFrom = var.volumes_from
    workingDirectory = var.working_directory
    entryPoint = length(var.entrypoint) > 0 ? var.entrypoint : null
    linuxParameters = local.is_linux ? merge({ initProcessEnabled = var.enable_execute_command }, { for key, value in var.linux_parameters : key => value if value != null }) : null
    logConfiguration = length(local.logs) > 0 ? local.logs : null
  }
}
output "container_definition" {
  value = local.definition
}
output "cloudwatch_log_group_name" {
  value = aws_cloudwatch_log_group.this[0].name
}
output "cloudwatch_log_group_arn" {
  value = aws_cloudwatch_log_group.this[0].arn
}
