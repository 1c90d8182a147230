//! Cloud-init: `#cloud-config` documents and archives of several parts.

use super::settings::add;
use super::shell::{self, CONFIG};
use super::{Certainty, UserData};
use crate::syntax::yaml;
use crate::value::{Mapped, More, Node};

/// Members of a document that do not concern the agent.
const HARMLESS: &[&str] = &[
    "bootcmd",
    "disable_root",
    "fqdn",
    "hostname",
    "locale",
    "manage_etc_hosts",
    "ntp",
    "output",
    "package_update",
    "package_upgrade",
    "packages",
    "preserve_hostname",
    "repo_update",
    "repo_upgrade",
    "runcmd",
    "ssh_authorized_keys",
    "ssh_pwauth",
    "timezone",
    "users",
    "write_files",
];

/// Reads a `#cloud-config` document.
pub(super) fn run(data: &mut UserData, script: &Mapped) {
    let parsed = yaml::document(script);
    let Some(root) = parsed.root.filter(|_| parsed.errors.is_empty()) else {
        data.at_most(Certainty::None);
        return;
    };
    let Some(object) = root.as_object() else {
        data.at_most(Certainty::None);
        return;
    };
    if object.more == More::Maybe {
        data.at_most(Certainty::None);
    }
    if object.entries.iter().any(|entry| !HARMLESS.contains(&entry.key.as_str()))
        || mentions_ecs(root.get("packages"))
    {
        data.at_most(Certainty::Settings);
    }
    for key in ["bootcmd", "write_files", "runcmd"] {
        let Some(member) = root.get(key) else { continue };
        let Some(list) = member.as_array().filter(|list| list.more == More::No) else {
            data.at_most(Certainty::None);
            continue;
        };
        for item in &list.items {
            if key == "write_files" { file(data, item) } else { command(data, item) }
        }
    }
}

fn mentions_ecs(packages: Option<&Node>) -> bool {
    packages.is_some_and(|list| list.to_json().to_string().contains("ecs"))
}

/// Reads an item of `write_files`.
fn file(data: &mut UserData, item: &Node) {
    let Some(path) = item.get("path").and_then(Node::as_str) else {
        data.at_most(Certainty::None);
        return;
    };
    if !path.ends_with(CONFIG) {
        return;
    }
    let content = item.get("content").filter(|_| item.get("encoding").is_none()).and_then(Mapped::string);
    let Some(content) = content else {
        data.at_most(Certainty::None);
        return;
    };
    if item.get("append").is_none() {
        data.settings.clear();
    }
    let mut at = 0;
    for line in content.text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if !line.trim().is_empty() {
            add(data, &content, start..start + line.trim().len());
        }
    }
}

/// Reads a command: a line of a shell script, or a list of words.
fn command(data: &mut UserData, item: &Node) {
    match (Mapped::string(item), item.as_array()) {
        (Some(line), _) => {
            let end = line.text.len();
            shell::run(data, &line, 0..end);
        }
        (None, Some(_)) => {
            let text = item.to_json().to_string();
            data.at_most(if text.contains("ecs") { Certainty::None } else { Certainty::Settings });
        }
        (None, None) => data.at_most(Certainty::None),
    }
}

/// Reads an archive of several parts, each with its own type.
pub(super) fn run_parts(data: &mut UserData, script: &Mapped) {
    let text = &*script.text;
    let boundary = text.split_once("boundary=").map(|(_, rest)| rest.trim_start_matches('"'));
    let boundary = boundary.and_then(|rest| rest.split(['"', '\n', ';', '\r']).next()).unwrap_or_default();
    if boundary.is_empty() {
        data.at_most(Certainty::None);
        return;
    }
    let mark = format!("--{boundary}");
    let mut start = 0;
    let mut parts = Vec::new();
    for piece in text.split(mark.as_str()) {
        parts.push(start..start + piece.len());
        start += piece.len() + mark.len();
    }
    for part in parts.into_iter().skip(1) {
        let piece = &text[part.clone()];
        if piece.starts_with("--") || piece.trim().is_empty() {
            continue;
        }
        let Some(body) = piece.find("\n\n").map(|offset| part.start + offset + 2) else {
            data.at_most(Certainty::None);
            continue;
        };
        let mut inner = Mapped::empty();
        for part in script.slice(body..part.end) {
            match part {
                crate::value::Part::Known { text, at } => inner.push(&text, at),
                crate::value::Part::Unknown(why, at) => inner.push_hole(why, at),
                crate::value::Part::Json(_) | crate::value::Part::Base64(_) => {}
            }
        }
        data.run(&inner);
    }
}
