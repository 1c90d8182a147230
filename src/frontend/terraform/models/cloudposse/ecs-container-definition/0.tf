# One container definition, as JSON. It creates no resource.
variable "container_name" {
  type = string
  default = null
}
variable "container_image" {
  type = string
  default = null
}
variable "essential" {
  type = bool
  default = true
}
variable "entrypoint" {
  type = list(string)
  default = null
}
variable "command" {
  type = list(string)
  default = null
}
variable "working_directory" {
  type = string
  default = null
}
variable "readonly_root_filesystem" {
  type = bool
  default = false
}
variable "mount_points" {
  type    = list(object({ containerPath = optional(string), readOnly = optional(bool), sourceVolume = optional(string) }))
  default = null
}
variable "dns_servers" {
  type = list(string)
  default = null
}
variable "dns_search_domains" {
  type = list(string)
  default = null
}
variable "ulimits" {
  type    = list(object({ hardLimit = number, name = string, softLimit = number }))
  default = null
}
variable "repository_credentials" {
  type    = object({ credentialsParameter = string })
  default = null
}
variable "links" {
  type = list(string)
  default = null
}
variable "volumes_from" {
  type    = list(object({ readOnly = optional(bool), sourceContainer = string }))
  default = null
}
variable "container_depends_on" {
  type    = list(object({ condition = string, containerName = string }))
  default = null
}
variable "privileged" {
  type = bool
  default = null
}
variable "port_mappings" {
  type    = list(object({ containerPort = number, hostPort = optional(number), protocol = optional(string), name = optional(string), appProtocol = optional(string) }))
  default = null
}
variable "healthcheck" {
  type    = object({ command = list(string), interval = optional(number), retries = optional(number), startPeriod = optional(number), timeout = optional(number) })
  default = null
}
variable "firelens_configuration" {
  type    = object({ options = optional(map(string)), type = string })
  default = null
}
variable "linux_parameters" {
  type    = object({ capabilities = optional(object({ add = optional(list(string)), drop = optional(list(string)) })), devices = optional(list(object({ containerPath = string, hostPath = string, permissions = optional(list(string)) }))), initProcessEnabled = optional(bool), maxSwap = optional(number), sharedMemorySize = optional(number), swappiness = optional(number), tmpfs = optional(list(object({ containerPath = string, mountOptions = optional(list(string)), size = number }))) })
  default = null
}
variable "container_memory" {
  type = number
  default = null
}
variable "container_memory_reservation" {
  type = number
  default = null
}
variable "container_cpu" {
  type = number
  default = 0
}
variable "environment_files" {
  type = list(object({ type = string, value = string }))
  default = null
}
variable "docker_labels" {
  type = map(string)
  default = null
}
variable "start_timeout" {
  type = number
  default = null
}
variable "stop_timeout" {
  type = number
  default = null
}
variable "system_controls" {
  type    = list(object({ namespace = string, value = string }))
  default = null
}
variable "extra_hosts" {
  type    = list(object({ hostname = string, ipAddress = string }))
  default = null
}
variable "hostname" {
  type = string
  default = null
}
variable "disable_networking" {
  type    = bool
  default = null
}
variable "interactive" {
  type    = bool
  default = null
}
variable "pseudo_terminal" {
  type    = bool
  default = null
}
variable "docker_security_options" {
  type    = list(string)
  default = null
}
variable "resource_requirements" {
  type    = list(object({ type = string, value = string }))
  default = null
}
variable "restart_policy" {
  default = null
}
variable "version_consistency" {
  default = null
}
variable "environment" {
  type = list(object({ name = string, value = string }))
  default = null
}
variable "map_environment" {
  type = map(string)
  default = null
}
variable "secrets" {
  type = list(object({ name = string, valueFrom = string }))
  default = null
}
variable "map_secrets" {
  type = map(string)
  default = null
}
variable "user" {
  type = string
  default = null
}
variable "log_configuration" {
  type    = object({ logDriver = string, options = optional(map(string)), secretOptions = optional(list(object({ name = string, valueFrom = string }))) })
  default = null
}
variable "container_definition" {
  default = {}
}
locals {
  environment = var.map_environment != null ? var.map_environment : var.environment != null ? { for item in var.environment : item.name => item.value } : null
  secrets     = var.map_secrets != null ? var.map_secrets : var.secrets != null ? { for item in var.secrets : item.name => item.valueFrom } : null
  definition = merge({
    name = var.container_name
    image = var.container_image
    essential = var.essential
    entryPoint = var.entrypoint
    command = var.command
    workingDirectory = var.working_directory
    readonlyRootFilesystem = var.readonly_root_filesystem
    mountPoints = var.mount_points
    dnsServers = var.dns_servers
    dnsSearchDomains = var.dns_search_domains
    ulimits = var.ulimits
    repositoryCredentials = var.repository_credentials
    links = var.links
    volumesFrom = var.volumes_from
    dependsOn = var.container_depends_on
    privileged = var.privileged
    portMappings = var.port_mappings
    healthCheck = var.healthcheck
    firelensConfiguration = var.firelens_configuration
    linuxParameters = var.linux_parameters
    memory = var.container_memory
    memoryReservation = var.container_memory_reservation
    cpu = var.container_cpu
    environmentFiles = var.environment_files
    dockerLabels = var.docker_labels
    startTimeout = var.start_timeout
    stopTimeout = var.stop_timeout
    systemControls = var.system_controls
    extraHosts = var.extra_hosts
    hostname = var.hostname
    disableNetworking = var.disable_networking
    interactive = var.interactive
    pseudoTerminal = var.pseudo_terminal
    dockerSecurityOptions = var.docker_security_options
    resourceRequirements = var.resource_requirements
    restartPolicy = var.restart_policy
    versionConsistency = var.version_consistency
    user             = var.firelens_configuration != null ? "0" : var.user
    logConfiguration = var.log_configuration == null ? null : { for key, value in var.log_configuration : key => value if value != null }
    environment      = local.environment == null ? null : [for key, value in local.environment : { name = key, value = value }]
    secrets          = local.secrets == null ? null : [for key, value in local.secrets : { name = key, valueFrom = value }]
  }, { for key, value in var.container_definition : key => value if value != null })
}
output "json_map_object" {
  value = local.definition
}
output "json_map_encoded" {
  value = jsonencode(local.definition)
}
output "json_map_encoded_list" {
  value = jsonencode([local.definition])
}
output "sensitive_json_map_object" {
  value = local.definition
}
output "sensitive_json_map_encoded" {
  value = jsonencode(local.definition)
}
output "sensitive_json_map_encoded_list" {
  value = jsonencode([local.definition])
}
