//! All documents of a run and the links between them.

use std::sync::{Arc, OnceLock};

use smol_str::SmolStr;

use crate::address::{Address, ModulePath};
use crate::config::Settings;
use crate::diagnostic::Diagnostic;
use crate::model::{Cluster, Service, Task};
use crate::node::{Entry, Node};
use crate::schema;
use crate::span::{FileId, Span};
use crate::value::{Reads, View};

mod around;
mod balancer;
mod broken;
mod capacity;
mod document;
mod endpoint;
mod iam;
mod index;
mod island;
mod link;
mod network;
mod problem;
mod root;
mod routing;
mod scope;
mod security;
mod vpc;

use around::Kinship;
use index::Index;

pub use around::{Around, Looked};
pub(crate) use island::islands;

pub use balancer::{Forward, are_certainly_two};
pub use document::Document;
pub(crate) use endpoint::Endpoints;
pub use link::Link;
pub use network::{Privacy, Reach};
pub use problem::{Grade, Problem};
pub use root::Root;
pub use routing::Forwarded;
pub use schema::{Mistake, Shape, Violation};
pub use scope::Scope;
pub use security::{Barred, Party, Way};
pub use vpc::{Home, Vpc, Zone, is_listed_zone};

/// The requests that are understood; each names the API action whose input shape it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// ECS `RegisterTaskDefinition`.
    Task,
    /// ECS `CreateService`.
    Service,
    /// ECS `RunTask`.
    RunTask,
    /// ECS `CreateTaskSet`, for services that something else deploys.
    TaskSet,
    /// ECS `CreateCluster`.
    Cluster,
    /// ELBv2 `CreateLoadBalancer`.
    LoadBalancer,
    /// ELBv2 `CreateTargetGroup`.
    TargetGroup,
    /// ELBv2 `CreateListener`.
    Listener,
    /// ELBv2 `CreateRule`.
    ListenerRule,
    /// EC2 `CreateSubnet`.
    Subnet,
    /// A query for subnets that exist already (Terraform's `data.aws_subnets`), with the filters it asks by.
    SubnetQuery,
    /// EC2 `RouteTable`, with the routes and associations written in it.
    RouteTable,
    /// EC2 `CreateRoute`.
    Route,
    /// EC2 `AssociateRouteTable`.
    RouteTableAssociation,
    /// EC2 `CreateSecurityGroup`, with the rules written in it.
    SecurityGroup,
    /// EC2 `AuthorizeSecurityGroupIngress` and `…Egress`.
    SecurityGroupRule,
    /// EC2 `CreateVpcEndpoint`.
    VpcEndpoint,
    /// EFS `CreateFileSystem`.
    FileSystem,
    /// EFS `CreateMountTarget`.
    MountTarget,
    /// IAM `CreateRole`.
    Role,
    /// IAM `PutRolePolicy`.
    RolePolicy,
    /// IAM `CreatePolicy`.
    Policy,
    /// IAM `AttachRolePolicy`.
    PolicyAttachment,
    /// A target of EventBridge `PutTargets`.
    EventTarget,
    /// EventBridge Scheduler `CreateSchedule`.
    Schedule,
    /// EC2 `CreateLaunchTemplate`, or Auto Scaling `CreateLaunchConfiguration`.
    LaunchTemplate,
    /// ECS `PutClusterCapacityProviders`.
    ClusterCapacity,
    /// ECS `CreateCapacityProvider`.
    CapacityProvider,
    /// Application Auto Scaling `RegisterScalableTarget`.
    ScalableTarget,
    /// Cloud Map `CreateService`.
    DiscoveryService,
    /// Whatever brings EC2 instances: an Auto Scaling group, a fleet, an instance.
    Instances,
    /// CloudWatch Logs `CreateLogGroup`.
    LogGroup,
    /// Secrets Manager `CreateSecret`.
    Secret,
    /// Systems Manager `PutParameter`.
    Parameter,
    /// KMS `CreateKey`.
    Key,
    /// KMS `PutKeyPolicy`.
    KeyPolicy,
    /// ECR `CreateRepository`.
    Repository,
}

