//! Shell scripts: the lines that they write to the configuration file of the ECS agent.

use std::ops::Range;

use super::commands::{Effect, effect};
use super::settings::add;
use super::{Certainty, HaltCause, UserData};
use crate::diagnostic::Place;
use crate::value::Mapped;

/// The configuration file of the agent.
pub(super) const CONFIG: &str = "ecs.config";

/// The path from which the agent reads it.
const PATH: &str = "/etc/ecs/ecs.config";

/// Words that begin or end commands that may not run.
const BLOCKS: &[(&str, &str)] =
    &[("if", "fi"), ("for", "done"), ("while", "done"), ("until", "done"), ("case", "esac")];

/// A shell script while it is read.
struct Shell<'s, 'm> {
    data: &'s mut UserData,
    script: &'s Mapped<'m>,
    /// The words that end the blocks around the current line.
    open: Vec<&'static str>,
    /// The lines that a group `{ … }` prints.
    group: Option<Vec<Range<usize>>>,
}

/// Reads a shell script.
pub(super) fn run(data: &mut UserData, script: &Mapped, range: Range<usize>) {
    let mut shell = Shell { data, script, open: Vec::new(), group: None };
    let end = range.end;
    let mut lines = lines(&script.text, range);
    while let Some(line) = lines.next() {
        if let Some(cause) = shell.halt(&line) {
            let (at, rest) = (trimmed(&script.text, line.clone()), &script.text[line.start..end]);
            shell.data.stop(cause, script.span(at), rest);
            return;
        }
        shell.line(line, &mut lines);
    }
}

/// Returns `true` if a line certainly is a command of a shell, and neither the first line of another format nor part of one.
pub(super) fn is_command(line: &str) -> bool {
    let mut words = line.split_whitespace().skip_while(|word| *word == "sudo");
    let first = words.next().unwrap_or_default();
    let has_more = words.next().is_some_and(|word| word != "=");
    has_more && ["apt-get", "cat", "dnf", "echo", "export", "mkdir", "printf", "yum"].contains(&first)
}

/// The lines of a part of a text; a backslash at the end continues a line.
fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + use<'_> {
    let mut at = range.start;
    std::iter::from_fn(move || {
        if at >= range.end {
            return None;
        }
        let start = at;
        loop {
            let end = text[at..range.end].find('\n').map_or(range.end, |length| at + length);
            at = (end + 1).min(range.end.max(end + 1));
            if !text[start..end].ends_with('\\') || at >= range.end {
                return Some(start..end);
            }
        }
    })
}

impl Shell<'_, '_> {
    fn text(&self, range: &Range<usize>) -> &str {
        &self.script.text[range.clone()]
    }

    /// Why no command after a line runs, if that is certain.
    fn halt(&self, line: &Range<usize>) -> Option<HaltCause> {
        let text = self.text(line).trim();
        let code = text.strip_prefix("exit").map(str::trim_start);
        let is_exit = code.is_some_and(|code| code.chars().all(|digit| digit.is_ascii_digit()));
        // `;&` is an error in the syntax of all shells.
        let is_escaped = ["&lt;&lt;", "&gt;&gt;"].iter().any(|word| text.contains(word))
            && !text.starts_with('#')
            && !text.contains(['"', '`', '$']);
        match () {
            () if !self.is_certain() || self.group.is_some() => None,
            () if is_exit => Some(HaltCause::Exit),
            () if is_escaped => Some(HaltCause::Escaped),
            () => None,
        }
    }

    fn line(&mut self, line: Range<usize>, rest: &mut impl Iterator<Item = Range<usize>>) {
        let line = trimmed(&self.script.text, line);
        let text = self.text(&line).to_owned();
        if text.is_empty() || text.starts_with('#') {
            return;
        }
        if self.script.hole(line.start).is_some() {
            self.data.at_most(Certainty::None);
            return;
        }
        if let Some(body) = self.heredoc(&text, rest) {
            self.written(&text, body);
            return;
        }
        for command in commands(&self.script.text, line) {
            self.command(command);
        }
    }

    /// The lines of the heredoc that a command begins.
    fn heredoc(
        &self,
        text: &str,
        rest: &mut impl Iterator<Item = Range<usize>>,
    ) -> Option<Vec<Range<usize>>> {
        let (_, after) = text.split_once("<<").filter(|(_, after)| !after.starts_with('<'))?;
        let after = after.trim_start_matches('-').trim_start();
        let end: String = after
            .trim_start_matches(['"', '\'', '\\'])
            .chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
            .collect();
        if end.is_empty() {
            return None;
        }
        Some(rest.take_while(|line| self.text(line).trim() != end).collect())
    }

