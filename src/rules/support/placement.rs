//! Placement constraints in the cluster query language, as far as they are understood.

use super::prelude::*;

/// An attribute that every instance must have, and the values that it may have, in lower case.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The attribute.
    pub attribute: String,
    /// The values.
    pub values: Vec<String>,
    /// The expression.
    pub place: Place,
}

/// What the constraints of a task definition or service require of an attribute, as far as it is understood.
pub fn facts(view: View) -> Vec<Fact> {
    let constraints = view.list("placementConstraints").objects();
    let expressions = constraints.filter(|constraint| constraint.str("type").known() == Some("memberOf"));
    let known = expressions.filter_map(|constraint| constraint.str("expression").known_at());
    known.flat_map(|(expression, place)| required(expression, place)).collect()
}

/// The requirements of an expression that joins all its parts with `and`.
fn required(expression: &str, place: Place) -> Vec<Fact> {
    let expression = expression.replace("&&", " and ").to_lowercase();
    let words: Vec<&str> = expression.split_whitespace().collect();
    if expression.contains(['(', ')', '|']) || words.contains(&"or") || words.contains(&"not") {
        return Vec::new();
    }
    let found = words.split(|word| *word == "and").filter_map(|words| fact(&words.join(" "), place));
    found.collect()
}

fn fact(comparison: &str, place: Place) -> Option<Fact> {
    let comparison = comparison.strip_prefix("attribute:")?;
    let (attribute, values) = match comparison.split_once("==") {
        Some((attribute, value)) => (attribute, vec![value.trim().to_owned()]),
        None => {
            let (attribute, rest) = comparison.split_once(' ')?;
            let values = match rest.split_once(' ')? {
                ("equals", value) => vec![value.to_owned()],
                ("in", list) => list
                    .strip_prefix('[')?
                    .strip_suffix(']')?
                    .split(',')
                    .map(|value| value.trim().to_owned())
                    .collect(),
                _ => return None,
            };
            (attribute, values)
        }
    };
    Some(Fact { attribute: attribute.trim().to_owned(), values, place })
}
