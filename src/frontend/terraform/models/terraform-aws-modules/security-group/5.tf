# A security group and its rules. Of the named rules, only the usual ones are listed; the others have unknown ports.
variable "create" {
  type    = bool
  default = true
  certain = true
}
variable "create_sg" {
  type    = bool
  default = true
  certain = true
}
variable "security_group_id" {
  type    = string
  default = null
}
variable "vpc_id" {
  type    = string
  default = null
}
variable "name" {
  type    = string
  default = null
}
variable "use_name_prefix" {
  type    = bool
  default = true
}
variable "ingress_rules" {
  type    = list(string)
  default = []
}
variable "ingress_with_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "ingress_with_ipv6_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "ingress_with_source_security_group_id" {
  type    = list(map(string))
  default = []
}
variable "ingress_with_self" {
  type    = list(map(string))
  default = []
}
variable "computed_ingress_rules" {
  type    = list(string)
  default = []
}
variable "number_of_computed_ingress_rules" {
  type    = number
  default = 0
}
variable "computed_ingress_with_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_ingress_with_cidr_blocks" {
  type    = number
  default = 0
}
variable "computed_ingress_with_ipv6_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_ingress_with_ipv6_cidr_blocks" {
  type    = number
  default = 0
}
variable "computed_ingress_with_source_security_group_id" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_ingress_with_source_security_group_id" {
  type    = number
  default = 0
}
variable "computed_ingress_with_self" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_ingress_with_self" {
  type    = number
  default = 0
}
variable "ingress_cidr_blocks" {
  type    = list(string)
  default = []
}
variable "ingress_ipv6_cidr_blocks" {
  type    = list(string)
  default = []
}
variable "ingress_prefix_list_ids" {
  type    = list(string)
  default = []
}
variable "egress_rules" {
  type    = list(string)
  default = []
}
variable "egress_with_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "egress_with_ipv6_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "egress_with_source_security_group_id" {
  type    = list(map(string))
  default = []
}
variable "egress_with_self" {
  type    = list(map(string))
  default = []
}
variable "computed_egress_rules" {
  type    = list(string)
  default = []
}
variable "number_of_computed_egress_rules" {
  type    = number
  default = 0
}
variable "computed_egress_with_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_egress_with_cidr_blocks" {
  type    = number
  default = 0
}
variable "computed_egress_with_ipv6_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_egress_with_ipv6_cidr_blocks" {
  type    = number
  default = 0
}
variable "computed_egress_with_source_security_group_id" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_egress_with_source_security_group_id" {
  type    = number
  default = 0
}
variable "computed_egress_with_self" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_egress_with_self" {
  type    = number
  default = 0
}
variable "egress_cidr_blocks" {
  type    = list(string)
  default = ["0.0.0.0/0"]
}
variable "egress_ipv6_cidr_blocks" {
  type    = list(string)
  default = ["::/0"]
}
variable "egress_prefix_list_ids" {
  type    = list(string)
  default = []
}
locals {
  group = var.create_sg ? concat(aws_security_group.this[*].id, aws_security_group.this_name_prefix[*].id)[0] : var.security_group_id
  rules = {
    all-all = { from = -1, to = -1, protocol = "-1" }
    all-tcp = { from = 0, to = 65535, protocol = "tcp" }
    all-udp = { from = 0, to = 65535, protocol = "udp" }
    all-icmp = { from = -1, to = -1, protocol = "icmp" }
    http-80-tcp = { from = 80, to = 80, protocol = "tcp" }
    http-8080-tcp = { from = 8080, to = 8080, protocol = "tcp" }
    https-443-tcp = { from = 443, to = 443, protocol = "tcp" }
    https-8443-tcp = { from = 8443, to = 8443, protocol = "tcp" }
    postgresql-tcp = { from = 5432, to = 5432, protocol = "tcp" }
    mysql-tcp = { from = 3306, to = 3306, protocol = "tcp" }
    redis-tcp = { from = 6379, to = 6379, protocol = "tcp" }
    ssh-tcp = { from = 22, to = 22, protocol = "tcp" }
    nfs-tcp = { from = 2049, to = 2049, protocol = "tcp" }
  }
}
resource "aws_security_group" "this" {
  count  = var.create && var.create_sg && !var.use_name_prefix ? 1 : 0
  name   = var.name
  vpc_id = var.vpc_id
}
resource "aws_security_group" "this_name_prefix" {
  count  = var.create && var.create_sg && var.use_name_prefix ? 1 : 0
  vpc_id = var.vpc_id
}
resource "aws_security_group_rule" "ingress_rules" {
  count             = var.create ? length(var.ingress_rules) : 0
  security_group_id = local.group
  type              = "ingress"
  from_port         = local.rules[var.ingress_rules[count.index]].from
  to_port           = local.rules[var.ingress_rules[count.index]].to
  protocol          = local.rules[var.ingress_rules[count.index]].protocol
  cidr_blocks       = var.ingress_cidr_blocks
  ipv6_cidr_blocks  = var.ingress_ipv6_cidr_blocks
  prefix_list_ids   = var.ingress_prefix_list_ids
}
resource "aws_security_group_rule" "ingress_with_cidr_blocks" {
  count             = var.create ? length(var.ingress_with_cidr_blocks) : 0
  security_group_id = local.group
  type              = "ingress"
  from_port         = try(var.ingress_with_cidr_blocks[count.index].from_port, local.rules[try(var.ingress_with_cidr_blocks[count.index].rule, "_")].from)
  to_port           = try(var.ingress_with_cidr_blocks[count.index].to_port, local.rules[try(var.ingress_with_cidr_blocks[count.index].rule, "_")].to)
  protocol          = try(var.ingress_with_cidr_blocks[count.index].protocol, local.rules[try(var.ingress_with_cidr_blocks[count.index].rule, "_")].protocol)
  cidr_blocks       = compact(split(",", try(var.ingress_with_cidr_blocks[count.index].cidr_blocks, join(",", var.ingress_cidr_blocks))))
}
resource "aws_security_group_rule" "ingress_with_ipv6_cidr_blocks" {
  count             = var.create ? length(var.ingress_with_ipv6_cidr_blocks) : 0
  security_group_id = local.group
  type              = "ingress"
  from_port         = try(var.ingress_with_ipv6_cidr_blocks[count.index].from_port, local.rules[try(var.ingress_with_ipv6_cidr_blocks[count.index].rule, "_")].from)
  to_port           = try(var.ingress_with_ipv6_cidr_blocks[count.index].to_port, local.rules[try(var.ingress_with_ipv6_cidr_blocks[count.index].rule, "_")].to)
  protocol          = try(var.ingress_with_ipv6_cidr_blocks[count.index].protocol, local.rules[try(var.ingress_with_ipv6_cidr_blocks[count.index].rule, "_")].protocol)
  ipv6_cidr_blocks  = compact(split(",", try(var.ingress_with_ipv6_cidr_blocks[count.index].ipv6_cidr_blocks, join(",", var.ingress_ipv6_cidr_blocks))))
}
resource "aws_security_group_rule" "ingress_with_source_security_group_id" {
  count             = var.create ? length(var.ingress_with_source_security_group_id) : 0
  security_group_id = local.group
  type              = "ingress"
  from_port         = try(var.ingress_with_source_security_group_id[count.index].from_port, local.rules[try(var.ingress_with_source_security_group_id[count.index].rule, "_")].from)
  to_port           = try(var.ingress_with_source_security_group_id[count.index].to_port, local.rules[try(var.ingress_with_source_security_group_id[count.index].rule, "_")].to)
  protocol          = try(var.ingress_with_source_security_group_id[count.index].protocol, local.rules[try(var.ingress_with_source_security_group_id[count.index].rule, "_")].protocol)
  source_security_group_id = var.ingress_with_source_security_group_id[count.index].source_security_group_id
}
resource "aws_security_group_rule" "ingress_with_self" {
  count             = var.create ? length(var.ingress_with_self) : 0
  security_group_id = local.group
  type              = "ingress"
  from_port         = try(var.ingress_with_self[count.index].from_port, local.rules[try(var.ingress_with_self[count.index].rule, "_")].from)
  to_port           = try(var.ingress_with_self[count.index].to_port, local.rules[try(var.ingress_with_self[count.index].rule, "_")].to)
  protocol          = try(var.ingress_with_self[count.index].protocol, local.rules[try(var.ingress_with_self[count.index].rule, "_")].protocol)
  self              = try(var.ingress_with_self[count.index].self, true)
}
resource "aws_security_group_rule" "computed_ingress_rules" {
  count             = var.create ? var.number_of_computed_ingress_rules : 0
  security_group_id = local.group
  type              = "ingress"
  from_port         = local.rules[var.computed_ingress_rules[count.index]].from
  to_port           = local.rules[var.computed_ingress_rules[count.index]].to
  protocol          = local.rules[var.computed_ingress_rules[count.index]].protocol
  cidr_blocks       = var.ingress_cidr_blocks
  ipv6_cidr_blocks  = var.ingress_ipv6_cidr_blocks
  prefix_list_ids   = var.ingress_prefix_list_ids
}
resource "aws_security_group_rule" "computed_ingress_with_cidr_blocks" {
  count             = var.create ? var.number_of_computed_ingress_with_cidr_blocks : 0
  security_group_id = local.group
  type              = "ingress"
  from_port         = try(var.computed_ingress_with_cidr_blocks[count.index].from_port, local.rules[try(var.computed_ingress_with_cidr_blocks[count.index].rule, "_")].from)
  to_port           = try(var.computed_ingress_with_cidr_blocks[count.index].to_port, local.rules[try(var.computed_ingress_with_cidr_blocks[count.index].rule, "_")].to)
  protocol          = try(var.computed_ingress_with_cidr_blocks[count.index].protocol, local.rules[try(var.computed_ingress_with_cidr_blocks[count.index].rule, "_")].protocol)
  cidr_blocks       = compact(split(",", try(var.computed_ingress_with_cidr_blocks[count.index].cidr_blocks, join(",", var.ingress_cidr_blocks))))
}
resource "aws_security_group_rule" "computed_ingress_with_ipv6_cidr_blocks" {
  count             = var.create ? var.number_of_computed_ingress_with_ipv6_cidr_blocks : 0
  security_group_id = local.group
  type              = "ingress"
  from_port         = try(var.computed_ingress_with_ipv6_cidr_blocks[count.index].from_port, local.rules[try(var.computed_ingress_with_ipv6_cidr_blocks[count.index].rule, "_")].from)
  to_port           = try(var.computed_ingress_with_ipv6_cidr_blocks[count.index].to_port, local.rules[try(var.computed_ingress_with_ipv6_cidr_blocks[count.index].rule, "_")].to)
  protocol          = try(var.computed_ingress_with_ipv6_cidr_blocks[count.index].protocol, local.rules[try(var.computed_ingress_with_ipv6_cidr_blocks[count.index].rule, "_")].protocol)
  ipv6_cidr_blocks  = compact(split(",", try(var.computed_ingress_with_ipv6_cidr_blocks[count.index].ipv6_cidr_blocks, join(",", var.ingress_ipv6_cidr_blocks))))
}
resource "aws_security_group_rule" "computed_ingress_with_source_security_group_id" {
  count             = var.create ? var.number_of_computed_ingress_with_source_security_group_id : 0
  security_group_id = local.group
  type              = "ingress"
  from_port         = try(var.computed_ingress_with_source_security_group_id[count.index].from_port, local.rules[try(var.computed_ingress_with_source_security_group_id[count.index].rule, "_")].from)
  to_port           = try(var.computed_ingress_with_source_security_group_id[count.index].to_port, local.rules[try(var.computed_ingress_with_source_security_group_id[count.index].rule, "_")].to)
  protocol          = try(var.computed_ingress_with_source_security_group_id[count.index].protocol, local.rules[try(var.computed_ingress_with_source_security_group_id[count.index].rule, "_")].protocol)
  source_security_group_id = var.computed_ingress_with_source_security_group_id[count.index].source_security_group_id
}
resource "aws_security_group_rule" "computed_ingress_with_self" {
  count             = var.create ? var.number_of_computed_ingress_with_self : 0
  security_group_id = local.group
  type              = "ingress"
  from_port         = try(var.computed_ingress_with_self[count.index].from_port, local.rules[try(var.computed_ingress_with_self[count.index].rule, "_")].from)
  to_port           = try(var.computed_ingress_with_self[count.index].to_port, local.rules[try(var.computed_ingress_with_self[count.index].rule, "_")].to)
  protocol          = try(var.computed_ingress_with_self[count.index].protocol, local.rules[try(var.computed_ingress_with_self[count.index].rule, "_")].protocol)
  self              = try(var.computed_ingress_with_self[count.index].self, true)
}
resource "aws_security_group_rule" "egress_rules" {
  count             = var.create ? length(var.egress_rules) : 0
  security_group_id = local.group
  type              = "egress"
  from_port         = local.rules[var.egress_rules[count.index]].from
  to_port           = local.rules[var.egress_rules[count.index]].to
  protocol          = local.rules[var.egress_rules[count.index]].protocol
  cidr_blocks       = var.egress_cidr_blocks
  ipv6_cidr_blocks  = var.egress_ipv6_cidr_blocks
  prefix_list_ids   = var.egress_prefix_list_ids
}
resource "aws_security_group_rule" "egress_with_cidr_blocks" {
  count             = var.create ? length(var.egress_with_cidr_blocks) : 0
  security_group_id = local.group
  type              = "egress"
  from_port         = try(var.egress_with_cidr_blocks[count.index].from_port, local.rules[try(var.egress_with_cidr_blocks[count.index].rule, "_")].from)
  to_port           = try(var.egress_with_cidr_blocks[count.index].to_port, local.rules[try(var.egress_with_cidr_blocks[count.index].rule, "_")].to)
  protocol          = try(var.egress_with_cidr_blocks[count.index].protocol, local.rules[try(var.egress_with_cidr_blocks[count.index].rule, "_")].protocol)
  cidr_blocks       = compact(split(",", try(var.egress_with_cidr_blocks[count.index].cidr_blocks, join(",", var.egress_cidr_blocks))))
}
resource "aws_security_group_rule" "egress_with_ipv6_cidr_blocks" {
  count             = var.create ? length(var.egress_with_ipv6_cidr_blocks) : 0
  security_group_id = local.group
  type              = "egress"
  from_port         = try(var.egress_with_ipv6_cidr_blocks[count.index].from_port, local.rules[try(var.egress_with_ipv6_cidr_blocks[count.index].rule, "_")].from)
  to_port           = try(var.egress_with_ipv6_cidr_blocks[count.index].to_port, local.rules[try(var.egress_with_ipv6_cidr_blocks[count.index].rule, "_")].to)
  protocol          = try(var.egress_with_ipv6_cidr_blocks[count.index].protocol, local.rules[try(var.egress_with_ipv6_cidr_blocks[count.index].rule, "_")].protocol)
  ipv6_cidr_blocks  = compact(split(",", try(var.egress_with_ipv6_cidr_blocks[count.index].ipv6_cidr_blocks, join(",", var.egress_ipv6_cidr_blocks))))
}
resource "aws_security_group_rule" "egress_with_source_security_group_id" {
  count             = var.create ? length(var.egress_with_source_security_group_id) : 0
  security_group_id = local.group
  type              = "egress"
  from_port         = try(var.egress_with_source_security_group_id[count.index].from_port, local.rules[try(var.egress_with_source_security_group_id[count.index].rule, "_")].from)
  to_port           = try(var.egress_with_source_security_group_id[count.index].to_port, local.rules[try(var.egress_with_source_security_group_id[count.index].rule, "_")].to)
  protocol          = try(var.egress_with_source_security_group_id[count.index].protocol, local.rules[try(var.egress_with_source_security_group_id[count.index].rule, "_")].protocol)
  source_security_group_id = var.egress_with_source_security_group_id[count.index].source_security_group_id
}
resource "aws_security_group_rule" "egress_with_self" {
  count             = var.create ? length(var.egress_with_self) : 0
  security_group_id = local.group
  type              = "egress"
  from_port         = try(var.egress_with_self[count.index].from_port, local.rules[try(var.egress_with_self[count.index].rule, "_")].from)
  to_port           = try(var.egress_with_self[count.index].to_port, local.rules[try(var.egress_with_self[count.index].rule, "_")].to)
  protocol          = try(var.egress_with_self[count.index].protocol, local.rules[try(var.egress_with_self[count.index].rule, "_")].protocol)
  self              = try(var.egress_with_self[count.index].self, true)
}
resource "aws_security_group_rule" "computed_egress_rules" {
  count             = var.create ? var.number_of_computed_egress_rules : 0
  security_group_id = local.group
  type              = "egress"
  from_port         = local.rules[var.computed_egress_rules[count.index]].from
  to_port           = local.rules[var.computed_egress_rules[count.index]].to
  protocol          = local.rules[var.computed_egress_rules[count.index]].protocol
  cidr_blocks       = var.egress_cidr_blocks
  ipv6_cidr_blocks  = var.egress_ipv6_cidr_blocks
  prefix_list_ids   = var.egress_prefix_list_ids
}
resource "aws_security_group_rule" "computed_egress_with_cidr_blocks" {
  count             = var.create ? var.number_of_computed_egress_with_cidr_blocks : 0
  security_group_id = local.group
  type              = "egress"
  from_port         = try(var.computed_egress_with_cidr_blocks[count.index].from_port, local.rules[try(var.computed_egress_with_cidr_blocks[count.index].rule, "_")].from)
  to_port           = try(var.computed_egress_with_cidr_blocks[count.index].to_port, local.rules[try(var.computed_egress_with_cidr_blocks[count.index].rule, "_")].to)
  protocol          = try(var.computed_egress_with_cidr_blocks[count.index].protocol, local.rules[try(var.computed_egress_with_cidr_blocks[count.index].rule, "_")].protocol)
  cidr_blocks       = compact(split(",", try(var.computed_egress_with_cidr_blocks[count.index].cidr_blocks, join(",", var.egress_cidr_blocks))))
}
resource "aws_security_group_rule" "computed_egress_with_ipv6_cidr_blocks" {
  count             = var.create ? var.number_of_computed_egress_with_ipv6_cidr_blocks : 0
  security_group_id = local.group
  type              = "egress"
  from_port         = try(var.computed_egress_with_ipv6_cidr_blocks[count.index].from_port, local.rules[try(var.computed_egress_with_ipv6_cidr_blocks[count.index].rule, "_")].from)
  to_port           = try(var.computed_egress_with_ipv6_cidr_blocks[count.index].to_port, local.rules[try(var.computed_egress_with_ipv6_cidr_blocks[count.index].rule, "_")].to)
  protocol          = try(var.computed_egress_with_ipv6_cidr_blocks[count.index].protocol, local.rules[try(var.computed_egress_with_ipv6_cidr_blocks[count.index].rule, "_")].protocol)
  ipv6_cidr_blocks  = compact(split(",", try(var.computed_egress_with_ipv6_cidr_blocks[count.index].ipv6_cidr_blocks, join(",", var.egress_ipv6_cidr_blocks))))
}
resource "aws_security_group_rule" "computed_egress_with_source_security_group_id" {
  count             = var.create ? var.number_of_computed_egress_with_source_security_group_id : 0
  security_group_id = local.group
  type              = "egress"
  from_port         = try(var.computed_egress_with_source_security_group_id[count.index].from_port, local.rules[try(var.computed_egress_with_source_security_group_id[count.index].rule, "_")].from)
  to_port           = try(var.computed_egress_with_source_security_group_id[count.index].to_port, local.rules[try(var.computed_egress_with_source_security_group_id[count.index].rule, "_")].to)
  protocol          = try(var.computed_egress_with_source_security_group_id[count.index].protocol, local.rules[try(var.computed_egress_with_source_security_group_id[count.index].rule, "_")].protocol)
  source_security_group_id = var.computed_egress_with_source_security_group_id[count.index].source_security_group_id
}
resource "aws_security_group_rule" "computed_egress_with_self" {
  count             = var.create ? var.number_of_computed_egress_with_self : 0
  security_group_id = local.group
  type              = "egress"
  from_port         = try(var.computed_egress_with_self[count.index].from_port, local.rules[try(var.computed_egress_with_self[count.index].rule, "_")].from)
  to_port           = try(var.computed_egress_with_self[count.index].to_port, local.rules[try(var.computed_egress_with_self[count.index].rule, "_")].to)
  protocol          = try(var.computed_egress_with_self[count.index].protocol, local.rules[try(var.computed_egress_with_self[count.index].rule, "_")].protocol)
  self              = try(var.computed_egress_with_self[count.index].self, true)
}
output "security_group_id" {
  value = concat(aws_security_group.this[*].id, aws_security_group.this_name_prefix[*].id)[0]
}
output "security_group_arn" {
  value = concat(aws_security_group.this[*].arn, aws_security_group.this_name_prefix[*].arn)[0]
}
output "security_group_vpc_id" {
  value = var.vpc_id
}