    /// Records what a command with a heredoc does.
    fn written(&mut self, command: &str, body: Vec<Range<usize>>) {
        let prints = ["cat", "tee", "sudo tee", "sudo cat"].iter().any(|word| command.starts_with(word));
        match target(command) {
            Some((_, path)) if prints && (!path.contains(CONFIG) || is_elsewhere(path)) => {}
            Some((appends, path)) if prints && self.is_certain() && path.ends_with(CONFIG) => {
                self.put(appends, body)
            }
            _ if command.contains(CONFIG) => self.data.at_most(Certainty::None),
            _ => self.data.at_most(Certainty::Settings),
        }
    }

    /// Adds lines to the configuration file, or replaces it.
    fn put(&mut self, appends: bool, lines: Vec<Range<usize>>) {
        if !appends {
            self.data.settings.clear();
        }
        for line in lines {
            add(self.data, self.script, trimmed(&self.script.text, line));
        }
    }

    /// Returns `true` if the current command certainly runs.
    fn is_certain(&self) -> bool {
        self.open.is_empty()
    }

    fn command(&mut self, command: Range<usize>) {
        let text = self.text(&command).to_owned();
        if self.is_certain() && starts_agent(&text) {
            self.data.waits = Some(Place::from(self.script.span(command.clone())));
        }
        let first = text.split_whitespace().next().unwrap_or_default();
        // A function, which may never be called.
        let function = (text.len() > 1 && text.ends_with('{')).then_some("}");
        let block = BLOCKS.iter().find(|(start, _)| *start == first).map(|(_, end)| *end);
        if let Some(end) = block.or(function) {
            self.open.push(end);
            self.data.at_most(if text.contains(CONFIG) { Certainty::None } else { Certainty::Settings });
            return;
        }
        if self.open.last() == Some(&first) {
            self.open.pop();
            return;
        }
        match first {
            "then" | "else" | "elif" | "do" => {
                self.data.at_most(if text.contains(CONFIG) { Certainty::None } else { Certainty::Settings });
                return;
            }
            "{" if text == "{" => {
                self.group = Some(Vec::new());
                return;
            }
            "}" => {
                self.end_group(&text);
                return;
            }
            _ => {}
        }
        if text.contains(CONFIG) || self.group.is_some() {
            self.print(command, &text);
            return;
        }
        match effect(&text) {
            Effect::None => {}
            Effect::Install => self.data.at_most(Certainty::Settings),
            Effect::Configure => self.data.at_most(Certainty::None),
        }
    }

    fn end_group(&mut self, text: &str) {
        let lines = self.group.take().unwrap_or_default();
        match target(text) {
            Some((_, path)) if is_elsewhere(path) => {}
            Some((appends, path)) if path.ends_with(CONFIG) && self.is_certain() => self.put(appends, lines),
            Some(_) => {}
            None => self.data.at_most(Certainty::Settings),
        }
    }

    /// Records a command that prints a line: `echo ECS_CLUSTER=main >> /etc/ecs/ecs.config`.
    fn print(&mut self, command: Range<usize>, text: &str) {
        let printed = printed(&self.script.text, command);
        let target = target(text);
        if let Some(lines) = &mut self.group {
            match (printed, target) {
                (Some(more), None) => lines.extend(more),
                _ => self.data.at_most(Certainty::None),
            }
            return;
        }
        let is_file = |path: &str| path.ends_with(CONFIG);
        let reads = ["cat ", "chmod ", "chown ", "ls ", "touch ", "sudo chmod ", "sudo touch "];
        match (printed, target) {
            (Some(_), Some((_, path))) if is_elsewhere(path) => {}
            (Some(lines), Some((appends, path))) if is_file(path) && self.is_certain() => {
                self.put(appends, lines)
            }
            _ if reads.iter().any(|word| text.starts_with(word)) && !text.contains('>') => {}
            _ => self.data.at_most(Certainty::None),
        }
    }
}

