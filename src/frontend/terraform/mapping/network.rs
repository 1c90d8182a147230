//! The arguments of subnets, routes, security groups, and endpoints.

use super::Conversion::{Block, Blocks, Json, Same};
use super::Mapping;

pub(super) const VPC: Mapping = &[
    ("cidr_block", "CidrBlock", Same),
    ("enable_dns_support", "EnableDnsSupport", Same),
    ("enable_dns_hostnames", "EnableDnsHostnames", Same),
];

pub(super) const HOSTED_ZONE: Mapping =
    &[("name", "Name", Same), ("vpc", "VPCs", Blocks(&[("vpc_id", "VPCId", Same)]))];

pub(super) const GATEWAY: Mapping = &[("vpc_id", "VpcId", Same)];

pub(super) const GATEWAY_ATTACHMENT: Mapping =
    &[("vpc_id", "VpcId", Same), ("internet_gateway_id", "InternetGatewayId", Same)];

pub(super) const NAT_GATEWAY: Mapping = &[
    ("subnet_id", "SubnetId", Same),
    ("connectivity_type", "ConnectivityType", Same),
    ("availability_mode", "AvailabilityMode", Same),
    ("vpc_id", "VpcId", Same),
];

pub(super) const NETWORK_INTERFACE: Mapping =
    &[("subnet_id", "SubnetId", Same), ("source_dest_check", "SourceDestCheck", Same)];

pub(super) const NETWORK_ACL: Mapping = &[
    ("vpc_id", "VpcId", Same),
    ("subnet_ids", "SubnetIds", Same),
    ("ingress", "IngressEntries", Blocks(ACL_ENTRY)),
    ("egress", "EgressEntries", Blocks(ACL_ENTRY)),
];

const ACL_ENTRY: Mapping = &[
    ("rule_no", "RuleNumber", Same),
    ("action", "RuleAction", Same),
    ("protocol", "Protocol", Same),
    ("from_port", "PortRange/From", Same),
    ("to_port", "PortRange/To", Same),
    ("cidr_block", "CidrBlock", Same),
    ("ipv6_cidr_block", "Ipv6CidrBlock", Same),
];

pub(super) const NETWORK_ACL_RULE: Mapping = &[
    ("network_acl_id", "NetworkAclId", Same),
    ("rule_number", "RuleNumber", Same),
    ("rule_action", "RuleAction", Same),
    ("egress", "Egress", Same),
    ("protocol", "Protocol", Same),
    ("from_port", "PortRange/From", Same),
    ("to_port", "PortRange/To", Same),
    ("cidr_block", "CidrBlock", Same),
    ("ipv6_cidr_block", "Ipv6CidrBlock", Same),
];

pub(super) const NETWORK_ACL_ASSOCIATION: Mapping =
    &[("network_acl_id", "NetworkAclId", Same), ("subnet_id", "SubnetId", Same)];

pub(super) const SUBNET: Mapping = &[
    ("vpc_id", "VpcId", Same),
    ("cidr_block", "CidrBlock", Same),
    ("availability_zone", "AvailabilityZone", Same),
    ("availability_zone_id", "AvailabilityZoneId", Same),
    ("outpost_arn", "OutpostArn", Same),
    ("map_public_ip_on_launch", "MapPublicIpOnLaunch", Same),
    ("ipv6_native", "Ipv6Native", Same),
    ("ipv6_cidr_block", "Ipv6CidrBlock", Same),
    ("ipv6_ipam_pool_id", "Ipv6IpamPoolId", Same),
    ("tags", "Tags", Same),
];

pub(super) const QUERY: Mapping = &[
    ("vpc_id", "VpcId", Same),
    ("tags", "Tags", Same),
    ("filter", "Filters", Blocks(&[("name", "Name", Same), ("values", "Values", Same)])),
];

pub(super) const ROUTE_TABLE: Mapping = &[
    ("vpc_id", "VpcId", Same),
    ("propagating_vgws", "PropagatingVgws", Same),
    ("route", "Routes", Blocks(INLINE_ROUTE)),
];

pub(super) const DEFAULT_ROUTE_TABLE: Mapping = &[
    ("default_route_table_id", "DefaultRouteTableId", Same),
    ("propagating_vgws", "PropagatingVgws", Same),
    ("route", "Routes", Blocks(INLINE_ROUTE)),
];

const INLINE_ROUTE: Mapping = &[
    ("cidr_block", "DestinationCidrBlock", Same),
    ("ipv6_cidr_block", "DestinationIpv6CidrBlock", Same),
    ("destination_prefix_list_id", "DestinationPrefixListId", Same),
    ("gateway_id", "GatewayId", Same),
    ("nat_gateway_id", "NatGatewayId", Same),
    ("instance_id", "InstanceId", Same),
    ("network_interface_id", "NetworkInterfaceId", Same),
    ("vpc_peering_connection_id", "VpcPeeringConnectionId", Same),
];

