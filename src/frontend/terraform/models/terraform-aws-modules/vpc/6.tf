# The VPC, its subnets, and their routes.
variable "create_vpc" {
  type    = bool
  default = true
  certain = true
}
variable "azs" {
  type    = list(string)
  default = []
}
variable "public_subnets" {
  type    = list(string)
  default = []
}
variable "private_subnets" {
  type    = list(string)
  default = []
}
variable "database_subnets" {
  type    = list(string)
  default = []
}
variable "elasticache_subnets" {
  type    = list(string)
  default = []
}
variable "redshift_subnets" {
  type    = list(string)
  default = []
}
variable "intra_subnets" {
  type    = list(string)
  default = []
}
variable "public_subnet_ipv6_prefixes" {
  type    = list(string)
  default = []
}
variable "private_subnet_ipv6_prefixes" {
  type    = list(string)
  default = []
}
variable "cidr" {
  type    = string
  default = "10.0.0.0/16"
}
variable "map_public_ip_on_launch" {
  type    = bool
  default = false
}
variable "create_igw" {
  type    = bool
  default = true
}
variable "enable_nat_gateway" {
  type    = bool
  default = false
}
variable "single_nat_gateway" {
  type    = bool
  default = false
}
variable "one_nat_gateway_per_az" {
  type    = bool
  default = false
}
variable "enable_vpn_gateway" {
  type    = bool
  default = false
}
variable "propagate_public_route_tables_vgw" {
  type    = bool
  default = false
}
variable "propagate_private_route_tables_vgw" {
  type    = bool
  default = false
}
variable "create_database_subnet_route_table" {
  type    = bool
  default = false
}
variable "create_database_internet_gateway_route" {
  type    = bool
  default = false
}
variable "create_database_nat_gateway_route" {
  type    = bool
  default = false
}
variable "public_subnet_ipv6_native" {
  type    = bool
  default = false
}
variable "private_subnet_ipv6_native" {
  type    = bool
  default = false
}
variable "use_ipam_pool" {
  type    = bool
  default = false
}
variable "create_multiple_public_route_tables" {
  type    = bool
  default = false
}
variable "create_multiple_intra_route_tables" {
  type    = bool
  default = false
}
variable "create_private_nat_gateway_route" {
  type    = bool
  default = true
}
variable "nat_gateway_destination_cidr_block" {
  type    = string
  default = "0.0.0.0/0"
}
locals {
  public_count  = length(var.public_subnets) > 0 ? length(var.public_subnets) : length(var.public_subnet_ipv6_prefixes)
  private_count = length(var.private_subnets) > 0 ? length(var.private_subnets) : length(var.private_subnet_ipv6_prefixes)
  longest = max(
    local.public_count,
    local.private_count,
    length(var.database_subnets),
    length(var.elasticache_subnets),
    length(var.redshift_subnets),
  )
  gateways = var.single_nat_gateway ? 1 : var.one_nat_gateway_per_az ? length(var.azs) : local.longest
  zones    = [for zone in var.azs : length(regexall("^[a-z]{2}-", zone)) > 0 ? zone : null]
  zone_ids = [for zone in var.azs : length(regexall("^[a-z]{2}-", zone)) > 0 ? null : zone]
  public_tables = var.create_multiple_public_route_tables ? local.public_count : 1
}
resource "aws_vpc" "this" {
  count      = var.create_vpc ? 1 : 0
  cidr_block = var.use_ipam_pool ? null : var.cidr
}
resource "aws_subnet" "public" {
  count                = var.create_vpc ? local.public_count : 0
  vpc_id               = aws_vpc.this[0].id
  cidr_block           = var.public_subnet_ipv6_native ? null : element(var.public_subnets, count.index)
  availability_zone    = element(local.zones, count.index)
  availability_zone_id = element(local.zone_ids, count.index)
  map_public_ip_on_launch = var.map_public_ip_on_launch
}
resource "aws_internet_gateway" "this" {
  count  = var.create_vpc && var.create_igw && local.public_count > 0 ? 1 : 0
  vpc_id = aws_vpc.this[0].id
}
resource "aws_route_table" "public" {
  count            = var.create_vpc && local.public_count > 0 ? local.public_tables : 0
  vpc_id           = aws_vpc.this[0].id
}
resource "aws_route_table_association" "public" {
  count          = var.create_vpc ? local.public_count : 0
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = element(aws_route_table.public[*].id, local.public_tables == 1 ? 0 : count.index)
}
resource "aws_route" "public_internet_gateway" {
  count                  = var.create_vpc && local.public_count > 0 && var.create_igw ? local.public_tables : 0
  route_table_id         = aws_route_table.public[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}
resource "aws_nat_gateway" "this" {
  count     = var.create_vpc && var.enable_nat_gateway ? local.gateways : 0
  subnet_id = element(aws_subnet.public[*].id, var.single_nat_gateway ? 0 : count.index)
}
resource "aws_subnet" "private" {
  count                = var.create_vpc ? local.private_count : 0
  vpc_id               = aws_vpc.this[0].id
  cidr_block           = var.private_subnet_ipv6_native ? null : element(var.private_subnets, count.index)
  availability_zone    = element(local.zones, count.index)
  availability_zone_id = element(local.zone_ids, count.index)
}
resource "aws_route_table" "private" {
  count  = var.create_vpc && local.private_count > 0 ? local.gateways : 0
  vpc_id = aws_vpc.this[0].id
}
resource "aws_route_table_association" "private" {
  count          = var.create_vpc ? local.private_count : 0
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = element(aws_route_table.private[*].id, var.single_nat_gateway ? 0 : count.index)
}
resource "aws_route" "private_nat_gateway" {
  count                  = var.create_vpc && var.enable_nat_gateway && var.create_private_nat_gateway_route ? local.gateways : 0
  route_table_id         = element(aws_route_table.private[*].id, count.index)
  destination_cidr_block = var.nat_gateway_destination_cidr_block
  nat_gateway_id         = element(aws_nat_gateway.this[*].id, count.index)
}
resource "aws_subnet" "database" {
  count                = var.create_vpc ? length(var.database_subnets) : 0
  vpc_id               = aws_vpc.this[0].id
  cidr_block           = element(var.database_subnets, count.index)
  availability_zone    = element(local.zones, count.index)
  availability_zone_id = element(local.zone_ids, count.index)
}
resource "aws_route_table" "database" {
  count  = !var.create_vpc || !var.create_database_subnet_route_table || length(var.database_subnets) == 0 ? 0 : var.single_nat_gateway || var.create_database_internet_gateway_route ? 1 : length(var.database_subnets)
  vpc_id = aws_vpc.this[0].id
}
resource "aws_route_table_association" "database" {
  count          = var.create_vpc ? length(var.database_subnets) : 0
  subnet_id      = aws_subnet.database[count.index].id
  route_table_id = element(
    coalescelist(aws_route_table.database[*].id, aws_route_table.private[*].id),
    var.create_database_subnet_route_table && (var.single_nat_gateway || var.create_database_internet_gateway_route) ? 0 : count.index,
  )
}
resource "aws_route" "database_internet_gateway" {
  count                  = length(aws_route_table.database) > 0 && var.create_igw && var.create_database_internet_gateway_route && !var.create_database_nat_gateway_route ? 1 : 0
  route_table_id         = aws_route_table.database[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}
resource "aws_route" "database_nat_gateway" {
  count                  = length(aws_route_table.database) > 0 && var.enable_nat_gateway && var.create_database_nat_gateway_route && !var.create_database_internet_gateway_route ? length(aws_route_table.database) : 0
  route_table_id         = element(aws_route_table.database[*].id, count.index)
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = element(aws_nat_gateway.this[*].id, count.index)
}
resource "aws_subnet" "intra" {
  count                = var.create_vpc ? length(var.intra_subnets) : 0
  vpc_id               = aws_vpc.this[0].id
  cidr_block           = element(var.intra_subnets, count.index)
  availability_zone    = element(local.zones, count.index)
  availability_zone_id = element(local.zone_ids, count.index)
}
resource "aws_route_table" "intra" {
  count  = !var.create_vpc || length(var.intra_subnets) == 0 ? 0 : var.create_multiple_intra_route_tables ? length(var.intra_subnets) : 1
  vpc_id = aws_vpc.this[0].id
}
resource "aws_route_table_association" "intra" {
  count          = var.create_vpc ? length(var.intra_subnets) : 0
  subnet_id      = aws_subnet.intra[count.index].id
  route_table_id = element(aws_route_table.intra[*].id, var.create_multiple_intra_route_tables ? count.index : 0)
}
output "vpc_id" {
  value = aws_vpc.this[0].id
}
output "vpc_arn" {
  value = aws_vpc.this[0].arn
}
output "vpc_cidr_block" {
  value = aws_vpc.this[0].cidr_block
}
output "default_security_group_id" {
  value = aws_vpc.this[0].default_security_group_id
}
output "igw_id" {
  value = aws_internet_gateway.this[0].id
}
output "natgw_ids" {
  value = aws_nat_gateway.this[*].id
}
output "azs" {
  value = var.azs
}
output "public_subnets" {
  value = aws_subnet.public[*].id
}
output "public_subnet_arns" {
  value = aws_subnet.public[*].arn
}
output "public_subnets_cidr_blocks" {
  value = aws_subnet.public[*].cidr_block
}
output "public_subnet_objects" {
  value = aws_subnet.public
}
output "public_route_table_ids" {
  value = aws_route_table.public[*].id
}
output "private_subnets" {
  value = aws_subnet.private[*].id
}
output "private_subnet_arns" {
  value = aws_subnet.private[*].arn
}
output "private_subnets_cidr_blocks" {
  value = aws_subnet.private[*].cidr_block
}
output "private_subnet_objects" {
  value = aws_subnet.private
}
output "private_route_table_ids" {
  value = aws_route_table.private[*].id
}
output "database_subnets" {
  value = aws_subnet.database[*].id
}
output "database_subnet_arns" {
  value = aws_subnet.database[*].arn
}
output "database_subnets_cidr_blocks" {
  value = aws_subnet.database[*].cidr_block
}
output "database_subnet_objects" {
  value = aws_subnet.database
}
output "intra_subnets" {
  value = aws_subnet.intra[*].id
}
output "intra_subnet_arns" {
  value = aws_subnet.intra[*].arn
}
output "intra_subnets_cidr_blocks" {
  value = aws_subnet.intra[*].cidr_block
}
output "intra_subnet_objects" {
  value = aws_subnet.intra
}
output "intra_route_table_ids" {
  value = aws_route_table.intra[*].id
}
output "database_route_table_ids" {
  value = length(aws_route_table.database) > 0 ? aws_route_table.database[*].id : aws_route_table.private[*].id
}
