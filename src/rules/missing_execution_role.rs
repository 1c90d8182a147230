//! See `rules/missing-execution-role.md`.

use super::prelude::*;

/// Reports task definitions that require an execution role but have none.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.view.is_missing("executionRoleArn")) {
        let reasons: Vec<Reason> = task.containers().flat_map(reasons).collect();
        let Some(first) = reasons.first() else { continue };
        let role = task.view.field("executionRoleArn");
        let message = format!("the task definition has no `{role}`, which is required to {}", first.need);
        let fargate = task.requires("FARGATE").filter(|_| reasons.iter().any(|reason| reason.on_fargate));
        report.add(
            Finding::at(task.anchor(), message)
                .labels(reasons.iter().map(|reason| (reason.place, reason.label)))
                .labels(fargate.map(|place| (place, "the task definition requires Fargate")))
                .help(format!(
                    "set `{role}` to a role with the managed policy `AmazonECSTaskExecutionRolePolicy`"
                )),
        );
    }
}

/// Something that ECS does with the execution role.
struct Reason {
    place: Place,
    need: &'static str,
    label: &'static str,
    /// True if this requires the role only on Fargate; on EC2, the instance role is used.
    on_fargate: bool,
}

fn reasons(container: Container) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut add = |place: Option<Place>, need: &'static str, label: &'static str| {
        let on_fargate = need.ends_with("on Fargate");
        reasons.extend(place.map(|place| Reason { place, need, label, on_fargate }));
    };
    if container.task.requires("FARGATE").is_some() {
        add(
            container.private_ecr_image(),
            "pull a private ECR image on Fargate",
            "image in a private ECR repository",
        );
        add(awslogs(container), "send logs with `awslogs` on Fargate", "the `awslogs` log driver");
    }
    let [secrets, files] = container.view.fields(["secrets", "environmentFiles"]);
    add(first_item(secrets), "read secrets", "secret to read before the container starts");
    add(secret_option(container), "read the log driver's secrets", "secret of the log driver");
    add(registry(container), "log in to a private registry", "credentials for a private registry");
    add(first_item(files), "read environment files", "environment file to read from Amazon S3");
    reasons
}

fn awslogs(container: Container) -> Option<Place> {
    let driver = container.view.object("logConfiguration").known()?.str("logDriver");
    driver.place().filter(|_| driver.known() == Some("awslogs"))
}

fn secret_option(container: Container) -> Option<Place> {
    first_item(container.view.object("logConfiguration").known()?.field("secretOptions"))
}

fn registry(container: Container) -> Option<Place> {
    container.view.object("repositoryCredentials").known_at().map(|(_, place)| place)
}

/// Returns the place of a list's first item; `None` if the list may be empty.
fn first_item(field: Field) -> Option<Place> {
    field.list().objects().next().map(|item| item.heading("name"))
}
