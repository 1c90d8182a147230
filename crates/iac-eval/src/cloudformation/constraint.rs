//! The constraints on the values of parameters.

use regex::RegexBuilder;

use crate::cloudformation::Template;
use crate::cloudformation::parameter::{allowed_values, as_text};
use crate::cloudformation::stack::Stack;
use crate::similar::closest;
use crate::source::Span;
use crate::value::{Entry, More, Node, NodeKind};

/// The largest size of a compiled pattern, in bytes. A larger one is not compared.
const MAX_PATTERN: usize = 64 << 10;

/// Words that are truth values in some versions of YAML and texts in others.
const AMBIGUOUS: &[&str] = &["yes", "no", "on", "off", "y", "n"];

impl Stack<'_> {
    /// Reports values of parameters that CloudFormation refuses before it creates anything. An empty one often only makes people
    /// write another.
    pub(super) fn reject_values(&self) {
        for declared in self.template.section("Parameters") {
            let given = self.given.get(&declared.key);
            let value = given.or_else(|| declared.value.get("Default").filter(|_| self.path.is_root()));
            let Some(value) = value else { continue };
            let value = as_text(value);
            if value.as_str().is_none_or(|text| text.is_empty() || is_replaced(text)) {
                continue;
            }
            if let Some(why) = violated(declared, &value) {
                let shown = value.as_str().filter(|_| !self.is_hidden(declared, &value));
                let shown = shown.map_or_else(|| "the value".to_owned(), |text| format!("`{text}`"));
                let what = if given.is_none() { "default" } else { "value" };
                let message = format!("{shown} is not a valid {what} of parameter `{}`: {why}", declared.key);
                self.reject(value.at, message, None);
            }
        }
    }

    /// Reports parameters that a nested stack sets and its template does not have, and those that it has to set.
    pub(super) fn check_parameters_of(
        &self,
        template: &Template,
        name: &str,
        properties: &Node,
        stack_at: Span,
    ) {
        let set = properties.get("Parameters");
        let set = match set.map(|set| set.as_object()) {
            None => &[][..],
            Some(Some(object))
                if object.more == More::No
                    && object.entries.iter().all(|entry| !entry.key.contains("::")) =>
            {
                object.entries.as_slice()
            }
            Some(_) => return,
        };
        let has_all = properties.as_object().is_some_and(|object| object.more == More::No);
        if !template.is_whole("Parameters") || !has_all {
            return;
        }
        let declared = template.section("Parameters");
        for entry in set.iter().filter(|entry| declared.iter().all(|other| other.key != entry.key)) {
            let near = closest(&entry.key, declared.iter().map(|other| other.key.as_str()));
            let help = near.map(|near| format!("did you mean `{near}`?"));
            let message = format!("the template of `{name}` has no parameter `{}`", entry.key);
            self.reject(entry.key_at, message, help);
        }
        let is_needed = |parameter: &&Entry| {
            parameter.value.get("Default").is_none() && set.iter().all(|entry| entry.key != parameter.key)
        };
        for parameter in declared.iter().filter(is_needed) {
            let at = properties.entry("Parameters").map_or(stack_at, |entry| entry.key_at);
            let message = format!(
                "`{name}` does not set the parameter `{}` of its template, which has no default",
                parameter.key
            );
            self.reject(at, message, None);
        }
    }

    fn is_hidden(&self, declared: &Entry, value: &Node) -> bool {
        declared.value.get("NoEcho").is_some() || value.at.is_secret
    }
}

/// Whether another program seems to replace a text before CloudFormation reads it.
fn is_replaced(text: &str) -> bool {
    text.starts_with('$') || ["${", "{{", "{%", "%%"].iter().any(|start| text.contains(start))
}

/// What a value has to be instead; `None` if it is valid, or if that is not known.
fn violated(declared: &Entry, value: &Node) -> Option<String> {
    let of = |name: &str| declared.value.get(name).map(as_text);
    let kind = declared.value.get("Type").and_then(Node::as_str)?;
    let text = value.as_str()?;
    match kind {
        "String" => length(text, &of).or_else(|| pattern(text, &of)).or_else(|| allowed(declared, &[text])),
        "Number" => number(text, &of).or_else(|| allowed(declared, &[text])),
        "CommaDelimitedList" => allowed(declared, &text.split(',').map(str::trim).collect::<Vec<_>>()),
        _ => None,
    }
}

fn allowed(declared: &Entry, items: &[&str]) -> Option<String> {
    let values = allowed_values(declared);
    let texts: Vec<&str> = values.iter().map(Node::as_str).collect::<Option<_>>()?;
    let is_ambiguous = |text: &str| AMBIGUOUS.contains(&text.to_ascii_lowercase().as_str());
    if texts.is_empty() || texts.iter().chain(items).any(|text| is_ambiguous(text)) {
        return None;
    }
    let is_allowed = |item: &&str| texts.iter().any(|text| text == item || is_same_number(text, item));
    if items.iter().all(is_allowed) {
        return None;
    }
    let listed: Vec<String> = texts.iter().take(10).map(|text| format!("`{text}`")).collect();
    let more = if texts.len() > 10 { ", …" } else { "" };
    Some(format!("`AllowedValues` has {}{more}", listed.join(", ")))
}

fn is_same_number(one: &str, other: &str) -> bool {
    one.parse::<f64>().is_ok_and(|one| other.parse::<f64>().is_ok_and(|other| one.total_cmp(&other).is_eq()))
}

fn length(text: &str, of: &impl Fn(&str) -> Option<Node>) -> Option<String> {
    let limit = |name: &str| of(name)?.as_str()?.parse::<usize>().ok();
    let length = text.chars().count();
    let short = limit("MinLength").filter(|least| length < *least);
    let long = limit("MaxLength").filter(|most| length > *most);
    short
        .map(|least| format!("`MinLength` is {least}"))
        .or_else(|| long.map(|most| format!("`MaxLength` is {most}")))
}

fn number(text: &str, of: &impl Fn(&str) -> Option<Node>) -> Option<String> {
    let Ok(value) = text.trim().parse::<f64>() else { return Some("it must be a number".to_owned()) };
    let limit = |name: &str| of(name)?.as_str()?.parse::<f64>().ok();
    let small = limit("MinValue").filter(|least| value < *least);
    let large = limit("MaxValue").filter(|most| value > *most);
    small
        .map(|least| format!("`MinValue` is {least}"))
        .or_else(|| large.map(|most| format!("`MaxValue` is {most}")))
}

/// The pattern has to match the whole text. One with syntax that only Java has is not compared.
fn pattern(text: &str, of: &impl Fn(&str) -> Option<Node>) -> Option<String> {
    let pattern = of("AllowedPattern")?;
    let NodeKind::String(written) = &pattern.kind else { return None };
    let regex = RegexBuilder::new(&format!("^(?:{written})$")).size_limit(MAX_PATTERN).build().ok()?;
    (!regex.is_match(text)).then(|| format!("`AllowedPattern` is `{written}`"))
}
