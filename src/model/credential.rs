//! Finds plaintext credentials in task definitions. Their values are not passed on.

use std::collections::BTreeSet;
use std::ops::Range;

use smol_str::SmolStr;

use crate::address::{Mode, Reference};
use crate::diagnostic::Place;
use crate::frontend;
use crate::model::reference::ref_kind;
use crate::model::{Container, Project};
use crate::resource::{Kind, RefKind, Unit};
use crate::secrets::{self, Known, patterns};
use crate::source::Span;
use crate::value::{Entry, Node, NodeKind, Part, Secret, Unknown};
use crate::view::{UnknownReads, View};
use crate::workspace::Workspace;

/// A credential that a container receives in plain text.
#[derive(Clone, Debug)]
pub struct Credential<'a> {
    /// The place that holds it: "`DB_PASSWORD`", "the command".
    pub holder: String,
    /// The kind of credential: "a password".
    pub what: &'static str,
    /// The value.
    pub node: &'a Node,
}

/// Descriptions of what the language of a file marks as sensitive.
const SENSITIVE_VALUE: &str = "a sensitive value";
const SENSITIVE_VARIABLE: &str = "a sensitive variable";
const SECRET: &str = "a Secrets Manager secret";
/// The start of CloudFormation's reference to a secret, which it replaces with the value.
const DYNAMIC: &str = "{{resolve:secretsmanager:";
const PARAMETER: &str = "a parameter";
const HIDDEN_PARAMETER: &str = "a parameter with `NoEcho`";

impl Credential<'_> {
    /// Whether only the mark of a language says that it is a secret.
    fn is_marked(&self) -> bool {
        [SENSITIVE_VALUE, SENSITIVE_VARIABLE, HIDDEN_PARAMETER].contains(&self.what)
    }

    /// The place where it is written.
    pub fn place(&self) -> Place {
        Place::from(self.node)
    }
}

impl<'a> Container<'a> {
    /// The credentials in the environment, commands, labels, and log driver options.
    pub fn credentials(self) -> Vec<Credential<'a>> {
        let mut found = Vec::new();
        for item in self.view.list("environment").objects() {
            let Some(value) = item.entry("value") else { continue };
            let name = item.node.get("name").and_then(Node::as_str).unwrap_or_default();
            found.extend(named(name, &value.value));
        }
        for words in self.view.fields(["command", "entryPoint"]) {
            let holder = format!("`{words}`");
            found.extend(in_command(&holder, words.list().iter().map(|item| item.node)));
        }
        let log = self.view.object("logConfiguration").known();
        let options = log.and_then(|log| log.object("options").known());
        for members in options.into_iter().chain(self.view.object("dockerLabels").known()) {
            found.extend(in_members(members));
        }
        if let Some(health) = self.view.object("healthCheck").known() {
            found.extend(in_command("the health check", health.list("command").iter().map(|item| item.node)));
        }
        found
    }
}

/// The secrets of all requests, and those that the languages of the files mark, so that reports can hide them.
/// `None` if there are too many.
pub fn secrets(workspace: &Workspace) -> Option<Vec<Known>> {
    let mut found = workspace.units.iter().map(|unit| of_unit(unit)).collect::<Option<Vec<Known>>>()?;
    let reads = UnknownReads::default();
    let project = Project::new(workspace, &reads);
    let mut certain = Known::default();
    let credentials = project.containers().flat_map(Container::credentials);
    for credential in credentials.filter(|credential| !credential.is_marked()) {
        let mut parts: Vec<Secret> = Vec::new();
        credential.node.clone().as_secret().collect_secrets(&mut parts);
        certain.secrets.extend(parts.into_iter().map(without_context));
    }
    // The search of the files finds most of them, but not names with escapes.
    for resource in workspace.resources() {
        add_named(&resource.request, &mut certain.secrets);
    }
    found.push(certain);
    Some(found)
}

/// The secrets that the language of a unit marks; `None` if there are too many.
fn of_unit(unit: &Unit) -> Option<Known> {
    let mut secrets = unit.secrets.clone()?;
    let resources = || unit.resources.iter().filter(|resource| resource.address.is_some());
    resources().for_each(|resource| resource.request.collect_secrets(&mut secrets));
    let mut plain = BTreeSet::default();
    if !secrets.is_empty() {
        resources().for_each(|resource| add_plain(&resource.request, &mut plain));
    }
    Some(Known { secrets, plain })
}

