//! Merges the findings of all worlds of a component: a finding says in which scenario, or under which condition, it is true.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::engine::components::ComponentOutput;
use crate::engine::worlds::World;
use crate::engine::{INTERNAL_ERROR, conditions};
use crate::rules::Inconclusive;
use crate::source::{FileId, Sources, Span};
use crate::terraform::Defaults;
use crate::workspace::Workspace;

/// A world with what the rules found in it.
pub(super) struct Checked<'w> {
    pub world: &'w World<'w>,
    pub workspace: &'w Workspace,
    pub output: ComponentOutput,
    /// The keys of the findings, in the same order.
    pub keys: Vec<Key>,
}

/// What identifies a finding in several worlds: its rule, its message, its line, and its number among those of the world with
/// the same line. The branches of a conditional are values of different worlds, often on one line.
pub(super) type Key = (&'static str, String, FileId, usize, usize);

impl<'w> Checked<'w> {
    pub(super) fn new(
        world: &'w World<'w>,
        workspace: &'w Workspace,
        output: ComponentOutput,
        sources: &Sources,
    ) -> Checked<'w> {
        let mut counts: FxHashMap<(&'static str, &str, FileId, usize), usize> = FxHashMap::default();
        let mut key = |found: &'_ Diagnostic| -> Key {
            let Diagnostic { rule, message, span, .. } = found;
            let line = sources.get(span.file).line(span.range().start);
            (*rule, message.clone(), span.file, line, 0)
        };
        let mut keys: Vec<Key> = output.diagnostics.iter().map(&mut key).collect();
        for (key, found) in keys.iter_mut().zip(&output.diagnostics) {
            let count = counts.entry((key.0, &found.message, key.2, key.3)).or_default();
            key.4 = *count;
            *count += 1;
        }
        Checked { world, workspace, output, keys }
    }

    /// The findings with their keys.
    pub(super) fn found(&self) -> impl Iterator<Item = (&Key, &Diagnostic)> {
        self.keys.iter().zip(&self.output.diagnostics)
    }
}

/// A finding of a scenario.
pub(super) struct Found {
    pub key: Key,
    pub diagnostic: Diagnostic,
    /// "when `var.env` is `prod`"; `None` if it is true whatever the unknown values are.
    pub condition: Option<String>,
}

/// Merges the results of all worlds, the one without a scenario or in the first scenario first.
pub(super) fn merge(checked: Vec<Checked>) -> ComponentOutput {
    let scenarios: Vec<&[Checked]> =
        checked.chunk_by(|one, next| one.world.scenario == next.world.scenario).collect();
    let mut merged: Vec<(Found, Vec<&str>)> = Vec::new();
    let mut positions: FxHashMap<(Key, Option<String>), usize> = FxHashMap::default();
    for worlds in &scenarios {
        let name = worlds.first().and_then(|checked| checked.world.scenario);
        for found in of_scenario(worlds) {
            let key = (found.key.clone(), found.condition.clone());
            let position = *positions.entry(key).or_insert(merged.len());
            match merged.get_mut(position) {
                Some((known, _)) => known.diagnostic.resources.extend(found.diagnostic.resources),
                None => merged.push((found, Vec::new())),
            }
            merged[position].1.extend(name);
        }
    }
    let all = scenarios.len();
    let diagnostics = merged.into_iter().map(|(found, names)| described(found, &names, all)).collect();
    let inconclusive = scenarios.iter().flat_map(|worlds| undecided(worlds)).collect();
    let credentials = Some(Vec::new());
    let mut output = ComponentOutput { diagnostics, inconclusive, credentials, ..ComponentOutput::default() };
    for Checked { output: of_world, .. } in checked {
        output.credentials =
            output.credentials.zip(of_world.credentials).map(|(all, more)| [all, more].concat());
        output.reads = output.reads.or(of_world.reads);
    }
    // Most units are the same in all worlds.
    if let Some(credentials) = &mut output.credentials {
        credentials.sort_unstable();
        credentials.dedup();
    }
    output
}

