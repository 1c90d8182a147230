//! See `rules/health-check-command.md`.

use super::prelude::*;

/// The valid first items of a command, which say how it is run.
const FORMS: [&str; 3] = ["CMD", "CMD-SHELL", "NONE"];

/// Reports health check commands that cannot run.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let Known(health, _) = container.view.object("healthCheck") else { continue };
        let found =
            no_command(container, health).or_else(|| two_forms(health)).or_else(|| wrong_form(health));
        report.extend(found.or_else(|| shell_without_shell(health)));
    }
}

fn no_command(container: Container, health: View) -> Option<Finding> {
    if !health.list("command").is_empty() {
        return None;
    }
    let place = container.view.entry("healthCheck").map_or_else(|| container.anchor(), Place::key);
    let command = health.field("command");
    let message = format!("the health check of {} has no `{command}`", container.called());
    Some(
        Finding::at(place, message)
            .help(format!("add a `{command}` that exits with code 0 if the container is healthy")),
    )
}

/// Reports a second form after `CMD`, which runs it as a program.
fn two_forms(health: View) -> Option<Finding> {
    let items: Vec<View> = health.list("command").iter().collect();
    let [first, second, ..] = items.as_slice() else { return None };
    let form = second.node.as_str().filter(|form| FORMS.contains(form))?;
    (first.node.as_str() == Some("CMD")).then(|| {
        Finding::at(second.place(), format!("`CMD` runs `{form}` as a program"))
            .label(first.place(), "runs the command without a shell")
            .help("remove the first of the two")
            .fix(Safety::Safe, "remove `CMD`", [Change::remove_item(first.node)])
    })
}

fn wrong_form(health: View) -> Option<Finding> {
    let items: Vec<View> = health.list("command").iter().collect();
    let first = items.first()?;
    let word = first.node.as_str().filter(|word| !FORMS.contains(word) && !is_path(word))?;
    let message = format!("a health check command must start with `CMD` or `CMD-SHELL` (got `{word}`)");
    // The API accepts it, and its effect depends on the platform.
    let finding = Finding::at(first.place(), message).warning();
    Some(match FORMS.iter().find(|form| form.eq_ignore_ascii_case(word.trim())) {
        Some(form) => {
            let replace = format!("replace it with `{form}`");
            finding.help(&*replace).fix(Safety::Safe, replace, [Change::set(first.node, *form)])
        }
        None if items.len() == 1 => finding.help("insert `CMD-SHELL` before it"),
        None => finding.help("insert `CMD` before it"),
    })
}

/// Whether the word is the path of a program, which ECS runs as if `CMD` preceded it (observed).
fn is_path(word: &str) -> bool {
    word.starts_with('/') && !word.contains(char::is_whitespace)
}

/// Reports shell syntax after `CMD`, which runs a program without a shell: spaces are part of the program's name, and
/// operators are arguments.
fn shell_without_shell(health: View) -> Option<Finding> {
    let items: Vec<View> = health.list("command").iter().collect();
    let texts: Vec<Option<&str>> = items.iter().map(|item| item.node.as_str()).collect();
    let [Some("CMD"), Some(program), arguments @ ..] = texts.as_slice() else { return None };
    if arguments.is_empty() && program.trim().contains(' ') {
        let message = format!("`CMD` runs `{program}` as the name of a single program, including the spaces");
        return Some(
            Finding::at(items[1].place(), message)
                .label(items[0].place(), "runs the command without a shell")
                .help("use `CMD-SHELL`, or write each word as a separate string")
                .fix(
                    Safety::Safe,
                    "replace `CMD` with `CMD-SHELL`",
                    [Change::set(items[0].node, "CMD-SHELL")],
                ),
        );
    }
    if is_shell(program) {
        return None;
    }
    let operator =
        |text: &&str| matches!(text.trim(), "||" | "&&" | "|" | ";") || text.trim().starts_with("|| ");
    let index = arguments.iter().position(|text| text.as_ref().is_some_and(operator))?;
    let text = arguments[index]?;
    let message = format!("`CMD` does not use a shell, so `{text}` is passed to `{program}` as an argument");
    Some(
        Finding::at(items[index + 2].place(), message)
            .label(items[0].place(), "runs the command without a shell")
            .help("use `CMD-SHELL`, and write the whole command as one string")
            .warning(),
    )
}

fn is_shell(program: &str) -> bool {
    let name = program.rsplit(['/', '\\']).next().unwrap_or(program).to_ascii_lowercase();
    let name = name.strip_suffix(".exe").unwrap_or(&name);
    ["sh", "bash", "ash", "dash", "zsh", "ksh", "busybox", "cmd", "powershell", "pwsh", "env"].contains(&name)
}
