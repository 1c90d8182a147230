//! Numbers outside of the range that their member has.

use std::ops::RangeInclusive;

use super::prelude::*;

/// The number that is outside of the range, and where; `None` if it is in the range, missing or unknown.
pub fn outside(field: Field, range: &RangeInclusive<i64>) -> Option<(i64, Place)> {
    field.int().known_at().filter(|(number, _)| !range.contains(number))
}

/// Reports a number outside of the range and offers the nearest one. `unit` is what it counts, such as ` seconds`.
pub fn out_of_range(field: Field, range: &RangeInclusive<i64>, unit: &str) -> Option<Finding> {
    let (number, place) = outside(field, range)?;
    let (least, most) = (range.start(), range.end());
    let near = number.clamp(*least, *most);
    let finding =
        Finding::at(place, format!("`{field}` is {number}, but it is from {least} to {most}{unit}"))
            .help(format!("write a number from {least} to {most}"))
            .fix(Safety::Unsafe, format!("set `{field}` to {near}"), field.set(near));
    Some(finding)
}
