//! Functions on given times. The current time is unknown.

use jiff::fmt::temporal::DateTimeParser;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Zoned};
use smol_str::format_smolstr;

use crate::terraform::functions::call::FunctionCall;
use crate::terraform::functions::string::string;
use crate::value::{Node, NodeKind};

pub(super) fn function(call: &FunctionCall) -> Option<Node> {
    let (name, args, at) = (call.name, call.args, call.at);
    match (name, args) {
        ("timeadd", [time, duration]) => {
            let time = parsed(&string(time)?)?;
            let sum = time.checked_add(duration_of(&string(duration)?)?).ok()?;
            Some(Node::string(formatted("YYYY-MM-DD'T'hh:mm:ssZ", &sum)?, at))
        }
        ("timecmp", [left, right]) => {
            let (left, right) = (parsed(&string(left)?)?, parsed(&string(right)?)?);
            let order = left.timestamp().cmp(&right.timestamp()) as i8;
            Some(Node::new(NodeKind::Number(format_smolstr!("{order}")), at))
        }
        ("formatdate", [spec, time]) => {
            Some(Node::string(formatted(&string(spec)?, &parsed(&string(time)?)?)?, at))
        }
        _ => None,
    }
}

/// Parses a time in RFC 3339 format.
fn parsed(text: &str) -> Option<Zoned> {
    let pieces = DateTimeParser::new().parse_pieces(text).ok()?;
    let datetime = pieces.date().to_datetime(pieces.time()?);
    let offset = pieces.to_numeric_offset().unwrap_or(Offset::UTC);
    let zone = TimeZone::fixed(offset);
    datetime.to_zoned(zone).ok()
}

/// Parses a duration in Go's format: `1h30m`, `-10s`.
fn duration_of(text: &str) -> Option<SignedDuration> {
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest.is_empty() {
        return None;
    }
    let mut nanoseconds = 0.0;
    while !rest.is_empty() && rest != "0" {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
        let number: f64 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let letters =
            rest.find(|letter: char| letter.is_ascii_digit() || letter == '.').unwrap_or(rest.len());
        let unit = match &rest[..letters] {
            "ns" => 1.0,
            "us" | "µs" => 1e3,
            "ms" => 1e6,
            "s" => 1e9,
            "m" => 60e9,
            "h" => 3600e9,
            _ => return None,
        };
        nanoseconds += number * unit;
        rest = &rest[letters..];
        if rest == "0" {
            return None;
        }
    }
    #[expect(clippy::cast_possible_truncation, reason = "checked to be small")]
    (nanoseconds < 9e18).then(|| SignedDuration::from_nanos(nanoseconds as i64 * sign))
}

/// Formats a time as `formatdate` does; `None` if the pattern is not supported.
fn formatted(spec: &str, time: &Zoned) -> Option<String> {
    let mut text = String::new();
    let mut rest = spec;
    while let Some(letter) = rest.chars().next() {
        if letter == '\'' {
            let end = rest[1..].find('\'')? + 1;
            text.push_str(&rest[1..end]);
            rest = &rest[end + 1..];
            // Two quotes in quoted text are one.
            if rest.starts_with('\'') {
                text.push('\'');
            }
            continue;
        }
        let length = rest.len() - rest.trim_start_matches(letter).len();
        if letter.is_ascii_alphabetic() {
            text.push_str(&verb(&rest[..length], time)?)
        } else {
            text.push_str(&rest[..length])
        }
        rest = &rest[length..];
    }
    Some(text)
}

fn verb(verb: &str, time: &Zoned) -> Option<String> {
    let format = match verb {
        "YYYY" => "%Y",
        "YY" => "%y",
        "MMMM" => "%B",
        "MMM" => "%b",
        "MM" => "%m",
        "M" => "%-m",
        "DD" => "%d",
        "D" => "%-d",
        "EEEE" => "%A",
        "EEE" => "%a",
        "hh" => "%H",
        "h" => "%-H",
        "HH" => "%I",
        "H" => "%-I",
        "AA" => "%p",
        "aa" => "%P",
        "mm" => "%M",
        "m" => "%-M",
        "ss" => "%S",
        "s" => "%-S",
        "ZZZ" if time.offset().is_zero() => return Some("UTC".to_owned()),
        "Z" if time.offset().is_zero() => return Some("Z".to_owned()),
        "ZZZZ" | "ZZZ" => "%z",
        "ZZZZZ" | "Z" => "%:z",
        _ => return None,
    };
    Some(time.strftime(format).to_string())
}
