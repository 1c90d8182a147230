//! `[[ignore]]` in `ecslint.toml`, for JSON, which has no comments.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::config::{Config, Date, Ignore, PathIndex};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Sources, Span, line_start};
use crate::syntax::json;
use crate::value::{Mapped, Node};

/// The entries of a run, found by the files that they apply to.
pub(super) struct Entries<'i> {
    all: Vec<&'i Ignore>,
    index: PathIndex,
    /// The groups of entries about each file with findings.
    of: FxHashMap<FileId, BTreeSet<usize>>,
    /// The place that the pointer of an entry leads to in a file.
    places: FxHashMap<(usize, FileId), Option<Span>>,
    /// The parsed files to which pointers lead.
    roots: FxHashMap<FileId, Option<Node>>,
}

impl<'i> Entries<'i> {
    pub(super) fn new(config: &'i Config) -> Entries<'i> {
        let all: Vec<&Ignore> = config.ignores().collect();
        let index = PathIndex::new(all.iter().map(|entry| entry.paths()).enumerate());
        Entries {
            all,
            index,
            of: FxHashMap::default(),
            places: FxHashMap::default(),
            roots: FxHashMap::default(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The rule's names in the entries that suppress a finding.
    pub(super) fn accept(&mut self, found: &Diagnostic, sources: &Sources, today: Date) -> Vec<Span> {
        let Entries { all, index, of, places, roots } = self;
        let file = found.span.file;
        let groups = of.entry(file).or_insert_with(|| groups(index, file, sources));
        let mut names = Vec::new();
        for at in groups.iter().flat_map(|group| index.sets(*group)) {
            let entry = all[*at];
            let Some((_, name)) = entry.rules.iter().find(|(rule, _)| rule == found.rule) else { continue };
            let covers =
                |place: Span| (place.start..place.end.max(place.start + 1)).contains(&found.span.start);
            let mut is_there = || match &entry.pointer {
                None => true,
                Some((pointer, _)) => places
                    .entry((*at, file))
                    .or_insert_with(|| pointed(root(file, sources, roots)?, pointer))
                    .is_some_and(covers),
            };
            if !entry.has_expired(today) && is_there() {
                names.push(*name);
            }
        }
        names
    }

    /// The files that the entries of each group are about.
    pub(super) fn files(
        &self,
        files: impl Iterator<Item = FileId>,
        sources: &Sources,
    ) -> Vec<(impl Iterator<Item = &'i Ignore>, Vec<FileId>)> {
        let mut about: Vec<Vec<FileId>> = vec![Vec::new(); self.index.groups()];
        for file in files {
            groups(&self.index, file, sources).into_iter().for_each(|group| about[group].push(file));
        }
        let entries = |group| self.index.sets(group).iter().map(|at| self.all[*at]);
        about.into_iter().enumerate().map(|(group, files)| (entries(group), files)).collect()
    }
}

/// The groups of entries about a file.
fn groups(index: &PathIndex, file: FileId, sources: &Sources) -> BTreeSet<usize> {
    index.matching(&sources.get(file).path).into_iter().collect()
}

/// The value of a file in JSON.
fn root<'r>(
    file: FileId,
    sources: &Sources,
    roots: &'r mut FxHashMap<FileId, Option<Node>>,
) -> Option<&'r Node> {
    let parse = || json::parse(&Mapped::file(file, &sources.get(file).text)).root;
    roots.entry(file).or_insert_with(parse).as_ref()
}

/// The member or item at a JSON pointer, with its key.
pub(super) fn pointed(root: &Node, pointer: &str) -> Option<Span> {
    let (mut node, mut span) = (root, root.at);
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        match (node.as_array(), node.entry(&token)) {
            (Some(array), _) => {
                node = array.items.get(token.parse::<usize>().ok()?)?;
                span = node.at;
            }
            (None, entry) => {
                node = &entry?.value;
                span = entry?.key_at.to(node.at);
            }
        }
    }
    Some(span)
}

/// The lines of an entry that is a table of its own, with the empty line after it.
pub(super) fn deletion(sources: &Sources, at: Span) -> Option<Span> {
    let text = &*sources.get(at.file).text;
    let (start, end) = (at.range().start, at.range().end);
    let line = line_start(text, start);
    if !text[line..].trim_start().starts_with("[[") {
        return None;
    }
    let next = |from: usize| text[from..].find('\n').map_or(text.len(), |length| from + length + 1);
    let behind = next(end);
    let is_empty = behind < text.len() && text[behind..next(behind)].trim().is_empty();
    Some(Span::new(at.file, line, if is_empty { next(behind) } else { behind }))
}
