//! Functions that encode and decode: Base64, URLs, CSV, YAML, and hashes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use smol_str::SmolStr;

use crate::source::Span;
use crate::syntax::yaml::{self, Refusal};
use crate::terraform::functions::call::FunctionCall;
use crate::terraform::functions::closed;
use crate::terraform::functions::list::entries;
use crate::terraform::functions::string::string;
use crate::value::{Entry, Mapped, Node, NodeKind, Part, Text};

pub(super) fn function(call: &FunctionCall) -> Option<Node> {
    let (name, args, at) = (call.name, call.args, call.at);
    let made = |text: String| Some(Node::string(text, at));
    match (name, args) {
        ("base64encode", [text]) => match base64(text, at) {
            Some(encoded) => Some(encoded),
            None => made(STANDARD.encode(string(text)?)),
        },
        ("base64decode", [text]) => match STANDARD.decode(string(text)?).ok().map(String::from_utf8) {
            Some(Ok(decoded)) => made(decoded),
            _ => Some(call.reject("`base64decode` requires a Base64 string that decodes to UTF-8 text", at)),
        },
        ("textencodebase64", [text, encoding]) => {
            made(STANDARD.encode(encoded(&string(text)?, &string(encoding)?)?))
        }
        ("textdecodebase64", [text, encoding]) => {
            made(decoded(&STANDARD.decode(string(text)?).ok()?, &string(encoding)?)?)
        }
        ("urlencode", [text]) => made(urlencoded(&string(text)?)),
        ("urldecode", [text]) => made(urldecoded(&string(text)?)?),
        ("csvdecode", [text]) => csv(&string(text)?, at),
        ("yamldecode", [text]) => match yaml::parse(&call.mapped(text)?) {
            Ok(value) => Some(value),
            Err(Refusal::TooLarge) => call.too_large(),
            Err(Refusal::Invalid) => None,
        },
        ("yamlencode", [value]) => {
            let mut text = String::new();
            yaml(value, 0, &mut text)?;
            made(text)
        }
        (name, [text]) => made(hash(name, string(text)?.as_bytes())?),
        ("uuidv5", [namespace, name]) => {
            let namespace = match string(namespace)?.as_str() {
                "dns" => uuid::Uuid::NAMESPACE_DNS,
                "url" => uuid::Uuid::NAMESPACE_URL,
                "oid" => uuid::Uuid::NAMESPACE_OID,
                "x500" => uuid::Uuid::NAMESPACE_X500,
                other => uuid::Uuid::parse_str(other).ok()?,
            };
            made(uuid::Uuid::new_v5(&namespace, string(name)?.as_bytes()).to_string())
        }
        _ => None,
    }
}

/// The Base64 encoding of a string that keeps its places. A string with an encoding in it has no places to keep.
fn base64(text: &Node, at: Span) -> Option<Node> {
    let is_plain = match &text.kind {
        NodeKind::String(_) => true,
        NodeKind::Text(text) => {
            !text.parts.iter().any(|part| matches!(part, Part::Json(_) | Part::Base64(_)))
        }
        _ => false,
    };
    is_plain.then(|| Node::new(NodeKind::Text(Text::new(vec![Part::Base64(text.clone())]).into()), at))
}

/// Encodes a text as UTF-8 or UTF-16; `None` for other encodings.
fn encoded(text: &str, encoding: &str) -> Option<Vec<u8>> {
    match encoding.to_ascii_uppercase().as_str() {
        "UTF-8" => Some(text.as_bytes().to_vec()),
        "UTF-16LE" => Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        "UTF-16BE" => Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        _ => None,
    }
}

/// Decodes bytes in one of those encodings.
fn decoded(bytes: &[u8], encoding: &str) -> Option<String> {
    let units = |unit: fn([u8; 2]) -> u16| -> Option<String> {
        let pairs = bytes.chunks(2).map(|pair| Some(unit(pair.try_into().ok()?)));
        String::from_utf16(&pairs.collect::<Option<Vec<u16>>>()?).ok()
    };
    match encoding.to_ascii_uppercase().as_str() {
        "UTF-8" => String::from_utf8(bytes.to_vec()).ok(),
        "UTF-16LE" => units(u16::from_le_bytes),
        "UTF-16BE" => units(u16::from_be_bytes),
        _ => None,
    }
}

