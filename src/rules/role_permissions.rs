//! See `rules/role-permissions.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::{Task, without_key};
use crate::node::{Kind, Node, Unknown};
use crate::project::{Document, Project};
use crate::rules::Report;
use crate::value::View;

const SECRET: &str = "secretsmanager:GetSecretValue";
const PARAMETER: &str = "ssm:GetParameters";
const FILE: &str = "s3:GetObject";
const KEY: &str = "kms:Decrypt";

/// Reports execution roles that may not read what the task definition names.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some(entry) = task.view.entry("executionRoleArn") else { continue };
        let Some(role) = project.role_of(&entry.value, task.document.scope).known() else { continue };
        let needs = needs(project, task);
        for action in [SECRET, PARAMETER, FILE, KEY] {
            let Some(need) = needs.iter().find(|need| need.action == action) else { continue };
            let Some(policies) = project.lacks(role, action) else { continue };
            report.add(finding(need, &entry.value, role, policies));
        }
    }
}

fn finding(need: &Need, named: &Node, role: &Document, policies: Vec<Place>) -> Finding {
    let action = need.action;
    let message = format!("the execution role may not do `{action}`, which {} takes", need.what);
    let mut finding = Finding::at(need.place, message);
    if let Some(key) = need.key {
        finding = finding.label(key, "it is encrypted with this key, which leaves to roles who may use it");
    }
    let finding = finding
        .label(named, "the task definition's execution role")
        .label(Place::from(role.title), "the role")
        .help(format!("allow `{action}` in a policy of the role"));
    policies
        .into_iter()
        .fold(finding, |finding, place| finding.label(place, "a policy of the role, which does not allow it"))
}

/// Something that ECS reads before the containers start.
struct Need {
    action: &'static str,
    what: &'static str,
    place: Place,
    /// Where the key is named, if it is one that it takes to read it.
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
        let log = container.log().known().map(|log| log.view.list("secretOptions"));
        let secrets = [Some(container.view.list("secrets")), log];
        let secrets = secrets.into_iter().flatten().flat_map(|list| list.objects().collect::<Vec<View>>());
        for value in secrets.filter_map(|secret| Some(&secret.entry("valueFrom")?.value)) {
            let secret = without_key(value);
            let Some((action, what)) = store(&secret) else { continue };
            let key = project.key_left_to_roles(&secret, task.document.scope);
            needs.push(Need::new(action, what, value));
            needs.extend(key.map(|key| Need { key: Some(key), ..Need::new(KEY, what, value) }));
        }
        let registry = container.view.object("repositoryCredentials").known();
        let login = registry.and_then(|view| view.entry("credentialsParameter"));
        needs.extend(login.map(|entry| Need::new(SECRET, "the login to this registry", &entry.value)));
        let files = container.view.list("environmentFiles").objects();
        let files = files.filter_map(|file| file.entry("value"));
        needs.extend(files.map(|entry| Need::new(FILE, "this environment file", &entry.value)));
    }
    needs
}

/// What reads a secret, by where it is kept; none where that is not certain.
fn store(value: &Node) -> Option<(&'static str, &'static str)> {
    let secret = Some((SECRET, "this secret"));
    let parameter = Some((PARAMETER, "this parameter"));
    if let Kind::Unknown(Unknown::Attribute { address, .. }) = &value.kind {
        let is = |kind: &str| address.split('.').any(|part| part == kind);
        return match () {
            () if is("aws_secretsmanager_secret") || is("aws_secretsmanager_secret_version") => secret,
            () if is("aws_ssm_parameter") => parameter,
            () => None,
        };
    }
    let start = value.known_start();
    match start.split(':').nth(2) {
        Some("secretsmanager") => secret,
        Some("ssm") => parameter,
        // A parameter of the same region goes by its name.
        None if value.as_str().is_some() && !start.starts_with("arn") => parameter,
        _ => None,
    }
}
