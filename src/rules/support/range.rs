//! Numbers that must be in a range.

use std::ops::RangeInclusive;

use super::prelude::*;

/// Returns a number that is outside the range, and its place; `None` if it is in the range, missing, or unknown.
pub fn outside(field: Field, range: &RangeInclusive<i64>) -> Option<(i64, Place)> {
    field.int().known_at().filter(|(number, _)| !range.contains(number))
}

/// Reports a number that is outside the range, and offers to replace it with the nearest valid number. `unit` begins with
/// a space, such as ` seconds`, or is empty.
pub fn out_of_range(field: Field, range: &RangeInclusive<i64>, unit: &str) -> Option<Finding> {
    let (number, place) = outside(field, range)?;
    let (least, most) = (range.start(), range.end());
    let near = number.clamp(*least, *most);
    let message = format!("`{field}` must be between {least} and {most}{unit} (got {number})");
    let title = format!("set `{field}` to {near}");
    Some(Finding::at(place, message).fix(Safety::Unsafe, title, field.set(near)))
}
