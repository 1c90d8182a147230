# cloudposse/terraform-aws-ecs-container-definition 0.58.1 v0.61.2
module "app" {
  source                       = "cloudposse/ecs-container-definition/aws"
  version                      = "VERSION"
  container_name               = "app"
  container_image              = "nginx:1.27"
  container_memory             = 512
  container_memory_reservation = 128
  container_cpu                = 256
  port_mappings                = [{ containerPort = 80, hostPort = 80, protocol = "tcp" }]
  map_environment              = { B = "2", A = "1" }
  secrets                      = [{ name = "KEY", valueFrom = "arn:aws:ssm:eu-west-1:123456789012:parameter/key" }]
  log_configuration            = { logDriver = "awslogs", options = { "awslogs-group" = "g", "awslogs-region" = "eu-west-1", "awslogs-stream-prefix" = "p" }, secretOptions = null }
  healthcheck                  = { command = ["CMD", "true"], interval = 10, retries = 3, startPeriod = 1, timeout = 5 }
  command                      = ["a", "b"]
  mount_points                 = [{ containerPath = "/data", sourceVolume = "data", readOnly = false }]
  container_depends_on         = [{ containerName = "side", condition = "START" }]
}
module "side" {
  source                   = "cloudposse/ecs-container-definition/aws"
  version                  = "VERSION"
  container_name           = "side"
  container_image          = "busybox"
  essential                = false
  environment              = [{ name = "Z", value = "1" }, { name = "Y", value = "2" }]
  readonly_root_filesystem = true
  start_timeout            = 30
  ulimits                  = [{ name = "nofile", softLimit = 1, hardLimit = 2 }]
  container_definition     = { image = "override" }
}
resource "aws_ecs_task_definition" "map" {
  family                = "map"
  container_definitions = jsonencode([module.app.json_map_object, module.side.json_map_object])
}
resource "aws_ecs_task_definition" "list" {
  family                = "list"
  container_definitions = module.app.json_map_encoded_list
}
resource "aws_ecs_task_definition" "text" {
  family                = "text"
  container_definitions = "[${module.app.json_map_encoded},${module.side.sensitive_json_map_encoded}]"
}
