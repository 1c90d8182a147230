//! Typed views of requests, and the links between them. Defaults for missing members are defined only here.

mod agent;
mod balancer;
mod cluster;
mod container;
mod contents;
mod credential;
mod dependency;
mod deployment;
mod identity;
mod image;
mod instance;
mod launch;
mod link;
mod links;
mod log;
pub(crate) mod machine_image;
mod order;
mod overrides;
mod permission;
mod pipeline;
mod project;
pub(crate) mod reference;
mod role;
pub(crate) mod role_place;
mod run;
mod secret;
mod service;
mod size;
mod startup;
mod stored;
mod switch;
mod task;
pub(crate) mod user_data;
mod volume;

pub use balancer::{Balancer, Forwarded, TargetGroup, forwards_nothing};
pub use cluster::{Cluster, Strategy};
pub use container::{Container, Mount, PortMapping};
pub use contents::{Start, contents, repository_and_tag};
pub use credential::{Credential, secrets};
pub use dependency::Dependency;
pub use deployment::Compute;
pub use identity::{Form, Identity, identity, with_article};
pub use image::{Image, Version};
pub use instance::InstanceType;
pub use launch::Launch;
pub use link::Link;
pub use links::{
    Alias, BlockedBy, Callee, DYNAMIC, Database, Direction, Distrust, DroppedBy, Egress, Entrance, Forward,
    Grants, Host, Hosts, Interface, Lack, Misled, NatFault, Nearest, Origin, Peer, PrivateName, Remote,
    SecretKeys, SecurityGroupSet, Stranded, SubnetExposure, Unrouted, Vpc, VpcMembership, Way, Zone,
    are_certainly_two, is_listed_zone, key_of, named_host,
};
pub(crate) use links::{Endpoint, Endpoints, MOUNTED};
pub use log::{AWSLOGS_OPTIONS, LOG_MODES, Log};
pub use machine_image::{MachineImage, System};
pub use order::{Gap, Pace, gap};
pub use overrides::Override;
pub use permission::Permission;
pub use pipeline::Release;
pub use project::Project;
pub use role::not_a_role;
pub use role_place::{RolePlace, RoleUse};
pub use run::{Run, Started};
pub use secret::{Fault, Store, not_a_reference, not_an_object, reference_fault, store, without_key};
pub use service::{LoadBalancer, Service};
pub use size::{FargateSize, least_size};
pub use startup::{AGENT, HTTPS, Need, Step};
pub use stored::{Stored, StoredKind};
pub use task::{NetworkMode, Task};
pub use user_data::{AgentSetting, Certainty, Halt, HaltCause, ScriptLanguage, UserData, is_not_encoded};
pub use volume::{AccessPoint, Efs, Volume};

pub use crate::frontend::without_port;
pub use crate::resource::{Kind, Language, MissingArgument, RefKind, Resource, SupportedBy, UnknownArgument};
pub use crate::schema::{Shape, Violation, ViolationKind};
