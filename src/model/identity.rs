//! What the attributes of resources are: the ID, the ARN, or the name of their own resource.

use std::fmt;

use crate::model::reference::ref_kind;
use crate::resource::{Kind, RefKind};
use crate::value::{Node, NodeKind, Unknown};

/// How an attribute identifies its resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The ARN.
    Arn,
    /// An ID that AWS assigns, such as `subnet-0a1b2c3d`.
    Id,
    /// The name, or the family of a task definition.
    Name,
    /// The DNS name, which identifies it nowhere in an API of AWS.
    DnsName,
}

impl Form {
    /// The form in words: "ARN".
    pub fn noun(self) -> &'static str {
        match self {
            Form::Arn => "ARN",
            Form::Id => "ID",
            Form::Name => "name",
            Form::DnsName => "DNS name",
        }
    }
}

/// What a reference is: "the ARN of a cluster".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The kind of the resource.
    pub kind: Kind,
    /// How the attribute identifies it; `None` if that depends on the version of the provider.
    pub form: Option<Form>,
}

impl fmt::Display for Identity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let form = self.form.map_or("an attribute", Form::noun);
        let article = if self.form.is_some() { "the " } else { "" };
        write!(formatter, "{article}{form} of {}", with_article(self.kind))
    }
}

/// The noun of a kind with its article: "a subnet", "an access point".
pub fn with_article(kind: Kind) -> String {
    let noun = kind.noun();
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'A']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// The kinds whose attribute `id` is a known form of their own identity. In other kinds, `id` can be that of another resource: the
/// policy of a file system has the ID of the file system.
const IDS: &[(Kind, Form)] = &[
    (Kind::Task, Form::Name),
    (Kind::Service, Form::Arn),
    (Kind::Cluster, Form::Arn),
    (Kind::CapacityProvider, Form::Arn),
    (Kind::LoadBalancer, Form::Arn),
    (Kind::TargetGroup, Form::Arn),
    (Kind::Listener, Form::Arn),
    (Kind::ListenerRule, Form::Arn),
    (Kind::Vpc, Form::Id),
    (Kind::Subnet, Form::Id),
    (Kind::SecurityGroup, Form::Id),
    (Kind::RouteTable, Form::Id),
    (Kind::NetworkAcl, Form::Id),
    (Kind::InternetGateway, Form::Id),
    (Kind::NatGateway, Form::Id),
    (Kind::VpcEndpoint, Form::Id),
    (Kind::FileSystem, Form::Id),
    (Kind::MountTarget, Form::Id),
    (Kind::AccessPoint, Form::Id),
    (Kind::Role, Form::Name),
    (Kind::Policy, Form::Arn),
    (Kind::InstanceProfile, Form::Name),
    (Kind::LogGroup, Form::Name),
    (Kind::Secret, Form::Arn),
    (Kind::Parameter, Form::Name),
    (Kind::Key, Form::Id),
    (Kind::Repository, Form::Name),
    (Kind::Bucket, Form::Name),
    (Kind::StateMachine, Form::Arn),
    (Kind::DiscoveryService, Form::Id),
    (Kind::PrivateNamespace, Form::Id),
];

/// What a value certainly is, if it is an attribute by which a resource is identified.
pub fn identity(value: &Node) -> Option<Identity> {
    let NodeKind::Unknown(Unknown::Attribute { of, attribute }) = &value.kind else { return None };
    let kind = match ref_kind(of)? {
        RefKind::Request(Kind::DefaultSecurityGroup) => Kind::SecurityGroup,
        RefKind::DefaultVpc => Kind::Vpc,
        RefKind::Request(kind) => kind,
        _ => return None,
    };
    let (_, id) = IDS.iter().find(|(known, _)| *known == kind)?;
    let form = match attribute.as_str() {
        // The `id` of a data source changed between versions of the provider.
        "id" => Some(*id).filter(|_| !of.is_data()),
        "arn" => Some(Form::Arn),
        "name" | "family" | "TargetGroupName" | "LoadBalancerName" => Some(Form::Name),
        "dns_name" => Some(Form::DnsName),
        _ => return None,
    };
    Some(Identity { kind, form })
}
