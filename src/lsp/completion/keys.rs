//! Completes the keys that an object does not have yet.

use smol_str::SmolStr;

use crate::inspect::fields::{inside, shape};
use crate::inspect::{Point, tree};
use crate::lsp::run::Run;
use crate::schema;
use crate::source::Span;

/// A placeholder for a key that is not written yet.
const NEW: &str = "ecslint new key";

/// The keys that the object at a point does not have yet, each with its description; `word` is the typed part of a
/// key.
pub(super) fn missing(run: &Run, point: Point, word: Span) -> Option<Vec<(SmolStr, &'static str)>> {
    let source = run.sources.get(point.file);
    let (before, after) = (source.text.get(..word.start as usize)?, source.text.get(word.end as usize..)?);
    let comma = if after.trim_start().starts_with('"') { "," } else { "" };
    let filled = [before, "\"", NEW, "\": \"\"", comma, after].concat().into();
    let run = run.with(&source.path, &filled);
    let at = Point { offset: word.start + 1, ..point };
    let mut found = run
        .reading
        .workspace
        .resources()
        .filter_map(|resource| Some((resource, tree::key_at(resource, at)?)));
    let (resource, (way, _, object)) = found.find(|(_, (_, entry, _))| entry.key == NEW)?;
    let shape = inside(match way.split_last()? {
        (_, []) => schema::shape(resource.kind)?,
        (_, around) => shape(resource, around)?,
    });
    let members = shape.members().filter(|(key, _)| object.entry(key).is_none());
    // A template of CloudFormation has its own names.
    let dialect = object.as_object()?.dialect;
    let name = |key: &str| if dialect.is_strict { (dialect.name_of)(key) } else { key.into() };
    Some(members.map(|(key, shape)| (name(key), shape.description().unwrap_or_default())).collect())
}
