//! See `rules/invalid-load-balancer.md`.

use super::prelude::*;
use super::support::balancer_names::invalid_names;
use super::support::range::out_of_range;
use crate::model::Kind;

/// Reports load balancers that Elastic Load Balancing or Terraform does not accept.
pub fn check(project: &Project, report: &mut Report) {
    for resource in project.of(Kind::LoadBalancer) {
        let balancer = Balancer::new(*project, resource);
        report.extend(invalid_names(resource, balancer.view));
        report.extend([
            reserved_name(balancer.view),
            two_subnet_lists(balancer),
            out_of_range(balancer.view.field("IdleTimeout"), &(1..=4000), " seconds"),
        ]);
    }
}

fn reserved_name(view: View) -> Option<Finding> {
    let Known(name, at) = view.str("Name") else { return None };
    let message = format!("invalid name `{name}`: the prefix `internal-` is reserved");
    name.starts_with("internal-").then(|| Finding::at(at, message).help("use another prefix"))
}

/// Reports subnets in both forms. The plan of an existing load balancer contains both.
fn two_subnet_lists(balancer: Balancer) -> Option<Finding> {
    let [listed, mapped] = balancer.view.fields(["Subnets", "SubnetMappings"]);
    if balancer.resource.traits.is_generated || mapped.list().objects().next().is_none() {
        return None;
    }
    let (first, second) = (listed.certainly()?, mapped.entry()?.key_at);
    let is_given = listed.list().iter().next().is_some();
    is_given.then(|| {
        Finding::at(second, format!("`{listed}` and `{mapped}` cannot both be set"))
            .label(first, format!("`{listed}` is set here"))
            .help(format!("remove `{listed}` or `{mapped}`"))
    })
}
