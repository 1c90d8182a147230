//! See `rules/multiple-capacity-provider-bases.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::Strategy;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports strategies in which two items have a base.
pub fn check(project: &Project, report: &mut Report) {
    for list in project.strategies() {
        let bases: Vec<(i64, Place)> = list
            .objects()
            .filter_map(|view| match (Strategy { view }).base() {
                Known(base, place) if base > 0 => Some((base, place)),
                _ => None,
            })
            .collect();
        let [(first, first_at), (second, second_at), ..] = bases.as_slice() else { continue };
        report.add(
            Finding::at(
                *second_at,
                format!("a second base, {second}; only one item of a strategy may have one"),
            )
            .label(*first_at, format!("the first base is {first}"))
            .help("remove one of the two"),
        );
    }
}
