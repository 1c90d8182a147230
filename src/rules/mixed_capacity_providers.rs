//! See `rules/mixed-capacity-providers.md`.

use super::prelude::*;

/// Reports strategies with both Fargate and Auto Scaling group capacity providers.
pub fn check(project: &Project, report: &mut Report) {
    for list in project.strategies() {
        let named = list.objects().filter_map(|item| item.str("capacityProvider").known_at());
        let named: Vec<(&str, Place)> = named.collect();
        let fargate = named.iter().find(|(name, _)| is_fargate(name));
        let other = named.iter().find(|(name, _)| !is_fargate(name));
        if let (Some((fargate, fargate_at)), Some((other, other_at))) = (fargate, other) {
            report.add(
                Finding::at(
                    *other_at,
                    format!(
                        "capacity provider `{other}` cannot be combined with `{fargate}` in one strategy"
                    ),
                )
                .label(*fargate_at, "Fargate capacity provider")
                .help("use only Fargate capacity providers, or only Auto Scaling group capacity providers"),
            );
        }
    }
}

fn is_fargate(name: &str) -> bool {
    matches!(name, "FARGATE" | "FARGATE_SPOT")
}
