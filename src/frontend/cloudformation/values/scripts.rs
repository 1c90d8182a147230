//! Calls of the AWS CLI, SAM, and GitHub's action in workflows, makefiles, and shell scripts.

use std::path::Path;
use std::sync::Arc;

use smol_str::SmolStr;

use crate::frontend::cloudformation::values::{ParameterFile, Search, ValueSet, words};
use crate::source::{FileId, Span};
use crate::value::Node;

/// The options that name a template.
const TEMPLATES: &[&str] = &["--template-file", "--template-body", "--template", "-t", "template:"];

/// The options that set parameters.
const PARAMETERS: &[&str] = &["--parameter-overrides", "--parameters", "parameter-overrides:"];

impl Search<'_> {
    /// The sets that a script passes to the template.
    pub(super) fn of_script(&self, file: FileId) -> Vec<ValueSet> {
        let source = self.sources.get(file);
        let name = self.path().file_name().unwrap_or_default().to_string_lossy();
        let has_option = source.text.contains("parameter-overrides") || source.text.contains("--parameters");
        if !has_option || !source.text.contains(name.as_ref()) {
            return Vec::new();
        }
        let calls = commands(&source.text).into_iter();
        let set = |command: std::ops::Range<usize>| self.of_command(file, command);
        calls.filter_map(set).collect()
    }

    fn of_command(&self, file: FileId, command: std::ops::Range<usize>) -> Option<ValueSet> {
        let source = self.sources.get(file);
        let directory = source.path.parent()?;
        let mut values: Vec<(SmolStr, Node)> = Vec::new();
        let (mut is_ours, mut is_value, mut is_template) = (false, false, false);
        let mut files = vec![file];
        for (word, range) in words::words(&source.text[command.clone()]) {
            let (word, inline) = match word.split_once('=') {
                Some((option, value)) if option.starts_with("--") => (option, Some(value)),
                _ => (word, None),
            };
            if word.starts_with('-') || word.ends_with(':') {
                is_template = TEMPLATES.contains(&word);
                is_value = PARAMETERS.contains(&word);
            }
            let argument = inline.unwrap_or(word).trim_matches(['"', '\'']);
            if is_template && (argument != word || !word.starts_with('-')) {
                is_ours |= self.is_script_template(directory, argument);
            }
            if is_value && let Some(path) = argument.strip_prefix("file://") {
                let read = self.load(directory, path);
                files.extend(read.iter().map(|(file, _)| *file));
                values.extend(read.iter().flat_map(|(_, read)| read.values.clone()));
            } else if is_value {
                let start = command.start + range.start;
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
        is_ours.then(|| ValueSet { name: name.as_ref().into(), given: self.ours(values), files })
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

/// The commands of a script: lines that a backslash or indentation of a `with` block holds together.
fn commands(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
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
