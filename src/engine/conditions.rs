//! Findings that depend on an unknown value: under which condition each of them is true.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::address::ResourceRef;
use crate::choice::Assumption;
use crate::diagnostic::{Diagnostic, Label, Safety, Severity};
use crate::engine::merge::{Checked, Found, Key};
use crate::engine::worlds::World;
use crate::engine::{INTERNAL_ERROR, Places, instances};
use crate::rules;

/// The most defaults that a condition lists.
const MAX_SHOWN: usize = 3;

/// The findings that exist only in worlds of a group, of which one is true. An error that exists in some of them is a warning,
/// unless AWS rejects the same resources for the same reason in all others, or the author promises to support the value with which
/// it exists. A warning that exists in some of them is left out.
pub(super) fn of_group(group: &[Checked], known: &FxHashSet<Key>) -> Vec<Found> {
    let mut found: Vec<(&Key, Vec<usize>)> = Vec::new();
    let mut positions: FxHashMap<&Key, usize> = FxHashMap::default();
    for (world, checked) in group.iter().enumerate() {
        for key in checked.keys.iter().filter(|key| !known.contains(key)) {
            let position = *positions.entry(key).or_insert(found.len());
            if position == found.len() {
                found.push((key, Vec::new()));
            }
            found[position].1.push(world);
        }
    }
    let rejected: Vec<FxHashSet<Rejected>> =
        if found.is_empty() { Vec::new() } else { group.iter().map(rejected).collect() };
    let found = found.into_iter();
    found.filter_map(|(key, worlds)| conditional(group, key, &worlds, &rejected)).collect()
}

/// A rule, and the resources that one of its errors is about.
type Rejected = (&'static str, Vec<ResourceRef>);

fn rejected(checked: &Checked) -> FxHashSet<Rejected> {
    let places = Places::of(checked.workspace.resources());
    let errors = checked.output.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    errors.map(|found| (found.rule, about(&places, found))).collect()
}

fn about(places: &Places, found: &Diagnostic) -> Vec<ResourceRef> {
    places.about(found).into_iter().filter_map(|resource| resource.address.clone()).collect()
}

/// A finding of some worlds of a group, with its condition.
fn conditional(
    group: &[Checked],
    key: &Key,
    worlds: &[usize],
    rejected: &[FxHashSet<Rejected>],
) -> Option<Found> {
    // The world in which nobody selects anything is the best example.
    let by_default = worlds.iter().position(|world| is_default(group[*world].world));
    let mut worlds = worlds.to_vec();
    worlds.rotate_left(by_default.unwrap_or_default());
    let worlds = worlds.as_slice();
    let first = &group[*worlds.first()?];
    let (_, found) = first.found().find(|(known, _)| *known == key)?;
    let (key, mut diagnostic) = (key.clone(), found.clone());
    instances::name(std::slice::from_mut(&mut diagnostic), first.workspace);
    let is_about_ecslint = [INTERNAL_ERROR, rules::LIMIT_REACHED].contains(&diagnostic.rule);
    if worlds.len() == group.len() || is_about_ecslint {
        return Some(Found { key, diagnostic, condition: None });
    }
    let about = (diagnostic.rule, about(&Places::of(first.workspace.resources()), &diagnostic));
    let is_certain = rejected.iter().all(|rejected| rejected.contains(&about));
    let assumptions = deciding(group, worlds);
    if !is_certain && by_default.is_none() && !is_promised(&assumptions) {
        if diagnostic.severity != Severity::Error {
            return None;
        }
        diagnostic.severity = Severity::Warning;
    }
    // The edit may be wrong where the condition is false.
    if let Some(fix) = &mut diagnostic.fix {
        fix.safety = Safety::Unsafe;
    }
    let is_long = by_default.is_some() && assumptions.len() > MAX_SHOWN;
    let shown = if is_long { &[][..] } else { &assumptions };
    for assumption in shown {
        let message = || format!("when {}", assumption.describe());
        let label = assumption.place().map(|span| Label { span, message: message() });
        diagnostic.labels.extend(label.filter(|label| label.span != diagnostic.span));
    }
    if is_long {
        let condition = Some("when the parameters have their defaults".to_owned());
        return Some(Found { key, diagnostic, condition });
    }
    let described: Vec<String> = assumptions.iter().map(|assumption| assumption.describe()).collect();
    let are_alternatives = assumptions.windows(2).all(|pair| pair[0].subject == pair[1].subject);
    let joined = described.join(if are_alternatives { " or " } else { " and " });
    Some(Found { key, diagnostic, condition: Some(format!("when {joined}")) })
}

/// Whether all values that decide something in a world are defaults.
fn is_default(world: &World) -> bool {
    !world.assumptions.is_empty() && world.assumptions.iter().all(|assumption| assumption.is_default)
}

/// Whether the author promises that a configuration works. Each value of a parameter is promised, but not each combination of
/// several parameters.
fn is_promised(assumptions: &[&Assumption]) -> bool {
    let is_of_one = assumptions.windows(2).all(|pair| pair[0].subject == pair[1].subject);
    is_of_one && assumptions.iter().all(|assumption| assumption.is_promised())
}

/// The assumptions that decide whether a finding exists: all values of one subject with which it does, if nothing else matters,
/// otherwise as few assumptions of the first such world as are enough.
fn deciding<'c>(group: &'c [Checked], worlds: &[usize]) -> Vec<&'c Assumption> {
    let fewest = enough(group, worlds);
    let [only] = fewest.as_slice() else { return fewest };
    let mut values: Vec<&Assumption> = Vec::new();
    for world in worlds {
        let mut assumptions = group[*world].world.assumptions.iter();
        let value = assumptions.find(|assumption| assumption.subject == only.subject);
        values.extend(value.filter(|value| !values.contains(value)));
    }
    let decide = group.iter().enumerate().all(|(world, checked)| {
        let holds = values.iter().any(|value| checked.world.assumptions.contains(value));
        holds == worlds.contains(&world)
    });
    if decide { values } else { fewest }
}

/// Assumptions of the first of some worlds, without those that can be left out: the rest contradicts every world outside of these.
/// A world that assumes nothing about a subject does not contradict any value of it.
fn enough<'c>(group: &'c [Checked], worlds: &[usize]) -> Vec<&'c Assumption> {
    let mut kept: Vec<&Assumption> = group[worlds[0]].world.assumptions.iter().collect();
    let mut index = 0;
    while index < kept.len() {
        let rest: Vec<&Assumption> = [&kept[..index], &kept[index + 1..]].concat();
        let is_enough = group.iter().enumerate().all(|(world, checked)| {
            let contradicts = |assumption: &&&Assumption| {
                let mut others = checked.world.assumptions.iter();
                others.any(|other| other.subject == assumption.subject && other != **assumption)
            };
            rest.iter().any(|assumption| contradicts(&assumption)) || worlds.contains(&world)
        });
        if is_enough {
            kept = rest;
        } else {
            index += 1;
        }
    }
    kept
}
