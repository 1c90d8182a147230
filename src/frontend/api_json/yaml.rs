//! Requests in YAML, as the AWS CLI reads them with `--cli-input-yaml`.

use std::path::Path;

use crate::address::UnitId;
use crate::frontend::api_json::resources;
use crate::resource::{Traits, Unit};
use crate::source::{FileId, Sources};
use crate::syntax::yaml;
use crate::value::Mapped;

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
    if !is_request || source.text.len() > MAX_BYTES {
        return None;
    }
    let parsed = yaml::document(&Mapped::file(file, &source.text));
    let mut unit = Unit::new(UnitId::new(file), &Traits::AS_WRITTEN);
    unit.resources = parsed.root.as_ref().map(|root| resources(root, &unit)).unwrap_or_default();
    if unit.resources.is_empty() {
        return None;
    }
    unit.directory = source.path.parent().map(Path::to_owned);
    unit.files.push(file);
    unit.syntax_errors = parsed.errors;
    Some(unit)
}

/// Members of which every request in YAML has one in its first column.
const WORDS_OF_YAML: &[&str] = &["containerDefinitions", "taskDefinition", "serviceName", "loadBalancers"];
