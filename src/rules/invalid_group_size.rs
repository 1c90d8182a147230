//! See `rules/invalid-group-size.md`.

use super::prelude::*;
use crate::model::Kind;

/// Reports Auto Scaling groups whose sizes contradict each other.
pub fn check(project: &Project, report: &mut Report) {
    for group in project.of(Kind::Instances) {
        let view = project.view(group);
        let [least, wanted, most] = view.fields(["MinSize", "DesiredCapacity", "MaxSize"]);
        let found = greater(least, most).or_else(|| greater(least, wanted)).or_else(|| greater(wanted, most));
        report.extend(found);
    }
}

/// Reports a size that is less than another one, which it must not be.
fn greater(less: Field, more: Field) -> Option<Finding> {
    let ((low, low_at), (high, at)) = (less.int().known_at()?, more.int().known_at()?);
    (low > high).then(|| {
        Finding::at(at, format!("`{more}` of {high} is less than `{less}` of {low}"))
            .label(low_at, format!("`{less}` is {low}"))
            .help(format!("set `{more}` to at least {low}"))
    })
}
