//! See `rules/health-check-missing-program.md`.

use super::prelude::*;
use crate::model::contents;

/// Words of a command that may add programs to the image.
const INSTALLS: [&str; 4] = ["install", "apk ", "apt-get ", "apt "];

/// Reports health checks that run a program which their image does not contain.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        report.extend(missing_program(container));
    }
}

fn missing_program(container: Container) -> Option<Finding> {
    let Known(health, _) = container.view.object("healthCheck") else { return None };
    let named = &container.view.entry("image")?.value;
    let image = named.as_str()?;
    let contents = contents(image)?;
    if may_install(container) {
        return None;
    }
    let items: Vec<View> = health.list("command").iter().collect();
    let form = items.first()?.node.as_str()?;
    let second = items.get(1)?;
    let text = second.node.as_str()?;
    let lacks = |program: &str| contents.lacks.iter().find(|lacked| **lacked == base(program)).copied();
    let (program, at) = match form {
        "CMD" => (lacks(text)?, second.place()),
        "CMD-SHELL" => match lacks("sh") {
            Some(shell) => (shell, items.first()?.place()),
            None => (first_of_all(text, lacks)?, second.place()),
        },
        _ => return None,
    };
    let message = format!("the health check runs `{program}`, which image `{image}` does not contain");
    Some(
        Finding::at(at, message)
            .label(named, format!("the image, according to {}", contents.source))
            .help(format!("run a program that the image contains, or build an image with `{program}`"))
            .warning(),
    )
}

/// Whether the container may add programs before the health check runs.
fn may_install(container: Container) -> bool {
    ["entryPoint", "command"].into_iter().any(|key| {
        let list = container.view.list(key);
        let texts: Vec<Option<&str>> = list.iter().map(|item| item.node.as_str()).collect();
        let is_shell = texts.first().is_some_and(|first| first.is_none_or(|program| program.ends_with("sh")));
        let adds = |text: &&str| INSTALLS.iter().any(|word| text.contains(word));
        let is_unknown = is_shell && texts.contains(&None);
        !list.is_complete() || is_unknown || texts.iter().flatten().any(adds)
    })
}

/// The first program of a shell command, if the command certainly fails without it: every alternative after `||` fails too.
fn first_of_all(text: &str, lacks: impl Fn(&str) -> Option<&'static str>) -> Option<&'static str> {
    let mut alternatives = text.split("||").map(str::trim);
    let first = alternatives.next()?;
    let word = |command: &str| command.split_whitespace().next().unwrap_or_default().to_owned();
    let fails = |command: &str| {
        let program = word(command);
        lacks(&program).is_some() || program == "false" || (program == "exit" && command != "exit 0")
    };
    let program = lacks(&word(first)).filter(|_| !text.contains([';', '\n', '`', '(']))?;
    alternatives.all(fails).then_some(program)
}

/// The name of a program without its directory.
fn base(program: &str) -> &str {
    program.strip_prefix("/usr/bin/").or_else(|| program.strip_prefix("/bin/")).unwrap_or(program)
}
