//! The resource types of CloudFormation: their requests, and what `Ref` and their attributes return.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::cloudformation::Types;
use crate::resource::{Kind, RefKind};

/// What `Ref` returns for a type.
const ARN: &str = "arn";
const NAME: &str = "name";
const ID: &str = "id";

/// The types that become requests: the type, the kind of request, and what `Ref` returns.
const REQUESTS: &[(&str, Kind, &str)] = &[
    ("AWS::ECS::TaskDefinition", Kind::Task, ARN),
    ("AWS::ECS::Service", Kind::Service, ARN),
    ("AWS::ECS::Cluster", Kind::Cluster, NAME),
    ("AWS::ECS::CapacityProvider", Kind::CapacityProvider, NAME),
    ("AWS::ECS::ClusterCapacityProviderAssociations", Kind::ClusterCapacity, NAME),
    ("AWS::ECS::TaskSet", Kind::TaskSet, ID),
    ("AWS::ECS::ExpressGatewayService", Kind::ExpressService, ARN),
    ("AWS::ECS::DaemonTaskDefinition", Kind::DaemonTask, ARN),
    ("AWS::ECS::Daemon", Kind::Daemon, ARN),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", Kind::LoadBalancer, ARN),
    ("AWS::ElasticLoadBalancingV2::TargetGroup", Kind::TargetGroup, ARN),
    ("AWS::ElasticLoadBalancingV2::Listener", Kind::Listener, ARN),
    ("AWS::ElasticLoadBalancingV2::ListenerRule", Kind::ListenerRule, ARN),
    ("AWS::EC2::VPC", Kind::Vpc, ID),
    ("AWS::EC2::VPCCidrBlock", Kind::VpcRange, ID),
    ("AWS::EC2::InternetGateway", Kind::InternetGateway, ID),
    ("AWS::EC2::VPCGatewayAttachment", Kind::GatewayAttachment, ID),
    ("AWS::EC2::NatGateway", Kind::NatGateway, ID),
    ("AWS::EC2::VPCPeeringConnection", Kind::PeeringConnection, ID),
    ("AWS::EC2::NetworkInterface", Kind::NetworkInterface, ID),
    ("AWS::EC2::NetworkAcl", Kind::NetworkAcl, ID),
    ("AWS::EC2::NetworkAclEntry", Kind::NetworkAclEntry, ID),
    ("AWS::EC2::SubnetNetworkAclAssociation", Kind::NetworkAclAssociation, ID),
    ("AWS::EC2::VPCDHCPOptionsAssociation", Kind::DhcpOptionsAssociation, ID),
    ("AWS::EC2::Subnet", Kind::Subnet, ID),
    ("AWS::EC2::SubnetCidrBlock", Kind::SubnetRange, ID),
    ("AWS::EC2::RouteTable", Kind::RouteTable, ID),
    ("AWS::EC2::Route", Kind::Route, ID),
    ("AWS::EC2::SubnetRouteTableAssociation", Kind::RouteTableAssociation, ID),
    ("AWS::EC2::SecurityGroup", Kind::SecurityGroup, ID),
    ("AWS::EC2::SecurityGroupIngress", Kind::IngressRule, ID),
    ("AWS::EC2::SecurityGroupEgress", Kind::EgressRule, ID),
    ("AWS::EC2::SecurityGroupVpcAssociation", Kind::SecurityGroupAssociation, ID),
    ("AWS::EC2::VPCEndpoint", Kind::VpcEndpoint, ID),
    ("AWS::Route53::HostedZone", Kind::HostedZone, ID),
    ("AWS::Route53::RecordSet", Kind::DnsRecord, NAME),
    ("AWS::Route53Resolver::ResolverRuleAssociation", Kind::DnsAssociation, ID),
    ("AWS::Route53Profiles::ProfileAssociation", Kind::DnsAssociation, ID),
    ("AWS::RDS::DBInstance", Kind::Database, ID),
    ("AWS::RDS::DBCluster", Kind::Database, ID),
    ("AWS::RDS::DBProxy", Kind::Database, ID),
    ("AWS::DocDB::DBCluster", Kind::Database, ID),
    ("AWS::Neptune::DBCluster", Kind::Database, ID),
    ("AWS::ElastiCache::CacheCluster", Kind::Database, ID),
    ("AWS::ElastiCache::ReplicationGroup", Kind::Database, ID),
    ("AWS::ElastiCache::ServerlessCache", Kind::Database, ID),
    ("AWS::MemoryDB::Cluster", Kind::Database, ID),
    ("AWS::Redshift::Cluster", Kind::Database, ID),
    ("AWS::AmazonMQ::Broker", Kind::Database, ID),
    ("AWS::OpenSearchService::Domain", Kind::Database, ID),
    ("AWS::Elasticsearch::Domain", Kind::Database, ID),
    ("AWS::DocDB::DBInstance", Kind::Database, ID),
    ("AWS::Neptune::DBInstance", Kind::Database, ID),
    ("AWS::MSK::Cluster", Kind::Database, ID),
    ("AWS::RDS::DBSubnetGroup", Kind::SubnetGroup, NAME),
    ("AWS::DocDB::DBSubnetGroup", Kind::SubnetGroup, NAME),
    ("AWS::Neptune::DBSubnetGroup", Kind::SubnetGroup, NAME),
    ("AWS::Redshift::ClusterSubnetGroup", Kind::SubnetGroup, NAME),
    ("AWS::ElastiCache::SubnetGroup", Kind::SubnetGroup, NAME),
    ("AWS::MemoryDB::SubnetGroup", Kind::SubnetGroup, NAME),
    ("AWS::EC2::LaunchTemplate", Kind::LaunchTemplate, ID),
    ("AWS::EC2::Instance", Kind::Instances, ID),
    ("AWS::EC2::EC2Fleet", Kind::Instances, ID),
    ("AWS::EC2::SpotFleet", Kind::Instances, ID),
    ("AWS::AutoScaling::LaunchConfiguration", Kind::LaunchTemplate, NAME),
    ("AWS::AutoScaling::AutoScalingGroup", Kind::Instances, NAME),
    ("AWS::EFS::FileSystem", Kind::FileSystem, ID),
    ("AWS::EFS::MountTarget", Kind::MountTarget, ID),
    ("AWS::EFS::AccessPoint", Kind::AccessPoint, ID),
    ("AWS::IAM::Role", Kind::Role, NAME),
    ("AWS::IAM::Policy", Kind::RolePolicy, NAME),
    ("AWS::IAM::RolePolicy", Kind::RolePolicy, NAME),
    ("AWS::IAM::ManagedPolicy", Kind::Policy, ARN),
    ("AWS::IAM::InstanceProfile", Kind::InstanceProfile, NAME),
    ("AWS::Events::Rule", Kind::EventTarget, NAME),
    ("AWS::Scheduler::Schedule", Kind::Schedule, NAME),
    ("AWS::StepFunctions::StateMachine", Kind::StateMachine, ARN),
    ("AWS::ApplicationAutoScaling::ScalableTarget", Kind::ScalableTarget, ID),
    ("AWS::ApplicationAutoScaling::ScalingPolicy", Kind::ScalingPolicy, ARN),
    ("AWS::CodeDeploy::Application", Kind::DeploymentApplication, NAME),
    ("AWS::CodeDeploy::DeploymentGroup", Kind::DeploymentGroup, NAME),
    ("AWS::CodePipeline::Pipeline", Kind::Pipeline, NAME),
    ("AWS::ServiceDiscovery::PrivateDnsNamespace", Kind::PrivateNamespace, ID),
    ("AWS::ServiceDiscovery::Service", Kind::DiscoveryService, ID),
    ("AWS::Logs::LogGroup", Kind::LogGroup, NAME),
    ("AWS::SecretsManager::Secret", Kind::Secret, ARN),
    ("AWS::SecretsManager::SecretTargetAttachment", Kind::SecretAttachment, ARN),
    ("AWS::SecretsManager::RotationSchedule", Kind::SecretRotation, ARN),
    ("AWS::SSM::Parameter", Kind::Parameter, NAME),
    ("AWS::KMS::Key", Kind::Key, ID),
    ("AWS::ECR::Repository", Kind::Repository, NAME),
    ("AWS::SecretsManager::ResourcePolicy", Kind::ResourcePolicy, ID),
    ("AWS::S3::Bucket", Kind::Bucket, NAME),
    ("AWS::S3::BucketPolicy", Kind::ResourcePolicy, NAME),
];

