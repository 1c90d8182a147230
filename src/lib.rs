//! A linter and static validator for Amazon ECS: task definitions, services and the Terraform around them.
//!
//! [`check`] is the engine. It takes the files of a run as [`sources::Sources`], reads what they refer to through
//! the same, and gives back findings as plain data. The command line, the editor server and the tests all call it.

pub mod address;
pub mod answers;
pub mod baseline;
pub mod cli;
pub mod config;
pub mod defect;
pub mod diagnostic;
pub mod edit;
pub mod fingerprint;
pub mod fix;
pub mod hide;
mod instances;
mod judge;
pub mod lower;
pub mod lsp;
pub mod model;
pub mod nearest;
pub mod node;
mod parallel;
pub mod project;
pub mod report;
pub mod rules;
pub mod schema;
pub mod sources;
pub mod span;
mod suppress;
pub mod syntax;
pub mod terraform;
pub mod text;
pub mod value;
pub mod walk;
pub mod write;

use std::sync::Arc;

use config::Config;
use defect::INTERNAL_ERROR;
use diagnostic::{Diagnostic, Severity};
use judge::{Island, Verdicts};
use project::{Documents, Problem};
use rules::Undecided;
use rustc_hash::FxHashSet;
use sources::Sources;
use span::{FileId, Span};

/// What a run found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The findings, ordered by file name, place and rule; no two alike.
    pub diagnostics: Vec<Diagnostic>,
    /// What could not be judged because a value is not known.
    pub undecided: Vec<Undecided>,
    /// The files that something was read from that concerns ECS.
    pub files: Vec<FileId>,
    /// The calls of Terraform modules whose sources are not on the disk, each once.
    pub unread: Vec<Span>,
    /// Which document a place belongs to.
    pub subjects: fingerprint::Subjects,
    /// Where credentials stand in plain text: no report shows these bytes.
    pub hidden: hide::Hidden,
}

impl Outcome {
    /// The number of findings of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|found| found.severity == severity).count()
    }

    /// Whether something ended early by a defect, so that not all was found.
    pub fn has_defects(&self) -> bool {
        self.diagnostics.iter().any(|found| found.rule == INTERNAL_ERROR)
    }

    /// Whether all was found that was asked for.
    pub fn is_whole(&self) -> bool {
        !self.has_defects() && !self.has_broken_settings()
    }

    /// Whether settings could not be read, so that nobody knows what was wanted of the run.
    pub fn has_broken_settings(&self) -> bool {
        let mut broken = self.diagnostics.iter().filter(|found| found.rule == config::INVALID_SETTING);
        broken.any(|found| found.severity == Severity::Error)
    }
}

/// Checks the files asked for, together with all that they refer to.
pub fn check(sources: &Sources, config: &Config) -> Outcome {
    judge(sources, &lower::read(sources), config)
}

/// Checks documents that were read already; the editor server keeps them to answer from.
pub fn judge(sources: &Sources, documents: &Documents, config: &Config) -> Outcome {
    let outcome = judge_again(sources, documents, config, &mut Verdicts::default());
    Outcome { subjects: fingerprint::Subjects::new(documents), ..outcome }
}

/// Checks documents as [`judge`] does; what is known of those that have not changed is taken over. Whose document each
/// place is, which editors do not ask, is left out.
pub(crate) fn judge_again(
    sources: &Sources,
    documents: &Documents,
    config: &Config,
    verdicts: &mut Verdicts,
) -> Outcome {
    let islands = judge::judge(sources, documents, config, verdicts);
    let (settings, path) = (&documents.settings, |span: Span| &sources.get(span.file).path);
    let mut undecided = all_undecided(&islands, sources);
    undecided.retain(|undecided| config.takes(undecided.rule, path(undecided.span), settings));
    let mut diagnostics: Vec<Diagnostic> =
        islands.iter().flat_map(|island| island.diagnostics.iter().cloned()).collect();
    let defects: Vec<Diagnostic> = diagnostics.extract_if(.., |found| found.rule == INTERNAL_ERROR).collect();
    diagnostics.retain_mut(|found| config.take(found, path(found.span), settings));
    suppress::apply(&mut diagnostics, &undecided, sources, documents, config);
    // What this adds, ignores that ignore nothing, has levels too.
    diagnostics.retain_mut(|found| config.take(found, path(found.span), settings));
    diagnostics.retain(|found| {
        let mut places = found.labels.iter().map(|label| label.span).chain([found.span]);
        places.any(|span| config.is_about(path(span)))
    });
    diagnostics.extend(defects.into_iter().chain(documents.defects.iter().cloned()));
    say_once(&mut diagnostics, sources);
    let doubtful: Vec<Span> = documents.problems.iter().filter_map(Problem::doubtful).collect();
    diagnostics
        .retain(|found| found.rule == "syntax" || !doubtful.iter().any(|behind| behind.contains(found.span)));
    instances::name(&mut diagnostics, documents);
    let hidden = islands.iter().flat_map(|island| island.hidden.iter().copied()).collect();
    let unread = each_once(documents.unread.iter().copied());
    let files = documents.files.clone();
    let mut outcome = Outcome { diagnostics, undecided, unread, files, ..Outcome::default() };
    hide::hide(&mut outcome, hidden, sources);
    outcome
}

/// What the rules could not judge, each place once for each rule.
fn all_undecided(islands: &[Arc<Island>], sources: &Sources) -> Vec<Undecided> {
    let mut undecided: Vec<Undecided> =
        islands.iter().flat_map(|island| island.undecided.iter().cloned()).collect();
    // Numbers of files depend on which thread was the first to load one; paths do not.
    let order = |undecided: &Undecided| {
        let Span { file, start, end } = undecided.span;
        (undecided.rule, &sources.get(file).path, start, end, file)
    };
    undecided.sort_by(|a, b| order(a).cmp(&order(b)));
    undecided.dedup_by_key(|undecided| (undecided.rule, undecided.span));
    undecided
}

/// Puts findings in order, and says each mistake once.
fn say_once(diagnostics: &mut Vec<Diagnostic>, sources: &Sources) {
    diagnostics.sort_by_cached_key(|found| {
        let Diagnostic { span, rule, message, .. } = found;
        (sources.name(span.file), span.start, span.end, *rule, message.clone())
    });
    // Instances of a module or a resource may say the same of one place, each with its own labels.
    diagnostics.dedup_by(|a, b| (a.rule, a.span, &a.message) == (b.rule, b.span, &b.message));
    // What the schema says of a value is left to the rule that knows more of it. A warning takes no error away.
    let particular = diagnostics.iter().filter(|found| !rules::is_general(found.rule));
    let said: FxHashSet<(Span, Severity)> = particular.map(|found| (found.span, found.severity)).collect();
    diagnostics.retain(|found| {
        let as_grave = [Severity::Error, found.severity].map(|severity| (found.span, severity));
        !rules::is_general(found.rule) || !as_grave.iter().any(|said_of| said.contains(said_of))
    });
}

/// Places in order, each once.
fn each_once(places: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut places: Vec<Span> = places.collect();
    places.sort_unstable();
    places.dedup();
    places
}
