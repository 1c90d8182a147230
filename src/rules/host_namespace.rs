//! See `rules/host-namespace.md`.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// The modes that can be the host's, and what the containers then see.
const MODES: [(&str, &str); 3] = [
    ("networkMode", "the containers can reach all that listens on the instance, its metadata included"),
    ("pidMode", "the containers see and can signal every process of the instance"),
    ("ipcMode", "the containers share memory with every process of the instance"),
];

/// Reports task definitions that share namespaces with the host. Fargate has no host.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.requires("FARGATE").is_none()) {
        for (key, effect) in MODES {
            let Known("host", place) = task.view.str(key) else { continue };
            let message = format!("`{}` is `host`: {effect}", task.view.term(key));
            let help = match key {
                "networkMode" => "use `awsvpc` or `bridge`, unless the task is there to watch the instance",
                _ => "remove it, unless the task is there to watch the instance",
            };
            report.add(Finding::at(place, message).help(help));
        }
    }
}
