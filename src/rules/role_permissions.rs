//! See `rules/role-permissions.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::Task;
use crate::node::{Kind, Node, Unknown};
use crate::project::Project;
use crate::rules::Report;
use crate::value::View;

/// Reports execution roles that may not read what the task definition names.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some(entry) = task.view.entry("executionRoleArn") else { continue };
        let Some(role) = project.role_of(&entry.value, task.document.scope).known() else { continue };
        let needs = needs(task);
        for action in ["secretsmanager:GetSecretValue", "ssm:GetParameters", "s3:GetObject"] {
            let Some(need) = needs.iter().find(|need| need.action == action) else { continue };
            let Some(policies) = project.lacks(role, action) else { continue };
            let message = format!("the execution role may not do `{action}`, which {} takes", need.what);
            let finding = Finding::at(need.place, message)
                .label(&entry.value, "the task definition's execution role")
                .label(Place::from(role.title), "the role")
                .help(format!("allow `{action}` in a policy of the role"));
            report.add(policies.into_iter().fold(finding, |finding, place| {
                finding.label(place, "a policy of the role, which does not allow it")
            }));
        }
    }
}

/// Something that ECS reads before the containers start.
struct Need {
    action: &'static str,
    what: &'static str,
    place: Place,
}

fn needs(task: Task) -> Vec<Need> {
    let mut needs = Vec::new();
    for container in task.containers() {
        let log = container.log().known().map(|log| log.view.list("secretOptions"));
        let secrets = [Some(container.view.list("secrets")), log];
        let secrets = secrets.into_iter().flatten().flat_map(|list| list.objects().collect::<Vec<View>>());
        needs.extend(secrets.filter_map(|secret| {
            let value = &secret.entry("valueFrom")?.value;
            let (action, what) = store(value)?;
            Some(Need { action, what, place: Place::from(value) })
        }));
        let registry = container.view.object("repositoryCredentials").known();
        needs.extend(registry.and_then(|view| view.entry("credentialsParameter")).map(|entry| Need {
            action: "secretsmanager:GetSecretValue",
            what: "the login to this registry",
            place: Place::from(&entry.value),
        }));
        let files = container.view.list("environmentFiles").objects();
        needs.extend(files.filter_map(|file| file.entry("value")).map(|entry| Need {
            action: "s3:GetObject",
            what: "this environment file",
            place: Place::from(&entry.value),
        }));
    }
    needs
}

/// What reads a secret, by where it is kept; none where that is not certain.
fn store(value: &Node) -> Option<(&'static str, &'static str)> {
    let secret = Some(("secretsmanager:GetSecretValue", "this secret"));
    let parameter = Some(("ssm:GetParameters", "this parameter"));
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
