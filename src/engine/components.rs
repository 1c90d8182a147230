//! Runs the rules for each component. A component whose files have not changed is not checked again.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::address::UnitId;
use crate::config::RunOptions;
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::Reading;
use crate::engine::defect::defect;
use crate::engine::merge::{Checked, merge};
use crate::engine::worlds::{World, Worlds, worlds};
use crate::model;
use crate::panic_guard;
use crate::parallel;
use crate::rules::{self, Check, Inconclusive, RULES, Rule, RuleOutput};
use crate::secrets::{Known, ScanCache};
use crate::source::{Sources, Span};
use crate::suggest::join_and;
use crate::value::Secret;
use crate::workspace::{GlobalNames, GlobalReads, IndexedUnit, Workspace, components};

/// The results for the components of an earlier run. Valid only for [`Sources`] that derive from one another by
/// [`Sources::with_texts`].
#[derive(Clone, Debug, Default)]
pub struct RuleCache {
    /// Keyed by the first unit.
    components: FxHashMap<UnitId, Arc<ComponentOutput>>,
    global: GlobalNames,
    /// Whether each rule ran.
    runs: Vec<bool>,
    scans: ScanCache,
}

impl RuleCache {
    /// The credentials found in texts.
    pub(super) fn scans(&mut self) -> &mut ScanCache {
        &mut self.scans
    }
}

/// The results for one component.
#[derive(Debug, Default)]
pub(super) struct ComponentOutput {
    /// Its units.
    pub units: Vec<Arc<IndexedUnit>>,
    /// What the rules read about other components.
    pub reads: GlobalReads,
    /// Grouped by rule.
    pub diagnostics: Vec<Diagnostic>,
    /// Grouped by rule.
    pub inconclusive: Vec<Inconclusive>,
    /// The credentials in requests, and other secrets; `None` if they could not be determined.
    pub credentials: Option<Vec<Known>>,
}

/// Runs the rules on all components, reusing the results of unchanged ones, and stores the new results.
pub(super) fn run_components(
    sources: &Sources,
    reading: &Reading,
    options: &RunOptions,
    cache: &mut RuleCache,
) -> Vec<Arc<ComponentOutput>> {
    let runs: Vec<bool> = RULES.iter().map(|rule| options.runs(rule, &reading.config)).collect();
    if runs != cache.runs {
        *cache = RuleCache { runs, scans: std::mem::take(&mut cache.scans), ..RuleCache::default() };
    }
    let before = std::mem::take(&mut cache.components);
    let global = GlobalNames::of(&reading.workspace);
    let all = components(&reading.workspace.units);
    let find = |units: &Vec<Arc<IndexedUnit>>| {
        let known = before.get(&key(units)?)?;
        known.is_fresh(units, &cache.global, &global).then(|| Arc::clone(known))
    };
    let known: Vec<Option<Arc<ComponentOutput>>> = all.iter().map(find).collect();
    let stale = all.iter().zip(&known).filter(|(_, known)| known.is_none());
    let new: Vec<Worlds> = stale.map(|(units, _)| worlds(units, &options.scenarios)).collect();
    let rules: Vec<(&Rule, Check)> =
        rules::checks().zip(&cache.runs).filter(|(_, runs)| **runs).map(|(rule, _)| rule).collect();
    let runner = Runner { rules: &rules, global: &global, sources };
    let mut ran = parallel::map(&new, |worlds| runner.run_all(worlds)).into_iter();
    let mut outputs = Vec::new();
    for (units, known) in all.iter().zip(known) {
        let new = || ran.next().map(|output| Arc::new(ComponentOutput { units: units.clone(), ..output }));
        outputs.extend(known.or_else(new));
    }
    let keyed = outputs.iter().filter_map(|output| Some((key(&output.units)?, Arc::clone(output))));
    cache.components = keyed.collect();
    cache.global = global;
    outputs
}

/// The first unit, which identifies the component.
fn key(units: &[Arc<IndexedUnit>]) -> Option<UnitId> {
    units.first().map(|unit| unit.id)
}

impl ComponentOutput {
    /// Whether the result is still valid: the units are the same, and so is everything that the rules read about other
    /// units.
    fn is_fresh(&self, units: &[Arc<IndexedUnit>], before: &GlobalNames, global: &GlobalNames) -> bool {
        let is_same = self.units.len() == units.len()
            && self.units.iter().zip(units).all(|(ours, theirs)| Arc::ptr_eq(ours, theirs));
        is_same && before.is_same(global, self.reads)
    }

