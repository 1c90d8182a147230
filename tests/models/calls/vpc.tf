# terraform-aws-modules/terraform-aws-vpc v2.78.0 v3.19.0 v4.0.2 v5.21.0 v6.6.0
module "single" {
  source                       = "terraform-aws-modules/vpc/aws"
  version                      = "VERSION"
  name                         = "single"
  cidr                         = "10.0.0.0/16"
  azs                          = ["eu-west-1a", "eu-west-1b", "euw1-az3"]
  public_subnets               = ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"]
  private_subnets              = ["10.0.11.0/24", "10.0.12.0/24", "10.0.13.0/24"]
  database_subnets             = ["10.0.21.0/24", "10.0.22.0/24"]
  intra_subnets                = ["10.0.31.0/24", "10.0.32.0/24"]
  enable_nat_gateway           = true
  single_nat_gateway           = true
  create_database_subnet_route_table = true
  create_database_nat_gateway_route  = true
}
module "public" {
  source         = "terraform-aws-modules/vpc/aws"
  version        = "VERSION"
  name           = "public"
  azs            = ["eu-west-1a", "eu-west-1b"]
  public_subnets = ["10.0.1.0/24", "10.0.2.0/24"]
}
module "zones" {
  source                 = "terraform-aws-modules/vpc/aws"
  version                = "VERSION"
  name                   = "zones"
  azs                    = ["eu-west-1a", "eu-west-1b"]
  public_subnets         = ["10.0.1.0/24", "10.0.2.0/24"]
  private_subnets        = ["10.0.11.0/24", "10.0.12.0/24", "10.0.13.0/24", "10.0.14.0/24"]
  database_subnets       = ["10.0.21.0/24", "10.0.22.0/24"]
  enable_nat_gateway     = true
  one_nat_gateway_per_az = true
  map_public_ip_on_launch = true
  create_database_subnet_route_table     = true
  create_database_internet_gateway_route = true
}
module "off" {
  source     = "terraform-aws-modules/vpc/aws"
  version    = "VERSION"
  create_vpc = false
  public_subnets = ["10.0.1.0/24"]
}
resource "aws_ecs_service" "probe" {
  name = "probe"
  network_configuration {
    subnets         = concat(module.single.private_subnets, module.zones.public_subnets)
    security_groups = [module.single.default_security_group_id]
  }
}
resource "aws_lb_target_group" "probe" {
  vpc_id = module.public.vpc_id
}
resource "aws_route" "probe" {
  route_table_id         = module.zones.private_route_table_ids[0]
  destination_cidr_block = module.single.vpc_cidr_block
}
