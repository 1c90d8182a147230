//! Placeholders that another program replaces before CloudFormation reads the template.

use std::sync::Arc;

use crate::cloudformation::Template;
use crate::value::{Node, NodeKind, Unknown};

/// Members whose texts are for the program in a container, or for another service.
const OTHERS: &[&str] =
    &["Command", "EntryPoint", "Environment", "HealthCheck", "DockerLabels", "UserData", "DefinitionString"];

/// Makes the texts unknown that another program changes, such as `${IMAGE}` outside of `Fn::Sub`, if the template has no `IMAGE`.
pub(super) fn make_unknown(properties: &mut Node, template: &Template) {
    match &properties.kind {
        NodeKind::String(text) if has_placeholder(text, template) => {
            properties.kind = NodeKind::Unknown(Unknown::Placeholder(text.clone()));
        }
        NodeKind::Array(_) | NodeKind::Object(_) if is_changed(properties, template) => {
            inside(properties, template);
        }
        _ => {}
    }
}

fn inside(node: &mut Node, template: &Template) {
    match &mut node.kind {
        NodeKind::Array(list) => {
            Arc::make_mut(list).items.iter_mut().for_each(|item| make_unknown(item, template));
        }
        NodeKind::Object(object) => {
            let entries = Arc::make_mut(object).entries.iter_mut();
            let ours = entries.filter(|entry| !OTHERS.contains(&entry.key.as_str()));
            ours.for_each(|entry| make_unknown(&mut entry.value, template));
        }
        _ => {}
    }
}

fn is_changed(node: &Node, template: &Template) -> bool {
    match &node.kind {
        NodeKind::String(text) => has_placeholder(text, template),
        NodeKind::Array(list) => list.items.iter().any(|item| is_changed(item, template)),
        NodeKind::Object(object) => {
            let ours = object.entries.iter().filter(|entry| !OTHERS.contains(&entry.key.as_str()));
            ours.into_iter().any(|entry| is_changed(&entry.value, template))
        }
        _ => false,
    }
}

fn has_placeholder(text: &str, template: &Template) -> bool {
    let is_enclosed = |start: &str, end: &str| {
        text.split_once(start).is_some_and(|(_, rest)| {
            rest.split_once(end).is_some_and(|(name, _)| !name.is_empty() && !name.starts_with("resolve:"))
        })
    };
    let is_jinja = is_enclosed("{{", "}}") || is_enclosed("{%", "%}") || is_enclosed("%%", "%%");
    is_jinja || text.strip_prefix('$').is_some_and(is_variable) || has_variable(text, template)
}

/// Whether a text has `${NAME}` with a name that the template does not declare. One that it declares lacks `Fn::Sub`.
fn has_variable(text: &str, template: &Template) -> bool {
    let declares = |name: &str| {
        ["Parameters", "Resources"].iter().any(|section| template.member(section, name).is_some())
    };
    let names = text.split("${").skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
    names.into_iter().any(|name| is_variable(name) && !declares(name))
}

fn is_variable(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