/// Members of requests with names that AWS restricts, so that they are hardly credentials.
const NAMES: [&str; 14] = [
    "awslogs-region",
    "capacityProvider",
    "cluster",
    "clusterName",
    "containerName",
    "family",
    "launchType",
    "logDriver",
    "name",
    "networkMode",
    "portName",
    "serviceName",
    "sourceVolume",
    "taskDefinition",
];

/// Adds the names and numbers that are not marked as secrets.
fn add_plain(node: &Node, found: &mut BTreeSet<SmolStr>) {
    match &node.kind {
        NodeKind::Number(text) if !node.at.is_secret => drop(found.insert(text.clone())),
        NodeKind::Array(array) => array.items.iter().for_each(|item| add_plain(item, found)),
        NodeKind::Object(object) => {
            for Entry { key, value, .. } in &object.entries {
                let is_name = NAMES.contains(&key.as_str()) && !value.has_secret();
                found.extend(value.as_str().filter(|_| is_name).map(SmolStr::from));
                add_plain(value, found);
            }
        }
        _ => {}
    }
}

/// The secret without its text if only a part of it is a credential, which is then found by its format.
fn without_context(secret: Secret) -> Secret {
    let text = if secrets::places(&secret.text).is_empty() { secret.text } else { SmolStr::default() };
    Secret { text, ..secret }
}

/// Members of requests whose own members have names that the author chose.
const MAPS: [&str; 4] = ["dockerLabels", "options", "labels", "driverOpts"];

