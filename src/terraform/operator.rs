//! Operators, with Terraform's conversions; none where a value is not known.

use smol_str::{SmolStr, format_smolstr};

use crate::node::{Kind, Node};
use crate::span::Span;
use crate::syntax::hcl::{BinaryOperator, UnaryOperator};

/// The largest whole number that is exact in the arithmetic used here; beyond it nothing is claimed.
const EXACT: f64 = 9_007_199_254_740_992.0;

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
        BinaryOperator::Remainder => computed(|a, b| a % b),
    }
}

/// The value as a condition.
pub(super) fn truth(node: &Node) -> Option<bool> {
    match &node.kind {
        Kind::Bool(value) => Some(*value),
        _ => node.as_str()?.parse().ok(),
    }
}

/// The value as a number.
pub(super) fn number(node: &Node) -> Option<f64> {
    match &node.kind {
        Kind::Number(text) => text.parse().ok(),
        _ => node.as_str()?.parse().ok(),
    }
}

/// A number, if it is one that is exact.
pub(super) fn number_node(value: f64, at: Span) -> Option<Node> {
    let whole = value.fract() == 0.0 && value.abs() < EXACT;
    // A fraction is exact only where few digits make it; of the rest nothing is claimed.
    let short = format_smolstr!("{value}");
    let text: SmolStr = if whole { format_smolstr!("{value:.0}") } else { short };
    (value.is_finite() && value.abs() < EXACT && text.len() <= 12).then(|| Node::new(Kind::Number(text), at))
}

fn boolean(value: bool, at: Span) -> Node {
    Node::new(Kind::Bool(value), at)
}

/// Whether both hold: certain if one certainly does not.
fn both(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Whether two values are equal, where that is known.
pub(super) fn equal(left: &Node, right: &Node) -> Option<bool> {
    match (&left.kind, &right.kind) {
        (Kind::Unknown(_), _) | (_, Kind::Unknown(_)) => None,
        (Kind::Null, Kind::Null) => Some(true),
        (Kind::Null, Kind::Text(text)) | (Kind::Text(text), Kind::Null) => text.known().map(|_| false),
        (Kind::Null, _) | (_, Kind::Null) => Some(false),
        (Kind::Bool(left), Kind::Bool(right)) => Some(left == right),
        (Kind::Number(_), Kind::Number(_)) => Some(number(left)? == number(right)?),
        (Kind::Array(left), Kind::Array(right)) if left.items.is_empty() && right.items.is_empty() => {
            (left.more == right.more && left.more == crate::node::More::No).then_some(true)
        }
        _ => Some(left.as_str()? == right.as_str()?),
    }
}
