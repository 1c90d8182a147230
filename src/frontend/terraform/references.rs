//! The kinds of Terraform resource types that are only referenced.

use crate::address::ResourceName;
use crate::frontend::terraform::mapping;
use crate::resource::RefKind;

/// Resource types and data sources that are referenced but not read.
const REFERENCES: &[(&str, RefKind)] = &[
    ("aws_default_vpc", RefKind::DefaultVpc),
    ("aws_vpn_gateway", RefKind::PrivateGateway),
    ("aws_availability_zones", RefKind::ZoneList),
    ("aws_service_discovery_public_dns_namespace", RefKind::PublicNamespace),
    ("aws_iam_user", RefKind::User),
    ("aws_iam_group", RefKind::Group),
    ("aws_ecr_image", RefKind::Image),
    ("aws_region", RefKind::Region),
    ("aws_caller_identity", RefKind::Account),
    ("aws_partition", RefKind::Partition),
    ("aws_secretsmanager_secret_version", RefKind::SecretVersion),
    ("aws_secretsmanager_random_password", RefKind::GeneratedPassword),
    ("random_password", RefKind::GeneratedPassword),
    ("random_id", RefKind::RandomValue),
    ("random_string", RefKind::RandomValue),
    ("random_bytes", RefKind::RandomValue),
    ("terraform_remote_state", RefKind::RemoteState),
];

/// The kind of object that a resource represents; `None` if its type is unknown. A data source has the kind of what it
/// reads.
pub(super) fn kind(resource: &ResourceName) -> Option<RefKind> {
    let named = REFERENCES.iter().find(|(kind, _)| *kind == resource.kind).map(|(_, kind)| *kind);
    named.or_else(|| mapping::managed(&resource.kind).map(|mapped| RefKind::Request(mapped.kind)))
}

/// Attributes that contain an address and a port, with the attribute that contains only the address.
const WITH_PORT: &[(&str, &str, &str)] = &[
    ("aws_db_instance", "endpoint", "address"),
    ("aws_redshift_cluster", "endpoint", "dns_name"),
    ("aws_elasticache_cluster", "configuration_endpoint", "cluster_address"),
];

/// The attribute with the address alone, if an attribute of a resource contains an address and a port.
pub(super) fn without_port(resource: &ResourceName, attribute: &str) -> Option<&'static str> {
    let is_it = |(kind, name, _): &&(&str, &str, &str)| *kind == resource.kind && *name == attribute;
    WITH_PORT.iter().find(is_it).map(|(.., alone)| *alone)
}
