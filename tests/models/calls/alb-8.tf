# terraform-aws-modules/terraform-aws-alb v8.7.0
module "web" {
  source          = "terraform-aws-modules/alb/aws"
  version         = "VERSION"
  name            = "web"
  vpc_id          = "vpc-0123456789abcdef0"
  subnets         = ["subnet-1", "subnet-2"]
  security_groups = ["sg-1"]
  security_group_rules = {
    http = { type = "ingress", from_port = 80, to_port = 80, protocol = "tcp", cidr_blocks = ["0.0.0.0/0"] }
    out  = { type = "egress", from_port = 0, to_port = 0, protocol = "-1", cidr_blocks = ["0.0.0.0/0"] }
  }
  target_groups = [
    {
      name_prefix      = "web-"
      backend_protocol = "http"
      backend_port     = 8080
      target_type      = "ip"
      health_check     = { enabled = true, path = "/health", matcher = "200", interval = 30, timeout = 6 }
      stickiness       = { enabled = true, type = "lb_cookie" }
    },
    { name = "api", backend_protocol = "HTTP", backend_port = 80, target_type = "ip", deregistration_delay = 10, slow_start = 30 },
  ]
  http_tcp_listeners = [
    { port = 80, protocol = "HTTP", action_type = "redirect", redirect = { port = "443", protocol = "HTTPS", status_code = "HTTP_301" } },
    { port = 81, protocol = "HTTP", target_group_index = 1 },
    { port = 82, protocol = "HTTP", action_type = "fixed-response", fixed_response = { content_type = "text/plain", status_code = "200" } },
    { port = 83, protocol = "HTTP", action_type = "forward", forward = { target_groups = [{ target_group_index = 0, weight = 1 }, { target_group_index = 1, weight = 2 }] } },
  ]
  https_listeners = [{ port = 443, certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/a", target_group_index = 0 }]
  https_listener_rules = [
    {
      https_listener_index = 0
      priority             = 5
      actions              = [{ type = "forward", target_group_index = 1 }]
      conditions           = [{ path_patterns = ["/api/*"] }]
    },
    {
      https_listener_index = 0
      actions              = [{ type = "weighted-forward", target_groups = [{ target_group_index = 1, weight = 2 }] }]
      conditions           = [{ path_patterns = ["/x/*"] }]
    },
  ]
}
module "network" {
  source             = "terraform-aws-modules/alb/aws"
  version            = "VERSION"
  name               = "net"
  load_balancer_type = "network"
  internal           = true
  vpc_id             = "vpc-0123456789abcdef0"
  subnet_mapping     = [{ subnet_id = "subnet-1" }]
  target_groups      = [{ backend_protocol = "TCP", backend_port = 80, target_type = "ip" }]
  http_tcp_listeners = [{ port = 80, protocol = "TCP" }]
}
resource "aws_ecs_service" "probe" {
  load_balancer {
    target_group_arn = module.web.target_group_arns[1]
    container_name   = "a"
    container_port   = 80
  }
  load_balancer {
    target_group_arn = element(module.web.target_group_arns, 0)
    container_name   = "a"
    container_port   = 80
  }
  network_configuration {
    subnets         = ["subnet-1"]
    security_groups = [module.web.security_group_id]
  }
}
resource "aws_lb_listener_rule" "probe" {
  listener_arn = module.web.https_listener_arns[0]
}
