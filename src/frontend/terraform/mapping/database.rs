//! The arguments of databases, caches, and message brokers that decide where they are and who reaches them.

use super::Conversion::{Block, Flatten, Same};
use super::Mapping;

/// An instance of RDS that is in no cluster.
pub(super) const SINGLE: Mapping = &[
    ("engine", "Engine", Same),
    ("port", "Port", Same),
    ("db_subnet_group_name", "SubnetGroup", Same),
    ("vpc_security_group_ids", "SecurityGroupIds", Same),
];

/// A cluster of RDS or DocumentDB.
pub(super) const RDS: Mapping = &[
    ("cluster_identifier", "DBClusterIdentifier", Same),
    ("engine", "Engine", Same),
    ("port", "Port", Same),
    ("db_subnet_group_name", "SubnetGroup", Same),
    ("vpc_security_group_ids", "SecurityGroupIds", Same),
];

pub(super) const GRAPH: Mapping = &[
    ("cluster_identifier", "DBClusterIdentifier", Same),
    ("engine", "Engine", Same),
    ("port", "Port", Same),
    ("neptune_subnet_group_name", "SubnetGroup", Same),
    ("vpc_security_group_ids", "SecurityGroupIds", Same),
];

/// An instance of a cluster, which has the security groups and the port of the cluster.
pub(super) const MEMBER: Mapping =
    &[("engine", "Engine", Same), ("cluster_identifier", "DBClusterIdentifier", Same)];

pub(super) const WAREHOUSE: Mapping = &[
    ("cluster_identifier", "ClusterIdentifier", Same),
    ("port", "Port", Same),
    ("cluster_subnet_group_name", "SubnetGroup", Same),
    ("vpc_security_group_ids", "SecurityGroupIds", Same),
];

pub(super) const CACHE: Mapping = &[
    ("engine", "Engine", Same),
    ("transit_encryption_enabled", "TransitEncryptionEnabled", Same),
    ("port", "Port", Same),
    ("subnet_group_name", "SubnetGroup", Same),
    ("security_group_ids", "SecurityGroupIds", Same),
];

pub(super) const REPLICATION_GROUP: Mapping = &[
    ("engine", "Engine", Same),
    ("transit_encryption_enabled", "TransitEncryptionEnabled", Same),
    ("transit_encryption_mode", "TransitEncryptionMode", Same),
    ("port", "Port", Same),
    ("subnet_group_name", "SubnetGroup", Same),
    ("security_group_ids", "SecurityGroupIds", Same),
];

pub(super) const MEMORY_DB: Mapping = &[
    ("engine", "Engine", Same),
    ("tls_enabled", "TransitEncryptionEnabled", Same),
    ("port", "Port", Same),
    ("subnet_group_name", "SubnetGroup", Same),
    ("security_group_ids", "SecurityGroupIds", Same),
];

pub(super) const SERVERLESS_CACHE: Mapping = &[
    ("engine", "Engine", Same),
    ("subnet_ids", "SubnetIds", Same),
    ("security_group_ids", "SecurityGroupIds", Same),
];

pub(super) const PROXY: Mapping = &[
    ("engine_family", "Engine", Same),
    ("vpc_subnet_ids", "SubnetIds", Same),
    ("vpc_security_group_ids", "SecurityGroupIds", Same),
];

pub(super) const BROKER: Mapping = &[
    ("engine_type", "Engine", Same),
    ("subnet_ids", "SubnetIds", Same),
    ("security_groups", "SecurityGroupIds", Same),
];

pub(super) const STREAM: Mapping = &[(
    "broker_node_group_info",
    "",
    Flatten(&[("client_subnets", "SubnetIds", Same), ("security_groups", "SecurityGroupIds", Same)]),
)];

pub(super) const DOMAIN: Mapping = &[(
    "vpc_options",
    "VpcOptions",
    Block(&[("subnet_ids", "SubnetIds", Same), ("security_group_ids", "SecurityGroupIds", Same)]),
)];

pub(super) const SUBNET_GROUP: Mapping = &[("name", "Name", Same), ("subnet_ids", "SubnetIds", Same)];
