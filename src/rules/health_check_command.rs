//! See `rules/health-check-command.md`.

use super::prelude::*;

/// What tells how the command is run.
const FORMS: [&str; 3] = ["CMD", "CMD-SHELL", "NONE"];

/// Reports health checks whose commands cannot be run.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let Known(health, _) = container.view.object("healthCheck") else { continue };
        let found = no_command(container, health).or_else(|| wrong_form(health));
        report.extend(found.or_else(|| shell_without_shell(health)));
    }
}

fn no_command(container: Container, health: View) -> Option<Finding> {
    if !health.list("command").is_empty() {
        return None;
    }
    let place = container.view.entry("healthCheck").map_or_else(|| container.anchor(), Place::key);
    let message = format!("the health check of {} has no command", container.called());
    Some(Finding::at(place, message).help("add a `command` that ends with 0 if the container is healthy"))
}

fn wrong_form(health: View) -> Option<Finding> {
    let items: Vec<View> = health.list("command").iter().collect();
    let first = items.first()?;
    let word = first.node.as_str().filter(|word| !FORMS.contains(word) && !is_path(word))?;
    let message = format!("a health check's command begins with `CMD` or `CMD-SHELL`, not with `{word}`");
    // The API takes it, and what comes of it differs by platform.
    let finding = Finding::at(first.place(), message).warning();
    Some(match FORMS.iter().find(|form| form.eq_ignore_ascii_case(word.trim())) {
        Some(form) => {
            let write = format!("write `{form}`");
            finding.help(&*write).fix(Safety::Safe, write, [Change::set(first.node, *form)])
        }
        None if items.len() == 1 => finding.help("put `CMD-SHELL` before it"),
        None => finding.help("put `CMD` before it"),
    })
}

/// Whether it is the path of a program, which ECS was seen to run as if `CMD` stood before it.
fn is_path(word: &str) -> bool {
    word.starts_with('/') && !word.contains(char::is_whitespace)
}

/// With `CMD` nobody splits words or reads operators: they are a part of the name, or arguments.
fn shell_without_shell(health: View) -> Option<Finding> {
    let items: Vec<View> = health.list("command").iter().collect();
    let texts: Vec<Option<&str>> = items.iter().map(|item| item.node.as_str()).collect();
    let [Some("CMD"), Some(program), arguments @ ..] = texts.as_slice() else { return None };
    if arguments.is_empty() && program.trim().contains(' ') {
        let message = format!("with `CMD`, `{program}` is the name of one program, blanks and all");
        return Some(
            Finding::at(items[1].place(), message)
                .label(items[0].place(), "runs it without a shell")
                .help("write `CMD-SHELL`, or give each word as a string of its own")
                .fix(Safety::Safe, "write `CMD-SHELL`", [Change::set(items[0].node, "CMD-SHELL")]),
        );
    }
    if is_shell(program) {
        return None;
    }
    let operator =
        |text: &&str| matches!(text.trim(), "||" | "&&" | "|" | ";") || text.trim().starts_with("|| ");
    let index = arguments.iter().position(|text| text.as_ref().is_some_and(operator))?;
    let text = arguments[index]?;
    let message = format!("with `CMD` there is no shell, so `{text}` is an argument of `{program}`");
    Some(
        Finding::at(items[index + 2].place(), message)
            .label(items[0].place(), "runs it without a shell")
            .help("write `CMD-SHELL` and the whole command as one string")
            .warning(),
    )
}

fn is_shell(program: &str) -> bool {
    let name = program.rsplit(['/', '\\']).next().unwrap_or(program).to_ascii_lowercase();
    let name = name.strip_suffix(".exe").unwrap_or(&name);
    ["sh", "bash", "ash", "dash", "zsh", "ksh", "busybox", "cmd", "powershell", "pwsh", "env"].contains(&name)
}
