//! See `rules/invalid-placement.md`.

use super::prelude::*;
use super::support::limit::first_beyond;

/// The most placement strategies of a service.
const STRATEGIES: usize = 5;

/// Reports placement strategies and constraints of an impossible form.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let strategies = service.view.list("placementStrategy");
        if let Some((extra, count)) = first_beyond(strategies.objects(), STRATEGIES) {
            let message = format!("{count} placement strategies, and a service may have {STRATEGIES}");
            report.add(
                Finding::at(extra.place(), message)
                    .help("remove those that come last; the first ones count most"),
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
        ("random", Known(field, place)) => {
            Some(Finding::at(place, format!("strategy `random` takes no field, and has `{field}`"))
                .label(kind_at, "the strategy")
                .help("remove the field"))
        }
        ("binpack", Known(field, place)) if !["cpu", "memory"].contains(&field.to_lowercase().as_str()) => {
            Some(Finding::at(place, format!("strategy `binpack` cannot go by `{field}`"))
                .label(kind_at, "the strategy")
                .help("it goes by `cpu` or by `memory`"))
        }
        ("spread", Known(field, place)) if !is_spread(field) => {
            Some(Finding::at(place, format!("strategy `spread` cannot go by `{field}`"))
                .label(kind_at, "the strategy")
                .help("it goes by `instanceId`, `host`, or an attribute: `attribute:ecs.availability-zone`"))
        }
        ("spread" | "binpack", Missing) => {
            Some(Finding::at(kind_at, format!("strategy `{kind}` has no field"))
                .help("say what it goes by, like `attribute:ecs.availability-zone` to spread or `memory` to bin-pack"))
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
            Finding::at(place, "constraint `distinctInstance` takes no expression")
                .label(kind_at, "the constraint")
                .help("remove the expression"),
        ),
        ("memberOf", Missing) => Some(
            Finding::at(kind_at, "constraint `memberOf` has no expression")
                .help("say which instances it means, like `attribute:ecs.instance-type =~ t3.*`"),
        ),
        _ => None,
    }
}
