# cloudposse/terraform-aws-ecs-cluster v1.2.0 v2.0.0
# uses this cloudposse/terraform-null-label 0.25.0
module "main" {
  source     = "cloudposse/ecs-cluster/aws"
  version    = "VERSION"
  name       = "main"
  kms_key_id = "key"
}
resource "aws_ecs_service" "probe" {
  cluster = module.main.arn
}