/// The finding with the scenarios and the condition in its message.
fn described(found: Found, names: &[&str], all: usize) -> Diagnostic {
    let Found { mut diagnostic, condition, .. } = found;
    let is_partial = !names.is_empty() && names.len() < all;
    let scenarios = is_partial.then(|| format!("in {}", names.join(", ")));
    let circumstances: Vec<String> = scenarios.into_iter().chain(condition).collect();
    if !circumstances.is_empty() {
        diagnostic.message = format!("{} ({})", diagnostic.message, circumstances.join(", "));
    }
    diagnostic
}

/// The findings of one scenario: those that are true whatever the unknown values are, then those that depend on them.
fn of_scenario(worlds: &[Checked]) -> Vec<Found> {
    let (unassumed, without_defaults, assumed) = split(worlds);
    let certain = unassumed.into_iter().flat_map(Checked::found);
    let certain =
        certain.map(|(key, found)| Found { key: key.clone(), diagnostic: found.clone(), condition: None });
    let mut all: Vec<Found> = certain.collect();
    let mut known: FxHashSet<Key> = all.iter().map(|found| found.key.clone()).collect();
    for group in assumed.chunk_by(|one, next| one.world.group == next.world.group) {
        for found in conditions::of_group(group, &known) {
            known.insert(found.key.clone());
            all.push(found);
        }
    }
    if let Some(certain) = without_defaults {
        soften(&mut all, certain);
    }
    all
}

/// Turns errors that depend on a default of a model into warnings: the module may have another default in another version.
fn soften(all: &mut [Found], without_defaults: &Checked) {
    let certain: FxHashSet<&Key> = without_defaults.keys.iter().collect();
    let depends =
        |found: &&mut Found| !certain.contains(&found.key) && found.diagnostic.rule != INTERNAL_ERROR;
    for found in all.iter_mut().filter(depends) {
        found.diagnostic.severity = Severity::Warning;
        if let Some(fix) = &mut found.diagnostic.fix {
            fix.safety = Safety::Unsafe;
        }
    }
}

/// The world in which nothing is assumed, the same without the defaults of models, and the others.
fn split<'c, 'w>(
    worlds: &'c [Checked<'w>],
) -> (Option<&'c Checked<'w>>, Option<&'c Checked<'w>>, &'c [Checked<'w>]) {
    let many = worlds.iter().take_while(|checked| checked.world.group.is_none()).count();
    let (unassumed, assumed) = worlds.split_at(many);
    let of = |defaults| unassumed.iter().find(|checked| checked.world.defaults == defaults);
    (of(Defaults::Count), of(Defaults::MayBeSet), assumed)
}

/// What stays undecided in a scenario: what is undecided whatever is assumed.
fn undecided(worlds: &[Checked]) -> Vec<Inconclusive> {
    let (unassumed, _, assumed) = split(worlds);
    let of = |checked: &Checked| -> FxHashSet<(&'static str, Span)> {
        checked.output.inconclusive.iter().map(|check| (check.rule, check.span)).collect()
    };
    let groups = assumed.chunk_by(|one, next| one.world.group == next.world.group);
    let open: Vec<FxHashSet<(&'static str, Span)>> =
        groups.map(|group| group.iter().flat_map(of).collect()).collect();
    let all = unassumed.into_iter().flat_map(|checked| &checked.output.inconclusive);
    let all: Vec<&Inconclusive> = all.collect();
    // A check that needs two unknown values is decided only by a group that assumes both.
    let mut left: FxHashMap<&'static str, Vec<&Inconclusive>> = FxHashMap::default();
    for check in &all {
        left.entry(check.rule).or_default().push(check);
    }
    for checks in left.values_mut() {
        let within = |group: &FxHashSet<(&'static str, Span)>| -> Vec<&Inconclusive> {
            checks.iter().copied().filter(|check| group.contains(&(check.rule, check.span))).collect()
        };
        if let Some(fewest) = open.iter().map(within).min_by_key(Vec::len) {
            *checks = fewest;
        }
    }
    let left: FxHashSet<(&'static str, Span)> =
        left.values().flatten().map(|check| (check.rule, check.span)).collect();
    all.into_iter().filter(|check| left.contains(&(check.rule, check.span))).cloned().collect()
}
