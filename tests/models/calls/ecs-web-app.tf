# cloudposse/terraform-aws-ecs-web-app 1.8.2 v2.4.3
# uses this cloudposse/terraform-null-label 0.25.0
# uses ecs_alb_service_task.this cloudposse/terraform-null-label 0.25.0
# uses ecs_alb_service_task.service_label cloudposse/terraform-null-label 0.25.0
# uses ecs_alb_service_task.task_label cloudposse/terraform-null-label 0.25.0
# uses ecs_alb_service_task.exec_label cloudposse/terraform-null-label 0.25.0
# uses ecs_alb_service_task cloudposse/terraform-aws-ecs-alb-service-task v0.78.0
# uses container_definition cloudposse/terraform-aws-ecs-container-definition 0.58.1
module "app" {
  source                 = "cloudposse/ecs-web-app/aws"
  version                = "VERSION"
  name                   = "app"
  vpc_id                 = "vpc-0123456789abcdef0"
  ecs_cluster_arn        = "arn:aws:ecs:eu-west-1:123456789012:cluster/main"
  ecs_private_subnet_ids = ["subnet-1"]
  container_image        = "nginx:1.27"
  container_environment  = [{ name = "A", value = "1" }]
  codepipeline_enabled   = false
}
