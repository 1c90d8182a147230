//! Requests in YAML, as the AWS CLI reads them with `--cli-input-yaml`.

use std::path::Path;

use crate::address::UnitId;
use crate::frontend::api_json::resources;
use crate::resource::{Traits, Unit};
use crate::source::{FileId, Sources, Span};
use crate::syntax::{SyntaxError, json, yaml};
use crate::value::{Mapped, Unknown};

/// Returns `true` for the input of `--cli-input-yaml`, by its name.
pub(super) fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// The largest file that is read: a request has at most 64 KiB.
const MAX_BYTES: usize = 1 << 20;

/// Reads a file for `--cli-input-yaml`. Many tools have containers in YAML, so only a request of ECS itself counts.
pub(super) fn read(sources: &Sources, file: FileId) -> Option<Unit> {
    let source = sources.get(file);
    let is_request = WORDS_OF_YAML.iter().any(|word| {
        source.text.lines().any(|line| line.strip_prefix(word).is_some_and(|rest| rest.starts_with(':')))
    });
    if !is_request {
        return None;
    }
    let mut unit = Unit::new(UnitId::new(file), &Traits::AS_WRITTEN);
    unit.directory = source.path.parent().map(Path::to_owned);
    unit.files.push(file);
    if source.text.len() > MAX_BYTES {
        let message = "this request in YAML is larger than 1 MiB; it is not read";
        unit.syntax_errors.push(SyntaxError::limit(Span::new(file, 0, 0), message));
        return Some(unit);
    }
    let text = with_placeholders(file, &source.text);
    let parsed = yaml::document(&text);
    // A template engine may turn it into YAML that is correct.
    let is_template = ["{{", "{%", "<%"].iter().any(|tag| source.text.contains(tag));
    if is_template && !parsed.errors.is_empty() {
        return None;
    }
    unit.resources = parsed.root.as_ref().map(|root| resources(root, &unit)).unwrap_or_default();
    unit.syntax_errors = parsed.errors;
    let is_cut = unit.syntax_errors.iter().any(SyntaxError::is_limit);
    (is_cut || !unit.resources.is_empty()).then_some(unit)
}

/// The text of a file, whose placeholders are unknown parts: a pipeline replaces them before the AWS CLI reads it.
fn with_placeholders(file: FileId, text: &str) -> Mapped<'_> {
    let placeholders = json::placeholders(text);
    if placeholders.is_empty() {
        return Mapped::file(file, text);
    }
    let mut mapped = Mapped::empty();
    let mut end = 0;
    for range in placeholders {
        mapped.push(&text[end..range.start], Span::new(file, end, range.start));
        let name = Unknown::Placeholder(text[range.clone()].into());
        mapped.push_hole(name, Span::new(file, range.start, range.end));
        end = range.end;
    }
    mapped.push(&text[end..], Span::new(file, end, text.len()));
    mapped
}

/// Members of which every request in YAML has one in its first column.
const WORDS_OF_YAML: &[&str] = &["containerDefinitions", "taskDefinition", "serviceName", "loadBalancers"];
