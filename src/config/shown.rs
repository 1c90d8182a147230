//! The settings that apply to the files of a run, as text in the syntax of `ecslint.toml`.

use crate::config::file::{File, Ignore, Levels, Named, Scenario};
use crate::config::{Config, Level};
use crate::source::{FileId, Sources};

impl Config {
    /// The settings that apply to the files, merged with those that they extend. Values of variables are left out, because
    /// they can be credentials.
    pub fn shown(&self, files: &[FileId], sources: &Sources) -> String {
        let part = |(settings, count): (Option<(FileId, File)>, usize)| {
            let name =
                settings.as_ref().map_or("default settings".to_owned(), |(file, _)| sources.name(*file));
            let plural = if count == 1 { "" } else { "s" };
            let lines = settings.map(|(_, file)| lines(&file)).unwrap_or_default();
            format!("# {name}, for {count} file{plural}\n{}", lines.join(""))
        };
        let parts: Vec<String> = self.applied(files, sources).map(part).collect();
        parts.join("\n")
    }
}

/// The settings of a file, one line or table each.
fn lines(file: &File) -> Vec<String> {
    let mut lines = Vec::new();
    let exclude: Vec<&str> =
        file.exclude.iter().flat_map(|paths| paths.written()).map(String::as_str).collect();
    push(&mut lines, "exclude", &exclude);
    if let Some(select) = &file.select {
        lines.push(format!("select = {}\n", list(select)));
    }
    push(&mut lines, "var_files", &names(&file.var_files));
    push(&mut lines, "facts", &names(&file.facts));
    if !file.levels.is_empty() {
        lines.push(format!("\n[rules]\n{}\n", levels(&file.levels).join("\n")));
    }
    for ((paths, own), (_, var_files)) in file.overrides.iter().zip(&file.var_files_of) {
        lines.push(format!("\n[[overrides]]\npath = {}\n", list(paths.written())));
        if !own.is_empty() {
            lines.push(format!("rules = {{ {} }}\n", levels(own).join(", ")));
        }
        push(&mut lines, "var_files", &names(var_files));
    }
    lines.extend(file.scenarios.iter().map(scenario));
    lines.extend(file.ignores.iter().map(ignore));
    lines
}

fn scenario(scenario: &Scenario) -> String {
    let mut lines = vec![format!("\n[[scenario]]\nname = {}\n", quoted(&scenario.name))];
    lines.extend(scenario.paths.as_ref().map(|paths| format!("path = {}\n", list(paths.written()))));
    push(&mut lines, "var_files", &names(&scenario.var_files));
    let variables: Vec<&str> = scenario.variables.iter().map(|entry| entry.key.as_str()).collect();
    if !variables.is_empty() {
        lines.push(format!("# variables: {}\n", variables.join(", ")));
    }
    lines.concat()
}

fn ignore(ignore: &Ignore) -> String {
    let rules: Vec<&str> = ignore.rules.iter().map(|(rule, _)| rule.as_str()).collect();
    let pointer = ignore.pointer.iter().map(|(pointer, _)| format!("pointer = {}\n", quoted(pointer)));
    let expires = ignore.expires.iter().map(|(date, _)| format!("expires = {date}\n"));
    let head = format!("\n[[ignore]]\npath = {}\nrule = {}\n", list(ignore.paths().written()), list(&rules));
    std::iter::once(head).chain(pointer).chain(expires).collect()
}

/// Adds a list, if it is not empty.
fn push(lines: &mut Vec<String>, key: &str, items: &[&str]) {
    if !items.is_empty() {
        lines.push(format!("{key} = {}\n", list(items)));
    }
}

fn names(files: &[Named]) -> Vec<&str> {
    files.iter().map(|named| named.path.as_str()).collect()
}

fn levels(levels: &Levels) -> Vec<String> {
    let level = |level: Level| match level {
        Level::Off => "off",
        Level::At(severity) => severity.name(),
        // A file sets no level to its default.
        Level::Usual => "default",
    };
    levels.iter().map(|(name, set)| format!("{name} = \"{}\"", level(*set))).collect()
}

fn list(items: &[impl AsRef<str>]) -> String {
    let items: Vec<String> = items.iter().map(|item| quoted(item.as_ref())).collect();
    format!("[{}]", items.join(", "))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
