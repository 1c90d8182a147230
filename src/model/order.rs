//! What must exist before a resource is created, and what its tool may create too late.

use rustc_hash::FxHashSet;

use crate::address::Address;
use crate::model::Project;
use crate::model::reference::{is_declared, ref_kind};
use crate::resource::{Kind, RefKind, Resource};

/// How long AWS takes to create an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pace {
    /// Less than a minute, together with everything else that is created within seconds.
    Seconds,
    /// A minute and a half for a mount target, two or three for a load balancer.
    Minutes,
    /// As long as somebody needs to prove that a domain is theirs.
    Open,
}

/// A resource that is created although nothing that it requires certainly exists.
#[derive(Clone, Copy, Debug)]
pub struct Gap<'a> {
    /// The one of the required resources that is created first.
    pub required: &'a Resource,
    /// How long AWS takes until that exists.
    pub pace: Pace,
    /// The slowest object that it waits for and the dependent resource does not; `None` if all of them are created within
    /// seconds.
    pub awaited: Option<&'a Address>,
    /// Whether everything that the dependent resource waits for, and the required one does not, is certainly created within
    /// seconds.
    pub is_soon: bool,
}

/// Returns how a resource is created before those of which one must exist; `None` if it waits for one of them, or if
/// that is unknown.
pub fn gap<'a>(project: Project<'a>, dependent: &Resource, required: &[&'a Resource]) -> Option<Gap<'a>> {
    let known = dependent.lifecycle.depends_on.as_deref().filter(|_| dependent.is_declared())?;
    let is_free = |other: &&Resource| {
        project.reads.step(1 + known.len() / 4);
        other.unit() == dependent.unit() && !dependent.waits_for(other)
    };
    let known: FxHashSet<&Address> = known.iter().collect();
    let gaps =
        required.iter().all(is_free).then(|| required.iter().map(|other| behind(project, other, &known)))?;
    gaps.min_by_key(|gap| gap.pace)
}

/// The gap between a resource and one that waits for what is known.
fn behind<'a>(project: Project<'a>, required: &'a Resource, known: &FxHashSet<&Address>) -> Gap<'a> {
    let shared = required.lifecycle.depends_on.as_deref().unwrap_or_default();
    project.reads.step(1 + 2 * (known.len() + shared.len()));
    let is_shared: FxHashSet<&Address> = shared.iter().collect();
    let waits = shared.iter().filter(|address| !known.contains(*address));
    let slow = waits.filter_map(|address| Some((pace(address)?, address)));
    let slowest = slow.filter(|(pace, _)| *pace > Pace::Seconds).max_by_key(|(pace, _)| *pace);
    let own = of_kind(RefKind::Request(required.kind)).unwrap_or(Pace::Seconds);
    Gap {
        required,
        pace: slowest.map_or(own, |(pace, _)| pace.max(own)),
        awaited: slowest.map(|(_, address)| address),
        is_soon: known
            .iter()
            .filter(|address| !is_shared.contains(**address))
            .all(|address| pace(address) == Some(Pace::Seconds)),
    }
}

/// How long AWS takes to create an object; `None` if that is unknown.
fn pace(address: &Address) -> Option<Pace> {
    if address.is_data() {
        return Some(Pace::Seconds);
    }
    let kind = ref_kind(address)?;
    is_declared(address, kind).then(|| of_kind(kind))?
}

fn of_kind(kind: RefKind) -> Option<Pace> {
    match kind {
        RefKind::Request(Kind::LoadBalancer | Kind::MountTarget) => Some(Pace::Minutes),
        RefKind::Request(Kind::CertificateValidation) => Some(Pace::Open),
        RefKind::DefaultVpc
        | RefKind::RandomValue
        | RefKind::GeneratedPassword
        | RefKind::Request(
            Kind::Vpc
            | Kind::InternetGateway
            | Kind::GatewayAttachment
            | Kind::Task
            | Kind::Cluster
            | Kind::TargetGroup
            | Kind::SecurityGroup
            | Kind::SecurityGroupRule
            | Kind::IngressRule
            | Kind::EgressRule
            | Kind::Role
            | Kind::RolePolicy
            | Kind::Policy
            | Kind::PolicyAttachment
            | Kind::LogGroup
            | Kind::Subnet
            | Kind::RouteTable
            | Kind::Route
            | Kind::RouteTableAssociation
            | Kind::Repository
            | Kind::Secret
            | Kind::Parameter
            | Kind::FileSystem
            | Kind::AccessPoint,
        ) => Some(Pace::Seconds),
        _ => None,
    }
}
