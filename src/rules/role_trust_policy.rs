//! See `rules/role-trust-policy.md`.

use super::prelude::*;
use crate::model::{Distrust, Kind, Resource, RoleUse, Started};
use crate::suggest::join_and;

/// Reports roles that the service which uses them cannot assume.
pub fn check(project: &Project, report: &mut Report) {
    let started = project.started();
    let mut seen: Vec<(&Resource, &str)> = Vec::new();
    for used in project.role_uses() {
        if seen.iter().any(|(role, principal)| role.is(used.role) && *principal == used.place.principal) {
            continue;
        }
        seen.push((used.role, used.place.principal));
        report.extend(untrusted(*project, used, &started));
    }
}

/// Returns `true` unless the use is that of a task definition that nothing in the files runs: whatever runs it may pass other roles.
fn is_certain(project: Project, used: RoleUse, started: &Started) -> bool {
    used.user.kind != Kind::Task || started.contains(Task::new(project, used.user))
}

fn untrusted(project: Project, used: RoleUse, started: &Started) -> Option<Finding> {
    let RoleUse { place, role, named, .. } = used;
    if role.ignores("AssumeRolePolicyDocument") {
        return None;
    }
    let document = project.view(role).object("AssumeRolePolicyDocument").known()?;
    let who = place.who;
    let principal =
        format!("allow the service principal `{}amazonaws.com` to call `sts:AssumeRole`", place.principal);
    let mut account = None;
    let (at, message, help) = match project.distrust(document, used)? {
        Distrust::Condition(at, shown) => {
            account = shown;
            (
                at,
                format!("the condition of the trust policy is never met, so {who} cannot assume the role"),
                "change or remove the condition".to_owned(),
            )
        }
        Distrust::Action(at) => (
            at,
            format!("the trust policy does not allow `sts:AssumeRole`, so {who} cannot assume the role"),
            principal,
        ),
        Distrust::Others(others) => {
            // A policy that allows nobody is deliberate.
            let at = others.first().map(|(_, place)| *place)?;
            let names: Option<Vec<&str>> = others.iter().map(|(name, _)| name.as_deref()).collect();
            let trusted = names.map_or_else(|| "other principals".to_owned(), join_and);
            (
                at,
                format!("the trust policy allows only {trusted}, so {who} cannot assume the role"),
                principal,
            )
        }
    };
    let finding = Finding::at(at, message)
        .label(Place::header(role), "the role")
        .label(named.used.unwrap_or(named.at), format!("it is used as the {}", place.noun))
        .labels(account.map(|account| (account, "the account that uses the role")))
        .help(help);
    Some(if is_certain(project, used, started) { finding } else { finding.warning() })
}
