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
    let term = view.field("field");
    match (kind, term.str()) {
        ("random", Known(field, place)) => Some(
            Finding::at(
                place,
                format!("`{term}` `{field}` is not supported for placement strategy `random`"),
            )
            .label(kind_at, "the placement strategy")
            .help(format!("remove `{term}`")),
        ),
        ("binpack", Known(field, place)) if !["cpu", "memory"].contains(&field.to_lowercase().as_str()) => {
            Some(
                Finding::at(place, format!("invalid `{term}` `{field}` for placement strategy `binpack`"))
                    .label(kind_at, "the placement strategy")
                    .help("use `cpu` or `memory`"),
            )
        }
        ("spread", Known(field, place)) if !is_spread(field) => Some(
            Finding::at(place, format!("invalid `{term}` `{field}` for placement strategy `spread`"))
                .label(kind_at, "the placement strategy")
                .help("use `instanceId`, `host`, or an attribute such as `attribute:ecs.availability-zone`"),
        ),
        ("spread" | "binpack", Missing) => {
            let example = if kind == "spread" { "attribute:ecs.availability-zone" } else { "memory" };
            Some(
                Finding::at(kind_at, format!("`{term}` is required for placement strategy `{kind}`"))
                    .help(format!("set `{term}`, for example to `{example}`")),
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
    let term = view.field("expression");
    match (kind, term.str()) {
        ("distinctInstance", Known(_, place)) => Some(
            Finding::at(
                place,
                format!("`{term}` is not supported for placement constraint `distinctInstance`"),
            )
            .label(kind_at, "the placement constraint")
            .help(format!("remove `{term}`")),
        ),
        ("memberOf", Missing) => Some(
            Finding::at(kind_at, format!("`{term}` is required for placement constraint `memberOf`"))
                .help(format!("set `{term}`, for example to `attribute:ecs.instance-type =~ t3.*`")),
        ),
        _ => None,
    }
}