impl Kind {
    /// The action of the AWS API that takes the request.
    pub fn action(self) -> &'static str {
        match self {
            Kind::Task => "ecs:RegisterTaskDefinition",
            Kind::Service => "ecs:CreateService",
            Kind::RunTask => "ecs:RunTask",
            Kind::TaskSet => "ecs:CreateTaskSet",
            Kind::Cluster => "ecs:CreateCluster",
            Kind::LoadBalancer => "elasticloadbalancing:CreateLoadBalancer",
            Kind::TargetGroup => "elasticloadbalancing:CreateTargetGroup",
            Kind::Listener => "elasticloadbalancing:CreateListener",
            Kind::ListenerRule => "elasticloadbalancing:CreateRule",
            Kind::Subnet => "ec2:CreateSubnet",
            Kind::SubnetQuery => "ec2:DescribeSubnets",
            Kind::RouteTable => "ec2:CreateRouteTable",
            Kind::Route => "ec2:CreateRoute",
            Kind::RouteTableAssociation => "ec2:AssociateRouteTable",
            Kind::SecurityGroup => "ec2:CreateSecurityGroup",
            Kind::SecurityGroupRule => "ec2:AuthorizeSecurityGroup",
            Kind::VpcEndpoint => "ec2:CreateVpcEndpoint",
            Kind::FileSystem => "elasticfilesystem:CreateFileSystem",
            Kind::MountTarget => "elasticfilesystem:CreateMountTarget",
            Kind::Role => "iam:CreateRole",
            Kind::RolePolicy => "iam:PutRolePolicy",
            Kind::Policy => "iam:CreatePolicy",
            Kind::PolicyAttachment => "iam:AttachRolePolicy",
            Kind::EventTarget => "events:PutTargets",
            Kind::Schedule => "scheduler:CreateSchedule",
            Kind::LaunchTemplate => "ec2:CreateLaunchTemplate",
            Kind::ClusterCapacity => "ecs:PutClusterCapacityProviders",
            Kind::CapacityProvider => "ecs:CreateCapacityProvider",
            Kind::ScalableTarget => "application-autoscaling:RegisterScalableTarget",
            Kind::DiscoveryService => "servicediscovery:CreateService",
            Kind::Instances => "autoscaling:CreateAutoScalingGroup",
            Kind::LogGroup => "logs:CreateLogGroup",
            Kind::Secret => "secretsmanager:CreateSecret",
            Kind::Parameter => "ssm:PutParameter",
            Kind::Key => "kms:CreateKey",
            Kind::KeyPolicy => "kms:PutKeyPolicy",
            Kind::Repository => "ecr:CreateRepository",
        }
    }
}

/// An argument or block of Terraform that its AWS provider does not have.
#[derive(Clone, Debug, PartialEq)]
pub struct Stray {
    /// The argument or block.
    pub entry: Entry,
    /// The resource type or the block that it stands in.
    pub owner: SmolStr,
    /// What could be written there, and is not yet.
    pub free: Arc<[&'static str]>,
    /// The block beside it that has one of its name, if only one has.
    pub block: Option<&'static str>,
    /// Whether the resource itself has one of its name.
    pub is_outside: bool,
    /// The newest version of the provider whose names are known.
    pub version: &'static str,
}

/// Everything that was read, before a rule looks at it.
#[derive(Debug, Default)]
pub struct Documents {
    /// The documents, in the order of their files.
    pub all: Vec<Document>,
    /// The mistakes in how files are written.
    pub problems: Vec<Problem>,
    /// What Terraform refuses when it evaluates a configuration.
    pub refusals: Vec<Problem>,
    /// The calls of modules whose sources are not on the disk.
    pub unread: Vec<Span>,
    /// What refers to what in Terraform, apart from the documents.
    pub mentions: Vec<Mention>,
    /// The calls of modules in Terraform roots.
    pub calls: Vec<ModuleCall>,
    /// The Terraform roots, as far as more is known of them than of their resources.
    pub roots: Vec<Root>,
    /// The directory of each JSON file that a document came of, for pairing services with the nearest task.
    pub directories: Vec<(FileId, std::path::PathBuf)>,
    /// The files that something of ECS was read from, or that were refused.
    pub files: Vec<FileId>,
    /// The arguments and blocks that Terraform's provider does not have.
    pub strays: Vec<Stray>,
    /// Where documents do not fit the schemas of their requests; found when the first rule asks.
    pub(crate) violations: OnceLock<Vec<Violation>>,
    /// What is set for them.
    pub settings: Arc<Settings>,
    /// What each file or Terraform root has brought; empty where it is one alone.
    pub parts: Vec<Arc<Documents>>,
    /// What could not be read because of a defect of ecslint's own.
    pub(crate) defects: Vec<Diagnostic>,
    /// What was left out of documents that are too large: nobody has looked for credentials there.
    pub(crate) left_out: Vec<Span>,
    /// The documents by what others name them by; made when first asked for.
    index: OnceLock<Index>,
    /// By what they and those of other files can know of each other.
    kinship: OnceLock<Kinship>,
    /// What a document may have to know of all files.
    around: OnceLock<Around>,
}

/// A place in a Terraform root, outside of the documents, that names a resource: a module's argument, an output,
/// an argument of a resource that is not understood. What is mentioned may be used in ways nobody sees. A module that
/// cannot be read is one too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mention {
    /// Of a resource.
    Resource {
        /// The root.
        scope: Scope,
        /// The block of the resource.
        address: Address,
    },
    /// Of a module that cannot be read, and may make anything.
    Module {
        /// The root.
        scope: Scope,
    },
}

