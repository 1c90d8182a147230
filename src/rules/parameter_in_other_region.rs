//! See `rules/parameter-in-other-region.md`.

use super::prelude::*;
use crate::model::{Kind, Resource};
use crate::value::{Node, NodeKind, Unknown};

/// Reports parameters that a container reads by name and that are in another Region than the task.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        report.extend(
            container.secrets().into_iter().filter_map(|secret| elsewhere(*project, container, secret)),
        );
    }
}

fn elsewhere(project: Project, container: Container, secret: View) -> Option<Finding> {
    let field = secret.field("valueFrom");
    let value = &field.entry()?.value;
    let parameter = parameter_named(project, container.task, value)?;
    let (ours, theirs) = (project.region(container.task.resource)?, project.region(parameter)?);
    let (here, there) = (ours.as_str()?, theirs.as_str()?);
    (here != there).then(|| {
        let message = format!(
            "`{field}` is the name of a parameter in Region `{there}`, but the task runs in `{here}`"
        );
        Finding::at(value.used.unwrap_or(value.at), message)
            .label(theirs, "the Region of the parameter")
            .label(ours, "the Region of the task")
            .label(Place::header(parameter), "the parameter")
            .help(format!("set `{field}` to the full ARN of the parameter"))
    })
}

/// The only parameter with a name, which can be unknown.
fn parameter_named<'a>(project: Project<'a>, task: Task<'a>, value: &Node) -> Option<&'a Resource> {
    if let NodeKind::Unknown(Unknown::Attribute { attribute, .. }) = &value.kind {
        let is_name = matches!(attribute.as_str(), "name" | "id");
        return project.resolve(&[Kind::Parameter], value).known().filter(|_| is_name);
    }
    let name = value.as_str()?;
    let is_named = |other: &&Resource| project.view(other).str("Name").known() == Some(name);
    let near = project.of(Kind::Parameter).filter(|other| other.is_in_module_of(task.resource));
    let mut found = near.filter(is_named);
    found.next().filter(|_| found.next().is_none())
}