/// Computes the hash that the function name selects.
pub(in crate::terraform) fn hash(name: &str, bytes: &[u8]) -> Option<String> {
    let hex = |digest: &[u8]| digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    Some(match name {
        "md5" => hex(&Md5::digest(bytes)),
        "sha1" => hex(&Sha1::digest(bytes)),
        "sha256" => hex(&Sha256::digest(bytes)),
        "sha512" => hex(&Sha512::digest(bytes)),
        "base64sha256" => STANDARD.encode(Sha256::digest(bytes)),
        "base64sha512" => STANDARD.encode(Sha512::digest(bytes)),
        _ => return None,
    })
}

/// The JSON of a value; `None` unless it is fully known.
pub(super) fn json(value: &Node) -> Option<String> {
    let mut text = Mapped::empty();
    text.push_value(value);
    (!text.has_hole(0..text.text.len())).then(|| text.text.into_owned())
}

fn urlencoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        b' ' => "+".to_owned(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// Decodes what `urlencode` encodes: a function of OpenTofu, which refuses a percent sign without two digits.
fn urldecoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        match first {
            b'+' => bytes.push(b' '),
            b'%' => {
                let (digits, after) = rest.split_at_checked(2)?;
                let digit = |byte: u8| char::from(byte).to_digit(16);
                bytes.push(u8::try_from(digit(digits[0])? * 16 + digit(digits[1])?).ok()?);
                rest = after;
            }
            byte => bytes.push(*byte),
        }
    }
    String::from_utf8(bytes).ok()
}

/// Parses the rows of a table, each as an object of its columns.
fn csv(text: &str, at: Span) -> Option<Node> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names = reader.headers().ok()?.clone();
    let is_repeated = |(index, name): (usize, &str)| names.iter().take(index).any(|other| other == name);
    if names.is_empty() || names.iter().enumerate().any(is_repeated) {
        return None;
    }
    let row = |record: csv::StringRecord| {
        let cells = names.iter().zip(&record);
        Node::object(cells.map(|(name, cell)| Entry::new(name, at, Node::string(cell, at))).collect(), at)
    };
    Some(Node::array(reader.records().map(|record| record.ok().map(row)).collect::<Option<_>>()?, at))
}

/// Writes a value as YAML in Terraform's format: strings and keys quoted, two spaces per level.
fn yaml(value: &Node, level: usize, text: &mut String) -> Option<()> {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let indent = "  ".repeat(level);
    match &value.kind {
        NodeKind::Array(_) if closed(value)?.items.is_empty() => text.push_str("[]\n"),
        NodeKind::Object(_) if entries(value)?.is_empty() => text.push_str("{}\n"),
        NodeKind::Array(_) => {
            for item in &closed(value)?.items {
                text.push_str(&indent);
                text.push_str("- ");
                let start = text.len();
                yaml(item, level + 1, text)?;
                if !is_scalar(item) {
                    // The first line of a nested value follows the dash.
                    let inner = "  ".repeat(level + 1);
                    if text[start..].starts_with(&inner) {
                        text.replace_range(start..start + inner.len(), "");
                    }
                }
            }
        }
        NodeKind::Object(_) => {
            for Entry { key, value, .. } in entries(value)? {
                text.push_str(&indent);
                text.push_str(&quoted(key));
                text.push(':');
                let nested = !is_scalar(value) && !is_empty(value);
                text.push(if nested { '\n' } else { ' ' });
                // A list has the same indentation as its key.
                let deeper = if matches!(value.kind, NodeKind::Array(_)) { level } else { level + 1 };
                yaml(value, deeper, text)?;
            }
        }
        NodeKind::Null => text.push_str("null\n"),
        NodeKind::Bool(_) | NodeKind::Number(_) => {
            text.push_str(&string(value)?);
            text.push('\n');
        }
        NodeKind::String(_) | NodeKind::Text(_) => {
            let known = SmolStr::from(string(value)?);
            if known.contains('\n') {
                return None;
            }
            text.push_str(&quoted(&known));
            text.push('\n');
        }
        NodeKind::Unknown(_) => return None,
    }
    Some(())
}

fn is_scalar(node: &Node) -> bool {
    !matches!(node.kind, NodeKind::Array(_) | NodeKind::Object(_))
}

fn is_empty(node: &Node) -> bool {
    node.as_array().is_some_and(|array| array.items.is_empty())
        || node.as_object().is_some_and(|object| object.entries.is_empty())
}
