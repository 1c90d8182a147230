# The definition of one container, and its log group.
variable "command" {
  type = list(string)
  default = null
}
variable "cpu" {
  type = number
  default = null
}
variable "dependsOn" {
  type = list(object({ condition = string, containerName = string }))
  default = null
}
variable "disableNetworking" {
  type = bool
  default = null
}
variable "dnsSearchDomains" {
  type = list(string)
  default = null
}
variable "dnsServers" {
  type = list(string)
  default = null
}
variable "dockerLabels" {
  type = map(string)
  default = null
}
variable "dockerSecurityOptions" {
  type = list(string)
  default = null
}
variable "environment" {
  type = list(object({ name = string, value = string }))
  default = null
}
variable "environmentFiles" {
  type = list(object({ value = string, type = string }))
  default = null
}
variable "essential" {
  type = bool
  default = null
}
variable "extraHosts" {
  type = list(object({ hostname = string, ipAddress = string }))
  default = null
}
variable "firelensConfiguration" {
  type = object({ options = optional(map(string)), type = optional(string) })
  default = null
}
variable "healthCheck" {
  type = object({ command = optional(list(string)), interval = optional(number), retries = optional(number), startPeriod = optional(number), timeout = optional(number) })
  default = null
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
  nullable = false
}
variable "links" {
  type = list(string)
  default = null
}
variable "memory" {
  type = number
  default = null
}
variable "memoryReservation" {
  type = number
  default = null
}
variable "mountPoints" {
  type = list(object({ containerPath = optional(string), readOnly = optional(bool), sourceVolume = optional(string) }))
  default = null
}
variable "name" {
  type = string
  default = null
}
variable "portMappings" {
  type = list(object({ appProtocol = optional(string), containerPort = optional(number), containerPortRange = optional(string), hostPort = optional(number), name = optional(string), protocol = optional(string) }))
  default = null
}
variable "privileged" {
  type = bool
  default = false
  nullable = false
}
variable "pseudoTerminal" {
  type = bool
  default = false
  nullable = false
}
variable "readonlyRootFilesystem" {
  type = bool
  default = true
  nullable = false
}
variable "repositoryCredentials" {
  type = object({ credentialsParameter = optional(string) })
  default = null
}
variable "resourceRequirements" {
  type = list(object({ type = string, value = string }))
  default = null
}
variable "secrets" {
  type = list(object({ name = string, valueFrom = string }))
  default = null
}
variable "startTimeout" {
  type = number
  default = 30
}
variable "stopTimeout" {
  type = number
  default = 120
}
variable "systemControls" {
  type = list(object({ namespace = optional(string), value = optional(string) }))
  default = null
}
variable "ulimits" {
  type = list(object({ hardLimit = number, name = string, softLimit = number }))
  default = null
}
variable "user" {
  type = string
  default = null
}
variable "volumesFrom" {
  type = list(object({ readOnly = optional(bool), sourceContainer = optional(string) }))
  default = null
}
variable "workingDirectory" {
  type = string
  default = null
}
variable "entrypoint" {
  type = list(string)
  default = null
}
variable "credentialSpecs" {
  type = list(string)
  default = null
}
variable "versionConsistency" {
  type = string
  default = "disabled"
  nullable = false
}
variable "logConfiguration" {
  type = object({ logDriver = optional(string), options = optional(map(string)), secretOptions = optional(list(object({ name = string, valueFrom = string }))) })
  default = {}
  nullable = false
}
variable "linuxParameters" {
  default = {}
  nullable = false
}
variable "restartPolicy" {
  default = { enabled = true }
  nullable = false
}
variable "operating_system_family" {
  type    = string
  default = "LINUX"
  nullable = false
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
  default = null
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
  name       = var.cloudwatch_log_group_use_name_prefix ? null : coalesce(var.cloudwatch_log_group_name, "/aws/ecs${var.service == null ? "" : "/${var.service}"}${var.name == null ? "" : "/${var.name}"}")
  kms_key_id = var.cloudwatch_log_group_kms_key_id
}
locals {
  is_linux = var.operating_system_family == "LINUX"
  default_logs = var.create_cloudwatch_log_group ? {
    logDriver = "awslogs"
    options = {
      awslogs-region        = data.aws_region.current.name
      awslogs-group         = var.create_cloudwatch_log_group && var.enable_cloudwatch_logging ? aws_cloudwatch_log_group.this[0].name : ""
      awslogs-stream-prefix = "ecs"
    }
  } : null
  logs = merge(local.default_logs, { for key, value in var.logConfiguration : key => value if value != null })
}
locals {
  definition = {
    command = var.command
    cpu = var.cpu
    dependsOn = var.dependsOn
    disableNetworking = local.is_linux ? var.disableNetworking : null
    dnsSearchDomains = local.is_linux ? var.dnsSearchDomains : null
    dnsServers = local.is_linux ? var.dnsServers : null
    dockerLabels = var.dockerLabels
    dockerSecurityOptions = var.dockerSecurityOptions
    environment = var.environment
    environmentFiles = var.environmentFiles
    essential = var.essential
    extraHosts = local.is_linux ? var.extraHosts : null
    firelensConfiguration = var.firelensConfiguration
    healthCheck = var.healthCheck == null ? null : merge({ interval = var.default_interval, retries = var.default_retries, timeout = var.default_timeout }, { for key, value in var.healthCheck : key => value if value != null })
    hostname = var.hostname
    image = var.image
    interactive = var.interactive
    links = local.is_linux ? var.links : null
    memory = var.memory
    memoryReservation = var.memoryReservation
    mountPoints = var.mountPoints
    name = var.name
    portMappings = var.portMappings
    privileged = local.is_linux ? var.privileged : null
    pseudoTerminal = var.pseudoTerminal
    readonlyRootFilesystem = local.is_linux ? var.readonlyRootFilesystem : null
    repositoryCredentials = var.repositoryCredentials
    resourceRequirements = var.resourceRequirements
    secrets = var.secrets
    startTimeout = var.startTimeout
    stopTimeout = var.stopTimeout
    systemControls = var.systemControls
    ulimits = local.is_linux ? var.ulimits : null
    user = local.is_linux ? var.user : null
    volumesFrom = var.volumesFrom
    workingDirectory = var.workingDirectory
    entryPoint = var.entrypoint
    credentialSpecs = var.credentialSpecs
    versionConsistency = var.versionConsistency
    linuxParameters = local.is_linux ? merge({ initProcessEnabled = var.enable_execute_command }, { for key, value in var.linuxParameters : key => value if value != null }) : null
    logConfiguration = length(local.logs) > 0 ? local.logs : null
    restartPolicy = var.restartPolicy.enabled ? var.restartPolicy : null
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
