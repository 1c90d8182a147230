//! Maps the arguments of Terraform's AWS provider to the members of AWS API requests.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::address::{Mode, ResourceName};
use crate::resource::Kind;

/// The arguments of a resource or block: Terraform's name, the path of the API member, and the conversion.
pub(in crate::frontend) type Mapping = &'static [(&'static str, &'static str, Conversion)];

/// How the value of an argument is converted to the value of the member.
#[derive(Clone, Copy, Debug)]
pub(in crate::frontend) enum Conversion {
    /// Unchanged.
    Same,
    /// A map that becomes a list of objects, each with the key (under this name) and the value.
    MapToList(&'static str),
    /// A boolean that becomes `ENABLED` or `DISABLED`.
    Switch,
    /// A string that contains JSON.
    Json,
    /// A single block that becomes an object.
    Block(Mapping),
    /// A single block whose arguments become members of the surrounding object.
    Flatten(Mapping),
    /// Blocks that become a list of objects.
    Blocks(Mapping),
}

mod balancer;
mod event;
mod iam;
mod instance;
mod secret;
mod service;

use balancer::{LISTENER, LISTENER_RULE, LOAD_BALANCER, TARGET_GROUP};
use event::{EVENT_TARGET, SCHEDULE};
use iam::{POLICY, POLICY_ATTACHMENT, ROLE, ROLE_POLICY};
use instance::{INSTANCE, LAUNCH_CONFIGURATION, LAUNCH_TEMPLATE};
use secret::{KEY, KEY_POLICY, LOG_GROUP, PARAMETER, SECRET};
use service::{
    CLUSTER, CLUSTER_CAPACITY, DISCOVERY, INSTANCES, PROVIDER, SCALABLE_TARGET, SERVICE, TASK_SET,
};

use Conversion::{Block, Blocks, Json, MapToList, Same};

/// A resource type, its request, and its arguments.
pub(super) type Row = (&'static str, Kind, Mapping);

/// The supported resource types.
pub(super) const RESOURCES: &[Row] = &[
    ("aws_ecs_task_definition", Kind::Task, TASK),
    ("aws_ecs_service", Kind::Service, SERVICE),
    ("aws_ecs_task_set", Kind::TaskSet, TASK_SET),
    ("aws_ecs_cluster", Kind::Cluster, CLUSTER),
    ("aws_lb", Kind::LoadBalancer, LOAD_BALANCER),
    ("aws_alb", Kind::LoadBalancer, LOAD_BALANCER),
    ("aws_lb_target_group", Kind::TargetGroup, TARGET_GROUP),
    ("aws_alb_target_group", Kind::TargetGroup, TARGET_GROUP),
    ("aws_lb_listener", Kind::Listener, LISTENER),
    ("aws_alb_listener", Kind::Listener, LISTENER),
    ("aws_lb_listener_rule", Kind::ListenerRule, LISTENER_RULE),
    ("aws_alb_listener_rule", Kind::ListenerRule, LISTENER_RULE),
    ("aws_subnet", Kind::Subnet, SUBNET),
    ("aws_route_table", Kind::RouteTable, ROUTE_TABLE),
    ("aws_default_route_table", Kind::RouteTable, DEFAULT_ROUTE_TABLE),
    ("aws_route", Kind::Route, ROUTE),
    ("aws_route_table_association", Kind::RouteTableAssociation, ASSOCIATION),
    ("aws_main_route_table_association", Kind::RouteTableAssociation, MAIN_ASSOCIATION),
    ("aws_security_group", Kind::SecurityGroup, SECURITY_GROUP),
    ("aws_security_group_rule", Kind::SecurityGroupRule, SECURITY_GROUP_RULE),
    ("aws_vpc_security_group_ingress_rule", Kind::IngressRule, VPC_RULE),
    ("aws_vpc_security_group_egress_rule", Kind::EgressRule, VPC_RULE),
    ("aws_vpc_endpoint", Kind::VpcEndpoint, VPC_ENDPOINT),
    ("aws_efs_file_system", Kind::FileSystem, &[]),
    ("aws_efs_mount_target", Kind::MountTarget, MOUNT_TARGET),
    ("aws_iam_role", Kind::Role, ROLE),
    ("aws_iam_role_policy", Kind::RolePolicy, ROLE_POLICY),
    ("aws_iam_policy", Kind::Policy, POLICY),
    ("aws_iam_role_policy_attachment", Kind::PolicyAttachment, POLICY_ATTACHMENT),
    ("aws_cloudwatch_event_target", Kind::EventTarget, EVENT_TARGET),
    ("aws_scheduler_schedule", Kind::Schedule, SCHEDULE),
    ("aws_launch_template", Kind::LaunchTemplate, LAUNCH_TEMPLATE),
    ("aws_launch_configuration", Kind::LaunchTemplate, LAUNCH_CONFIGURATION),
    ("aws_ecs_cluster_capacity_providers", Kind::ClusterCapacity, CLUSTER_CAPACITY),
    ("aws_ecs_capacity_provider", Kind::CapacityProvider, PROVIDER),
    ("aws_appautoscaling_target", Kind::ScalableTarget, SCALABLE_TARGET),
    ("aws_service_discovery_service", Kind::DiscoveryService, DISCOVERY),
    ("aws_autoscaling_group", Kind::Instances, INSTANCES),
    ("aws_instance", Kind::Instances, INSTANCE),
    ("aws_spot_instance_request", Kind::Instances, &[]),
    ("aws_spot_fleet_request", Kind::Instances, &[]),
    ("aws_ec2_fleet", Kind::Instances, &[]),
    ("aws_cloudwatch_log_group", Kind::LogGroup, LOG_GROUP),
    ("aws_secretsmanager_secret", Kind::Secret, SECRET),
    ("aws_ssm_parameter", Kind::Parameter, PARAMETER),
    ("aws_kms_key", Kind::Key, KEY),
    ("aws_kms_key_policy", Kind::KeyPolicy, KEY_POLICY),
    ("aws_ecr_repository", Kind::Repository, &[("name", "repositoryName", Same)]),
];

/// The data sources that query subnets.
pub(super) const QUERIES: &[Row] = &[
    ("aws_subnets", Kind::SubnetQuery, QUERY),
    ("aws_subnet_ids", Kind::SubnetQuery, QUERY),
    ("aws_subnet", Kind::SubnetQuery, QUERY),
];

/// A supported resource type.
#[derive(Debug)]
pub(in crate::frontend) struct Mapped {
    /// Its request.
    pub kind: Kind,
    /// Its arguments.
    pub mapping: Mapping,
    /// The names of its arguments.
    pub arguments: Vec<&'static str>,
}

type Table = FxHashMap<&'static str, Mapped>;

static MANAGED: LazyLock<Table> = LazyLock::new(|| table(RESOURCES));
static DATA: LazyLock<Table> = LazyLock::new(|| table(QUERIES));

fn table(rows: &'static [Row]) -> Table {
    let mapped = |(name, kind, mapping): &Row| {
        let arguments = mapping.iter().map(|(argument, ..)| *argument).collect();
        (*name, Mapped { kind: *kind, mapping, arguments })
    };
    rows.iter().map(mapped).collect()
}

/// The mapping of a resource or data source; `None` if its type is not supported.
pub(in crate::frontend) fn mapped(resource: &ResourceName) -> Option<&'static Mapped> {
    match resource.mode {
        Mode::Managed => managed(&resource.kind),
        Mode::Data => DATA.get(resource.kind.as_str()),
    }
}

/// The mapping of a resource type; `None` if it is not supported.
pub(super) fn managed(kind: &str) -> Option<&'static Mapped> {
    MANAGED.get(kind)
}