/// The types that are only referenced, and what `Ref` returns.
const REFERENCES: &[(&str, RefKind, &str)] = &[
    ("AWS::EC2::VPNGateway", RefKind::PrivateGateway, ID),
    ("AWS::EC2::TransitGateway", RefKind::PrivateGateway, ID),
    ("AWS::ServiceDiscovery::PublicDnsNamespace", RefKind::PublicNamespace, ID),
    ("AWS::IAM::User", RefKind::User, NAME),
    ("AWS::IAM::Group", RefKind::Group, NAME),
    ("AWS::AvailabilityZones", RefKind::ZoneList, ID),
];

/// The kind of request of a type; `None` if it is not read.
pub(super) fn kind(name: &str) -> Option<Kind> {
    REQUESTS.iter().find(|(known, ..)| *known == name).map(|(_, kind, _)| *kind)
}

/// The kind of object that a type represents.
pub(super) fn ref_kind(name: &str) -> Option<RefKind> {
    let referenced = REFERENCES.iter().find(|(known, ..)| *known == name).map(|(_, kind, _)| *kind);
    referenced.or_else(|| kind(name).map(RefKind::Request))
}

/// Returns `true` for the resource types of ECS itself.
pub(super) fn is_ecs(name: &str) -> bool {
    name.starts_with("AWS::ECS::")
}