pub(super) const ROUTE: Mapping = &[
    ("route_table_id", "RouteTableId", Same),
    ("destination_cidr_block", "DestinationCidrBlock", Same),
    ("destination_ipv6_cidr_block", "DestinationIpv6CidrBlock", Same),
    ("destination_prefix_list_id", "DestinationPrefixListId", Same),
    ("gateway_id", "GatewayId", Same),
    ("nat_gateway_id", "NatGatewayId", Same),
    ("instance_id", "InstanceId", Same),
    ("network_interface_id", "NetworkInterfaceId", Same),
    ("vpc_peering_connection_id", "VpcPeeringConnectionId", Same),
];

pub(super) const ASSOCIATION: Mapping =
    &[("subnet_id", "SubnetId", Same), ("route_table_id", "RouteTableId", Same)];

/// The main route table, which applies to all subnets without an association of their own.
pub(super) const MAIN_ASSOCIATION: Mapping =
    &[("vpc_id", "VpcId", Same), ("route_table_id", "RouteTableId", Same)];

pub(super) const SECURITY_GROUP: Mapping = &[
    ("name", "GroupName", Same),
    ("description", "GroupDescription", Same),
    ("vpc_id", "VpcId", Same),
    ("ingress", "IpPermissions", Blocks(PERMISSION)),
    ("egress", "IpPermissionsEgress", Blocks(PERMISSION)),
];

const PERMISSION: Mapping = &[
    ("from_port", "FromPort", Same),
    ("to_port", "ToPort", Same),
    ("protocol", "IpProtocol", Same),
    ("cidr_blocks", "IpRanges", Same),
    ("ipv6_cidr_blocks", "Ipv6Ranges", Same),
    ("prefix_list_ids", "PrefixListIds", Same),
    ("security_groups", "UserIdGroupPairs", Same),
    ("self", "Self", Same),
];

pub(super) const SECURITY_GROUP_RULE: Mapping = &[
    ("type", "Type", Same),
    ("security_group_id", "GroupId", Same),
    ("from_port", "FromPort", Same),
    ("to_port", "ToPort", Same),
    ("protocol", "IpProtocol", Same),
    ("cidr_blocks", "IpRanges", Same),
    ("ipv6_cidr_blocks", "Ipv6Ranges", Same),
    ("prefix_list_ids", "PrefixListIds", Same),
    ("source_security_group_id", "UserIdGroupPairs", Same),
    ("self", "Self", Same),
];

pub(super) const VPC_RULE: Mapping = &[
    ("security_group_id", "GroupId", Same),
    ("from_port", "FromPort", Same),
    ("to_port", "ToPort", Same),
    ("ip_protocol", "IpProtocol", Same),
    ("cidr_ipv4", "IpRanges", Same),
    ("cidr_ipv6", "Ipv6Ranges", Same),
    ("prefix_list_id", "PrefixListIds", Same),
    ("referenced_security_group_id", "UserIdGroupPairs", Same),
];

pub(super) const GROUP_ASSOCIATION: Mapping =
    &[("security_group_id", "GroupId", Same), ("vpc_id", "VpcId", Same)];

pub(super) const VPC_ENDPOINT: Mapping = &[
    ("vpc_id", "VpcId", Same),
    ("service_name", "ServiceName", Same),
    ("service_region", "ServiceRegion", Same),
    ("vpc_endpoint_type", "VpcEndpointType", Same),
    ("subnet_ids", "SubnetIds", Same),
    ("route_table_ids", "RouteTableIds", Same),
    ("security_group_ids", "SecurityGroupIds", Same),
    ("private_dns_enabled", "PrivateDnsEnabled", Same),
    ("policy", "PolicyDocument", Json),
];

pub(super) const ENDPOINT_POLICY: Mapping =
    &[("vpc_endpoint_id", "VpcEndpointId", Same), ("policy", "PolicyDocument", Json)];

pub(super) const ENDPOINT_PRIVATE_DNS: Mapping =
    &[("vpc_endpoint_id", "VpcEndpointId", Same), ("private_dns_enabled", "PrivateDnsEnabled", Same)];

pub(super) const ENDPOINT_ROUTE_TABLE: Mapping =
    &[("vpc_endpoint_id", "VpcEndpointId", Same), ("route_table_id", "RouteTableId", Same)];

pub(super) const ENDPOINT_SUBNET: Mapping =
    &[("vpc_endpoint_id", "VpcEndpointId", Same), ("subnet_id", "SubnetId", Same)];

pub(super) const ENDPOINT_SECURITY_GROUP: Mapping =
    &[("vpc_endpoint_id", "VpcEndpointId", Same), ("security_group_id", "SecurityGroupId", Same)];

pub(super) const MOUNT_TARGET: Mapping = &[
    ("file_system_id", "FileSystemId", Same),
    ("subnet_id", "SubnetId", Same),
    ("security_groups", "SecurityGroups", Same),
];

pub(super) const ACCESS_POINT: Mapping = &[
    ("file_system_id", "FileSystemId", Same),
    ("posix_user", "PosixUser", Block(&[("uid", "Uid", Same), ("gid", "Gid", Same)])),
    (
        "root_directory",
        "RootDirectory",
        Block(&[("path", "Path", Same), ("creation_info", "CreationInfo", Block(CREATION_INFO))]),
    ),
];

const CREATION_INFO: Mapping =
    &[("owner_uid", "OwnerUid", Same), ("owner_gid", "OwnerGid", Same), ("permissions", "Permissions", Same)];
