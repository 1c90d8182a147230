//! Files with values of parameters: those of the AWS CLI, of CodePipeline, and of Git sync.

use smol_str::SmolStr;

use crate::frontend::cloudformation::values::words;
use crate::source::{FileId, Sources};
use crate::syntax::{json, yaml};
use crate::value::{Entry, Mapped, Node, NodeKind};

/// The values in a file.
#[derive(Clone, Debug)]
pub(super) struct ParameterFile {
    /// The path of the template that the file names.
    pub template: Option<String>,
    /// The values.
    pub values: Vec<(SmolStr, Node)>,
}

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
        let values = list.items.iter().flat_map(pair).collect();
        return Some(ParameterFile { template: None, values });
    }
    if root.get("Resources").is_some() {
        return None;
    }
    let template = root.get("template-file-path").and_then(Node::as_str).map(str::to_owned);
    let map = root.get(if template.is_some() { "parameters" } else { "Parameters" })?;
    // The parameters of a template have types.
    let entries = &map.as_object()?.entries;
    let values = entries.iter().filter(|entry| is_scalar(&entry.value)).map(value);
    Some(ParameterFile { template, values: values.collect() })
}

fn value(entry: &Entry) -> (SmolStr, Node) {
    (entry.key.clone(), entry.value.clone())
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
