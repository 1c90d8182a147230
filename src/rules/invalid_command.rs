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
        let Some(command) = executed(container) else { continue };
        let items: Vec<View> = command.list().iter().collect();
        report.extend(not_a_program(container, command, &items).or_else(|| without_shell(&items)));
    }
}

/// The list whose first string is the program that runs; `None` if that is unknown.
fn executed(container: Container) -> Option<Field> {
    let [entry, command] = container.view.fields(["entryPoint", "command"]);
    if !entry.is_missing() {
        // Docker resets the entry point of the image if the only string is empty.
        let items = entry.list().counted()?;
        return if items.len() == 1 && is_empty(items[0].as_str()) { Some(command) } else { Some(entry) };
    }
    let image = container.view.entry("image")?.value.as_str()?;
    (contents(image)?.start == Start::Command).then_some(command)
}

fn is_empty(text: Option<&str>) -> bool {
    text.is_some_and(str::is_empty)
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
        _ => return None,
    };
    Some(Finding::at(first.place(), message).help(help))
}

/// Whether a string is certainly a command with arguments. The path of a program can contain spaces.
fn is_command_line(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let Some(first) = words.next() else { return false };
    let mut rest = words.peekable();
    rest.peek().is_some()
        && (STARTERS.contains(&first)
            || rest.any(|word| OPERATORS.contains(&word) || word.starts_with("--") || is_flag(word)))
}

/// Whether a word is an option of one letter.
fn is_flag(word: &str) -> bool {
    word.strip_prefix('-').is_some_and(|rest| rest.len() == 1 && rest.chars().all(char::is_alphabetic))
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