/// The types as the evaluator knows them.
#[derive(Clone, Copy, Debug)]
pub(super) struct AwsTypes;

/// The attributes that are the id of their own resource.
const OWN_IDS: &[(&str, &str)] = &[
    ("AWS::EC2::SecurityGroup", "GroupId"),
    ("AWS::EC2::SecurityGroup", "Id"),
    ("AWS::EC2::VPC", "VpcId"),
    ("AWS::EC2::Subnet", "SubnetId"),
    ("AWS::EC2::RouteTable", "RouteTableId"),
    ("AWS::EC2::InternetGateway", "InternetGatewayId"),
    ("AWS::EC2::NatGateway", "NatGatewayId"),
    ("AWS::EC2::LaunchTemplate", "LaunchTemplateId"),
    ("AWS::EFS::FileSystem", "FileSystemId"),
    ("AWS::EFS::AccessPoint", "AccessPointId"),
    ("AWS::ServiceDiscovery::Service", "Id"),
    ("AWS::KMS::Key", "KeyId"),
];

/// The attributes that are the ARN of their own resource, besides `Arn`.
const OWN_ARNS: &[&str] = &[
    "TaskDefinitionArn",
    "ServiceArn",
    "LoadBalancerArn",
    "TargetGroupArn",
    "ListenerArn",
    "RuleArn",
    "PolicyArn",
    "DaemonTaskDefinitionArn",
    "DaemonArn",
];

/// Attributes with the value of a property.
const PROPERTIES: &[(&str, &str)] = &[
    ("AWS::EC2::VPC", "CidrBlock"),
    ("AWS::EC2::Subnet", "AvailabilityZone"),
    ("AWS::EC2::Subnet", "CidrBlock"),
    ("AWS::EC2::Subnet", "VpcId"),
    ("AWS::EC2::SecurityGroup", "VpcId"),
];

/// The attributes of `Fn::GetAtt` by type.
static ATTRIBUTES: LazyLock<FxHashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let lines = include_str!("../../../schemas/cloudformation-attributes.tsv").lines();
    let of_type = |line: &'static str| line.split_once('\t');
    let types = lines.filter_map(of_type);
    types.map(|(kind, attributes)| (kind, attributes.split_whitespace().collect())).collect()
});

impl Types for AwsTypes {
    fn attributes(&self, kind: &str) -> Option<&'static [&'static str]> {
        ATTRIBUTES.get(kind).map(Vec::as_slice)
    }

    fn reference(&self, kind: &str) -> SmolStr {
        let requested = REQUESTS.iter().find(|(known, ..)| *known == kind).map(|(.., own)| *own);
        let referenced = || REFERENCES.iter().find(|(known, ..)| *known == kind).map(|(.., own)| *own);
        SmolStr::new_static(requested.or_else(referenced).unwrap_or("ref"))
    }

    fn attribute(&self, kind: &str, attribute: &str) -> SmolStr {
        let own = match attribute {
            "Arn" => ARN,
            "Name" => NAME,
            "RepositoryUri" => "repository_url",
            "DNSName" => "dns_name",
            "DefaultSecurityGroup" => "default_security_group_id",
            _ if OWN_IDS.contains(&(kind, attribute)) => ID,
            _ if OWN_ARNS.contains(&attribute) => ARN,
            _ => return attribute.into(),
        };
        SmolStr::new_static(own)
    }

    fn is_read(&self, kind: &str) -> bool {
        self::kind(kind).is_some() || is_ecs(kind)
    }

    fn has_order(&self, kind: &str) -> bool {
        matches!(
            self::kind(kind),
            Some(
                Kind::Service
                    | Kind::Listener
                    | Kind::ListenerRule
                    | Kind::ScalableTarget
                    | Kind::MountTarget
                    | Kind::ClusterCapacity
            )
        )
    }

    fn property_of_attribute(&self, kind: &str, attribute: &str) -> Option<&'static str> {
        PROPERTIES.iter().find(|known| **known == (kind, attribute)).map(|(_, property)| *property)
    }
}
