//! Calls of Terraform in workflows, makefiles, and shell scripts: which var files and variables they pass.

use rustc_hash::FxHashMap;
use smol_str::{SmolStr, format_smolstr};

use crate::source::{FileId, Span};
use crate::syntax::hcl::{Attribute, Expr, ExprKind};
use crate::value::{Node, Unknown};

mod action;
mod word;

use word::{computed, word};

/// What stands for a part of a path that only the running script knows.
pub(super) const ANY: char = '*';

/// A file with calls of Terraform.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Script {
    /// The directories that it mentions as working directories; [`ANY`] stands for parts that it computes.
    pub directories: Vec<String>,
    /// Those that it names relative to its own directory, such as `$(dirname "$0")/..`.
    pub from_own: Vec<String>,
    /// The calls that pass var files.
    pub calls: Vec<Call>,
    /// The variables in its environment: `TF_VAR_name`.
    pub variables: Vec<Attribute>,
}

/// A call of Terraform.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Call {
    /// The paths of the var files, in order; [`ANY`] stands for parts that the script computes.
    pub var_files: Vec<String>,
    /// The variables that it passes.
    pub variables: Vec<Attribute>,
}

/// Finds the calls in a text; `None` if there are none.
pub(super) fn script(file: FileId, text: &str) -> Option<Script> {
    if !["TF_VAR_", "-var", "tfvars"].iter().any(|word| text.contains(word)) {
        return None;
    }
    let mut script = Script::default();
    action::read(&mut script, text);
    let paths = paths(text);
    for line in logical_lines(text) {
        script.read(file, text, line, &paths);
    }
    let is_used = !script.calls.is_empty() || !script.variables.is_empty();
    is_used.then_some(script)
}

/// The lines of a text as ranges. A line that continues the one before it, with a backslash, a backtick, or a caret, or because it
/// begins with an option, belongs to it.
fn logical_lines(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut lines: Vec<std::ops::Range<usize>> = Vec::new();
    let mut start = 0;
    let mut continues = false;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let item = line.trim_start().trim_start_matches("- ").trim_start_matches(['"', '\'']);
        let begins_with_option = item.starts_with("-var") || item.starts_with("--var");
        match lines.last_mut() {
            Some(last) if continues || begins_with_option => last.end = end,
            _ => lines.push(start..end),
        }
        continues = line.trim_end().ends_with(['\\', '`', '^']);
        start = end;
    }
    lines
}

/// The variables that a text sets to the path of a var file, each once.
fn paths(text: &str) -> FxHashMap<&str, String> {
    let mut paths: FxHashMap<&str, String> = FxHashMap::default();
    let mut several: Vec<&str> = Vec::new();
    for line in text.lines().filter(|line| line.contains("tfvars")) {
        let line =
            line.trim_start().trim_start_matches("- ").trim_start_matches("export ").trim_start_matches('$');
        let of_loop = line.strip_prefix("for ").and_then(|line| line.split_once(" in "));
        if let Some((name, values)) = of_loop {
            let mut values = values.split([';', ' ']).filter(|value| value.contains("tfvars"));
            if let (Some(value), None) = (values.next(), values.next()) {
                paths.insert(name.trim(), value.trim_matches(['"', '\'']).to_owned());
            }
            continue;
        }
        let end = line.find(|letter: char| !is_of_name(letter)).unwrap_or(line.len());
        let (name, rest) = line.split_at(end);
        let Some(value) = rest.trim_start().trim_start_matches([':', '?']).strip_prefix(['=', ' ']) else {
            continue;
        };
        let path = word(value).map(|(path, _)| path).filter(|path| path.contains("tfvars"));
        if let Some(path) = path.filter(|_| !name.is_empty())
            && paths.insert(name, path).is_some()
        {
            several.push(name);
        }
    }
    paths.retain(|name, _| !several.contains(name));
    paths
}

/// The path of a var file after an option. A variable that the script sets to a path is replaced by it.
fn var_file(text: &str, paths: &FxHashMap<&str, String>) -> Option<String> {
    let (path, start) = word(text)?;
    let rest = &text[start..];
    let variable = (path.len() == ANY.len_utf8()).then(|| &rest[..computed(rest)]);
    let name = variable.and_then(|it| it.rsplit(|letter| !is_of_name(letter)).find(|part| !part.is_empty()));
    name.and_then(|name| paths.get(name).cloned()).or(Some(path))
}

fn is_of_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

