//! Checks the files of a run: reads them, runs the rules, and turns their findings into the outcome that all reports
//! use.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::config::{Config, RunOptions, Suppressed};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::rules::{self, Inconclusive};
use crate::secrets::{Known, Redactor};
use crate::source::{FileId, Sources, Span};
use crate::syntax::{SyntaxError, SyntaxErrorKind};
use crate::workspace::Workspace;

mod components;
mod conditions;
mod defect;
pub mod fingerprint;
mod instances;
mod merge;
mod origins;
mod outcome;
mod read;
mod redact;
pub(crate) mod suppress;
mod tally;
mod unread;
mod worlds;

use components::{ComponentOutput, run_components};
use defect::defect;

pub use components::RuleCache;
pub use defect::{INTERNAL_ERROR, request_for_report};
pub(crate) use instances::Places;
pub use outcome::{ForeignFile, Outcome};
pub use read::{Reading, read, read_incremental};
pub(crate) use redact::allows;
pub use tally::{Tally, tally};
pub use unread::Unread;
pub(crate) use worlds::first_worlds;

/// Checks the requested files, together with all files that they refer to.
pub fn check(sources: &Sources, options: &RunOptions) -> Outcome {
    run(sources, &read(sources), options)
}

/// Checks files that were already read.
pub fn run(sources: &Sources, reading: &Reading, options: &RunOptions) -> Outcome {
    let outcome = run_incremental(sources, reading, options, &mut RuleCache::default());
    Outcome { subjects: fingerprint::Subjects::new(&reading.workspace), ..outcome }
}

/// Checks like [`run`], but reuses the cached results of components that have not changed. Leaves out the mapping from
/// places to resources, which editors do not need.
pub fn run_incremental(
    sources: &Sources,
    reading: &Reading,
    options: &RunOptions,
    cache: &mut RuleCache,
) -> Outcome {
    let Reading { workspace, config } = reading;
    let outputs = run_components(sources, reading, options, cache);
    let path = |span: Span| &sources.get(span.file).path;
    let mut inconclusive = all_inconclusive(&outputs, sources);
    inconclusive.retain(|inconclusive| options.takes(inconclusive.rule, path(inconclusive.span), config));
    let mut diagnostics = reported(&outputs, &inconclusive, sources, reading, options);
    diagnostics.extend(
        workspace
            .units
            .iter()
            .flat_map(|unit| &unit.failures)
            .map(|failure| defect(&failure.panic, failure.what, failure.at)),
    );
    let known: Option<Vec<&[Known]>> = outputs.iter().map(|output| output.credentials.as_deref()).collect();
    let are_known = known.is_some();
    let redactor = Redactor::new(known.map(|known| known.into_iter().flatten()), sources, cache.scans());
    diagnostics.extend((are_known && redactor.hides_all).then(|| redact::limit(workspace.place())));
    deduplicate(&mut diagnostics, sources);
    drop_recovered(&mut diagnostics, workspace);
    keep_first_outdated(&mut diagnostics, workspace);
    instances::name(&mut diagnostics, workspace);
    drop_lost_fixes(&mut diagnostics, workspace);
    let unread = Unread::of(workspace, sources);
    let (files, scenarios) = (workspace.files(), workspace.scenarios());
    let foreign = each_once(workspace.units.iter().flat_map(|unit| unit.foreign_values.iter().copied()));
    let foreign = foreign.into_iter().filter(|value| !files.contains(&value.file)).collect();
    let mut outcome = Outcome {
        diagnostics,
        inconclusive,
        unread,
        files,
        scenarios,
        foreign,
        unfollowed: unfollowed(workspace),
        ..Outcome::default()
    };
    redact::redact(&mut outcome, redactor, sources);
    outcome
}

/// The choices of each unit that are not followed.
fn unfollowed(workspace: &Workspace) -> Vec<(Span, Vec<SmolStr>)> {
    let units = workspace.units.iter().filter(|unit| !unit.unfollowed.is_empty());
    units.map(|unit| (unit.place(), unit.unfollowed.iter().cloned().collect())).collect()
}

/// The findings to report: with levels applied, without suppressed findings, and with those about unused suppressions.
fn reported(
    outputs: &[Arc<ComponentOutput>],
    inconclusive: &[Inconclusive],
    sources: &Sources,
    reading: &Reading,
    options: &RunOptions,
) -> Vec<Diagnostic> {
    let config: &Config = &reading.config;
    let path = |span: Span| &sources.get(span.file).path;
    let mut diagnostics: Vec<Diagnostic> =
        outputs.iter().flat_map(|output| output.diagnostics.iter().cloned()).collect();
    soften_uncertain(&mut diagnostics, &reading.workspace);
    let used = match options.suppressed {
        Suppressed::Hidden => suppress::metadata::apply(&mut diagnostics, &reading.workspace),
        Suppressed::Reported => Vec::new(),
    };
    origins::relocate(&mut diagnostics, &reading.workspace);
    let defects: Vec<Diagnostic> = diagnostics.extract_if(.., |found| found.rule == INTERNAL_ERROR).collect();
    diagnostics.retain_mut(|found| options.take(found, path(found.span), config));
    if options.suppressed == Suppressed::Hidden {
        suppress::apply(&mut diagnostics, used, inconclusive, sources, reading, options);
    }
    // The levels also apply to the findings about unused suppressions.
    diagnostics.retain_mut(|found| options.take(found, path(found.span), config));
    diagnostics.retain(|found| {
        let mut places = found.labels.iter().map(|label| label.span).chain([found.span]);
        places.any(|span| options.is_about(path(span)))
    });
    diagnostics.extend(defects);
    diagnostics
}

