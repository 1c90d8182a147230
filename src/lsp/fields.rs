//! Schema information about members: for hover, and for completing missing keys.

use smol_str::SmolStr;

use crate::lsp::run::{Point, Run};
use crate::lsp::tree;
use crate::model::{Resource, Shape};
use crate::schema;
use crate::source::Span;

/// The schema at a list of keys; items of a list have the list's key.
pub(super) fn shape(resource: &Resource, keys: &[&str]) -> Option<Shape> {
    member(schema::shape(resource.kind)?, keys)
}

/// The schema at a list of keys below another one.
pub(super) fn member(root: Shape, keys: &[&str]) -> Option<Shape> {
    keys.iter().try_fold(root, |shape, key| inside(shape).member(key))
}

/// The schema of the items of a list, or of the value itself.
fn inside(shape: Shape) -> Shape {
    shape.item().map_or(shape, inside)
}

/// The hover text for the key at a point.
pub(super) fn hover(run: &Run, point: Point) -> Option<(Span, String)> {
    run.reading.workspace.resources().find_map(|resource| {
        let (keys, entry, _) = tree::key_at(resource, point)?;
        let shape = shape(resource, &keys)?;
        let said = shape.description()?;
        let options =
            shape.options().iter().map(|option| format!("`{option}`")).collect::<Vec<_>>().join(", ");
        let options =
            if options.is_empty() { String::new() } else { format!("\n\nValid values: {options}.") };
        let range = match (shape.limit("minimum"), shape.limit("maximum")) {
            (Some(least), Some(most)) => format!("\n\nValid range: {least} to {most}."),
            (Some(least), None) => format!("\n\nMinimum: {least}."),
            (None, Some(most)) => format!("\n\nMaximum: {most}."),
            (None, None) => String::new(),
        };
        Some((entry.key_at, format!("**{}**: {said}{options}{range}", entry.written)))
    })
}

/// A placeholder for a key that is not written yet.
const NEW: &str = "ecslint new key";

/// The keys that the object at a point does not have yet, each with its description; `word` is the typed part of a
/// key.
pub(super) fn keys(run: &Run, point: Point, word: Span) -> Option<Vec<(SmolStr, &'static str)>> {
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
