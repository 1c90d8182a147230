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
    /// A string that the provider encodes as Base64, unless it already is.
    Base64,
    /// The value of a secret, of which only the keys of its JSON object are read.
    SecretKeys,
    /// A value of which only the references in it are read.
    References,
    /// A string that contains JSON.
    Json,
    /// A string that may contain JSON.
    MaybeJson,
    /// A string that contains a list of container definitions as JSON.
    Containers,
    /// A single block that becomes an object.
    Block(Mapping),
    /// A single block whose arguments become members of the surrounding object.
    Flatten(Mapping),
    /// Blocks that become a list of objects.
    Blocks(Mapping),
}

mod balancer;
mod capacity;
mod daemon;
mod database;
mod deployment;
mod event;
mod express;
mod iam;
mod instance;
mod network;
mod scaling;
mod secret;
mod service;
mod task;
mod unread;

use balancer::{LISTENER, LISTENER_RULE, LOAD_BALANCER, TARGET_GROUP};
use capacity::PROVIDER;
use daemon::{DAEMON, DAEMON_TASK};
use database::{
    BROKER, CACHE, DOMAIN, GRAPH, MEMBER, MEMORY_DB, PROXY, RDS, REPLICATION_GROUP, SERVERLESS_CACHE, SINGLE,
    STREAM, SUBNET_GROUP, WAREHOUSE,
};
use deployment::{DEPLOYMENT_APPLICATION, DEPLOYMENT_GROUP, PIPELINE};
use event::{EVENT_TARGET, SCHEDULE, STATE_MACHINE};
use express::EXPRESS_SERVICE;
use iam::{
    EXCLUSIVE_ATTACHMENTS, INSTANCE_PROFILE, POLICY, POLICY_ATTACHMENT, POLICY_ATTACHMENTS, ROLE, ROLE_POLICY,
};
use instance::{GROUP, IMAGE_QUERY, INSTANCE, LAUNCH_CONFIGURATION, LAUNCH_TEMPLATE, PARAMETER_QUERY};
use network::{
    ACCESS_POINT, ASSOCIATION, DEFAULT_ROUTE_TABLE, ENDPOINT_POLICY, ENDPOINT_PRIVATE_DNS,
    ENDPOINT_ROUTE_TABLE, ENDPOINT_SECURITY_GROUP, ENDPOINT_SUBNET, GATEWAY, GATEWAY_ATTACHMENT,
    GROUP_ASSOCIATION, HOSTED_ZONE, MAIN_ASSOCIATION, MOUNT_TARGET, NAT_GATEWAY, NETWORK_ACL,
    NETWORK_ACL_ASSOCIATION, NETWORK_ACL_RULE, NETWORK_INTERFACE, QUERY, ROUTE, ROUTE_TABLE, SECURITY_GROUP,
    SECURITY_GROUP_RULE, SUBNET, VPC, VPC_ENDPOINT, VPC_RULE,
};
use scaling::{SCALABLE_TARGET, SCALING_POLICY};
use secret::{
    BUCKET, BUCKET_POLICY, FILE_SYSTEM_POLICY, KEY, KEY_GRANT, KEY_POLICY, LOG_GROUP, PARAMETER,
    REPOSITORY_POLICY, SECRET, SECRET_POLICY, SECRET_VERSION,
};
use service::{CLUSTER, CLUSTER_CAPACITY, DISCOVERY, SERVICE, TASK_SET};
use task::TASK;

pub(super) use unread::is_assigned;
#[cfg(test)]
pub(super) use unread::{ALL_OTHERS, UNREAD};

