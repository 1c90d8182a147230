//! See `rules/invalid-command.md`.

use super::prelude::*;
use crate::model::{Start, contents};

/// Programs and words of a shell after which a string is certainly a command line and not the path of a program.
const STARTERS: [&str; 22] = [
    "sh",
    "bash",
    "/bin/sh",
    "/bin/bash",
    "python",
    "python3",
    "node",
    "npm",
    "npx",
    "yarn",
    "java",
    "ruby",
    "bundle",
    "php",
    "cd",
    "export",
    "exec",
    "echo",
    "sleep",
    "gunicorn",
    "uvicorn",
    "nginx",
];

/// Operators of a shell.
const OPERATORS: [&str; 6] = ["&&", "||", "|", ";", ">", ">>"];

/// Reports commands that a container cannot run.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        if !matches!(container.task.operating_system(), Known("LINUX", _)) {
            continue;
        }
        let Some((command, is_certain)) = executed(container) else { continue };
        let items: Vec<View> = command.list().iter().collect();
        let found = not_a_program(container, command, &items).or_else(|| without_shell(&items));
        report.extend(found.map(|finding| if is_certain { finding } else { finding.warning() }));
    }
}

/// The list whose first string is the program that runs, and whether that is certain; `None` if it is unknown.
fn executed(container: Container) -> Option<(Field, bool)> {
    let [entry, command] = container.view.fields(["entryPoint", "command"]);
    if !entry.is_missing() {
        // Docker resets the entry point of the image if the only string is empty.
        let items = entry.list().counted()?;
        let is_reset = matches!(items.as_slice(), [only] if only.as_str() == Some(""));
        return Some((if is_reset { command } else { entry }, true));
    }
    let image = container.view.entry("image")?.value.as_str()?;
    let is_program = contents(image).is_some_and(|contents| contents.start == Start::Command);
    // Whatever the entry point of the image is, it expects a program rather than an assignment.
    let first = command.list().iter().next()?.node.as_str()?;
    (is_program || is_assignment(first)).then_some((command, false))
}

/// Whether a string is an assignment to an environment variable, which only a shell understands.
fn is_assignment(text: &str) -> bool {
    let is_variable = |name: &str| {
        name.starts_with(|letter: char| letter.is_ascii_uppercase())
            && name
                .chars()
                .all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_')
    };
    text.split_once('=').is_some_and(|(name, _)| is_variable(name))
}

fn not_a_program(container: Container, command: Field, items: &[View]) -> Option<Finding> {
    let first = items.first()?;
    let program = first.node.as_str()?;
    let (message, help) = match program {
        "" => (
            format!("the program of {} is empty", container.called()),
            format!("start `{command}` with the program to run"),
        ),
        _ if is_command_line(program) => (
            format!(
                "{} runs `{program}` as the name of a single program, including the spaces",
                container.called()
            ),
            "write each word as a separate string, or run a shell: `[\"sh\", \"-c\", \"…\"]`".to_owned(),
        ),
        _ if is_assignment(program) => (
            format!(
                "{} runs `{program}` as a program, because no shell assigns the variable",
                container.called()
            ),
            "set the variable in `environment`".to_owned(),
        ),
        _ => return None,
    };
    Some(Finding::at(first.place(), message).help(help))
}

/// Whether a string is certainly a command with arguments. The path of a program can contain spaces.
fn is_command_line(text: &str) -> bool {
    let Some((first, rest)) = text.trim().split_once(char::is_whitespace) else { return false };
    let is_argument = |word: &str| OPERATORS.contains(&word) || is_option(word);
    let is_path = first.starts_with(['/', '.']) && !rest.contains(['/', '.']);
    STARTERS.contains(&first) || is_path || rest.split_whitespace().any(is_argument)
}

/// Whether a word is an option, such as `-c` or `--port`.
fn is_option(word: &str) -> bool {
    word.strip_prefix('-')
        .is_some_and(|rest| rest.starts_with(|letter: char| letter == '-' || letter.is_alphabetic()))
}

/// Reports operators of a shell as arguments of a program that is not a shell.
fn without_shell(items: &[View]) -> Option<Finding> {
    let (first, rest) = items.split_first()?;
    let program = first.node.as_str().filter(|program| !is_shell(program))?;
    let operator = rest.iter().find(|item| matches!(item.node.as_str(), Some("&&" | "||" | "|" | ";")))?;
    let text = operator.node.as_str()?;
    let message = format!("no shell runs this command, so `{text}` is passed to `{program}` as an argument");
    Some(
        Finding::at(operator.place(), message)
            .label(first.place(), "this program runs")
            .help("run a shell, with the whole command as one string: `[\"sh\", \"-c\", \"…\"]`")
            .warning(),
    )
}

fn is_shell(program: &str) -> bool {
    let name = program.rsplit('/').next().unwrap_or(program);
    name.ends_with("sh") || ["busybox", "env", "find", "test", "["].contains(&name)
}
