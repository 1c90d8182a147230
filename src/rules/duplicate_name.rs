//! See `rules/duplicate-name.md`.

use super::prelude::*;
use super::support::duplicates;
use crate::model::{Kind, Resource};

/// The kinds of resources whose names are unique in an account and a Region, with the member.
const NAMED: &[(Kind, &str)] = &[
    (Kind::LoadBalancer, "Name"),
    (Kind::TargetGroup, "Name"),
    (Kind::Role, "RoleName"),
    (Kind::Policy, "PolicyName"),
    (Kind::InstanceProfile, "InstanceProfileName"),
    (Kind::LogGroup, "logGroupName"),
    (Kind::Repository, "repositoryName"),
    (Kind::Secret, "Name"),
    (Kind::LaunchTemplate, "LaunchTemplateName"),
    (Kind::SecurityGroup, "GroupName"),
    (Kind::CapacityProvider, "name"),
    (Kind::StateMachine, "Name"),
    (Kind::DeploymentApplication, "applicationName"),
    (Kind::SubnetGroup, "Name"),
];

/// Reports resources that have the same name as another one that is created with them.
pub fn check(project: &Project, report: &mut Report) {
    for (kind, key) in NAMED {
        let certain = project.of(*kind).filter(|it| it.is_declared() && !it.may_be_several());
        let own = certain.filter(|resource| !resource.lifecycle.has_own_provider);
        let named = own.filter_map(|resource| {
            let name = project.view(resource).field(key);
            let text = duplicates::key_of(&name.entry()?.value);
            Some(((resource.unit(), resource.module(), text), Named { resource, name }))
        });
        let conflicts = duplicates::within_keys(named, project.reads, Named::conflicts_with);
        report.extend(conflicts.into_iter().map(|(first, second)| finding(first, second)));
    }
}

/// A resource, and its name.
#[derive(Clone, Copy)]
struct Named<'a> {
    resource: &'a Resource,
    name: Field<'a>,
}

impl Named<'_> {
    fn conflicts_with(self, other: Named) -> bool {
        let (ours, theirs) = (self.resource, other.resource);
        let together = ours.is_in_module_of(theirs) || ours.is_sibling_instance(theirs);
        let is_same = |ours: Field, theirs: Field| match (ours.entry(), theirs.entry()) {
            (Some(ours), Some(theirs)) => ours.value.certainly_equals(&theirs.value),
            (None, None) => ours.is_missing() && theirs.is_missing(),
            _ => false,
        };
        let type_of = |resource: &Resource| resource.address.as_ref().map(|it| it.resource.kind.clone());
        together
            && type_of(ours) == type_of(theirs)
            && is_same(self.name, other.name)
            && self.has_vpc_of(other)
    }

    /// Returns `true` unless they are security groups of different VPCs, or of unknown ones: their names are unique in a VPC.
    fn has_vpc_of(self, other: Named) -> bool {
        let vpc = |resource: &Resource| resource.request.get("VpcId").cloned();
        self.resource.kind != Kind::SecurityGroup
            || match (vpc(self.resource), vpc(other.resource)) {
                (Some(ours), Some(theirs)) => ours.certainly_equals(&theirs),
                (ours, theirs) => ours.is_none() && theirs.is_none(),
            }
    }
}

fn finding(first: Named, second: Named) -> Finding {
    let place = |named: Named| {
        named.name.entry().map_or(Place::header(named.resource), |entry| Place::from(&entry.value))
    };
    let (first_at, at) = (place(first), place(second));
    let noun = second.resource.kind.noun();
    let called = second.name.entry().and_then(|entry| entry.value.called());
    let name = called.map_or_else(|| "this name".to_owned(), |name| format!("the name `{name}`"));
    let message = format!("another {noun} has {name}");
    let finding = Finding::at(at, message);
    if first.resource.is_sibling_instance(second.resource) {
        return finding
            .label(Place::header(second.resource), "this block creates several")
            .help("include `count.index` or `each.key` in the name");
    }
    duplicates::label_first(finding, at, first_at).help("give each of them a unique name")
}
