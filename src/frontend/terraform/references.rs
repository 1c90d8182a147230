//! What kinds of things Terraform's resource types are, of those that others only refer to.

use crate::address::ResourceName;
use crate::frontend::terraform::mapping;
use crate::resource::RefKind;

/// Resource types and data sources that are not read, but referred to.
const REFERENCES: &[(&str, RefKind)] = &[
    ("aws_vpc", RefKind::Vpc),
    ("aws_default_vpc", RefKind::DefaultVpc),
    ("aws_internet_gateway", RefKind::InternetGateway),
    ("aws_nat_gateway", RefKind::PrivateGateway),
    ("aws_vpn_gateway", RefKind::PrivateGateway),
    ("aws_availability_zones", RefKind::ZoneList),
    ("aws_acm_certificate_validation", RefKind::CertificateValidation),
    ("aws_iam_instance_profile", RefKind::InstanceProfile),
    ("aws_iam_user", RefKind::User),
    ("aws_iam_group", RefKind::Group),
    ("aws_secretsmanager_secret_version", RefKind::SecretVersion),
    ("aws_secretsmanager_random_password", RefKind::GeneratedPassword),
    ("random_password", RefKind::GeneratedPassword),
    ("random_id", RefKind::RandomValue),
    ("random_string", RefKind::RandomValue),
    ("random_bytes", RefKind::RandomValue),
    ("terraform_remote_state", RefKind::RemoteState),
];

/// What kind of thing a resource is; `None` if nothing is known of its type. A data source is what it reads.
pub(super) fn kind(resource: &ResourceName) -> Option<RefKind> {
    let named = REFERENCES.iter().find(|(kind, _)| *kind == resource.kind).map(|(_, kind)| *kind);
    named.or_else(|| mapping::managed(&resource.kind).map(|mapped| RefKind::Request(mapped.kind)))
}
