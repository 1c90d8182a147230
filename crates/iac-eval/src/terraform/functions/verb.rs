//! `format` and `formatlist`, with the verbs of Terraform's format strings.

use crate::source::Span;
use crate::terraform::budget::BYTES_PER_UNIT;
use crate::terraform::functions::call::FunctionCall;
use crate::terraform::functions::string::{add, string};
use crate::terraform::functions::{closed, encoding};
use crate::terraform::operator;
use crate::value::{Node, NodeKind, Part, Text};

/// The flags, width, and verb after a `%`.
#[derive(Debug, Default)]
struct Spec {
    minus: bool,
    plus: bool,
    space: bool,
    zero: bool,
    width: Option<usize>,
    precision: Option<usize>,
    /// The position of its argument, from 1; `None` for the next one.
    index: Option<usize>,
    verb: char,
}

/// A piece of a format string.
enum Piece {
    Text(String),
    Verb(Spec),
}

/// `format(template, values…)`.
pub(super) fn format(call: &FunctionCall, template: &str, values: &[Node], at: Span) -> Option<Node> {
    let mut parts: Vec<Part> = Vec::new();
    let (mut next, mut used) = (0, 0);
    for piece in pieces(template)? {
        match piece {
            Piece::Text(text) => parts.push(Part::Known { text: text.into(), at }),
            Piece::Verb(spec) => {
                let index = spec.index.map_or(next, |index| index.saturating_sub(1));
                next = index + 1;
                used = used.max(next);
                let Some(value) = values.get(index) else {
                    return Some(call.reject(
                        format!("not enough arguments for `format`: need {next} but have {}", values.len()),
                        at,
                    ));
                };
                put(call, &spec, value, &mut parts)?;
            }
        }
    }
    if used < values.len() && used == next {
        return Some(
            call.reject(
                format!("too many arguments for `format`: only {used} used by the format string"),
                at,
            ),
        );
    }
    Some(Node::new(NodeKind::Text(Text::new(parts).into()), at))
}

/// `formatlist(template, lists…)`: one string for each list index; other values are repeated.
pub(super) fn formatlist(call: &FunctionCall, template: &str, values: &[Node], at: Span) -> Option<Node> {
    let lists = values.iter().filter(|value| value.as_array().is_some());
    let lengths: Vec<usize> = lists.map(|list| Some(closed(list)?.items.len())).collect::<Option<_>>()?;
    let length = lengths.first().copied().unwrap_or(1);
    if lengths.iter().any(|other| *other != length) {
        return Some(call.reject("`formatlist` requires lists of the same length", at));
    }
    let row = |index: usize| {
        let values: Vec<Node> = values
            .iter()
            .map(|value| value.as_array().map_or(value, |array| &array.items[index]).clone())
            .collect();
        format(call, template, &values, at)
    };
    Some(Node::array((0..length).map(row).collect::<Option<_>>()?, at))
}

/// Parses a format string; `None` if it is malformed.
fn pieces(template: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut letters = template.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            text.push(letter);
            continue;
        }
        if letters.peek() == Some(&'%') {
            letters.next();
            text.push('%');
            continue;
        }
        let mut spec = Spec::default();
        while let Some(flag) = letters.next_if(|letter| matches!(letter, '-' | '+' | ' ' | '0' | '#')) {
            match flag {
                '-' => spec.minus = true,
                '+' => spec.plus = true,
                ' ' => spec.space = true,
                '0' => spec.zero = true,
                _ => {}
            }
        }
        let number = |letters: &mut std::iter::Peekable<std::str::Chars>| {
            let mut digits = String::new();
            while let Some(digit) = letters.next_if(char::is_ascii_digit) {
                digits.push(digit);
            }
            digits.parse::<usize>().ok().filter(|width| *width <= 1_000)
        };
        spec.width = number(&mut letters);
        if letters.next_if_eq(&'.').is_some() {
            spec.precision = Some(number(&mut letters).unwrap_or(0));
        }
        if letters.next_if_eq(&'[').is_some() {
            spec.index = number(&mut letters);
            letters.next_if_eq(&']')?;
        }
        spec.verb = letters.next()?;
        if !text.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut text)));
        }
        pieces.push(Piece::Verb(spec));
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    Some(pieces)
}

/// Appends a value, formatted with a verb. A plain `%s` keeps the parts of a string.
fn put(call: &FunctionCall, spec: &Spec, value: &Node, parts: &mut Vec<Part>) -> Option<()> {
    let bare = spec.width.is_none() && spec.precision.is_none();
    match (spec.verb, &value.kind) {
        ('s' | 'v', NodeKind::String(_) | NodeKind::Text(_)) | ('s' | 'v' | 'd', NodeKind::Unknown(_))
            if bare =>
        {
            add(value, parts)?;
            return call.at_most(parts.len());
        }
        _ => {}
    }
    let shown = match spec.verb {
        's' => string(value)?,
        'v' => match &value.kind {
            NodeKind::Null => return None,
            NodeKind::Array(_) | NodeKind::Object(_) => encoding::json(value)?,
            _ => string(value)?,
        },
        'q' => serde_json::Value::from(string(value)?).to_string(),
        't' => operator::truth(value)?.to_string(),
        'd' if operator::whole(value).is_none()
            && operator::number(value).is_none()
            && value.as_str().is_some() =>
        {
            let node = call.reject("unsupported value for `%d` in `format`: a number is required", value.at);
            add(&node, parts)?;
            return call.at_most(parts.len());
        }
        'd' => signed(spec, operator::whole(value)?.to_string()),
        'x' => format!("{:x}", u64::try_from(operator::whole(value)?).ok()?),
        'X' => format!("{:X}", u64::try_from(operator::whole(value)?).ok()?),
        'o' => format!("{:o}", u64::try_from(operator::whole(value)?).ok()?),
        'b' => format!("{:b}", u64::try_from(operator::whole(value)?).ok()?),
        'f' => signed(spec, format!("{:.*}", spec.precision.unwrap_or(6), operator::number(value)?)),
        _ => return None,
    };
    let shown = match (spec.verb, spec.precision) {
        ('s' | 'v', Some(most)) => shown.chars().take(most).collect(),
        _ => shown,
    };
    let text = padded(spec, shown);
    call.spend(text.len() / BYTES_PER_UNIT)?;
    parts.push(Part::Known { text: text.into(), at: value.at });
    call.at_most(parts.len())
}

fn signed(spec: &Spec, number: String) -> String {
    match (number.starts_with('-'), spec.plus, spec.space) {
        (false, true, _) => format!("+{number}"),
        (false, false, true) => format!(" {number}"),
        _ => number,
    }
}

fn padded(spec: &Spec, text: String) -> String {
    let missing = spec.width.unwrap_or(0).saturating_sub(text.chars().count());
    match (spec.minus, spec.zero) {
        (true, _) => text + &" ".repeat(missing),
        (false, true) => {
            let sign = usize::from(text.starts_with(['-', '+']));
            format!("{}{}{}", &text[..sign], "0".repeat(missing), &text[sign..])
        }
        (false, false) => " ".repeat(missing) + &text,
    }
}
