//! Functions of strings.

use crate::node::{Kind, Node};
use crate::span::Span;
use crate::terraform::functions::closed;
use crate::terraform::{collection, operator};
use crate::text::{Part, Text};

pub(super) fn function(name: &str, args: &[Node], at: Span) -> Option<Node> {
    let made = |text: String| Some(Node::string(text, at));
    match (name, args) {
        ("lower", [text]) => made(string(text)?.to_lowercase()),
        ("upper", [text]) => made(upper(&string(text)?)),
        ("title", [text]) => made(title(&string(text)?)),
        ("trimspace", [text]) => made(string(text)?.trim().to_owned()),
        ("chomp", [text]) => made(string(text)?.trim_end_matches(['\n', '\r']).to_owned()),
        ("trim", [text, set]) => made(trimmed(&string(text)?, &string(set)?)),
        ("trimprefix", [text, prefix]) => {
            let (text, prefix) = (string(text)?, string(prefix)?);
            made(text.strip_prefix(&prefix).unwrap_or(&text).to_owned())
        }
        ("trimsuffix", [text, suffix]) => {
            let (text, suffix) = (string(text)?, string(suffix)?);
            made(text.strip_suffix(&suffix).unwrap_or(&text).to_owned())
        }
        ("startswith", [text, prefix]) => flag(string(text)?.starts_with(&string(prefix)?), at),
        ("endswith", [text, suffix]) => flag(string(text)?.ends_with(&string(suffix)?), at),
        ("strcontains", [text, part]) => flag(string(text)?.contains(&string(part)?), at),
        ("replace", [text, from, to]) => made(replaced(&string(text)?, &string(from)?, &string(to)?)?),
        ("substr", [text, from, length]) => made(substring(&string(text)?, from, length)?),
        ("split", [separator, text]) => split(&string(separator)?, text, at),
        ("join", [separator, lists @ ..]) => join(&string(separator)?, lists, at),
        ("format", [template, values @ ..]) => format(&string(template)?, values, at),
        ("basename", [path]) => made(basename(&string(path)?)?),
        _ => None,
    }
}

/// A value as the string that Terraform makes of it.
fn string(node: &Node) -> Option<String> {
    collection::key(node).map(|text| text.to_string())
}

fn basename(path: &str) -> Option<String> {
    let last = path.trim_end_matches('/').rsplit('/').next()?;
    (!last.is_empty()).then(|| last.to_owned())
}

fn flag(value: bool, at: Span) -> Option<Node> {
    Some(Node::new(Kind::Bool(value), at))
}

/// A value as a string; what is not known stays so.
pub(super) fn tostring(value: &Node) -> Option<Node> {
    let kind = match &value.kind {
        Kind::Number(_) => match operator::number_node(operator::number(value)?, value.at)?.kind {
            Kind::Number(text) => Kind::String(text),
            _ => return None,
        },
        Kind::Bool(_) => Kind::String(collection::key(value)?),
        Kind::Array(_) | Kind::Object(_) => return None,
        kind => kind.clone(),
    };
    Some(Node { kind, ..value.clone() })
}

/// In capitals, letter by letter: one that would become two stays.
fn upper(text: &str) -> String {
    let letter = |c: char| {
        let mut capital = c.to_uppercase();
        match (capital.next(), capital.next()) {
            (Some(capital), None) => capital,
            _ => c,
        }
    };
    text.chars().map(letter).collect()
}

fn title(text: &str) -> String {
    let mut begins = true;
    let letter = |c: char| {
        let shown: String = if begins { c.to_uppercase().collect() } else { c.to_string() };
        begins = !c.is_alphanumeric() && c != '_';
        shown
    };
    text.chars().map(letter).collect()
}

fn trimmed(text: &str, set: &str) -> String {
    text.trim_matches(|c| set.contains(c)).to_owned()
}

/// `replace`; one whose pattern is a regular expression, between slashes, is not done here.
fn replaced(text: &str, from: &str, to: &str) -> Option<String> {
    let is_pattern = from.len() > 1 && from.starts_with('/') && from.ends_with('/');
    (!is_pattern && !from.is_empty()).then(|| text.replace(from, to))
}

fn substring(text: &str, from: &Node, length: &Node) -> Option<String> {
    let (from, length) = (operator::number(from)?, operator::number(length)?);
    if from < 0.0 || length.fract() != 0.0 || from.fract() != 0.0 || !text.is_ascii() {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be whole and not negative"
    )]
    let (from, length) = (from as usize, if length < 0.0 { usize::MAX } else { length as usize });
    Some(text.chars().skip(from).take(length).collect())
}

fn split(separator: &str, text: &Node, at: Span) -> Option<Node> {
    let known = string(text)?;
    let pieces: Vec<Node> = match separator {
        "" => known.chars().map(|letter| Node::string(letter.to_string(), text.at)).collect(),
        separator => known.split(separator).map(|piece| Node::string(piece, text.at)).collect(),
    };
    Some(Node::array(pieces, at))
}

/// `join`: a string of parts, so that JSON keeps its structure and its places.
fn join(separator: &str, lists: &[Node], at: Span) -> Option<Node> {
    let mut parts: Vec<Part> = Vec::new();
    let items = lists.iter().map(closed).collect::<Option<Vec<_>>>()?;
    for item in items.into_iter().flat_map(|array| &array.items) {
        if !parts.is_empty() && !separator.is_empty() {
            parts.push(Part::Known { text: separator.into(), at });
        }
        add(item, &mut parts)?;
    }
    Some(Node::new(Kind::Text(Text::new(parts).into()), at))
}

fn add(item: &Node, parts: &mut Vec<Part>) -> Option<()> {
    match &item.kind {
        Kind::Text(text) => parts.extend(text.parts.iter().cloned()),
        Kind::Unknown(why) => parts.push(Part::Unknown(why.clone(), item.at)),
        _ => parts.push(Part::Known { text: collection::key(item)?, at: item.at }),
    }
    (parts.len() <= collection::MOST).then_some(())
}

/// `format` with `%s`, `%d`, `%v` and `%%`, which is nearly all that is written.
fn format(template: &str, values: &[Node], at: Span) -> Option<Node> {
    let mut parts: Vec<Part> = Vec::new();
    let mut values = values.iter();
    let mut pieces = template.split('%');
    let mut known = pieces.next()?.to_owned();
    while let Some(piece) = pieces.next() {
        let Some(verb) = piece.chars().next() else {
            known.push('%');
            known.push_str(pieces.next()?);
            continue;
        };
        let value = values.next()?;
        let is_whole = operator::number(value).is_some_and(|number| number.fract() == 0.0);
        match verb {
            's' | 'v' => {}
            'd' if is_whole => {}
            _ => return None,
        }
        if !known.is_empty() {
            parts.push(Part::Known { text: std::mem::take(&mut known).into(), at });
        }
        add(value, &mut parts)?;
        known.push_str(&piece[1..]);
    }
    if !known.is_empty() {
        parts.push(Part::Known { text: known.into(), at });
    }
    values.next().is_none().then(|| Node::new(Kind::Text(Text::new(parts).into()), at))
}