/// A call of a module in a Terraform root, or in a module that it calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleCall {
    /// The root.
    pub scope: Scope,
    /// The calls that lead to what is in it; the last one, which this is, has no key.
    pub path: ModulePath,
    /// All of the block.
    pub at: Span,
}

impl ModuleCall {
    /// Whether a document is made within it.
    pub fn holds(&self, document: &Document) -> bool {
        document.scope == self.scope
            && document.address.as_ref().is_some_and(|address| address.module.is_within(&self.path))
    }
}

/// What a rule sees of a run. Views that come of it note the unknown values read through them.
#[derive(Clone, Copy, Debug)]
pub struct Project<'a> {
    documents: &'a Documents,
    reads: &'a Reads,
    around: Option<&'a Around>,
}

impl<'a> Project<'a> {
    /// The documents under the eyes of one rule.
    pub fn new(documents: &'a Documents, reads: &'a Reads) -> Project<'a> {
        Project { documents, reads, around: None }
    }

    /// The documents of one island, with what they may have to know of all others.
    pub(crate) fn within(documents: &'a Documents, reads: &'a Reads, around: &'a Around) -> Project<'a> {
        Project { documents, reads, around: Some(around) }
    }

    /// The mistakes in how files are written.
    pub fn problems(&self) -> &'a [Problem] {
        &self.documents.problems
    }

    /// What Terraform refuses when it evaluates a configuration.
    pub fn refusals(&self) -> &'a [Problem] {
        &self.documents.refusals
    }

    /// The arguments and blocks that Terraform's provider does not have.
    pub fn strays(&self) -> &'a [Stray] {
        &self.documents.strays
    }

    /// Where documents do not fit the schemas of their requests.
    pub fn violations(self) -> impl Iterator<Item = (&'a Document, &'a Violation)> {
        let documents = &self.documents.all;
        let found = self.documents.violations.get_or_init(|| schema::check(documents));
        found.iter().filter_map(|violation| Some((documents.get(violation.document)?, violation)))
    }

    /// The mistakes in the settings of ecslint itself.
    pub fn setting_problems(self) -> impl Iterator<Item = &'a Problem> {
        self.documents.settings.problems()
    }

    /// The task definitions.
    pub fn tasks(self) -> impl Iterator<Item = Task<'a>> {
        self.of(Kind::Task).map(move |document| Task::new(self, document))
    }

    /// The services.
    pub fn services(self) -> impl Iterator<Item = Service<'a>> {
        self.of(Kind::Service).map(move |document| Service::new(self, document))
    }

    /// What says which containers a load balancer sends to: services, and task sets, which have the same members.
    pub fn balanced(self) -> impl Iterator<Item = Service<'a>> {
        let sets = self.of(Kind::TaskSet).map(move |document| Service::new(self, document));
        self.services().chain(sets)
    }

    /// The clusters.
    pub fn clusters(self) -> impl Iterator<Item = Cluster<'a>> {
        self.of(Kind::Cluster).map(move |document| Cluster::new(self, document))
    }

    /// The documents of one kind.
    pub fn of(self, kind: Kind) -> impl Iterator<Item = &'a Document> {
        self.index().of(kind).iter().filter_map(move |at| self.documents.all.get(*at))
    }

    fn index(self) -> &'a Index {
        self.documents.index.get_or_init(|| Index::new(self.documents))
    }

    /// Looks at a part of a document.
    pub fn look(self, node: &'a Node) -> View<'a> {
        View::new(node, self.reads)
    }

    /// Looks at the request of a document.
    pub fn view(self, document: &'a Document) -> View<'a> {
        View::new(&document.request, self.reads)
    }
}
