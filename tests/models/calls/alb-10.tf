# terraform-aws-modules/terraform-aws-alb v10.5.0
module "web" {
  source          = "terraform-aws-modules/alb/aws"
  version         = "VERSION"
  name            = "web"
  vpc_id          = "vpc-0123456789abcdef0"
  subnets         = ["subnet-1", "subnet-2"]
  security_groups = ["sg-1"]
  idle_timeout    = 30
  security_group_ingress_rules = {
    http = { from_port = 80, to_port = 80, ip_protocol = "tcp", cidr_ipv4 = "0.0.0.0/0" }
    peer = { from_port = 443, to_port = 443, referenced_security_group_id = "sg-2" }
  }
  security_group_egress_rules = { all = { ip_protocol = "-1", cidr_ipv4 = "0.0.0.0/0" } }
  target_groups = {
    web = {
      name_prefix       = "web-"
      protocol          = "HTTP"
      port              = 8080
      target_type       = "ip"
      health_check      = { enabled = true, path = "/health", matcher = "200", interval = 30, timeout = 6 }
      stickiness        = { enabled = true, type = "lb_cookie" }
      create_attachment = false
    }
    api    = { name = "api", target_type = "ip", deregistration_delay = 10, slow_start = 30, create_attachment = false }
    lambda = { target_type = "lambda", create_attachment = false, vpc_id = "vpc-2" }
  }
  listeners = {
    redirect = { port = 80, protocol = "HTTP", redirect = { port = "443", protocol = "HTTPS", status_code = "HTTP_301" } }
    defaults = { fixed_response = { content_type = "text/plain", status_code = "200" } }
    https = {
      port            = 443
      protocol        = "HTTPS"
      certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/a"
      forward         = { target_group_key = "web" }
      rules = {
        api = {
          priority   = 5
          actions    = [{ forward = { target_group_key = "api" } }]
          conditions = [{ path_pattern = { values = ["/api/*"] } }]
        }
        weighted = {
          actions    = [{ weighted_forward = { target_groups = [{ target_group_key = "api", weight = 2 }] } }]
          conditions = [{ path_pattern = { values = ["/x/*"] } }]
        }
        other = {
          actions    = [{ redirect = { status_code = "HTTP_301" } }]
          conditions = [{ path_pattern = { values = ["/y/*"] } }]
        }
      }
    }
    weighted = {
      port             = 81
      weighted_forward = { target_groups = [{ target_group_key = "web", weight = 1 }, { target_group_key = "api", weight = 2 }] }
    }
  }
}
module "network" {
  source                = "terraform-aws-modules/alb/aws"
  version               = "VERSION"
  name                  = "net"
  load_balancer_type    = "network"
  internal              = true
  create_security_group = false
  vpc_id                = "vpc-0123456789abcdef0"
  subnet_mapping        = [{ subnet_id = "subnet-1" }]
  listeners             = { tcp = { port = 80, protocol = "TCP", forward = { target_group_key = "tcp" } } }
  target_groups         = { tcp = { protocol = "TCP", port = 80, target_type = "ip", target_id = "i-1" } }
}
resource "aws_ecs_service" "probe" {
  load_balancer {
    target_group_arn = module.web.target_groups["web"].arn
    container_name   = "a"
    container_port   = module.web.target_groups["web"].port
  }
  network_configuration {
    subnets         = ["subnet-1"]
    security_groups = [module.web.security_group_id]
  }
}
resource "aws_lb_listener_rule" "probe" {
  listener_arn = module.web.listeners["https"].arn
}