/// Adds the values under names of the author that reveal secrets: in maps, in pairs of a name and a value, and in command
/// lines.
fn add_named(node: &Node, found: &mut Vec<Secret>) {
    match &node.kind {
        NodeKind::Array(array) => array.items.iter().for_each(|item| add_named(item, found)),
        NodeKind::Object(object) => {
            if let Some(value) = node.get("value") {
                let name = ["name", "key"].iter().find_map(|key| node.get(key)?.as_str());
                name.into_iter().for_each(|name| add_secret(name, value, found));
            }
            for Entry { key, value, .. } in &object.entries {
                match value.as_object().filter(|_| MAPS.contains(&key.as_str())) {
                    Some(map) => map.entries.iter().for_each(|own| add_secret(&own.key, &own.value, found)),
                    None => add_named(value, found),
                }
                match &value.kind {
                    NodeKind::Array(words) if COMMANDS.contains(&key.as_str()) => {
                        add_arguments(&words.items, found);
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

/// Members of requests that are the words of a command.
const COMMANDS: [&str; 2] = ["command", "entryPoint"];

/// Adds the words of a command that are credentials because of the words before them.
fn add_arguments(items: &[Node], found: &mut Vec<Secret>) {
    let words: Vec<&str> = items.iter().map_while(Node::as_str).collect();
    if words.len() < items.len().max(2) {
        return;
    }
    let line = words.join(" ");
    let places = secrets::places(&line);
    let mut start = 0;
    for (item, word) in items.iter().zip(words) {
        let is_within = |place: &&Range<usize>| start <= place.start && place.end <= start + word.len();
        let is_alone = secrets::places(word).is_empty();
        for place in places.iter().filter(|_| is_alone).filter(is_within) {
            found.push(Secret { at: item.at, text: line[place.clone()].into() });
        }
        start += word.len() + 1;
    }
}

fn add_secret(name: &str, value: &Node, found: &mut Vec<Secret>) {
    let is_secret = |text: &str| secrets::tells(name) && secrets::fits(name, text);
    if value.as_str().is_some_and(is_secret) {
        value.clone().as_secret().collect_secrets(found);
    }
}

fn in_members(members: View<'_>) -> Vec<Credential<'_>> {
    let entries = members.node.as_object().into_iter().flat_map(|object| &object.entries);
    entries.filter_map(|entry| named(&entry.key, &entry.value)).collect()
}

/// Checks a named value.
fn named<'a>(name: &str, node: &'a Node) -> Option<Credential<'a>> {
    let what = match &node.kind {
        NodeKind::Unknown(why) => generated(name, why, node.at),
        NodeKind::Text(text) if text.known().is_none() => {
            let unknown = text.parts.iter().find_map(|part| match part {
                Part::Unknown(why, at) => generated(name, why, *at),
                Part::Known { text, at } => marked(name, text, *at),
                Part::Json(_) | Part::Base64(_) => None,
            });
            let resolved = || text.known_texts().any(|known| known.contains(DYNAMIC));
            let resolved = || (resolved() && !patterns::is_about_other(name)).then_some(SECRET);
            unknown.or_else(|| text.known_texts().find_map(patterns::format)).or_else(resolved)
        }
        _ => node
            .as_str()
            .and_then(|value| patterns::kind(name, value).or_else(|| marked(name, value, node.at))),
    }?;
    Some(Credential { holder: format!("`{name}`"), what, node })
}

/// Describes a known value that Terraform marks as sensitive, unless it is a sample or refers to what is stored elsewhere, or is
/// the name of a user or similar. Authors mark all outputs of a secret.
fn marked(name: &str, value: &str, at: Span) -> Option<&'static str> {
    (at.is_secret && !patterns::is_harmless(value) && !patterns::is_about_other(name))
        .then_some(SENSITIVE_VALUE)
}

/// Describes a secret that a variable or a parameter hands over: it is declared as sensitive, or its name says so. Names of
/// members, such as `var.db.password`, count too.
fn handed_over(name: &str, why: &Unknown, at: Span) -> Option<&'static str> {
    let Unknown::Reference(reference) = why else { return None };
    let (variable, mark) = match reference.strip_prefix("var.") {
        Some(variable) => (variable.rsplit('.').next()?, SENSITIVE_VARIABLE),
        None => (reference.rsplit('/').next()?, HIDDEN_PARAMETER),
    };
    let is_name = variable.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    match () {
        () if patterns::is_about_other(name) => None,
        () if reference.starts_with(DYNAMIC) => Some(SECRET),
        () if reference.starts_with("{{resolve:ssm") => patterns::names_secret(name).map(|_| PARAMETER),
        () if !is_name => None,
        () if at.is_secret => Some(mark),
        () => patterns::names_secret(variable),
    }
}

/// Whether ecspresso replaces a placeholder with the value of a parameter: `{{ ssm `/db/password` }}`.
fn reads_parameter(placeholder: &str) -> bool {
    let inner = placeholder.strip_prefix("{{").map(|inner| inner.trim_start_matches(['-', ' ']));
    inner.is_some_and(|inner| inner.starts_with("ssm ") || inner.starts_with("ssm`"))
}

/// Returns `true` if an unevaluated expression reads a member of a secret with several members. Some of them, such as
/// the host, are not secret.
fn is_member_of_secret(why: &Unknown) -> bool {
    let text = why.name();
    let decoded = text.split_once("jsondecode(").map(|(_, rest)| Reference::parse_start(rest));
    let Some(Some(Reference::Resource(resource, _))) = decoded else { return false };
    resource.mode == Mode::Data && frontend::ref_kind(&resource) == Some(RefKind::SecretVersion)
}

/// Describes a password that Terraform generates, or a secret that it reads, to be written into the task definition.
fn generated(name: &str, why: &Unknown, at: Span) -> Option<&'static str> {
    if let Unknown::Placeholder(text) = why {
        return patterns::names_secret(name).filter(|_| reads_parameter(text)).map(|_| PARAMETER);
    }
    let Unknown::Attribute { of, attribute } = why else {
        let by_name = || patterns::names_secret(name).filter(|_| is_member_of_secret(why)).map(|_| SECRET);
        return handed_over(name, why, at).or_else(by_name);
    };
    match (ref_kind(of)?, attribute.as_str()) {
        (RefKind::GeneratedPassword, "result" | "random_password") => Some("a generated password"),
        (RefKind::SecretVersion, "secret_string") => Some(SECRET),
        (RefKind::RandomValue, _) => patterns::names_secret(name).map(|_| "a generated secret"),
        (RefKind::Request(Kind::Parameter), "value") => patterns::names_secret(name).map(|_| PARAMETER),
        _ => None,
    }
}

/// Checks the strings of a command: each can be a credential, or pass one to an option.
fn in_command<'a>(holder: &str, items: impl Iterator<Item = &'a Node>) -> Vec<Credential<'a>> {
    let mut found = Vec::new();
    let mut option = "";
    for node in items {
        let text = node.as_str().unwrap_or_default();
        let what = patterns::kind(option.trim_start_matches('-'), text).or_else(|| in_words(text));
        option = if text.starts_with('-') && !text.contains(['=', ' ']) { text } else { "" };
        found.extend(what.map(|what| Credential { holder: holder.to_owned(), what, node }));
    }
    found
}

/// Checks a shell command line: `PASSWORD=… run --token=…`.
fn in_words(text: &str) -> Option<&'static str> {
    text.split_whitespace().find_map(|word| {
        let word = word.trim_matches(['"', '\'', ';']);
        match word.trim_start_matches('-').split_once('=') {
            Some((name, value)) => patterns::kind(name, value.trim_matches(['"', '\''])),
            None => patterns::format(word),
        }
    })
}
