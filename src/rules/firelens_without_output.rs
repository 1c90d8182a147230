//! See `rules/firelens-without-output.md`.

use super::prelude::*;
use crate::value::More;

/// Options that FireLens itself reads; all others belong to the plugin that sends the logs.
const OWN: [&str; 3] = ["include-pattern", "exclude-pattern", "log-driver-buffer-limit"];

/// Reports `awsfirelens` logs for which no output plugin is selected.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.definitions() {
        let mut routers =
            task.containers().filter_map(|container| Some((container, container.firelens().known()?)));
        let Some((container, router)) = routers.next() else { continue };
        report.extend(task.logs_by("awsfirelens").filter_map(|log| without_output(log, container, router)));
    }
}

fn without_output(log: Log, container: Container, router: View) -> Option<Finding> {
    let (kind, key) = match router.str("type").known_at()? {
        ("fluentd", place) => (place, "@type"),
        ("fluentbit", place) => (place, "Name"),
        _ => return None,
    };
    let [options, secrets] = log.view.fields(["options", "secretOptions"]);
    let called = log.container.called();
    let known = match options.object() {
        Known(known, _) => known.node.as_object()?,
        Missing if secrets.list().is_empty() && has_no_output(router) && !may_read_files(container) => {
            let message =
                format!("the logs of {called} have no output: `{options}` of `awsfirelens` is not set");
            let finding = Finding::at(log.view.str("logDriver").place()?, message)
                .label(kind, "the log router has no configuration file")
                .help(format!("set `{options}`, with the name of the output plugin in `{key}`"));
            return Some(finding.warning());
        }
        _ => return None,
    };
    let names: Vec<&str> = known.entries.iter().map(|entry| entry.key.as_str()).collect();
    let is_selected = names.contains(&key) || !secrets.list().is_empty();
    let of_plugin = known.entries.iter().find(|entry| !OWN.contains(&entry.key.as_str()))?;
    if is_selected || known.more == More::Maybe {
        return None;
    }
    let message = format!("the options of {called} lack `{key}`, which selects the output plugin");
    Some(
        Finding::at(Place::key(of_plugin), message)
            .label(kind, "the type of the log router")
            .help(format!("add the option `{key}` with the name of the output plugin")),
    )
}

/// Returns `true` if a log router certainly has no configuration of its own, which could have an output.
fn has_no_output(router: View) -> bool {
    let options = router.object("options");
    match options {
        Missing => true,
        Known(options, _) => {
            options.is_missing("config-file-value")
                && options.node.as_object().is_some_and(|known| known.more == More::No)
        }
        Unknown(_) => false,
    }
}

/// Returns `true` if the image of a log router reads configuration files that its environment names: those with `init` in their tag.
fn may_read_files(router: Container) -> bool {
    let image = router.view.str("image");
    image.known().is_none_or(|image| image.contains("init"))
}
