//! See `rules/target-group-of-two-load-balancers.md`.

use super::prelude::*;
use crate::model::{Kind, Resource};

/// Reports target groups that listeners of more than one Application Load Balancer forward to.
pub fn check(project: &Project, report: &mut Report) {
    for group in project.of(Kind::TargetGroup) {
        report.extend(claimed_twice(*project, group));
    }
}

fn claimed_twice<'a>(project: Project<'a>, group: &'a Resource) -> Option<Finding> {
    let is_certain = |listener: &Resource, balancer: &'a Resource| {
        !listener.lifecycle.is_conditional
            && !balancer.lifecycle.is_conditional
            && matches!(Balancer::new(project, balancer).kind(), Known("application", _))
    };
    let claims = project.forwarders(group).into_iter();
    let claims = claims.filter_map(|listener| Some((listener, project.balancer_of(listener)?)));
    let claims: Vec<(&Resource, &Resource)> =
        claims.filter(|(listener, balancer)| is_certain(listener, balancer)).collect();
    let (first, one) = claims.first()?;
    let (second, other) = claims.iter().find(|(_, other)| !one.is(other) && one.is_deployed_with(other))?;
    Some(
        Finding::at(
            Place::header(group),
            "two load balancers forward to this target group, but only one is allowed",
        )
        .label(Place::header(first), "this listener forwards to it")
        .label(Place::header(one), "the load balancer of the first listener")
        .label(Place::header(second), "this listener forwards to it too")
        .label(Place::header(other), "the load balancer of the second listener")
        .help("create one target group per load balancer; a service can use several"),
    )
}
