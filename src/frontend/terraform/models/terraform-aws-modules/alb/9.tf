# The load balancer, its security group, target groups, and listeners.
variable "create" {
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
variable "idle_timeout" {
  type    = number
  default = null
}
variable "internal" {
  type    = bool
  default = null
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
variable "listeners" {
  default = {}
}
variable "target_groups" {
  default = {}
}
variable "security_group_ingress_rules" {
  default = {}
}
variable "security_group_egress_rules" {
  default = {}
}
variable "additional_target_group_attachments" {
  default = {}
}
variable "default_port" {
  type    = number
  default = 80
}
variable "default_protocol" {
  type    = string
  default = "HTTP"
}
locals {
  listeners     = var.listeners == null ? {} : var.listeners
  target_groups = var.target_groups == null ? {} : var.target_groups
  ingress_rules = var.security_group_ingress_rules == null ? {} : var.security_group_ingress_rules
  egress_rules  = var.security_group_egress_rules == null ? {} : var.security_group_egress_rules
}
locals {
  group_name = try(coalesce(var.security_group_name, var.name, var.name_prefix), "")
}
resource "aws_lb" "this" {
  count              = var.create ? 1 : 0
  name               = var.name
  name_prefix        = var.name_prefix
  load_balancer_type = var.load_balancer_type
  internal           = var.internal
  idle_timeout       = var.idle_timeout
  subnets            = var.subnets
  security_groups    = var.create_security_group ? concat([aws_security_group.this[0].id], var.security_groups) : var.security_groups
  dynamic "subnet_mapping" {
    for_each = var.subnet_mapping == null ? [] : var.subnet_mapping
    content {
      subnet_id = subnet_mapping.value.subnet_id
    }
  }
}
resource "aws_security_group" "this" {
  count  = var.create && var.create_security_group ? 1 : 0
  name   = var.security_group_use_name_prefix ? null : local.group_name
  vpc_id = var.vpc_id
}
resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each                     = var.create && var.create_security_group ? local.ingress_rules : {}
  security_group_id            = aws_security_group.this[0].id
  ip_protocol                  = try(each.value.ip_protocol, "tcp")
  from_port                    = try(each.value.from_port, null)
  to_port                      = try(each.value.to_port, null)
  cidr_ipv4                    = try(each.value.cidr_ipv4, null)
  cidr_ipv6                    = try(each.value.cidr_ipv6, null)
  prefix_list_id               = try(each.value.prefix_list_id, null)
  referenced_security_group_id = try(each.value.referenced_security_group_id, null)
}
resource "aws_vpc_security_group_egress_rule" "this" {
  for_each                     = var.create && var.create_security_group ? local.egress_rules : {}
  security_group_id            = aws_security_group.this[0].id
  ip_protocol                  = try(each.value.ip_protocol, "tcp")
  from_port                    = try(each.value.from_port, null)
  to_port                      = try(each.value.to_port, null)
  cidr_ipv4                    = try(each.value.cidr_ipv4, null)
  cidr_ipv6                    = try(each.value.cidr_ipv6, null)
  prefix_list_id               = try(each.value.prefix_list_id, null)
  referenced_security_group_id = try(each.value.referenced_security_group_id, null)
}
resource "aws_lb_target_group" "this" {
  for_each                      = var.create ? local.target_groups : {}
  name                          = try(each.value.name, null)
  name_prefix                   = try(each.value.name_prefix, null)
  vpc_id                        = try(coalesce(each.value.vpc_id), var.vpc_id)
  port                          = try(each.value.target_type, null) == "lambda" ? null : try(coalesce(each.value.port), var.default_port)
  protocol                      = try(each.value.target_type, null) == "lambda" ? null : try(coalesce(each.value.protocol), var.default_protocol)
  protocol_version              = try(each.value.protocol_version, null)
  target_type                   = try(each.value.target_type, null)
  deregistration_delay          = try(each.value.deregistration_delay, null)
  slow_start                    = try(each.value.slow_start, null)
  load_balancing_algorithm_type = try(each.value.load_balancing_algorithm_type, null)
  ip_address_type               = try(each.value.ip_address_type, null)
  dynamic "health_check" {
    for_each = try(each.value.health_check, null) == null ? [] : [each.value.health_check]
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
    for_each = try(each.value.stickiness, null) == null ? [] : [each.value.stickiness]
    content {
      enabled     = try(stickiness.value.enabled, true)
      type        = var.load_balancer_type == "network" ? "source_ip" : stickiness.value.type
      cookie_name = try(stickiness.value.cookie_name, null)
    }
  }
}
resource "aws_lb_target_group_attachment" "this" {
  for_each         = { for key, group in local.target_groups : key => group if try(group.create_attachment, true) }
  target_group_arn = aws_lb_target_group.this[each.key].arn
}
resource "aws_lb_target_group_attachment" "additional" {
  for_each         = var.additional_target_group_attachments == null ? {} : var.additional_target_group_attachments
  target_group_arn = aws_lb_target_group.this[each.value.target_group_key].arn
}
resource "aws_lb_listener" "this" {
  for_each          = var.create ? local.listeners : {}
  load_balancer_arn = aws_lb.this[0].arn
  port              = try(coalesce(each.value.port), var.default_port)
  protocol          = try(coalesce(each.value.protocol), var.default_protocol)
  certificate_arn   = try(each.value.certificate_arn, null)
  dynamic "default_action" {
    for_each = try(each.value.authenticate_cognito, null) == null ? [] : [each.value.authenticate_cognito]
    content {
      type = "authenticate-cognito"
      authenticate_cognito {}
    }
  }
  dynamic "default_action" {
    for_each = try(each.value.authenticate_oidc, null) == null ? [] : [each.value.authenticate_oidc]
    content {
      type = "authenticate-oidc"
      authenticate_oidc {}
    }
  }
  dynamic "default_action" {
    for_each = try(each.value.fixed_response, null) == null ? [] : [each.value.fixed_response]
    content {
      type = "fixed-response"
      fixed_response {}
    }
  }
  dynamic "default_action" {
    for_each = try(each.value.forward, null) == null ? [] : [each.value.forward]
    content {
      type             = "forward"
      target_group_arn = try(default_action.value.arn, aws_lb_target_group.this[default_action.value.target_group_key].arn, null)
    }
  }
  dynamic "default_action" {
    for_each = try(each.value.weighted_forward, null) == null ? [] : [each.value.weighted_forward]
    content {
      type = "forward"
      forward {
        dynamic "target_group" {
          for_each = try(default_action.value.target_groups, [])
          content {
            arn    = try(target_group.value.arn, aws_lb_target_group.this[target_group.value.target_group_key].arn, null)
            weight = try(target_group.value.weight, null)
          }
        }
      }
    }
  }
  dynamic "default_action" {
    for_each = try(each.value.redirect, null) == null ? [] : [each.value.redirect]
    content {
      type = "redirect"
      redirect {}
    }
  }
}
locals {
  rules = merge([
    for listener_key, listener in local.listeners : {
      for rule_key, rule in try(listener.rules, {}) : "${listener_key}/${rule_key}" => merge({ listener_key = listener_key }, rule)
    }
  ]...)
}
# Conditions are not modelled.
resource "aws_lb_listener_rule" "this" {
  for_each     = var.create ? local.rules : {}
  listener_arn = try(each.value.listener_arn, aws_lb_listener.this[each.value.listener_key].arn)
  priority     = try(each.value.priority, null)
  dynamic "action" {
    for_each = each.value.actions
    content {
      type             = action.value.type == "weighted-forward" ? "forward" : action.value.type
      target_group_arn = action.value.type == "forward" ? try(action.value.target_group_arn, aws_lb_target_group.this[action.value.target_group_key].arn, null) : null
      dynamic "forward" {
        for_each = action.value.type == "weighted-forward" ? [action.value] : []
        content {
          dynamic "target_group" {
            for_each = try(action.value.target_groups, [])
            content {
              arn    = try(target_group.value.arn, aws_lb_target_group.this[target_group.value.target_group_key].arn)
              weight = try(target_group.value.weight, null)
            }
          }
        }
      }
    }
  }
}
output "id" {
  value = aws_lb.this[0].id
}
output "arn" {
  value = aws_lb.this[0].arn
}
output "dns_name" {
  value = aws_lb.this[0].dns_name
}
output "zone_id" {
  value = aws_lb.this[0].zone_id
}
output "listeners" {
  value = aws_lb_listener.this
}
output "listener_rules" {
  value = aws_lb_listener_rule.this
}
output "target_groups" {
  value = aws_lb_target_group.this
}
output "security_group_id" {
  value = aws_security_group.this[0].id
}
