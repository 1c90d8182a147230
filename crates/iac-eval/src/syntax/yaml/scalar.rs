//! The types of plain scalars.

use smol_str::{SmolStr, format_smolstr};

use crate::value::NodeKind;

/// The type of a plain scalar as Terraform reads it.
pub(super) fn of_terraform(text: &str) -> NodeKind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return NodeKind::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "y" | "Y" => {
            return NodeKind::Bool(true);
        }
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" | "n" | "N" => {
            return NodeKind::Bool(false);
        }
        _ => {}
    }
    if let Some(number) = text.strip_prefix("0x").and_then(|digits| u64::from_str_radix(digits, 16).ok()) {
        return NodeKind::Number(format_smolstr!("{number}"));
    }
    if is_date(text) {
        return NodeKind::String(format_smolstr!("{text}T00:00:00Z"));
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.ends_with(|c: char| c.is_ascii_digit() || c == '.')
        && text.parse::<f64>().is_ok_and(f64::is_finite);
    if !is_number {
        return NodeKind::String(SmolStr::from(text));
    }
    let is_whole = digits.bytes().all(|byte| byte.is_ascii_digit());
    let zeros = if is_whole {
        digits[..digits.len() - 1].bytes().take_while(|byte| *byte == b'0').count()
    } else {
        0
    };
    NodeKind::Number(format_smolstr!("{sign}{}", &digits[zeros..]))
}

/// Whether a text is a date, which Terraform reads as the time at which it begins.
fn is_date(text: &str) -> bool {
    let is_digit = |(index, byte): (usize, u8)| {
        if [4, 7].contains(&index) { byte == b'-' } else { byte.is_ascii_digit() }
    };
    text.len() == 10 && text.bytes().enumerate().all(is_digit)
}

/// The type of a plain scalar as AWS reads it: CloudFormation, and the AWS CLI. Dates, sexagesimal numbers, and numbers
/// with an exponent but without a fraction remain text.
pub(super) fn of_aws(text: &str) -> NodeKind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => NodeKind::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => NodeKind::Bool(true),
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => NodeKind::Bool(false),
        _ => number(text).map_or_else(|| NodeKind::String(text.into()), NodeKind::Number),
    }
}

/// The number that a text is under YAML 1.1, in JSON's notation.
fn number(text: &str) -> Option<SmolStr> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let sign = if text.starts_with('-') { "-" } else { "" };
    if let Some(hex) = digits.strip_prefix("0x") {
        return in_base(sign, hex, 16);
    }
    if let Some((whole, fraction)) = digits.split_once('.') {
        return decimal(sign, whole, fraction);
    }
    match digits.strip_prefix('0') {
        Some("") | None => whole_digits(digits).map(|digits| format_smolstr!("{sign}{digits}")),
        Some(octal) => in_base(sign, octal, 8),
    }
}

fn in_base(sign: &str, digits: &str, base: u32) -> Option<SmolStr> {
    let is_valid = digits.chars().all(|c| c == '_' || c.is_digit(base));
    let value = u128::from_str_radix(&digits.replace('_', ""), base).ok()?;
    is_valid.then(|| format_smolstr!("{sign}{value}"))
}

/// A number with a fraction. Its exponent must have a sign.
fn decimal(sign: &str, whole: &str, fraction: &str) -> Option<SmolStr> {
    let (fraction, exponent) = match fraction.find(['e', 'E']) {
        Some(at) => fraction.split_at(at),
        None => (fraction, ""),
    };
    let has_digits = whole.bytes().chain(fraction.bytes()).any(|byte| byte.is_ascii_digit());
    let is_exponent = |text: &str| {
        let digits = text.get(1..).and_then(|text| text.strip_prefix(['-', '+'])).unwrap_or_default();
        text.is_empty() || !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !has_digits || !is_exponent(exponent) {
        return None;
    }
    let (whole, fraction) = (whole_digits(whole)?, whole_digits(fraction)?);
    let significant = whole.trim_start_matches('0');
    let whole = if significant.is_empty() { "0" } else { significant };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format_smolstr!("{sign}{whole}{point}{fraction}{exponent}"))
}

/// Digits without the underscores between them; `None` if there is anything else.
fn whole_digits(text: &str) -> Option<String> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    is_digits.then(|| text.replace('_', ""))
}
