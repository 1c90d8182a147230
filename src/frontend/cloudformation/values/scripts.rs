//! Calls of the AWS CLI, SAM, and GitHub's action in workflows, makefiles, and shell scripts.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::frontend::cloudformation::values::{ParameterFile, Search, ValueSet, file_name, words};
use crate::source::{FileId, Sources, Span};
use crate::suggest::nearest;
use crate::syntax::SyntaxError;
use crate::value::Node;

/// The options that name a template.
const TEMPLATES: &[&str] = &["--template-file", "--template-body", "--template", "-t", "template:"];

/// The commands that pass exactly the parameters that they name.
const EXACT: &[&str] = &["create-stack", "update-stack", "create-change-set"];

/// The options that set parameters.
const PARAMETERS: &[&str] = &["--parameter-overrides", "--parameters", "parameter-overrides:"];

/// The commands of some scripts that name a template, by the last part of its path.
pub(super) struct Calls(FxHashMap<String, Vec<Call>>);

/// A command in a script.
struct Call {
    script: FileId,
    bytes: Range<usize>,
    /// The template, as it is named.
    template: String,
}

impl Calls {
    pub(super) fn read(sources: &Sources, scripts: &[FileId]) -> Calls {
        let mut calls: FxHashMap<String, Vec<Call>> = FxHashMap::default();
        // The playground has no scripts, and is smaller without their parsers.
        if cfg!(target_family = "wasm") {
            return Calls(calls);
        }
        for script in scripts {
            let text = &sources.get(*script).text;
            if !text.contains("parameter-overrides") && !text.contains("--parameters") {
                continue;
            }
            for bytes in commands(text) {
                for template in templates(&text[bytes.clone()]) {
                    let call = Call { script: *script, bytes: bytes.clone(), template: template.to_owned() };
                    calls.entry(file_name(template).to_owned()).or_default().push(call);
                }
            }
        }
        Calls(calls)
    }
}

