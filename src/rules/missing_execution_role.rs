//! See `rules/missing-execution-role.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::Container;
use crate::project::Project;
use crate::rules::Report;
use crate::value::{Value, View};

/// Reports task definitions that need an execution role and have none.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.view.any("executionRoleArn").is_missing()) {
        let reasons: Vec<Reason> = task.containers().flat_map(reasons).collect();
        let Some(first) = reasons.first() else { continue };
        let term = task.view.term("executionRoleArn");
        let message = format!("the task definition has no `{term}`, which ECS needs to {}", first.need);
        let finding = Finding::at(task.title(), message)
            .help(format!("set `{term}` to a role that has the policy `AmazonECSTaskExecutionRolePolicy`"));
        let finding =
            reasons.iter().fold(finding, |finding, reason| finding.label(reason.place, reason.label.clone()));
        let fargate = task.requires("FARGATE").filter(|_| reasons.iter().any(|reason| reason.on_fargate));
        report.add(
            fargate.into_iter().fold(finding, |finding, place| finding.label(place, "it is for Fargate")),
        );
    }
}

/// Something that ECS does with the execution role.
struct Reason {
    place: Place,
    need: &'static str,
    label: String,
    /// Whether an instance would do it with its own role.
    on_fargate: bool,
}

fn reasons(container: Container) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut add = |place: Option<Place>, need: &'static str, label: &str| {
        let on_fargate = need.ends_with("on Fargate");
        reasons.extend(place.map(|place| Reason { place, need, label: label.to_owned(), on_fargate }));
    };
    if container.task.requires("FARGATE").is_some() {
        add(
            container.private_ecr_image(),
            "pull a private ECR image on Fargate",
            "an image in a private ECR repository",
        );
        add(awslogs(container), "write logs with awslogs on Fargate", "the awslogs driver, on Fargate");
    }
    add(filled(container.view, "secrets"), "read secrets", "secrets to read before the container starts");
    add(secret_options(container), "read the log driver's secrets", "a secret of the log driver");
    add(registry(container), "log in to a private registry", "credentials of a private registry");
    add(
        filled(container.view, "environmentFiles"),
        "read environment files",
        "an environment file to read from S3",
    );
    reasons
}

fn awslogs(container: Container) -> Option<Place> {
    let driver = container.view.object("logConfiguration").known()?.str("logDriver");
    driver.place().filter(|_| driver.known() == Some("awslogs"))
}

fn secret_options(container: Container) -> Option<Place> {
    filled(container.view.object("logConfiguration").known()?, "secretOptions")
}

fn registry(container: Container) -> Option<Place> {
    match container.view.object("repositoryCredentials") {
        Value::Known(_, place) => Some(place),
        Value::Unknown(_) | Value::Missing => None,
    }
}

/// The first item of a list that certainly has one.
fn filled(view: View, key: &str) -> Option<Place> {
    view.list(key).objects().next().map(|item| item.heading("name"))
}