impl Script {
    fn read(
        &mut self,
        file: FileId,
        text: &str,
        line: std::ops::Range<usize>,
        paths: &FxHashMap<&str, String>,
    ) {
        let whole = &text[line.clone()];
        if whole.trim_start().starts_with('#') {
            return;
        }
        match directory(whole) {
            Some(Mentioned::FromOwn(path)) => self.from_own.push(path),
            Some(Mentioned::From(path)) => self.directories.push(path),
            None => {}
        }
        let mut call = Call::default();
        for (at, _) in whole.match_indices("-var") {
            let rest = &whole[at + "-var".len()..];
            let is_option =
                whole[..at].ends_with(|before: char| before.is_whitespace() || "-\"'`([,=".contains(before));
            let start = line.start + at + "-var".len();
            if let Some(path) = rest.strip_prefix("-file").filter(|_| is_option) {
                call.var_files.extend(var_file(path, paths));
            } else if is_option && rest.starts_with(['=', ' ']) {
                call.variables
                    .extend(word(rest).and_then(|(pair, offset)| assignment(file, &pair, start + offset)));
            }
        }
        if !call.var_files.is_empty() || !call.variables.is_empty() {
            self.calls.push(call);
        }
        for (at, prefix) in whole.match_indices("TF_VAR_") {
            let after = &whole[at + prefix.len()..];
            let length =
                after.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(after.len());
            let (name, rest) = after.split_at(length);
            let Some(value) = rest.trim_start_matches(['"', '\'']).strip_prefix([':', '=']) else { continue };
            let offset = rest.len() - value.len();
            let start = line.start + at + prefix.len() + length + offset;
            if let Some((value, inner)) = word(value) {
                self.variables.extend(attribute(file, name, &value, start + inner));
            }
        }
    }
}

/// A working directory.
enum Mentioned {
    /// Its path.
    From(String),
    /// Its path from the directory of the script.
    FromOwn(String),
}

/// The working directory that a line sets.
fn directory(line: &str) -> Option<Mentioned> {
    let from = |text: &str| {
        let (path, start) = word(text)?;
        let path = path.trim_end_matches(['&', ';']);
        let is_own = text[start..start + computed(&text[start..])].contains("dirname");
        Some(match path.strip_prefix(ANY) {
            Some(rest) if is_own => Mentioned::FromOwn(rest.trim_start_matches('/').to_owned()),
            _ => Mentioned::From(path.to_owned()),
        })
    };
    if let Some((_, path)) = line.split_once("-chdir") {
        return from(path);
    }
    if let Some(path) = changed_to(line) {
        return from(path);
    }
    let (key, value) = line.trim_start().trim_start_matches("- ").split_once(':')?;
    let key = key.to_lowercase();
    let is_directory =
        key.contains("working") && key.contains("dir") || ["tf_root", "dir"].contains(&key.as_str());
    is_directory.then(|| from(value))?
}

/// The commands that change the working directory.
const CHANGES: &[&str] = &["cd ", "pushd ", "Set-Location ", "Push-Location ", "dir("];

/// What follows the first command of a line that changes the working directory.
fn changed_to(line: &str) -> Option<&str> {
    let starts = |at: usize| {
        let before = line[..at].trim_end();
        before.is_empty() || before.ends_with(['-', ':', '"', '\'', '&', ';', '(', '|', '@'])
    };
    let after = |command: &&str| {
        let (at, _) = line.match_indices(*command).find(|(at, _)| starts(*at))?;
        Some((at, line[at + command.len()..].trim_start_matches("/d ").trim_start_matches("-Path ")))
    };
    CHANGES.iter().filter_map(after).min().map(|(_, rest)| rest)
}

/// The variable that `name=value` sets.
fn assignment(file: FileId, pair: &str, start: usize) -> Option<Attribute> {
    let (name, value) = pair.split_once('=')?;
    attribute(file, name, value, start + name.len() + 1)
}

/// A variable with a text as its value, which is unknown if a part of it is computed, or if it is a list or an object. A value that the
/// script sets replaces the default, even if it is unknown.
fn attribute(file: FileId, name: &str, value: &str, start: usize) -> Option<Attribute> {
    let is_name =
        !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || "_-".contains(letter));
    let is_plain = !value.contains(ANY) && !value.starts_with(['[', '{', '|', '>', '&']);
    let at = Span::new(file, start, start + value.len());
    let kind = if is_plain { ExprKind::String(SmolStr::from(value)) } else { unknown(name, at) };
    let value = Expr { kind, at };
    (is_name && at.start < at.end).then(|| Attribute { name: name.into(), name_at: at, value })
}

/// The value of a variable that something sets to an unknown value.
fn unknown(name: &str, at: Span) -> ExprKind {
    ExprKind::Value(Box::new(Node::unknown(Unknown::Reference(format_smolstr!("var.{name}")), at)))
}

#[cfg(test)]
mod tests;
