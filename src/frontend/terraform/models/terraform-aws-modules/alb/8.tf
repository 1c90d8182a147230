# The load balancer, its security group, target groups, and listeners.
variable "create_lb" {
  type    = bool
  default = true
  certain = true
}
variable "name" {
  type    = string
  default = null
}
variable "name_prefix" {
  type    = string
  default = null
}
variable "subnets" {
  type    = list(string)
  default = null
}
variable "vpc_id" {
  type    = string
  default = null
}
variable "security_group_name" {
  type    = string
  default = null
}
variable "internal" {
  type    = bool
  default = false
}
variable "idle_timeout" {
  type    = number
  default = 60
}
variable "load_balancer_type" {
  type    = string
  default = "application"
}
variable "security_groups" {
  type    = list(string)
  default = []
}
variable "subnet_mapping" {
  default = []
}
variable "create_security_group" {
  type    = bool
  default = true
}
variable "security_group_use_name_prefix" {
  type    = bool
  default = true
}
variable "target_groups" {
  default = []
}
variable "http_tcp_listeners" {
  default = []
}
variable "https_listeners" {
  default = []
}
variable "http_tcp_listener_rules" {
  default = []
}
variable "https_listener_rules" {
  default = []
}
variable "security_group_rules" {
  default = {}
}
locals {
  group_name = try(coalesce(var.security_group_name, var.name, var.name_prefix), "")
}
resource "aws_lb" "this" {
  count              = var.create_lb ? 1 : 0
  name               = var.name
  name_prefix        = var.name_prefix
  load_balancer_type = var.load_balancer_type
  internal           = var.internal
  idle_timeout       = var.idle_timeout
  subnets            = var.subnets
  security_groups    = var.create_security_group && var.load_balancer_type == "application" ? concat([aws_security_group.this[0].id], var.security_groups) : var.security_groups
  dynamic "subnet_mapping" {
    for_each = var.subnet_mapping == null ? [] : var.subnet_mapping
    content {
      subnet_id = subnet_mapping.value.subnet_id
    }
  }
}
resource "aws_security_group" "this" {
  count  = var.create_lb && var.create_security_group && var.load_balancer_type == "application" ? 1 : 0
  name   = var.security_group_use_name_prefix ? null : local.group_name
  vpc_id = var.vpc_id
}
resource "aws_security_group_rule" "this" {
  for_each                 = var.create_lb && var.create_security_group && var.load_balancer_type == "application" ? var.security_group_rules : {}
  security_group_id        = aws_security_group.this[0].id
  type                     = each.value.type
  protocol                 = each.value.protocol
  from_port                = each.value.from_port
  to_port                  = each.value.to_port
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, null)
  self                     = try(each.value.self, null)
  source_security_group_id = try(each.value.source_security_group_id, null)
}
resource "aws_lb_target_group" "main" {
  count                         = var.create_lb ? length(var.target_groups) : 0
  name                          = try(var.target_groups[count.index].name, null)
  name_prefix                   = try(var.target_groups[count.index].name_prefix, null)
  vpc_id                        = var.vpc_id
  port                          = try(var.target_groups[count.index].backend_port, null)
  protocol                      = try(upper(var.target_groups[count.index].backend_protocol), null)
  protocol_version              = try(upper(var.target_groups[count.index].protocol_version), null)
  target_type                   = try(var.target_groups[count.index].target_type, null)
  deregistration_delay          = try(var.target_groups[count.index].deregistration_delay, null)
  slow_start                    = try(var.target_groups[count.index].slow_start, null)
  load_balancing_algorithm_type = try(var.target_groups[count.index].load_balancing_algorithm_type, null)
  ip_address_type               = try(var.target_groups[count.index].ip_address_type, null)
  dynamic "health_check" {
    for_each = try([var.target_groups[count.index].health_check], [])
    content {
      enabled = try(health_check.value.enabled, null)
      port = try(health_check.value.port, null)
      path = try(health_check.value.path, null)
      protocol = try(health_check.value.protocol, null)
      interval = try(health_check.value.interval, null)
      timeout = try(health_check.value.timeout, null)
      healthy_threshold = try(health_check.value.healthy_threshold, null)
      unhealthy_threshold = try(health_check.value.unhealthy_threshold, null)
      matcher = try(health_check.value.matcher, null)
    }
  }
  dynamic "stickiness" {
    for_each = try([var.target_groups[count.index].stickiness], [])
    content {
      enabled     = try(stickiness.value.enabled, null)
      type        = try(stickiness.value.type, null)
      cookie_name = try(stickiness.value.cookie_name, null)
    }
  }
}
# Targets are listed in the target groups; they are not modelled.
resource "aws_lb_target_group_attachment" "this" {
  target_group_arn = aws_lb_target_group.main[*].arn
}
resource "aws_lb_listener" "frontend_http_tcp" {
  count             = var.create_lb ? length(var.http_tcp_listeners) : 0
  load_balancer_arn = aws_lb.this[0].arn
  port              = var.http_tcp_listeners[count.index].port
  protocol          = var.http_tcp_listeners[count.index].protocol
  default_action {
    type             = try(var.http_tcp_listeners[count.index].action_type, "forward")
    target_group_arn = try(var.http_tcp_listeners[count.index].action_type, "forward") == "forward" ? aws_lb_target_group.main[try(var.http_tcp_listeners[count.index].target_group_index, count.index)].arn : null
    dynamic "redirect" {
      for_each = try([var.http_tcp_listeners[count.index].redirect], [])
      content {}
    }
    dynamic "fixed_response" {
      for_each = try([var.http_tcp_listeners[count.index].fixed_response], [])
      content {}
    }
    dynamic "forward" {
      for_each = try([var.http_tcp_listeners[count.index].forward], [])
      content {
        dynamic "target_group" {
          for_each = forward.value.target_groups
          content {
            arn    = aws_lb_target_group.main[target_group.value.target_group_index].arn
            weight = try(target_group.value.weight, null)
          }
        }
      }
    }
  }
}
resource "aws_lb_listener_rule" "http_tcp_listener_rule" {
  count        = var.create_lb ? length(var.http_tcp_listener_rules) : 0
  listener_arn = aws_lb_listener.frontend_http_tcp[try(var.http_tcp_listener_rules[count.index].http_tcp_listener_index, count.index)].arn
  priority     = try(var.http_tcp_listener_rules[count.index].priority, null)
  dynamic "action" {
    for_each = var.http_tcp_listener_rules[count.index].actions
    content {
      type             = action.value.type == "weighted-forward" ? "forward" : action.value.type
      target_group_arn = action.value.type == "forward" ? aws_lb_target_group.main[try(action.value.target_group_index, count.index)].arn : null
      dynamic "forward" {
        for_each = action.value.type == "weighted-forward" ? [action.value] : []
        content {
          dynamic "target_group" {
            for_each = action.value.target_groups
            content {
              arn = aws_lb_target_group.main[target_group.value.target_group_index].arn
            }
          }
        }
      }
    }
  }
}
resource "aws_lb_listener" "frontend_https" {
  count             = var.create_lb ? length(var.https_listeners) : 0
  load_balancer_arn = aws_lb.this[0].arn
  port              = var.https_listeners[count.index].port
  protocol          = try(var.https_listeners[count.index].protocol, "HTTPS")
  certificate_arn   = var.https_listeners[count.index].certificate_arn
  default_action {
    type             = try(var.https_listeners[count.index].action_type, "forward")
    target_group_arn = try(var.https_listeners[count.index].action_type, "forward") == "forward" ? aws_lb_target_group.main[try(var.https_listeners[count.index].target_group_index, count.index)].arn : null
    dynamic "redirect" {
      for_each = try([var.https_listeners[count.index].redirect], [])
      content {}
    }
    dynamic "fixed_response" {
      for_each = try([var.https_listeners[count.index].fixed_response], [])
      content {}
    }
    dynamic "forward" {
      for_each = try([var.https_listeners[count.index].forward], [])
      content {
        dynamic "target_group" {
          for_each = forward.value.target_groups
          content {
            arn    = aws_lb_target_group.main[target_group.value.target_group_index].arn
            weight = try(target_group.value.weight, null)
          }
        }
      }
    }
  }
}
resource "aws_lb_listener_rule" "https_listener_rule" {
  count        = var.create_lb ? length(var.https_listener_rules) : 0
  listener_arn = aws_lb_listener.frontend_https[try(var.https_listener_rules[count.index].https_listener_index, count.index)].arn
  priority     = try(var.https_listener_rules[count.index].priority, null)
  dynamic "action" {
    for_each = var.https_listener_rules[count.index].actions
    content {
      type             = action.value.type == "weighted-forward" ? "forward" : action.value.type
      target_group_arn = action.value.type == "forward" ? aws_lb_target_group.main[try(action.value.target_group_index, count.index)].arn : null
      dynamic "forward" {
        for_each = action.value.type == "weighted-forward" ? [action.value] : []
        content {
          dynamic "target_group" {
            for_each = action.value.target_groups
            content {
              arn = aws_lb_target_group.main[target_group.value.target_group_index].arn
            }
          }
        }
      }
    }
  }
}
output "lb_id" {
  value = aws_lb.this[0].id
}
output "lb_arn" {
  value = aws_lb.this[0].arn
}
output "lb_dns_name" {
  value = aws_lb.this[0].dns_name
}
output "lb_zone_id" {
  value = aws_lb.this[0].zone_id
}
output "http_tcp_listener_arns" {
  value = aws_lb_listener.frontend_http_tcp[*].arn
}
output "https_listener_arns" {
  value = aws_lb_listener.frontend_https[*].arn
}
output "target_group_arns" {
  value = aws_lb_target_group.main[*].arn
}
output "target_group_names" {
  value = aws_lb_target_group.main[*].name
}
output "security_group_id" {
  value = aws_security_group.this[0].id
}
