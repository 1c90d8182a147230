//! Operators, with Terraform's type conversions. They return `None` if the result is unknown.

use smol_str::{SmolStr, format_smolstr};

use crate::source::Span;
use crate::syntax::hcl::{BinaryOperator, UnaryOperator};
use crate::terraform::collection;
use crate::value::{Array, More, Node, NodeKind, Object};

/// The largest integer that `f64` represents exactly; larger results are unknown.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

pub(super) fn unary(operator: UnaryOperator, inner: &Node, at: Span) -> Option<Node> {
    match operator {
        UnaryOperator::Not => Some(boolean(!truth(inner)?, at)),
        UnaryOperator::Negate => number_node(-number(inner)?, at),
    }
}

pub(super) fn binary(operator: BinaryOperator, left: &Node, right: &Node, at: Span) -> Option<Node> {
    let compared = |compare: fn(f64, f64) -> bool| Some(boolean(compare(number(left)?, number(right)?), at));
    let computed = |compute: fn(f64, f64) -> f64| number_node(compute(number(left)?, number(right)?), at);
    match operator {
        BinaryOperator::Equal => Some(boolean(equal(left, right)?, at)),
        BinaryOperator::NotEqual => Some(boolean(!equal(left, right)?, at)),
        BinaryOperator::And => Some(boolean(both(truth(left), truth(right))?, at)),
        BinaryOperator::Or => {
            Some(boolean(!both(truth(left).map(|is| !is), truth(right).map(|is| !is))?, at))
        }
        BinaryOperator::Less => compared(|a, b| a < b),
        BinaryOperator::LessOrEqual => compared(|a, b| a <= b),
        BinaryOperator::Greater => compared(|a, b| a > b),
        BinaryOperator::GreaterOrEqual => compared(|a, b| a >= b),
        BinaryOperator::Add => computed(|a, b| a + b),
        BinaryOperator::Subtract => computed(|a, b| a - b),
        BinaryOperator::Multiply => computed(|a, b| a * b),
        BinaryOperator::Divide => computed(|a, b| a / b),
        // In Terraform, the remainder of a division by zero is the dividend.
        BinaryOperator::Remainder => computed(|a, b| if b == 0.0 { a } else { a % b }),
    }
}

/// The value as a boolean; `None` if it is unknown or not a boolean.
pub(super) fn truth(node: &Node) -> Option<bool> {
    match &node.kind {
        NodeKind::Bool(value) => Some(*value),
        _ => node.as_str()?.parse().ok(),
    }
}

/// The value as a number; `None` if it is unknown or not a number.
pub(super) fn number(node: &Node) -> Option<f64> {
    match &node.kind {
        NodeKind::Number(text) => text.parse().ok(),
        _ => node.as_str()?.parse().ok(),
    }
}

/// The value as an integer; `None` if it is unknown or not an exact integer.
pub(super) fn whole(node: &Node) -> Option<i64> {
    let value = number(node)?;
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
    (value.fract() == 0.0 && value.abs() < MAX_EXACT).then_some(value as i64)
}

/// A number; `None` if it is not exact.
pub(super) fn number_node(value: f64, at: Span) -> Option<Node> {
    let whole = value.fract() == 0.0 && value.abs() < MAX_EXACT;
    // Only a fraction with few digits is exact; the value of any other is unknown.
    let short = format_smolstr!("{value}");
    let text: SmolStr = if whole { format_smolstr!("{value:.0}") } else { short };
    (value.is_finite() && value.abs() < MAX_EXACT && text.len() <= 12)
        .then(|| Node::new(NodeKind::Number(text), at))
}

fn boolean(value: bool, at: Span) -> Node {
    Node::new(NodeKind::Bool(value), at)
}

/// Logical AND: `false` if one side is certainly false, even if the other is unknown.
fn both(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Compares two values; `None` if the result is unknown.
pub(super) fn equal(left: &Node, right: &Node) -> Option<bool> {
    match (&left.kind, &right.kind) {
        (NodeKind::Unknown(_), _) | (_, NodeKind::Unknown(_)) => None,
        (NodeKind::Null, NodeKind::Null) => Some(true),
        (NodeKind::Null, NodeKind::Text(text)) | (NodeKind::Text(text), NodeKind::Null) => {
            text.known().map(|_| false)
        }
        (NodeKind::Bool(left), NodeKind::Bool(right)) => Some(left == right),
        (NodeKind::Number(_), NodeKind::Number(_)) => Some(number(left)? == number(right)?),
        (NodeKind::Array(left), NodeKind::Array(right)) => same_items(left, right),
        (NodeKind::Object(left), NodeKind::Object(right)) => same_members(left, right),
        (NodeKind::Null | NodeKind::Array(_) | NodeKind::Object(_), _)
        | (_, NodeKind::Null | NodeKind::Array(_) | NodeKind::Object(_)) => Some(false),
        // Values of different kinds can look alike, and the evaluator does not track the type of every value.
        (NodeKind::Number(_) | NodeKind::Bool(_), _) | (_, NodeKind::Number(_) | NodeKind::Bool(_)) => {
            (collection::key(left)? != collection::key(right)?).then_some(false)
        }
        _ => Some(left.as_str()? == right.as_str()?),
    }
}

/// Compares two lists item by item.
fn same_items(left: &Array, right: &Array) -> Option<bool> {
    if left.more == More::Maybe || right.more == More::Maybe {
        return None;
    }
    if left.items.len() != right.items.len() {
        return Some(false);
    }
    all(left.items.iter().zip(&right.items).map(|(left, right)| equal(left, right)))
}

/// Compares two objects member by member.
fn same_members(left: &Object, right: &Object) -> Option<bool> {
    if left.more == More::Maybe || right.more == More::Maybe {
        return None;
    }
    let of = |object: &Object| -> std::collections::BTreeMap<SmolStr, Node> {
        object.entries.iter().map(|entry| (entry.key.clone(), entry.value.clone())).collect()
    };
    let (left, right) = (of(left), of(right));
    if !left.keys().eq(right.keys()) {
        return Some(false);
    }
    all(left.values().zip(right.values()).map(|(left, right)| equal(left, right)))
}

/// Returns `true` if all values are true, `false` if one is certainly false, and `None` otherwise.
fn all(mut values: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    values
        .try_fold(Some(true), |all, value| match (all, value) {
            (_, Some(false)) => Err(()),
            (Some(true), Some(true)) => Ok(Some(true)),
            _ => Ok(None),
        })
        .unwrap_or(Some(false))
}