/// The arguments of the block that a conversion reads; `None` if it does not read a block.
pub(super) fn block(conversion: Conversion) -> Option<Mapping> {
    match conversion {
        Conversion::Block(mapping) | Conversion::Flatten(mapping) | Conversion::Blocks(mapping) => {
            Some(mapping)
        }
        Conversion::Same | Conversion::MapToList(_) | Conversion::Switch | Conversion::Json => None,
    }
}

const TASK: Mapping = &[
    ("family", "family", Same),
    ("container_definitions", "containerDefinitions", Json),
    ("network_mode", "networkMode", Same),
    ("requires_compatibilities", "requiresCompatibilities", Same),
    ("cpu", "cpu", Same),
    ("memory", "memory", Same),
    ("task_role_arn", "taskRoleArn", Same),
    ("execution_role_arn", "executionRoleArn", Same),
    ("pid_mode", "pidMode", Same),
    ("ipc_mode", "ipcMode", Same),
    ("volume", "volumes", Blocks(VOLUME)),
    ("placement_constraints", "placementConstraints", Blocks(PLACEMENT_CONSTRAINT)),
    ("proxy_configuration", "proxyConfiguration", Block(PROXY)),
    ("inference_accelerator", "inferenceAccelerators", Blocks(ACCELERATOR)),
    ("ephemeral_storage", "ephemeralStorage", Block(&[("size_in_gib", "sizeInGiB", Same)])),
    ("runtime_platform", "runtimePlatform", Block(PLATFORM)),
    ("enable_fault_injection", "enableFaultInjection", Same),
    ("tags", "tags", MapToList("key")),
];

const PLATFORM: Mapping = &[
    ("operating_system_family", "operatingSystemFamily", Same),
    ("cpu_architecture", "cpuArchitecture", Same),
];

const PROXY: Mapping = &[
    ("type", "type", Same),
    ("container_name", "containerName", Same),
    ("properties", "properties", MapToList("name")),
];