use Conversion::Same;

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
    ("aws_vpc", Kind::Vpc, VPC),
    ("aws_vpc_ipv4_cidr_block_association", Kind::VpcRange, &[("vpc_id", "VpcId", Same)]),
    ("aws_internet_gateway", Kind::InternetGateway, GATEWAY),
    ("aws_internet_gateway_attachment", Kind::GatewayAttachment, GATEWAY_ATTACHMENT),
    ("aws_nat_gateway", Kind::NatGateway, NAT_GATEWAY),
    (
        "aws_vpc_peering_connection",
        Kind::PeeringConnection,
        &[("vpc_id", "VpcId", Same), ("peer_vpc_id", "PeerVpcId", Same)],
    ),
    ("aws_network_interface", Kind::NetworkInterface, NETWORK_INTERFACE),
    ("aws_network_acl", Kind::NetworkAcl, NETWORK_ACL),
    ("aws_network_acl_rule", Kind::NetworkAclEntry, NETWORK_ACL_RULE),
    ("aws_network_acl_association", Kind::NetworkAclAssociation, NETWORK_ACL_ASSOCIATION),
    ("aws_subnet", Kind::Subnet, SUBNET),
    ("aws_route_table", Kind::RouteTable, ROUTE_TABLE),
    ("aws_default_route_table", Kind::RouteTable, DEFAULT_ROUTE_TABLE),
    ("aws_route", Kind::Route, ROUTE),
    ("aws_route_table_association", Kind::RouteTableAssociation, ASSOCIATION),
    ("aws_main_route_table_association", Kind::RouteTableAssociation, MAIN_ASSOCIATION),
    ("aws_security_group", Kind::SecurityGroup, SECURITY_GROUP),
    ("aws_default_security_group", Kind::DefaultSecurityGroup, &[("vpc_id", "VpcId", Same)]),
    ("aws_vpc_dhcp_options_association", Kind::DhcpOptionsAssociation, &[("vpc_id", "VpcId", Same)]),
    ("aws_vpc_security_group_vpc_association", Kind::SecurityGroupAssociation, GROUP_ASSOCIATION),
    ("aws_security_group_rule", Kind::SecurityGroupRule, SECURITY_GROUP_RULE),
    ("aws_vpc_security_group_ingress_rule", Kind::IngressRule, VPC_RULE),
    ("aws_vpc_security_group_egress_rule", Kind::EgressRule, VPC_RULE),
    ("aws_vpc_endpoint", Kind::VpcEndpoint, VPC_ENDPOINT),
    ("aws_vpc_endpoint_policy", Kind::VpcEndpointChange, ENDPOINT_POLICY),
    ("aws_vpc_endpoint_private_dns", Kind::VpcEndpointChange, ENDPOINT_PRIVATE_DNS),
    ("aws_vpc_endpoint_route_table_association", Kind::VpcEndpointChange, ENDPOINT_ROUTE_TABLE),
    ("aws_vpc_endpoint_subnet_association", Kind::VpcEndpointChange, ENDPOINT_SUBNET),
    ("aws_vpc_endpoint_security_group_association", Kind::VpcEndpointChange, ENDPOINT_SECURITY_GROUP),
    (
        "aws_acm_certificate_validation",
        Kind::CertificateValidation,
        &[("certificate_arn", "CertificateArn", Same)],
    ),
    ("aws_route53_zone", Kind::HostedZone, HOSTED_ZONE),
    ("aws_route53_record", Kind::DnsRecord, &[("name", "Name", Same), ("zone_id", "HostedZoneId", Same)]),
    ("aws_route53_zone_association", Kind::DnsAssociation, &[]),
    ("aws_route53_resolver_rule_association", Kind::DnsAssociation, &[]),
    ("aws_route53profiles_association", Kind::DnsAssociation, &[]),
    ("aws_db_instance", Kind::Database, SINGLE),
    ("aws_rds_cluster", Kind::Database, RDS),
    ("aws_docdb_cluster", Kind::Database, RDS),
    ("aws_neptune_cluster", Kind::Database, GRAPH),
    ("aws_rds_cluster_instance", Kind::Database, MEMBER),
    ("aws_docdb_cluster_instance", Kind::Database, MEMBER),
    ("aws_neptune_cluster_instance", Kind::Database, MEMBER),
    ("aws_redshift_cluster", Kind::Database, WAREHOUSE),
    ("aws_elasticache_cluster", Kind::Database, CACHE),
    ("aws_elasticache_replication_group", Kind::Database, REPLICATION_GROUP),
    ("aws_elasticache_serverless_cache", Kind::Database, SERVERLESS_CACHE),
    ("aws_memorydb_cluster", Kind::Database, MEMORY_DB),
    ("aws_db_proxy", Kind::Database, PROXY),
    ("aws_mq_broker", Kind::Database, BROKER),
    ("aws_elasticsearch_domain", Kind::Database, DOMAIN),
    ("aws_msk_cluster", Kind::Database, STREAM),
    ("aws_opensearch_domain", Kind::Database, DOMAIN),
    ("aws_db_subnet_group", Kind::SubnetGroup, SUBNET_GROUP),
    ("aws_docdb_subnet_group", Kind::SubnetGroup, SUBNET_GROUP),
    ("aws_neptune_subnet_group", Kind::SubnetGroup, SUBNET_GROUP),
    ("aws_redshift_subnet_group", Kind::SubnetGroup, SUBNET_GROUP),
    ("aws_elasticache_subnet_group", Kind::SubnetGroup, SUBNET_GROUP),
    ("aws_memorydb_subnet_group", Kind::SubnetGroup, SUBNET_GROUP),
    ("aws_efs_file_system", Kind::FileSystem, &[]),
    ("aws_efs_mount_target", Kind::MountTarget, MOUNT_TARGET),
    ("aws_efs_access_point", Kind::AccessPoint, ACCESS_POINT),
    ("aws_iam_role", Kind::Role, ROLE),
    ("aws_iam_role_policy", Kind::RolePolicy, ROLE_POLICY),
    ("aws_iam_policy", Kind::Policy, POLICY),
    ("aws_iam_role_policy_attachment", Kind::PolicyAttachment, POLICY_ATTACHMENT),
    ("aws_iam_policy_attachment", Kind::PolicyAttachment, POLICY_ATTACHMENTS),
    ("aws_iam_role_policy_attachments_exclusive", Kind::PolicyAttachment, EXCLUSIVE_ATTACHMENTS),
    ("aws_iam_instance_profile", Kind::InstanceProfile, INSTANCE_PROFILE),
    (
        "aws_cloudwatch_event_rule",
        Kind::EventRule,
        &[("name", "Name", Same), ("schedule_expression", "ScheduleExpression", Same)],
    ),
    ("aws_cloudwatch_event_target", Kind::EventTarget, EVENT_TARGET),
    ("aws_scheduler_schedule", Kind::Schedule, SCHEDULE),
    ("aws_sfn_state_machine", Kind::StateMachine, STATE_MACHINE),
    ("aws_launch_template", Kind::LaunchTemplate, LAUNCH_TEMPLATE),
    ("aws_launch_configuration", Kind::LaunchTemplate, LAUNCH_CONFIGURATION),
    ("aws_ecs_cluster_capacity_providers", Kind::ClusterCapacity, CLUSTER_CAPACITY),
    ("aws_ecs_capacity_provider", Kind::CapacityProvider, PROVIDER),
    ("aws_appautoscaling_target", Kind::ScalableTarget, SCALABLE_TARGET),
    ("aws_appautoscaling_policy", Kind::ScalingPolicy, SCALING_POLICY),
    ("aws_codedeploy_app", Kind::DeploymentApplication, DEPLOYMENT_APPLICATION),
    ("aws_codedeploy_deployment_group", Kind::DeploymentGroup, DEPLOYMENT_GROUP),
    ("aws_codepipeline", Kind::Pipeline, PIPELINE),
    (
        "aws_service_discovery_private_dns_namespace",
        Kind::PrivateNamespace,
        &[("name", "Name", Same), ("vpc", "Vpc", Same)],
    ),
    ("aws_service_discovery_service", Kind::DiscoveryService, DISCOVERY),
    ("aws_autoscaling_group", Kind::Instances, GROUP),
    ("aws_instance", Kind::Instances, INSTANCE),
    ("aws_spot_instance_request", Kind::Instances, &[]),
    ("aws_spot_fleet_request", Kind::Instances, &[]),
    ("aws_ec2_fleet", Kind::Instances, &[]),
    ("aws_cloudwatch_log_group", Kind::LogGroup, LOG_GROUP),
    ("aws_secretsmanager_secret", Kind::Secret, SECRET),
    ("aws_secretsmanager_secret_version", Kind::SecretVersion, SECRET_VERSION),
    ("aws_secretsmanager_secret_rotation", Kind::SecretRotation, &[("secret_id", "SecretId", Same)]),
    ("aws_ssm_parameter", Kind::Parameter, PARAMETER),
    ("aws_kms_key", Kind::Key, KEY),
    ("aws_kms_key_policy", Kind::KeyPolicy, KEY_POLICY),
    ("aws_kms_grant", Kind::KeyGrant, KEY_GRANT),
    ("aws_secretsmanager_secret_policy", Kind::ResourcePolicy, SECRET_POLICY),
    ("aws_ecr_repository_policy", Kind::ResourcePolicy, REPOSITORY_POLICY),
    ("aws_s3_bucket", Kind::Bucket, BUCKET),
    ("aws_s3_bucket_policy", Kind::ResourcePolicy, BUCKET_POLICY),
    ("aws_efs_file_system_policy", Kind::ResourcePolicy, FILE_SYSTEM_POLICY),
    ("aws_ecr_repository", Kind::Repository, &[("name", "repositoryName", Same)]),
    ("aws_ecs_daemon", Kind::Daemon, DAEMON),
    ("aws_ecs_daemon_task_definition", Kind::DaemonTask, DAEMON_TASK),
    ("aws_ecs_express_gateway_service", Kind::ExpressService, EXPRESS_SERVICE),
];

