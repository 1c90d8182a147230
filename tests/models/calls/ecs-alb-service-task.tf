# cloudposse/terraform-aws-ecs-alb-service-task 0.64.1 v0.78.0
# uses this cloudposse/terraform-null-label 0.25.0
# uses service_label cloudposse/terraform-null-label 0.25.0
# uses task_label cloudposse/terraform-null-label 0.25.0
# uses exec_label cloudposse/terraform-null-label 0.25.0
# uses service_connect_label cloudposse/terraform-null-label 0.25.0
module "web" {
  source                    = "cloudposse/ecs-alb-service-task/aws"
  version                   = "VERSION"
  name                      = "web"
  vpc_id                    = "vpc-0123456789abcdef0"
  subnet_ids                = ["subnet-1"]
  ecs_cluster_arn           = "arn:aws:ecs:eu-west-1:123456789012:cluster/main"
  container_definition_json = jsonencode([{ name = "app", image = "nginx", portMappings = [{ containerPort = 80 }] }])
  ecs_load_balancers        = [{ target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/1", container_name = "app", container_port = 80, elb_name = null }]
  use_alb_security_group    = true
  alb_security_group        = "sg-1"
  security_group_ids        = ["sg-2"]
  task_cpu                  = 512
  task_memory               = 1024
  runtime_platform          = [{ operating_system_family = "LINUX", cpu_architecture = "ARM64" }]
  efs_volumes               = [{ name = "data", host_path = null, efs_volume_configuration = [{ file_system_id = "fs-1", root_directory = "/", transit_encryption = "ENABLED", transit_encryption_port = null, authorization_config = [] }] }]
  circuit_breaker_deployment_enabled = true
}
module "instances" {
  source                             = "cloudposse/ecs-alb-service-task/aws"
  version                            = "VERSION"
  launch_type                        = "EC2"
  network_mode                       = "bridge"
  ecs_cluster_arn                    = "main"
  vpc_id                             = "vpc-0123456789abcdef0"
  container_definition_json          = jsonencode([{ name = "app", image = "nginx" }])
  task_exec_role_arn                 = ["arn:aws:iam::123456789012:role/exec"]
  task_role_arn                      = "arn:aws:iam::123456789012:role/task"
  service_role_arn                   = "arn:aws:iam::123456789012:role/service"
  ecs_load_balancers                 = [{ target_group_arn = null, container_name = "app", container_port = 80, elb_name = "elb" }]
  ignore_changes_task_definition     = false
  ignore_changes_desired_count       = true
  capacity_provider_strategies       = [{ capacity_provider = "one", weight = 1, base = 0 }]
  ordered_placement_strategy         = [{ type = "spread", field = "instanceId" }]
  service_placement_constraints      = [{ type = "distinctInstance", expression = null }]
  deployment_controller_type         = "CODE_DEPLOY"
  scheduling_strategy                = "DAEMON"
}
resource "aws_ecs_service" "probe" {
  task_definition = module.web.task_definition_arn
  network_configuration {
    subnets         = ["subnet-1"]
    security_groups = [module.web.service_security_group_id]
  }
}
