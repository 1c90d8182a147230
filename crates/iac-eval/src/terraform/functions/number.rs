//! Functions on numbers.

use smol_str::ToSmolStr;

use crate::source::Span;
use crate::terraform::functions::call::FunctionCall;
use crate::terraform::functions::closed;
use crate::terraform::functions::string::string;
use crate::terraform::operator::{self, number, number_node};
use crate::value::{Node, NodeKind};

pub(super) fn function(call: &FunctionCall) -> Option<Node> {
    let (name, args, at) = (call.name, call.args, call.at);
    match (name, args) {
        ("max", numbers) => chosen(numbers, at, f64::max),
        ("min", numbers) => chosen(numbers, at, f64::min),
        ("abs", [value]) => number_node(number(value)?.abs(), at),
        ("ceil", [value]) => number_node(number(value)?.ceil(), at),
        ("floor", [value]) => number_node(number(value)?.floor(), at),
        ("signum", [value]) => {
            let value = number(value)?;
            number_node(if value == 0.0 { 0.0 } else { value.signum() }, at)
        }
        ("pow", [base, exponent]) => number_node(number(base)?.powf(number(exponent)?), at),
        ("log", [value, base]) => number_node(number(value)?.log(number(base)?), at),
        ("parseint", [text, base]) => parseint(call, &string(text)?, base, at),
        ("sum", [list]) => {
            let numbers = closed(list)?.items.iter().map(number).collect::<Option<Vec<_>>>()?;
            if numbers.is_empty() {
                Some(call.reject("cannot `sum` an empty list", at))
            } else {
                number_node(numbers.into_iter().sum(), at)
            }
        }
        ("range", bounds) => range(call, bounds, at),
        _ => None,
    }
}

fn parseint(call: &FunctionCall, text: &str, base: &Node, at: Span) -> Option<Node> {
    let base = u32::try_from(operator::whole(base)?).ok()?;
    if !(2..=36).contains(&base) {
        return None;
    }
    match i64::from_str_radix(text, base) {
        Ok(value) => Some(Node::new(NodeKind::Number(value.to_smolstr()), at)),
        Err(_) if text.len() < 12 => {
            Some(call.reject(format!("`parseint` cannot parse `{text}` as a base {base} integer"), at))
        }
        Err(_) => None,
    }
}

fn range(call: &FunctionCall, bounds: &[Node], at: Span) -> Option<Node> {
    let bounds: Vec<f64> = bounds.iter().map(number).collect::<Option<_>>()?;
    let (from, to, step) = match bounds.as_slice() {
        [to] => (0.0, *to, if *to < 0.0 { -1.0 } else { 1.0 }),
        [from, to] => (*from, *to, if from <= to { 1.0 } else { -1.0 }),
        [from, to, step] if (to - from) * step >= 0.0 => (*from, *to, *step),
        _ => return None,
    };
    let many = (to - from) / step;
    if many > 1024.0 {
        return Some(call.reject("`range` can generate at most 1024 values", at));
    }
    // The loop counts the items, because a step can be too small to change a large number.
    let mut items = Vec::new();
    let mut value = from;
    while f64::from(u32::try_from(items.len()).ok()?) < many {
        items.push(number_node(value, at)?);
        value += step;
    }
    Some(Node::array(items, at))
}

fn chosen(numbers: &[Node], at: Span, choose: fn(f64, f64) -> f64) -> Option<Node> {
    let numbers: Vec<f64> = numbers.iter().map(number).collect::<Option<_>>()?;
    number_node(numbers.into_iter().reduce(choose)?, at)
}
