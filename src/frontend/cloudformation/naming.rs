//! CloudFormation's names of API members: the same with a capital first letter, with few exceptions.

use smol_str::SmolStr;

use crate::value::Dialect;

/// The properties of CloudFormation resources.
pub(super) static CLOUDFORMATION: Dialect = Dialect {
    name: "CloudFormation",
    name_of: property,
    is_switch: |_| false,
    has_blocks: false,
    is_strict: true,
};

/// The properties of an EFS volume.
static EFS_VOLUME: Dialect = Dialect {
    name_of: |member| if member == "fileSystemId" { "FilesystemId".into() } else { property(member) },
    ..CLOUDFORMATION
};

/// The properties of App Mesh's proxy.
static PROXY: Dialect = Dialect {
    name_of: |member| {
        if member == "properties" { "ProxyConfigurationProperties".into() } else { property(member) }
    },
    ..CLOUDFORMATION
};

/// The properties of an object that is a member of a request.
pub(super) fn dialect(member: &str) -> &'static Dialect {
    match member {
        "efsVolumeConfiguration" => &EFS_VOLUME,
        "proxyConfiguration" => &PROXY,
        _ => &CLOUDFORMATION,
    }
}

/// The members whose property has another name.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("efsVolumeConfiguration", "EFSVolumeConfiguration"),
    ("iam", "IAM"),
    ("fsxWindowsFileServerVolumeConfiguration", "FSxWindowsFileServerVolumeConfiguration"),
    ("s3filesVolumeConfiguration", "S3FilesVolumeConfiguration"),
    ("placementStrategy", "PlacementStrategies"),
    ("IpPermissions", "SecurityGroupIngress"),
    ("IpPermissionsEgress", "SecurityGroupEgress"),
    ("InlinePolicies", "Policies"),
    ("Internal", "Scheme"),
    ("CertificateArn", "Certificates"),
    ("ecsService", "ECSServices"),
    ("IpRanges", "CidrIp"),
    ("Ipv6Ranges", "CidrIpv6"),
];

/// The property of a member.
pub(super) fn property(member: &str) -> SmolStr {
    if let Some((_, property)) = EXCEPTIONS.iter().find(|(known, _)| *known == member) {
        return SmolStr::new_static(property);
    }
    let mut letters = member.chars();
    match letters.next() {
        Some(first) if first.is_ascii_lowercase() => {
            let capital = first.to_ascii_uppercase();
            std::iter::once(capital).chain(letters).collect()
        }
        _ => member.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_is_the_member_with_a_capital() {
        for (member, name) in [
            ("containerDefinitions", "ContainerDefinitions"),
            ("enableECSManagedTags", "EnableECSManagedTags"),
            ("efsVolumeConfiguration", "EFSVolumeConfiguration"),
            ("placementStrategy", "PlacementStrategies"),
            ("TargetType", "TargetType"),
        ] {
            assert_eq!(property(member), name);
        }
        assert_eq!((dialect("efsVolumeConfiguration").name_of)("fileSystemId"), "FilesystemId");
        assert_eq!((dialect("proxyConfiguration").name_of)("properties"), "ProxyConfigurationProperties");
    }
}
