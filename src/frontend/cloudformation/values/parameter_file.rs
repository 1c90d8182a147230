//! Files with values of parameters: those of the AWS CLI, of CodePipeline, and of Git sync.

use smol_str::SmolStr;

use crate::frontend::cloudformation::values::words;
use crate::source::{FileId, Sources, Span};
use crate::suggest::nearest;
use crate::syntax::{SyntaxError, json, yaml};
use crate::value::{Entry, Mapped, Node, NodeKind};

/// The values in a file.
#[derive(Clone, Debug)]
pub(super) struct ParameterFile {
    /// The path of the template that the file names.
    pub template: Option<String>,
    /// The values.
    pub values: Vec<(SmolStr, Node)>,
    /// The names of all parameters, also of those that keep the value that they have.
    pub names: Vec<(SmolStr, Span)>,
    /// What the AWS CLI refuses in the file.
    pub errors: Vec<SyntaxError>,
}

/// The members of an item of a list.
const MEMBERS: &[&str] = &["ParameterKey", "ParameterValue", "UsePreviousValue", "ResolvedValue"];

/// The largest file that is read.
const MAX_BYTES: usize = 256 * 1024;

/// Reads a file; `None` if it has no values of parameters.
pub(super) fn read(sources: &Sources, file: FileId) -> Option<ParameterFile> {
    let source = sources.get(file);
    let has_word = ["Parameter", "parameters", "="].iter().any(|word| source.text.contains(word));
    if source.text.len() > MAX_BYTES || !has_word {
        return None;
    }
    let text = Mapped::file(file, &source.text);
    let is_json = source.text.trim_start().starts_with(['{', '[']);
    let root = if is_json { json::parse_exact(&text).root } else { yaml::document(&text).root }?;
    values(&root).filter(|file| !file.values.is_empty())
}

fn values(root: &Node) -> Option<ParameterFile> {
    if let Some(list) = root.as_array() {
        let values: Vec<(SmolStr, Node)> = list.items.iter().flat_map(pair).collect();
        let keys = list.items.iter().filter_map(|item| item.get("ParameterKey"));
        let names = keys.filter_map(|key| Some((SmolStr::from(key.as_str()?), key.at))).collect();
        let errors = list.items.iter().flat_map(misspelled).collect();
        return Some(ParameterFile { template: None, values, names, errors });
    }
    if root.get("Resources").is_some() {
        return None;
    }
    let template = root.get("template-file-path").and_then(Node::as_str).map(str::to_owned);
    let map = root.get(if template.is_some() { "parameters" } else { "Parameters" })?;
    // The parameters of a template have types.
    let entries = &map.as_object()?.entries;
    let values = entries.iter().filter(|entry| is_scalar(&entry.value)).map(value).collect();
    let names = entries.iter().map(|entry| (entry.key.clone(), entry.key_at)).collect();
    Some(ParameterFile { template, values, names, errors: Vec::new() })
}

fn value(entry: &Entry) -> (SmolStr, Node) {
    (entry.key.clone(), entry.value.clone())
}

/// The misspelled members of an item of a list.
fn misspelled(item: &Node) -> Vec<SyntaxError> {
    let entries = item.as_object().map_or(&[][..], |object| object.entries.as_slice());
    let is_known = |entry: &&Entry| MEMBERS.contains(&entry.key.as_str());
    if !entries.iter().any(|entry| is_known(&entry)) {
        return Vec::new();
    }
    let error = |entry: &Entry| {
        let near = nearest(&entry.key, MEMBERS.iter().copied())?;
        let message = format!("a parameter has no member `{}`", entry.key);
        let help = Some(format!("did you mean `{near}`?"));
        Some(SyntaxError { help, ..SyntaxError::rejected(entry.key_at, message) })
    };
    entries.iter().filter(|entry| !is_known(entry)).filter_map(error).collect()
}

fn is_scalar(node: &Node) -> bool {
    !matches!(node.kind, NodeKind::Object(_) | NodeKind::Array(_) | NodeKind::Null)
}

/// The value of an item of a list: an object, or `Name=value`.
fn pair(item: &Node) -> Vec<(SmolStr, Node)> {
    match (item.as_str(), item.get("ParameterKey").and_then(Node::as_str)) {
        (Some(text), _) => {
            let is_quoted = item.at.range().len() == text.len() + 2;
            let at = if is_quoted { item.at.slice(1..1 + text.len()) } else { item.at };
            words::assignment(text, at).into_iter().collect()
        }
        (None, Some(key)) => {
            let value = item.get("ParameterValue").filter(|value| is_scalar(value));
            value.map(|value| (SmolStr::from(key), value.clone())).into_iter().collect()
        }
        _ => Vec::new(),
    }
}
