//! See `rules/multiple-capacity-provider-bases.md`.

use super::prelude::*;

/// Reports strategies in which more than one item has a base.
pub fn check(project: &Project, report: &mut Report) {
    for list in project.strategies() {
        let bases = list.objects().filter_map(|view| Strategy { view }.base().known_at());
        let bases: Vec<(i64, Place)> = bases.filter(|(base, _)| *base > 0).collect();
        let [(first, first_at), (second, second_at), ..] = bases.as_slice() else { continue };
        report.add(
            Finding::at(
                *second_at,
                format!("only one item of a strategy can have a base (got a second base of {second})"),
            )
            .label(*first_at, format!("the first base is {first}"))
            .help("remove one of the bases"),
        );
    }
}
