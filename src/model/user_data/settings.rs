//! The settings of the ECS agent in its configuration file, in PowerShell, and in the settings of Bottlerocket.

use std::ops::Range;

use super::{AgentSetting, Certainty, UserData};
use crate::diagnostic::Place;
use crate::value::{HOLE, Mapped, Node, NodeKind, Text};

/// Adds the setting in a line of the configuration file: `ECS_CLUSTER=main`.
pub(super) fn add(data: &mut UserData, script: &Mapped, line: Range<usize>) {
    let text = &script.text[line.clone()];
    if text.is_empty() || text.starts_with('#') {
        return;
    }
    let Some((name, value)) = text.split_once('=') else {
        data.at_most(Certainty::None);
        return;
    };
    let name = name.trim_start_matches("export ").trim();
    if name.contains(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_') {
        data.at_most(Certainty::None);
        return;
    }
    let at = line.end - value.len()..line.end;
    insert(data, script, name, at, line);
}

/// Adds a setting whose value is in a range.
fn insert(data: &mut UserData, script: &Mapped, name: &str, value: Range<usize>, line: Range<usize>) {
    let place = Place::from(script.span(line));
    let value = unquoted(&script.text, value);
    let text = script.text[value.clone()].to_owned();
    let at = script.span(value.clone());
    let kind = if text.contains(['$', '`']) {
        NodeKind::Unknown(crate::value::Unknown::Expression("a shell variable".into()))
    } else if text.contains(HOLE) {
        whole(script.slice(value))
    } else {
        NodeKind::String(text.replace("\\\"", "\"").into())
    };
    data.settings.push(AgentSetting { name: name.to_owned(), value: Node::new(kind, at), place });
}

/// A range without the quotes around its text.
fn unquoted(text: &str, range: Range<usize>) -> Range<usize> {
    let whole = &text[range.clone()];
    let is_quoted = |quote: char| whole.len() > 1 && whole.starts_with(quote) && whole.ends_with(quote);
    if is_quoted('"') || is_quoted('\'') { range.start + 1..range.end - 1 } else { range }
}

/// The string of some parts; the value itself if it is the only part.
fn whole(parts: Vec<crate::value::Part>) -> NodeKind {
    match parts.as_slice() {
        [crate::value::Part::Unknown(why, _)] => NodeKind::Unknown(why.clone()),
        _ => NodeKind::Text(Text::new(parts).into()),
    }
}

/// Reads the parameters of `Initialize-ECSAgent`.
pub(super) fn powershell(data: &mut UserData, script: &Mapped) {
    let text = script.text.to_ascii_lowercase();
    data.at_most(Certainty::Settings);
    let is_other =
        ["setenvironmentvariable", "$env:ecs", "invoke-", "iex "].iter().any(|word| text.contains(word));
    let Some(start) = text.find("initialize-ecsagent").filter(|_| !is_other) else {
        data.at_most(Certainty::None);
        return;
    };
    let mut end = start;
    loop {
        let length = text[end..].find('\n').unwrap_or(text.len() - end);
        let is_continued = text[end..end + length].trim_end().ends_with('`');
        end += length + usize::from(end + length < text.len());
        if !is_continued || end >= text.len() {
            break;
        }
    }
    let line = start..start + script.text[start..end].trim_end().len();
    let command = &text[line.clone()];
    if command.contains(['|', ';']) || text[end..].contains("initialize-ecsagent") {
        data.at_most(Certainty::None);
        return;
    }
    for (parameter, name) in [
        ("-cluster", "ECS_CLUSTER"),
        ("-loggingdrivers", "ECS_AVAILABLE_LOGGING_DRIVERS"),
        ("-enabletaskiamrole", "ECS_ENABLE_TASK_IAM_ROLE"),
    ] {
        let Some(offset) = command.find(parameter) else { continue };
        let from = line.start + offset + parameter.len();
        match parameter {
            "-enabletaskiamrole" => {
                let at = script.span(line.start + offset..from);
                let value = Node::string("true", at);
                data.settings.push(AgentSetting { name: name.into(), value, place: Place::from(at) });
            }
            _ => {
                let rest = script.text[from..line.end].trim_start();
                let from = line.end - rest.len();
                let (from, length) = match rest.chars().next() {
                    Some(quote @ ('"' | '\'')) => (from + 1, rest[1..].find(quote).unwrap_or(rest.len() - 1)),
                    _ => (from, rest.find(char::is_whitespace).unwrap_or(rest.len())),
                };
                insert(data, script, name, from..from + length, line.start + offset..from + length);
            }
        }
    }
}

/// Reads the `[settings.ecs]` table of Bottlerocket.
pub(super) fn bottlerocket(data: &mut UserData, script: &Mapped) {
    let mut table = String::new();
    let mut at = 0;
    for line in script.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let text = line.trim();
        if script.hole(start + (line.len() - line.trim_start().len())).is_some() {
            data.at_most(Certainty::None);
        } else if let Some(name) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            table = name.trim().to_owned();
        } else if let Some((key, value)) = text.split_once('=').filter(|_| table == "settings.ecs") {
            let value = value.trim();
            let from = start + line.find(value).unwrap_or_default();
            let name = match key.trim() {
                "cluster" => "ECS_CLUSTER",
                "logging-drivers" => "ECS_AVAILABLE_LOGGING_DRIVERS",
                _ => continue,
            };
            insert(data, script, name, from..from + value.len(), from..from + value.len());
        }
    }
}
