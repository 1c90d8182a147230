//! See `rules/invalid-placement.md`.

use super::prelude::*;
use super::support::limit::first_beyond;

/// The maximum number of placement strategies of a service.
const STRATEGIES: usize = 5;

/// Reports invalid placement strategies and constraints.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let strategies = service.view.list("placementStrategy");
        if let Some((extra, count)) = first_beyond(strategies.objects(), STRATEGIES) {
            let message =
                format!("a service can have at most {STRATEGIES} placement strategies (got {count})");
            report.add(
                Finding::at(extra.place(), message)
                    .help("remove the last ones; earlier strategies take precedence"),
            );
        }
        report.extend(strategies.objects().filter_map(strategy));
        let constraints = service.view.list("placementConstraints").objects();
        report.extend(constraints.filter_map(constraint));
    }
}

fn strategy(view: View) -> Option<Finding> {
    let Known(kind, kind_at) = view.str("type") else { return None };
    match (kind, view.str("field")) {
        ("random", Known(field, place)) => Some(
            Finding::at(place, format!("`field` `{field}` is not supported for placement strategy `random`"))
                .label(kind_at, "the placement strategy")
                .help("remove `field`"),
        ),
        ("binpack", Known(field, place)) if !["cpu", "memory"].contains(&field.to_lowercase().as_str()) => {
            Some(
                Finding::at(place, format!("invalid `field` `{field}` for placement strategy `binpack`"))
                    .label(kind_at, "the placement strategy")
                    .help("use `cpu` or `memory`"),
            )
        }
        ("spread", Known(field, place)) if !is_spread(field) => Some(
            Finding::at(place, format!("invalid `field` `{field}` for placement strategy `spread`"))
                .label(kind_at, "the placement strategy")
                .help("use `instanceId`, `host`, or an attribute such as `attribute:ecs.availability-zone`"),
        ),
        ("spread" | "binpack", Missing) => {
            let example = if kind == "spread" { "attribute:ecs.availability-zone" } else { "memory" };
            Some(
                Finding::at(kind_at, format!("`field` is required for placement strategy `{kind}`"))
                    .help(format!("set `field`, for example to `{example}`")),
            )
        }
        _ => None,
    }
}

fn is_spread(field: &str) -> bool {
    ["instanceid", "host"].contains(&field.to_lowercase().as_str()) || field.starts_with("attribute:")
}

fn constraint(view: View) -> Option<Finding> {
    let Known(kind, kind_at) = view.str("type") else { return None };
    match (kind, view.str("expression")) {
        ("distinctInstance", Known(_, place)) => Some(
            Finding::at(place, "`expression` is not supported for placement constraint `distinctInstance`")
                .label(kind_at, "the placement constraint")
                .help("remove `expression`"),
        ),
        ("memberOf", Missing) => Some(
            Finding::at(kind_at, "`expression` is required for placement constraint `memberOf`")
                .help("set `expression`, for example to `attribute:ecs.instance-type =~ t3.*`"),
        ),
        _ => None,
    }
}
