//! See `rules/duplicate-mount-target.md`.

use smol_str::SmolStr;

use super::prelude::*;
use super::support::duplicates;
use crate::model::{Kind, Resource};
use crate::value::Node;

/// Reports mount targets of a file system in an Availability Zone that already has one.
pub fn check(project: &Project, report: &mut Report) {
    for system in project.of(Kind::FileSystem) {
        let targets = project.known_mount_targets(system);
        let certain = targets.filter(|target| !target.may_be_several());
        let located: Vec<Located> = certain.filter_map(|target| located(*project, target)).collect();
        let keyed = located.iter().map(|located| (located.key(), located));
        let conflicts =
            duplicates::within_keys(keyed, project.reads, |first, second| first.is_in_zone_of(second));
        report.extend(conflicts.into_iter().map(|(first, second)| finding(system, first, second)));
    }
}

/// A mount target, with the value that refers to its subnet and with its zone, if it is known.
struct Located<'a> {
    target: &'a Resource,
    subnet: &'a Node,
    zone: Option<&'a Node>,
}

impl Located<'_> {
    fn key(&self) -> SmolStr {
        duplicates::key_of(self.zone.unwrap_or(self.subnet))
    }

    fn is_in_zone_of(&self, other: &Located) -> bool {
        let same_zone = self.zone.zip(other.zone).is_some_and(|(ours, theirs)| ours.certainly_equals(theirs));
        self.target.is_deployed_with(other.target)
            && (same_zone || self.subnet.certainly_equals(other.subnet))
    }
}

fn located<'a>(project: Project<'a>, target: &'a Resource) -> Option<Located<'a>> {
    let subnet = &project.view(target).entry("SubnetId")?.value;
    let declared = project.subnet_of(subnet).known();
    let zone = declared.and_then(|subnet| subnet.request.get("AvailabilityZone"));
    Some(Located { target, subnet, zone: zone.filter(|zone| !zone.is_missing()) })
}

fn finding(system: &Resource, first: &Located, second: &Located) -> Finding {
    let zone = second.zone.and_then(Node::called);
    let zone = zone.map_or_else(
        || "the same Availability Zone".to_owned(),
        |name| format!("Availability Zone `{name}`"),
    );
    let at = Place::from(second.subnet);
    let finding = Finding::at(at, format!("the file system has two mount targets in {zone}"));
    duplicates::label_first(finding, at, Place::from(first.subnet))
        .label(Place::header(system), "the file system")
        .help("create one mount target in each Availability Zone; all of its subnets can use it")
}