/// Returns `true` for a command that starts the agent and waits until it runs.
fn starts_agent(command: &str) -> bool {
    let words: Vec<&str> = command.split_whitespace().skip_while(|word| *word == "sudo").collect();
    let ["systemctl", rest @ ..] = words.as_slice() else { return false };
    let starts = rest.contains(&"start") || rest.contains(&"restart") || rest.contains(&"--now");
    let is_agent = rest.iter().any(|word| ["ecs", "ecs.service"].contains(word));
    starts && is_agent && !rest.contains(&"--no-block") && !rest.contains(&"stop") && !command.ends_with('&')
}

/// Returns `true` for the path of another file with the name of the configuration file, which the agent does not read.
fn is_elsewhere(path: &str) -> bool {
    path.starts_with('/') && path.ends_with(CONFIG) && !path.contains('$') && path.replace("//", "/") != PATH
}

/// A range without the blanks around its text.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let whole = &text[range.clone()];
    let start = range.start + (whole.len() - whole.trim_start().len());
    start..(start + whole.trim().len())
}

/// The file that a command writes, and whether it appends to it.
fn target(command: &str) -> Option<(bool, &str)> {
    if let Some((_, after)) = command.split_once("tee ") {
        let after = after.trim_start();
        let appended = after.strip_prefix("-a");
        return Some((appended.is_some(), path(appended.unwrap_or(after))));
    }
    let start = command.rfind('>')?;
    Some((command[..start].ends_with('>'), path(&command[start + 1..])))
}

/// The path at the start of a text.
fn path(text: &str) -> &str {
    let word = text.trim_start().split([' ', '\t', ';', '<', '|', '&']).next().unwrap_or_default();
    word.trim_matches(['"', '\''])
}

/// The commands of a line, which `;`, `&&`, and `||` separate. A pipe to `tee` belongs to its command.
fn commands(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut quote) = (line.start, None);
    let bytes = text.as_bytes();
    let mut at = line.start;
    while at < line.end {
        let (byte, next) = (bytes[at], bytes.get(at + 1).copied());
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (None, b'"' | b'\'' | b'`') => quote = Some(byte),
            (_, b'\\') => at += 1,
            (None, b';') => {
                found.push(start..at);
                start = at + 1;
            }
            (None, b'&' | b'|') if next == Some(byte) => {
                found.push(start..at);
                start = at + 2;
                at += 1;
            }
            _ => {}
        }
        at += 1;
    }
    found.push(start.min(line.end)..line.end);
    found.into_iter().map(|range| trimmed(text, range)).filter(|range| !range.is_empty()).collect()
}

/// The lines that `echo` or `printf` prints; `None` for another command.
fn printed(text: &str, command: Range<usize>) -> Option<Vec<Range<usize>>> {
    let words = &text[command.clone()];
    let word = ["sudo echo", "echo", "printf"].into_iter().find(|word| words.starts_with(word))?;
    let mut start = command.start + word.len();
    loop {
        let range = trimmed(text, start..command.end);
        let flag = ["-e ", "-n ", "-en ", "-ne ", "-E ", "-- "]
            .into_iter()
            .find(|flag| text[range.clone()].starts_with(flag));
        start = range.start + flag.map_or(0, str::len);
        if flag.is_none() {
            break;
        }
    }
    let bytes = text.as_bytes();
    let end = match bytes.get(start) {
        Some(quote @ (b'"' | b'\'')) => {
            start += 1;
            let mut at = start;
            while at < command.end && bytes[at] != *quote {
                at += if bytes[at] == b'\\' && *quote == b'"' { 2 } else { 1 };
            }
            // Several quoted texts in a row are not read.
            let after = text.get(at + 1..command.end)?.trim_start();
            if !after.is_empty() && !after.starts_with(['>', '|']) {
                return None;
            }
            at.min(command.end)
        }
        _ => {
            let rest = &text[start..command.end];
            let length = rest.find(['>', '|']).unwrap_or(rest.len());
            // A variable in quotes after the first word can contain more lines.
            if rest[..length].contains(" \"$") {
                return None;
            }
            start + rest[..length].trim_end().len()
        }
    };
    let mut lines = Vec::new();
    let mut at = start;
    for piece in text[start..end].split("\\n").flat_map(|piece| piece.split_inclusive('\n')) {
        let from = text[at..end].find(piece).map_or(at, |offset| at + offset);
        at = from + piece.len();
        lines.push(trimmed(text, from..at));
    }
    lines.retain(|line| !line.is_empty());
    Some(lines)
}