const ACCELERATOR: Mapping = &[("device_name", "deviceName", Same), ("device_type", "deviceType", Same)];

const PLACEMENT_CONSTRAINT: Mapping = &[("type", "type", Same), ("expression", "expression", Same)];

const VOLUME: Mapping = &[
    ("name", "name", Same),
    ("host_path", "host/sourcePath", Same),
    ("configure_at_launch", "configuredAtLaunch", Same),
    ("docker_volume_configuration", "dockerVolumeConfiguration", Block(DOCKER_VOLUME)),
    ("efs_volume_configuration", "efsVolumeConfiguration", Block(EFS_VOLUME)),
    (
        "fsx_windows_file_server_volume_configuration",
        "fsxWindowsFileServerVolumeConfiguration",
        Block(FSX_VOLUME),
    ),
];

const DOCKER_VOLUME: Mapping = &[
    ("scope", "scope", Same),
    ("autoprovision", "autoprovision", Same),
    ("driver", "driver", Same),
    ("driver_opts", "driverOpts", Same),
    ("labels", "labels", Same),
];

const EFS_VOLUME: Mapping = &[
    ("file_system_id", "fileSystemId", Same),
    ("root_directory", "rootDirectory", Same),
    ("transit_encryption", "transitEncryption", Same),
    ("transit_encryption_port", "transitEncryptionPort", Same),
    (
        "authorization_config",
        "authorizationConfig",
        Block(&[("access_point_id", "accessPointId", Same), ("iam", "iam", Same)]),
    ),
];

const FSX_VOLUME: Mapping = &[
    ("file_system_id", "fileSystemId", Same),
    ("root_directory", "rootDirectory", Same),
    (
        "authorization_config",
        "authorizationConfig",
        Block(&[("credentials_parameter", "credentialsParameter", Same), ("domain", "domain", Same)]),
    ),
];

const SUBNET: Mapping = &[
    ("vpc_id", "VpcId", Same),
    ("cidr_block", "CidrBlock", Same),
    ("availability_zone", "AvailabilityZone", Same),
    ("availability_zone_id", "AvailabilityZoneId", Same),
    ("outpost_arn", "OutpostArn", Same),
    ("map_public_ip_on_launch", "MapPublicIpOnLaunch", Same),
    ("tags", "Tags", Same),
];

const QUERY: Mapping = &[
    ("vpc_id", "VpcId", Same),
    ("tags", "Tags", Same),
    ("filter", "Filters", Blocks(&[("name", "Name", Same), ("values", "Values", Same)])),
];

const ROUTE_TABLE: Mapping = &[
    ("vpc_id", "VpcId", Same),
    ("propagating_vgws", "PropagatingVgws", Same),
    ("route", "Routes", Blocks(INLINE_ROUTE)),
];

const DEFAULT_ROUTE_TABLE: Mapping = &[
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
];

const ROUTE: Mapping = &[
    ("route_table_id", "RouteTableId", Same),
    ("destination_cidr_block", "DestinationCidrBlock", Same),
    ("destination_ipv6_cidr_block", "DestinationIpv6CidrBlock", Same),
    ("destination_prefix_list_id", "DestinationPrefixListId", Same),
    ("gateway_id", "GatewayId", Same),
    ("nat_gateway_id", "NatGatewayId", Same),
];

const ASSOCIATION: Mapping = &[("subnet_id", "SubnetId", Same), ("route_table_id", "RouteTableId", Same)];

/// The main route table, which applies to all subnets without an association of their own.
const MAIN_ASSOCIATION: Mapping = &[("vpc_id", "VpcId", Same), ("route_table_id", "RouteTableId", Same)];

const SECURITY_GROUP: Mapping = &[
    ("name", "GroupName", Same),
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

const SECURITY_GROUP_RULE: Mapping = &[
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

const VPC_RULE: Mapping = &[
    ("security_group_id", "GroupId", Same),
    ("from_port", "FromPort", Same),
    ("to_port", "ToPort", Same),
    ("ip_protocol", "IpProtocol", Same),
    ("cidr_ipv4", "IpRanges", Same),
    ("cidr_ipv6", "Ipv6Ranges", Same),
    ("prefix_list_id", "PrefixListIds", Same),
    ("referenced_security_group_id", "UserIdGroupPairs", Same),
];

const VPC_ENDPOINT: Mapping = &[
    ("vpc_id", "VpcId", Same),
    ("service_name", "ServiceName", Same),
    ("vpc_endpoint_type", "VpcEndpointType", Same),
    ("subnet_ids", "SubnetIds", Same),
    ("route_table_ids", "RouteTableIds", Same),
];

const MOUNT_TARGET: Mapping = &[
    ("file_system_id", "FileSystemId", Same),
    ("subnet_id", "SubnetId", Same),
    ("security_groups", "SecurityGroups", Same),
];