/// Turns errors that depend on a default value into warnings, where an unknown caller may override the default.
fn soften_uncertain(diagnostics: &mut [Diagnostic], workspace: &Workspace) {
    let defaults: FxHashSet<Span> =
        workspace.units.iter().flat_map(|unit| &unit.uncertain_defaults).copied().collect();
    for found in diagnostics {
        let mut places = found.labels.iter().map(|label| label.span).chain([found.span]);
        if !defaults.is_empty() && places.any(|span| defaults.contains(&span)) {
            found.severity = Severity::Warning;
        }
    }
}

/// Removes the findings after a syntax error, where the parser may have misunderstood the structure.
fn drop_recovered(diagnostics: &mut Vec<Diagnostic>, workspace: &Workspace) {
    let errors = workspace.units.iter().flat_map(|unit| &unit.syntax_errors);
    let recovered: Vec<Span> = errors.filter_map(SyntaxError::recovered_region).collect();
    let is_certain = |span: Span| !recovered.iter().any(|region| region.contains(span));
    diagnostics.retain(|found| {
        [rules::SYNTAX, rules::LIMIT_REACHED].contains(&found.rule) || is_certain(found.span)
    });
}

/// Removes the fixes that would change a generated file, which the next run of its tool writes again.
fn drop_lost_fixes(diagnostics: &mut [Diagnostic], workspace: &Workspace) {
    let generated: FxHashSet<FileId> = workspace
        .resources()
        .filter(|resource| resource.traits.is_generated)
        .map(|resource| resource.header.file)
        .collect();
    let is_lost = |fix: &Fix| fix.edits.iter().any(|edit| generated.contains(&edit.span.file));
    for found in diagnostics {
        found.fix = found.fix.take().filter(|fix| !is_lost(fix));
    }
}

/// Keeps one finding about syntax of Terraform 0.11: a repository is written for it as a whole.
fn keep_first_outdated(diagnostics: &mut Vec<Diagnostic>, workspace: &Workspace) {
    let errors = workspace.units.iter().flat_map(|unit| &unit.syntax_errors);
    let outdated = errors.filter(|error| error.kind == SyntaxErrorKind::Outdated);
    let outdated: FxHashSet<Span> = outdated.map(|error| error.span).collect();
    let mut is_first = true;
    diagnostics.retain(|found| {
        let is_outdated = found.rule == rules::SYNTAX && outdated.contains(&found.span);
        !is_outdated || std::mem::take(&mut is_first)
    });
}

/// Everything that the rules could not decide, once for each rule and place.
fn all_inconclusive(outputs: &[Arc<ComponentOutput>], sources: &Sources) -> Vec<Inconclusive> {
    let mut inconclusive: Vec<Inconclusive> =
        outputs.iter().flat_map(|output| output.inconclusive.iter().cloned()).collect();
    // File IDs depend on which thread loaded a file first; paths do not.
    let order = |inconclusive: &Inconclusive| {
        let Span { file, start, end, .. } = inconclusive.span;
        (inconclusive.rule, &sources.get(file).path, start, end, file)
    };
    inconclusive.sort_by(|a, b| order(a).cmp(&order(b)));
    inconclusive.dedup_by_key(|inconclusive| (inconclusive.rule, inconclusive.span));
    inconclusive
}

/// Sorts the findings and removes duplicates.
fn deduplicate(diagnostics: &mut Vec<Diagnostic>, sources: &Sources) {
    diagnostics.sort_by_cached_key(|found| {
        let Diagnostic { span, rule, message, .. } = found;
        (sources.name(span.file), span.start, span.end, *rule, message.clone())
    });
    // Instances of a module or a resource may have the same finding at the same place, with different labels.
    diagnostics.dedup_by(|a, b| {
        let is_same = (a.rule, a.span, &a.message) == (b.rule, b.span, &b.message);
        if is_same {
            b.resources.append(&mut a.resources);
        }
        is_same
    });
    // A schema violation is dropped if a more specific rule reports the same value, but a warning never replaces an
    // error.
    let particular = diagnostics.iter().filter(|found| !rules::is_general(found.rule));
    let said: FxHashSet<(Span, Severity)> = particular.map(|found| (found.span, found.severity)).collect();
    diagnostics.retain(|found| {
        let as_grave = [Severity::Error, found.severity].map(|severity| (found.span, severity));
        !rules::is_general(found.rule) || !as_grave.iter().any(|said_of| said.contains(said_of))
    });
}

/// Sorts the places and removes duplicates.
fn each_once(places: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut places: Vec<Span> = places.collect();
    places.sort_unstable();
    places.dedup();
    places
}
