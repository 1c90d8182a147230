# terraform-aws-modules/terraform-aws-ecs v6.12.0
module "ecs" {
  source       = "terraform-aws-modules/ecs/aws"
  version      = "VERSION"
  cluster_name = "main"
  default_capacity_provider_strategy = {
    FARGATE = { weight = 50, base = 20 }
    spot    = { name = "FARGATE_SPOT", weight = 50 }
  }
  autoscaling_capacity_providers = { one = { auto_scaling_group_arn = "arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:a:autoScalingGroupName/one" } }
  services = {
    web = {
      cpu    = 512
      memory = 1024
      container_definitions = {
        app = {
          cpu           = 256
          memory        = 512
          essential     = true
          image         = "nginx:1.27"
          command       = ["nginx", "-g", "daemon off;"]
          portMappings  = [{ name = "app", containerPort = 80, hostPort = 80, protocol = "tcp" }]
          environment   = [{ name = "PORT", value = 80 }]
          secrets       = [{ name = "KEY", valueFrom = "arn:aws:ssm:eu-west-1:123456789012:parameter/key" }]
          healthCheck   = { command = ["CMD-SHELL", "curl -f http://localhost/"], startPeriod = 10 }
          mountPoints   = [{ containerPath = "/data", sourceVolume = "data" }]
          readonlyRootFilesystem = false
          dependsOn     = [{ containerName = "router", condition = "START" }]
          linuxParameters = { sharedMemorySize = 64 }
          ulimits       = [{ name = "nofile", softLimit = 1024, hardLimit = 2048 }]
          restartPolicy = { enabled = false }
        }
        router = {
          image                       = "fluent-bit"
          create_cloudwatch_log_group = false
          enable_cloudwatch_logging   = false
          user                        = "1000"
          firelensConfiguration       = { type = "fluentbit" }
          logConfiguration            = { logDriver = "awslogs", options = { "awslogs-group" = "x", "awslogs-region" = "eu-west-1", "awslogs-stream-prefix" = "y" } }
        }
        none = { create = false, image = "x" }
      }
      volume = {
        data = { efs_volume_configuration = { file_system_id = "fs-1", transit_encryption = "ENABLED", authorization_config = { iam = "ENABLED" } } }
        host = { name = "other", host_path = "/tmp" }
      }
      load_balancer = {
        service = { target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/1", container_name = "app", container_port = 80 }
      }
      service_connect_configuration = { namespace = "ns", service = [{ port_name = "app", discovery_name = "app", client_alias = { port = 80, dns_name = "app" } }] }
      service_registries            = { registry_arn = "arn:aws:servicediscovery:eu-west-1:123456789012:service/srv-1" }
      subnet_ids                    = ["subnet-1", "subnet-2"]
      security_group_ids            = ["sg-1"]
      security_group_ingress_rules  = { alb = { from_port = 80, referenced_security_group_id = "sg-2" } }
      security_group_egress_rules   = { all = { ip_protocol = "-1", cidr_ipv4 = "0.0.0.0/0" } }
      deployment_circuit_breaker    = { enable = true, rollback = true }
      enable_execute_command        = true
      desired_count                 = 2
    }
    instances = {
      launch_type                    = "EC2"
      network_mode                   = "bridge"
      requires_compatibilities       = ["EC2"]
      capacity_provider_strategy     = { one = { capacity_provider = "one", weight = 1, base = 1 } }
      placement_constraints          = { a = { type = "distinctInstance" } }
      create_task_exec_iam_role      = false
      create_tasks_iam_role          = false
      task_exec_iam_role_arn         = "arn:aws:iam::123456789012:role/exec"
      ignore_task_definition_changes = true
      load_balancer                  = { service = { elb_name = "elb", container_name = "app", container_port = 80 } }
      container_definitions          = { app = { image = "nginx", links = ["a"], memoryReservation = 100 } }
      enable_autoscaling             = false
      runtime_platform               = { cpu_architecture = "ARM64" }
    }
    external = {
      deployment_controller  = { type = "EXTERNAL" }
      create_task_definition = false
      task_definition_arn    = "arn:aws:ecs:eu-west-1:123456789012:task-definition/a:1"
    }
    daemon = {
      scheduling_strategy   = "DAEMON"
      launch_type           = "EC2"
      subnet_ids            = ["subnet-1"]
      container_definitions = { app = { image = "nginx" } }
    }
  }
}
module "cluster" {
  source                      = "terraform-aws-modules/ecs/aws//modules/cluster"
  version                     = "VERSION"
  name                        = "second"
  setting                     = [{ name = "containerInsights", value = "disabled" }]
  service_connect_defaults    = { namespace = "arn:aws:servicediscovery:eu-west-1:123456789012:namespace/ns-1" }
  create_cloudwatch_log_group = false
}
module "service" {
  source                = "terraform-aws-modules/ecs/aws//modules/service"
  version               = "VERSION"
  name                  = "alone"
  family                = "family"
  cluster_arn           = module.cluster.arn
  create_security_group = false
  assign_public_ip      = true
  subnet_ids            = ["subnet-1"]
  container_definitions = { app = { image = "nginx", cloudwatch_log_group_name = "/logs", stopTimeout = 10 } }
  ephemeral_storage     = { size_in_gib = 30 }
  platform_version      = "1.4.0"
}
resource "aws_ecs_service" "probe" {
  name            = "probe"
  cluster         = module.ecs.cluster_arn
  task_definition = module.service.task_definition_arn
  network_configuration {
    subnets         = ["subnet-1"]
    security_groups = [module.ecs.services["web"].security_group_id]
  }
}