    fn add(&mut self, output: RuleOutput) {
        self.reads = self.reads.or(output.reads);
        self.diagnostics.extend(output.diagnostics);
        self.inconclusive.extend(output.inconclusive);
    }
}

/// What the rules run with.
struct Runner<'r> {
    rules: &'r [(&'static Rule, Check)],
    global: &'r GlobalNames,
    sources: &'r Sources,
}

impl Runner<'_> {
    /// Checks a component in all of its worlds.
    fn run_all(&self, worlds: &Worlds) -> ComponentOutput {
        let mut output = self.run_each(&worlds.all);
        if worlds.left_out > 0 {
            let at = worlds.all.first().and_then(|world| world.units.first()).map(|unit| unit.place());
            output.diagnostics.extend(at.map(|at| left_out(worlds, at)));
        }
        output
    }

    fn run_each(&self, worlds: &[World]) -> ComponentOutput {
        let workspaces: Vec<Workspace> =
            worlds.iter().map(|world| Workspace::new(world.units.clone())).collect();
        let mut outputs = parallel::map(&workspaces, |workspace| self.run(workspace));
        if let [_] = outputs.as_slice() {
            return outputs.remove(0);
        }
        let checked = worlds.iter().zip(&workspaces).zip(outputs);
        let checked =
            checked.map(|((world, workspace), output)| Checked::new(world, workspace, output, self.sources));
        merge(checked.collect())
    }

    /// Checks a component in one world. The result is ordered by rule, regardless of threads.
    fn run(&self, component: &Workspace) -> ComponentOutput {
        let run = |rule: &(&'static Rule, Check)| self.run_rule(*rule, component);
        // There may be only one large component, so its rules run in parallel too.
        let outputs: Vec<RuleOutput> = if component.resource_count() < PARALLEL_THRESHOLD {
            self.rules.iter().map(run).collect()
        } else {
            parallel::map(self.rules, run)
        };
        let mut all = ComponentOutput::default();
        let stopped: Vec<&str> = outputs.iter().filter_map(|output| output.stopped).collect();
        all.diagnostics.extend((!stopped.is_empty()).then(|| too_many_steps(&stopped, component.place())));
        outputs.into_iter().for_each(|output| all.add(output));
        match panic_guard::catch(|| credentials(component)) {
            Ok(credentials) => all.credentials = credentials,
            Err(panic) => {
                all.diagnostics.push(defect(&panic, "the search for credentials", component.place()));
            }
        }
        all
    }

    fn run_rule(&self, (rule, check): (&'static Rule, Check), component: &Workspace) -> RuleOutput {
        let (mut output, panic) = rules::run((rule, check), component, self.global, self.sources);
        output.diagnostics.extend(
            panic.map(|panic| defect(&panic, &format!("the rule `{}`", rule.name), component.place())),
        );
        output
    }
}

/// The credentials in requests, and other secrets; `None` if there are too many.
fn credentials(component: &Workspace) -> Option<Vec<Known>> {
    let mut credentials = model::secrets(component)?;
    // Text that was truncated was not searched for credentials.
    let truncated = component.units.iter().flat_map(|unit| &unit.truncated);
    let secrets = truncated.map(|at| Secret { text: SmolStr::default(), at: *at }).collect();
    credentials.push(Known { secrets, ..Known::default() });
    Some(credentials)
}

/// The finding about worlds that are not checked.
fn left_out(worlds: &Worlds, at: Span) -> Diagnostic {
    let all = worlds.all.len() + worlds.left_out;
    Diagnostic {
        rule: rules::LIMIT_REACHED,
        severity: Severity::Warning,
        message: format!(
            "together, these files have too many resources to be checked in all of their {all} combinations of scenarios and \
             values; {} are not checked",
            worlds.left_out
        ),
        span: at,
        labels: Vec::new(),
        help: None,
        fix: None,
        resources: Vec::new(),
    }
}

/// The finding about rules that compare too many resources with each other.
fn too_many_steps(rules: &[&str], at: Span) -> Diagnostic {
    Diagnostic {
        rule: rules::LIMIT_REACHED,
        severity: Severity::Warning,
        message: format!(
            "too many resources of these files have to be compared with each other; after {} steps, they are not checked further \
             for {}",
            rules::MAX_STEPS,
            join_and(rules.iter().copied())
        ),
        span: at,
        labels: Vec::new(),
        help: None,
        fix: None,
        resources: Vec::new(),
    }
}

/// The number of resources from which the rules of a component run in parallel.
const PARALLEL_THRESHOLD: usize = 64;

#[cfg(test)]
mod tests;
