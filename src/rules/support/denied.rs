//! Reports what roles certainly are not allowed to do: one finding for each role and cause, with everything that needs it.

use std::collections::BTreeMap;
use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::address::ResourceId;
use crate::diagnostic::{Finding, Place};
use crate::model::{Grants, Permission, Project};
use crate::policy::{Denial, Near, Verdict};
use crate::suggest::join_and;
use crate::value::Node;

/// A need that is denied, and why.
struct Denied<'a> {
    need: Permission<'a>,
    denial: Denial,
    /// The key whose policy is the only one that can allow it.
    key: Option<Place>,
}

/// The findings for the needs that are denied.
pub(crate) fn findings<'a>(project: Project<'a>, needs: Vec<Permission<'a>>) -> Vec<Finding> {
    let mut roles: BTreeMap<ResourceId, Option<Grants>> = BTreeMap::new();
    let mut causes: Vec<Vec<Denied>> = Vec::new();
    // The position of each cause: the role, and the place that would have to change.
    let mut positions: FxHashMap<(ResourceId, Place), usize> = FxHashMap::default();
    for need in needs {
        let grants = roles.entry(need.role.id).or_insert_with(|| project.grants(need.role));
        let key = need.resource.filter(|key| project.is_closed_to(need.role, key, &need.request));
        let key = key.filter(|_| grants.is_some()).map(Place::header);
        let own = grants.as_ref().and_then(|grants| denial(project, grants, &need));
        let Some(denial) = own.or(key.map(|_| Denial::Nothing(None))) else { continue };
        // A grant for the key is not visible in its policy.
        let is_certain = need.is_certain && (key.is_none() || own.is_some());
        let denied =
            Denied { need: Permission { is_certain, ..need }, denial, key: key.filter(|_| own.is_none()) };
        let position = *positions.entry((denied.need.role.id, place(&denied))).or_insert(causes.len());
        if position == causes.len() {
            causes.push(Vec::new());
        }
        causes[position].push(denied);
    }
    causes.iter().map(|cause| finding(cause)).collect()
}

/// Why a need certainly is denied, by the policies of the role and by that of the resource.
fn denial(project: Project, grants: &Grants, need: &Permission) -> Option<Denial> {
    let of_resource =
        need.resource.and_then(|resource| project.verdict_of_resource(need.role, resource, &need.request));
    match (grants.verdict(&need.request), of_resource) {
        (_, Some(Verdict::Denied(denial @ Denial::By(_)))) | (Verdict::Denied(denial @ Denial::By(_)), _) => {
            Some(denial)
        }
        (Verdict::Denied(denial), None | Some(Verdict::Denied(_))) => Some(denial),
        _ => None,
    }
}

/// The place that would have to change: the statement that nearly allows it, or the role.
fn place(denied: &Denied) -> Place {
    let holder = denied.key.unwrap_or(Place::header(denied.need.role));
    denied.denial.place().unwrap_or(holder)
}

fn finding(cause: &[Denied]) -> Finding {
    let Denied { need, denial, key } = &cause[0];
    let actions = each_once(cause.iter().map(|denied| denied.need.request.action.name));
    let uses = each_once(cause.iter().map(|denied| used_at(denied.need.named)));
    let at = place(&cause[0]);
    let finding = Finding::at(at, message(cause, &actions)).labels(purposes(cause));
    let uses = uses.into_iter().map(|place| (place, format!("the {}", need.noun)));
    let finding = finding.labels(uses);
    let header = Place::header(need.role);
    let finding = if at == header { finding } else { finding.label(header, "the role") };
    let finding = match key {
        Some(_) => finding.help(format!(
            "allow {} to the role or to the account in the policy of the key",
            join_and(actions.iter().copied())
        )),
        None => finding.help(help(*denial, &actions)),
    };
    let is_certain = cause.iter().any(|denied| denied.need.is_certain);
    if is_certain { finding.error() } else { finding.warning() }
}

/// The place where a value is used.
fn used_at(node: &Node) -> Place {
    let place = Place::from(node);
    place.used.map_or(place, Place::from)
}

fn message(cause: &[Denied], actions: &[&str]) -> String {
    let Denied { need, denial, key } = &cause[0];
    let is_one = cause.iter().all(|other| other.need.purpose == need.purpose);
    let (noun, purpose, all) = (need.noun, need.purpose, join_and(actions.iter().copied()));
    let are = if actions.len() > 1 { "are" } else { "is" };
    let why = if is_one { format!(", which {are} required to {purpose}") } else { String::new() };
    match *denial {
        _ if key.is_some() => {
            format!("the policy of the key allows {all} neither to the {noun} nor to the account")
        }
        Denial::By(_) => format!("this statement denies the {noun} {all}{why}"),
        Denial::Boundary(_) => format!("the permissions boundary does not allow the {noun} {all}{why}"),
        Denial::Nothing(Some(Near::Resource(_))) => {
            format!("the {noun} lacks {all} on the required resource: this statement allows only others")
        }
        Denial::Nothing(Some(Near::Condition(_))) => {
            format!("the {noun} lacks {all}{why}: this condition of the statement is not met")
        }
        Denial::Nothing(_) => format!("the {noun} lacks {all}{why}"),
    }
}

/// The places that need something, each with the actions that it needs.
fn purposes(cause: &[Denied]) -> Vec<(Place, String)> {
    let mut found: FxHashMap<(Place, &str), Vec<&str>> = FxHashMap::default();
    for Denied { need, .. } in cause {
        let actions = found.entry((need.at, need.purpose)).or_default();
        if !actions.contains(&need.request.action.name) {
            actions.push(need.request.action.name);
        }
    }
    let text = |(at, purpose)| {
        let actions = &found[&(at, purpose)];
        let are = if actions.len() > 1 { "are" } else { "is" };
        (at, format!("{} {are} required to {purpose}", join_and(actions.iter().copied())))
    };
    each_once(cause.iter().map(|denied| (denied.need.at, denied.need.purpose)))
        .into_iter()
        .map(text)
        .collect()
}

/// The items without duplicates.
fn each_once<T: Copy + Eq + Hash>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = FxHashSet::default();
    items.filter(|item| seen.insert(*item)).collect()
}

fn help(denial: Denial, actions: &[&str]) -> String {
    let all = join_and(actions.iter().copied());
    match denial {
        Denial::By(_) => format!("exclude {all} from the statement"),
        Denial::Boundary(_) => format!("allow {all} in the permissions boundary"),
        Denial::Nothing(Some(Near::Action(_))) => format!("add {all} to the actions of the statement"),
        Denial::Nothing(Some(Near::Resource(_))) => {
            "add the ARN of the required resource to the statement".to_owned()
        }
        Denial::Nothing(Some(Near::Condition(_))) => "change the condition of the statement".to_owned(),
        Denial::Nothing(None) => format!("allow {all} in a policy of the role"),
    }
}