/// The data sources that are read.
pub(super) const QUERIES: &[Row] = &[
    ("aws_subnets", Kind::SubnetQuery, QUERY),
    ("aws_subnet_ids", Kind::SubnetQuery, QUERY),
    ("aws_subnet", Kind::SubnetQuery, QUERY),
    ("aws_ami", Kind::ImageQuery, IMAGE_QUERY),
    ("aws_ami_ids", Kind::ImageQuery, IMAGE_QUERY),
    ("aws_ssm_parameter", Kind::ParameterQuery, PARAMETER_QUERY),
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
    /// Its arguments and blocks that no rule depends on, with the blocks around them.
    pub unread: Vec<&'static str>,
}

impl Mapped {
    /// Returns `true` if an argument that is not mapped cannot set a member that a rule reads; `block` is the path of the
    /// blocks around it. An empty mapping reads only whether the block is present.
    pub(super) fn is_unread(&self, block: &str, argument: &str) -> bool {
        self.unread.iter().any(|unread| match unread.rsplit_once('/') {
            None if *unread == unread::ALL_OTHERS => true,
            Some((around, name)) => around == block && name == argument,
            None => block.is_empty() && *unread == argument,
        })
    }
}

type Table = FxHashMap<&'static str, Mapped>;

static MANAGED: LazyLock<Table> = LazyLock::new(|| table(RESOURCES, ""));
static DATA: LazyLock<Table> = LazyLock::new(|| table(QUERIES, "data."));

fn table(rows: &'static [Row], prefix: &str) -> Table {
    let mapped = |(name, kind, mapping): &Row| {
        let arguments = mapping.iter().map(|(argument, ..)| *argument).collect();
        (*name, Mapped { kind: *kind, mapping, arguments, unread: unread::of(&format!("{prefix}{name}")) })
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
        Conversion::Same
        | Conversion::MapToList(_)
        | Conversion::Switch
        | Conversion::Base64
        | Conversion::SecretKeys
        | Conversion::References
        | Conversion::Json
        | Conversion::MaybeJson
        | Conversion::Containers => None,
    }
}