impl Search<'_> {
    /// The sets that the scripts of a directory pass to the template.
    pub(super) fn of_scripts(&self, directory: &Path) -> Vec<ValueSet> {
        let calls = self.found.calls(self.sources, directory);
        let name = self.path().file_name().unwrap_or_default().to_string_lossy();
        let ours = calls.0.get(name.as_ref()).into_iter().flatten();
        ours.filter_map(|call| self.of_call(call)).collect()
    }

    fn of_call(&self, call: &Call) -> Option<ValueSet> {
        let file = call.script;
        let source = self.sources.get(file);
        let directory = source.path.parent()?;
        if !self.is_script_template(directory, &call.template) {
            return None;
        }
        let mut values: Vec<(SmolStr, Node)> = Vec::new();
        let mut is_value = false;
        let mut files = vec![file];
        let mut errors = Vec::new();
        let command = &source.text[call.bytes.clone()];
        let is_exact = EXACT.iter().any(|name| command.contains(name));
        for (word, range) in words::words(command) {
            let (word, inline) = option(word);
            if is_option(word) {
                is_value = PARAMETERS.contains(&word);
            }
            let argument = inline.unwrap_or(word).trim_matches(['"', '\'']);
            if is_value && let Some(path) = argument.strip_prefix("file://") {
                let read = self.load(directory, path);
                let start = call.bytes.start + range.start;
                let at = Span::new(file, start, start + word.len());
                if let Some((_, read)) = &read {
                    errors.extend(read.errors.clone());
                    if is_exact && read.errors.is_empty() {
                        errors.extend(self.refused_names(read, at));
                    }
                }
                files.extend(read.iter().map(|(file, _)| *file));
                values.extend(read.iter().flat_map(|(_, read)| read.values.clone()));
            } else if is_value {
                let start = call.bytes.start + range.start;
                let mut offset = start;
                for part in word.split_inclusive(',').filter(|_| !word.contains("ParameterKey=")) {
                    let text = part.trim_end_matches(',');
                    let at = Span::new(file, offset, offset + text.len());
                    values.extend(words::assignment(text, at));
                    offset += part.len();
                }
                if word.contains("ParameterKey=") {
                    values.extend(words::assignment(word, Span::new(file, start, start + word.len())));
                }
            }
        }
        let name = source.path.file_stem()?.to_string_lossy();
        Some(ValueSet { name: name.as_ref().into(), given: self.ours(values), files, errors })
    }

    /// The names in a file, which is all that a command passes, that the template does not declare, and those that it requires.
    fn refused_names(&self, read: &ParameterFile, at: Span) -> Vec<SyntaxError> {
        if !self.template.is_whole("Parameters") {
            return Vec::new();
        }
        let declared = self.template.section("Parameters");
        let all = || declared.iter().map(|entry| entry.key.as_str());
        let unknown = read.names.iter().filter(|(name, _)| !self.declares(name));
        let unknown: Vec<(&SmolStr, Span, Option<&str>)> =
            unknown.map(|(name, place)| (name, *place, nearest(name, all()))).collect();
        let is_set = |name: &str| {
            read.names.iter().any(|(known, _)| known == name)
                || unknown.iter().any(|(.., near)| *near == Some(name))
        };
        let required =
            declared.iter().filter(|entry| entry.value.get("Default").is_none() && !is_set(&entry.key));
        let missing = required.map(|entry| {
            let message =
                format!("the file does not set the parameter `{}`, which has no default", entry.key);
            SyntaxError::rejected(at, message)
        });
        let refused = unknown.iter().map(|(name, place, near)| {
            let help = near.map(|near| format!("did you mean `{near}`?"));
            let message = format!("the template has no parameter `{name}`");
            SyntaxError { help, ..SyntaxError::rejected(*place, message) }
        });
        refused.chain(missing).collect()
    }

    /// Whether a script in a directory names the template: relative to itself, or to a directory above.
    fn is_script_template(&self, directory: &Path, named: &str) -> bool {
        !named.contains('$') && directory.ancestors().take(4).any(|above| self.is_named(above, named))
    }

    fn load(&self, directory: &Path, path: &str) -> Option<(FileId, Arc<ParameterFile>)> {
        directory.ancestors().take(4).find_map(|above| {
            let file = self.sources.load(&above.join(path.trim_start_matches("./"))).ok()?;
            Some((file, self.found.parameter_file(self.sources, file)?))
        })
    }
}

/// An option, and its value after `=`.
fn option(word: &str) -> (&str, Option<&str>) {
    match word.split_once('=') {
        Some((option, value)) if option.starts_with("--") => (option, Some(value)),
        _ => (word, None),
    }
}

fn is_option(word: &str) -> bool {
    word.starts_with('-') || word.ends_with(':')
}

/// The templates that a command names.
fn templates(command: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut is_template = false;
    for (word, _) in words::words(command) {
        let (word, inline) = option(word);
        if is_option(word) {
            is_template = TEMPLATES.contains(&word);
        }
        if is_template && (inline.is_some() || !word.starts_with('-')) {
            found.push(inline.unwrap_or(word).trim_matches(['"', '\'']));
        }
    }
    found
}

/// The commands of a script: lines that a backslash or indentation of a `with` block holds together.
fn commands(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    let mut continues = false;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let trimmed = line.trim_start();
        let is_key = ["parameter-overrides:", "template:"].iter().any(|key| trimmed.starts_with(key));
        let is_option = trimmed.starts_with("--");
        let is_action = is_key
            && found.last().is_some_and(|last| {
                text[last.clone()].contains("template:")
                    || text[last.clone()].contains("parameter-overrides:")
            });
        match found.last_mut() {
            Some(last) if continues || is_option || is_action => last.end = end,
            _ if trimmed.starts_with('#') => {}
            _ => found.push(start..end),
        }
        continues = line.trim_end().ends_with('\\');
        start = end;
    }
    found
}
