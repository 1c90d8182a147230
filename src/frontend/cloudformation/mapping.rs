//! The properties of resources whose request is not the same with other capitals.

use crate::resource::Kind;

/// How the value of a property becomes the value of a member.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    /// Unchanged.
    Same,
    /// The member of an object with this key.
    Member(&'static str),
    /// The member of the first object of a list with this key.
    First(&'static str),
    /// The first item of a list.
    Only,
    /// `internal` becomes true, every other text false.
    Scheme,
    /// Objects, each with its own members.
    Objects(&'static [Row]),
    /// An object with its own members.
    Object(&'static [Row]),
    /// The members of an object, as members of the request.
    Flat(&'static [Row]),
    /// A list of keys and values, some of which are members of the request.
    Attributes(&'static [Row]),
}

/// A property, the path of the member, and its form.
pub(super) type Row = (&'static str, &'static str, Form);

use Form::{Attributes, First, Flat, Member, Object, Objects, Only, Same, Scheme};

const PERMISSION: &[Row] = &[
    ("CidrIp", "IpRanges", Same),
    ("CidrIpv6", "Ipv6Ranges", Same),
    ("SourcePrefixListId", "PrefixListIds", Same),
    ("DestinationPrefixListId", "PrefixListIds", Same),
    ("SourceSecurityGroupId", "UserIdGroupPairs", Same),
    ("SourceSecurityGroupName", "UserIdGroupPairs", Same),
    ("DestinationSecurityGroupId", "UserIdGroupPairs", Same),
];

/// The API calls it `awsvpcConfiguration` in one place, and the members of EventBridge have capitals.
const RUN: &[Row] = &[
    (
        "NetworkConfiguration",
        "NetworkConfiguration",
        Object(&[
            ("AwsVpcConfiguration", "awsvpcConfiguration", Same),
            ("AwsvpcConfiguration", "awsvpcConfiguration", Same),
        ]),
    ),
    (
        "CapacityProviderStrategy",
        "CapacityProviderStrategy",
        Objects(&[
            ("CapacityProvider", "capacityProvider", Same),
            ("Weight", "weight", Same),
            ("Base", "base", Same),
        ]),
    ),
    ("TagList", "Tags", Same),
];

const TEMPLATE: &[Row] =
    &[("LaunchTemplateId", "LaunchTemplateId", Same), ("LaunchTemplateName", "LaunchTemplateId", Same)];

const MIXED: &[Row] = &[(
    "LaunchTemplate",
    "LaunchTemplate",
    Object(&[
        ("LaunchTemplateSpecification", "LaunchTemplateSpecification", Object(TEMPLATE)),
        ("Overrides", "Overrides", Same),
    ]),
)];

/// The properties of a request that differ from its members; all others have the same name.
pub(super) fn rows(kind: Kind) -> &'static [Row] {
    match kind {
        Kind::LoadBalancer => &[
            ("Scheme", "Internal", Scheme),
            (
                "LoadBalancerAttributes",
                "",
                Attributes(&[("idle_timeout.timeout_seconds", "IdleTimeout", Same)]),
            ),
        ],
        Kind::TargetGroup => &[
            ("Matcher", "Matcher", Member("HttpCode")),
            (
                "TargetGroupAttributes",
                "",
                Attributes(&[
                    ("deregistration_delay.timeout_seconds", "DeregistrationDelay", Same),
                    ("slow_start.duration_seconds", "SlowStart", Same),
                    ("load_balancing.algorithm.type", "LoadBalancingAlgorithmType", Same),
                    ("stickiness.enabled", "Stickiness/Enabled", Same),
                    ("stickiness.type", "Stickiness/Type", Same),
                    ("stickiness.app_cookie.cookie_name", "Stickiness/CookieName", Same),
                ]),
            ),
        ],
        Kind::Listener => &[("Certificates", "CertificateArn", First("CertificateArn"))],
        Kind::SecurityGroup => &[
            ("SecurityGroupIngress", "IpPermissions", Objects(PERMISSION)),
            ("SecurityGroupEgress", "IpPermissionsEgress", Objects(PERMISSION)),
        ],
        Kind::IngressRule | Kind::EgressRule => PERMISSION,
        Kind::Database => &[
            ("VPCSecurityGroups", "SecurityGroupIds", Same),
            ("VpcSecurityGroupIds", "SecurityGroupIds", Same),
            ("SecurityGroups", "SecurityGroupIds", Same),
            ("DBSubnetGroupName", "SubnetGroup", Same),
            ("CacheSubnetGroupName", "SubnetGroup", Same),
            ("ClusterSubnetGroupName", "SubnetGroup", Same),
            ("SubnetGroupName", "SubnetGroup", Same),
            ("DBPort", "Port", Same),
            ("EngineType", "Engine", Same),
            ("EngineFamily", "Engine", Same),
            ("VpcSubnetIds", "SubnetIds", Same),
            ("TLSEnabled", "TransitEncryptionEnabled", Same),
            (
                "VPCOptions",
                "VpcOptions",
                Object(&[("SubnetIds", "SubnetIds", Same), ("SecurityGroupIds", "SecurityGroupIds", Same)]),
            ),
            (
                "BrokerNodeGroupInfo",
                "",
                Flat(&[("ClientSubnets", "SubnetIds", Same), ("SecurityGroups", "SecurityGroupIds", Same)]),
            ),
        ],
        Kind::SubnetGroup => &[
            ("DBSubnetGroupName", "Name", Same),
            ("CacheSubnetGroupName", "Name", Same),
            ("SubnetGroupName", "Name", Same),
        ],
        Kind::Role => &[("Policies", "InlinePolicies", Same)],
        Kind::Schedule => &[("Target", "Target", Object(&[("EcsParameters", "EcsParameters", Object(RUN))]))],
        Kind::EventTarget => &[("EcsParameters", "EcsParameters", Object(RUN))],
        Kind::LaunchTemplate => &[
            ("LaunchTemplateData", "", Flat(&[])),
            ("SecurityGroups", "SecurityGroupIds", Same),
            ("LaunchConfigurationName", "LaunchTemplateName", Same),
        ],
        Kind::Instances => &[
            ("LaunchTemplate", "LaunchTemplate", Object(TEMPLATE)),
            ("MixedInstancesPolicy", "MixedInstancesPolicy", Object(MIXED)),
        ],
        Kind::DeploymentGroup => &[("ECSServices", "ecsService", Only)],
        Kind::LogGroup => &[
            ("LogGroupName", "logGroupName", Same),
            ("RetentionInDays", "retentionInDays", Same),
            ("KmsKeyId", "kmsKeyId", Same),
        ],
        Kind::ResourcePolicy => &[
            ("SecretId", "ResourceArn", Same),
            ("ResourcePolicy", "Policy", Same),
            ("PolicyDocument", "Policy", Same),
        ],
        Kind::FileSystem => &[("FileSystemPolicy", "Policy", Same)],
        Kind::StateMachine => &[("DefinitionString", "Definition", Same), ("StateMachineName", "Name", Same)],
        Kind::Key => &[("KeyPolicy", "Policy", Same)],
        Kind::Bucket => &[("BucketName", "Name", Same), ("AccessControl", "ACL", Same)],
        Kind::Repository => {
            &[("RepositoryName", "repositoryName", Same), ("RepositoryPolicyText", "Policy", Same)]
        }
        Kind::CapacityProvider => &[("ClusterName", "cluster", Same)],
        Kind::Service => &[("ForceNewDeployment", "forceNewDeployment", Member("EnableForceNewDeployment"))],
        Kind::TaskSet => &[(
            "NetworkConfiguration",
            "networkConfiguration",
            Object(&[("AwsVpcConfiguration", "awsvpcConfiguration", Same)]),
        )],
        _ => &[],
    }
}

/// Whether the members of a request begin with a small letter, as in the API of ECS.
pub(super) fn is_camel_case(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Task
            | Kind::Service
            | Kind::Cluster
            | Kind::CapacityProvider
            | Kind::ClusterCapacity
            | Kind::TaskSet
            | Kind::ExpressService
            | Kind::DaemonTask
            | Kind::Daemon
            | Kind::DeploymentApplication
            | Kind::DeploymentGroup
    )
}
