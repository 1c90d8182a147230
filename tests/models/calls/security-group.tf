# terraform-aws-modules/terraform-aws-security-group v4.17.2 v5.3.1
module "web" {
  source              = "terraform-aws-modules/security-group/aws"
  version             = "VERSION"
  name                = "web"
  vpc_id              = "vpc-0123456789abcdef0"
  ingress_cidr_blocks = ["10.0.0.0/16"]
  ingress_rules       = ["https-443-tcp", "http-80-tcp", "all-icmp"]
  egress_rules        = ["all-all"]
  ingress_with_self   = [{ rule = "all-all" }, { from_port = 22, to_port = 22, protocol = "tcp", self = false }]
  ingress_with_cidr_blocks = [
    { from_port = 8080, to_port = 8090, protocol = "tcp", cidr_blocks = "10.10.0.0/16,10.11.0.0/16" },
    { rule = "postgresql-tcp" },
  ]
  ingress_with_source_security_group_id = [{ rule = "mysql-tcp", source_security_group_id = "sg-12345678" }]
  egress_with_ipv6_cidr_blocks          = [{ from_port = 1, to_port = 2, protocol = "udp", ipv6_cidr_blocks = "::/0" }]
}
module "named" {
  source          = "terraform-aws-modules/security-group/aws"
  version         = "VERSION"
  name            = "named"
  use_name_prefix = false
  vpc_id          = "vpc-0123456789abcdef0"
  computed_ingress_with_source_security_group_id = [
    { from_port = 80, to_port = 80, protocol = 6, source_security_group_id = module.web.security_group_id },
  ]
  number_of_computed_ingress_with_source_security_group_id = 1
  egress_with_cidr_blocks                                  = [{ rule = "all-tcp" }]
}
resource "aws_ecs_service" "probe" {
  network_configuration {
    subnets         = ["subnet-1"]
    security_groups = [module.web.security_group_id, module.named.security_group_id]
  }
}
