//! See `rules/role-permissions.md`.

use super::prelude::*;
use crate::model::{Resource, Store, store, without_key};
use crate::value::Node;

const SECRET: &str = "secretsmanager:GetSecretValue";
const PARAMETER: &str = "ssm:GetParameters";
const FILE: &str = "s3:GetObject";
const KEY: &str = "kms:Decrypt";

/// Reports execution roles that lack permission to read what the task definition refers to.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some(entry) = task.view.entry("executionRoleArn") else { continue };
        let Some(role) = project.role_of(&entry.value).known() else { continue };
        let needs = needs(project, task);
        for action in [SECRET, PARAMETER, FILE, KEY] {
            let Some(need) = needs.iter().find(|need| need.action == action) else { continue };
            let Some(policies) = project.denying_policies(role, action) else { continue };
            report.add(finding(need, &entry.value, role, policies));
        }
    }
}

fn finding(need: &Need, named: &Node, role: &Resource, policies: Vec<Place>) -> Finding {
    let action = need.action;
    let message = format!("the execution role lacks `{action}`, which is required to read {}", need.what);
    let key_label = "it is encrypted with this key, whose default key policy leaves access to IAM policies";
    let policies = policies.into_iter().map(|place| (place, "this policy of the role does not allow it"));
    // A secret in a variable or another file is not wrong where it is written.
    let written = need.place.used.map(|_| (Place::from(need.place.span), "written here"));
    Finding::at(need.place.used.map_or(need.place, Place::from), message)
        .labels(written)
        .labels(need.key.map(|key| (key, key_label)))
        .label(named, "the task definition's execution role")
        .label(Place::from(role.header), "the role")
        .labels(policies)
        .help(format!("allow `{action}` in a policy of the role"))
}

/// Something that ECS reads before the containers start, and the action that this requires.
struct Need {
    action: &'static str,
    what: &'static str,
    place: Place,
    /// Where the encryption key is named, if the action is to decrypt with it.
    key: Option<Place>,
}

impl Need {
    fn new(action: &'static str, what: &'static str, value: &Node) -> Need {
        Need { action, what, place: Place::from(value), key: None }
    }
}

fn needs(project: &Project, task: Task) -> Vec<Need> {
    let mut needs = Vec::new();
    for container in task.containers() {
        let secrets = container.secrets().into_iter();
        for value in secrets.filter_map(|secret| Some(&secret.entry("valueFrom")?.value)) {
            let secret = without_key(value);
            let (action, what) = match store(&secret) {
                Some(Store::Secrets) => (SECRET, "this secret"),
                Some(Store::Parameters) => (PARAMETER, "this parameter"),
                None => continue,
            };
            let key = project.key_left_to_roles(&secret);
            needs.push(Need::new(action, what, value));
            needs.extend(key.map(|key| Need { key: Some(key), ..Need::new(KEY, what, value) }));
        }
        let registry = container.view.object("repositoryCredentials").known();
        let login = registry.and_then(|view| view.entry("credentialsParameter"));
        needs.extend(login.map(|entry| Need::new(SECRET, "the credentials for this registry", &entry.value)));
        let files = container.view.list("environmentFiles").objects();
        let files = files.filter_map(|file| file.entry("value"));
        needs.extend(files.map(|entry| Need::new(FILE, "this environment file", &entry.value)));
    }
    needs
}
