//! See `rules/placement-attribute-missing.md`.

use super::prelude::*;
use super::support::placement::{self, Fact};
use crate::model::{Certainty, Host};

/// Reports placement constraints on a custom attribute that no instance sets.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let (Some(hosts), Some(task)) = (service.hosts(), service.task().known()) else { continue };
        let facts = placement::facts(task.view).into_iter().chain(placement::facts(service.view));
        for fact in facts.filter(|fact| !is_set_by_aws(fact)) {
            if hosts.is_exhaustive && hosts.groups.iter().all(|host| lacks(*host, &fact.attribute)) {
                let message = format!("no instance of the service sets the attribute `{}`", fact.attribute);
                report.add(
                    Finding::at(fact.place, message)
                        .labels(
                            hosts.groups.iter().map(|host| (host.anchor(), "the user data does not set it")),
                        )
                        .label(service.anchor(), "the service that runs the task")
                        .help("add it to `ECS_INSTANCE_ATTRIBUTES` in the configuration of the agent"),
                );
            }
        }
    }
}

/// Whether ECS, or an agent of AWS, sets the attribute.
fn is_set_by_aws(fact: &Fact) -> bool {
    fact.attribute.starts_with("ecs.") || fact.attribute.contains("amazon")
}

/// Whether the user data certainly does not set an attribute.
fn lacks(host: Host, attribute: &str) -> bool {
    let Some(data) = host.user_data().filter(|data| data.certainty == Certainty::Whole) else { return false };
    let setting = data.settings.iter().rev().find(|setting| setting.name == "ECS_INSTANCE_ATTRIBUTES");
    match setting.map(|setting| setting.value.as_str()) {
        None => host.image().is_some_and(|(image, _)| image.system.has_agent()),
        Some(Some(text)) => !text.to_lowercase().contains(attribute),
        Some(None) => false,
    }
}
