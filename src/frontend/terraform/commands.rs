//! Calls of Terraform in workflows, makefiles, and shell scripts: which var files and variables they pass, and in which directory.

use std::path::Path;
use std::sync::Arc;

use smol_str::SmolStr;

use crate::source::{FileId, Span};
use crate::syntax::hcl::Attribute;
use crate::syntax::yaml;
use crate::value::Mapped;

mod action;
mod assignment;
mod atlantis;
mod computed;
mod lexer;
mod literal;
mod makefile;
mod parse;
mod place;
mod shell;
mod state;
mod terraform;
#[cfg(test)]
mod tests;
mod workflow;
mod written;

use lexer::Dialect;
use shell::Reader;
use state::State;
use workflow::{PIPELINE, with_included};

use place::BASES;
pub(super) use place::{OWN, REPOSITORY, START};
pub(super) use terraform::unknown;

/// What stands for a part of a text that only the running script knows.
pub(super) const ANY: char = '*';

/// A file with calls of Terraform.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Script {
    pub file: FileId,
    pub calls: Vec<Call>,
    /// Whether it has more commands than are followed.
    pub is_cut: bool,
}

/// A call of Terraform.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Call {
    /// The directory in which it runs, which begins with what it is relative to. [`ANY`] stands for computed parts.
    pub directory: String,
    /// The var files, in order.
    pub var_files: Vec<Passed>,
    /// The variables in its environment, which var files override.
    pub environment: Vec<Attribute>,
    /// The variables that it passes. The last of several values for a variable wins.
    pub variables: Vec<Attribute>,
    /// The name of its job, its target, or its branch.
    pub label: Option<SmolStr>,
}

/// A var file that Terraform reads in a call.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Passed {
    /// Its path; [`ANY`] stands for parts that the script computes.
    File(String),
    /// The values that the script writes to it.
    Values(Vec<Attribute>),
    /// What the script writes to it at this place is not known.
    Unknown(Span),
}

impl Call {
    /// Whether it reads a var file that the script does not write.
    pub(super) fn passes_file(&self) -> bool {
        self.var_files.iter().any(|file| file.path().is_some())
    }
}

impl Passed {
    /// The path of a file that is not written by the script.
    pub(super) fn path(&self) -> Option<&String> {
        match self {
            Passed::File(path) => Some(path),
            Passed::Values(_) | Passed::Unknown(_) => None,
        }
    }
}

/// Reads another file of the repository, by its path from the root.
pub(super) type Read<'r> = dyn Fn(&str) -> Option<(FileId, Arc<str>)> + 'r;

/// Finds the calls in a file; `None` if there are none.
pub(super) fn script(file: FileId, path: &Path, text: &str, read: &Read) -> Option<Script> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_lowercase();
    let includes = name == PIPELINE && text.contains("include:");
    if !includes && !["TF_VAR_", "-var", "tfvars"].iter().any(|word| text.contains(word)) {
        return None;
    }
    let mapped = Mapped::file(file, text);
    let mut reader = Reader::new(file);
    let shell =
        |reader: &mut Reader, dialect| reader.run(&mapped, 0..text.len(), dialect, vec![State::default()]);
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let environments = match extension {
        "yml" | "yaml" | "json" => {
            let root = yaml::document(&mapped).root;
            let root = root.map(|root| if includes { with_included(&root, read) } else { root });
            root.map(|root| workflow::read(&mut reader, &root)).unwrap_or_default()
        }
        "mk" | "just" => makefile::read(&mut reader, &mapped),
        _ if name.ends_with("makefile") || name == "justfile" => makefile::read(&mut reader, &mapped),
        "bat" | "cmd" | "ps1" => shell(&mut reader, Dialect::Plain),
        _ if name.starts_with("jenkinsfile") => shell(&mut reader, Dialect::Plain),
        _ => shell(&mut reader, Dialect::Shell),
    };
    // A file that only sets variables of Terraform sets them for calls in other files.
    if reader.mentions == 0 {
        let calls = environments.iter().map(|state| terraform::call_of_action(file, &[], Vec::new(), state));
        reader.calls.extend(calls);
    }
    reader.add_unread();
    reader.calls.retain(|call| {
        !(call.var_files.is_empty() && call.variables.is_empty() && call.environment.is_empty())
    });
    let is_cut = reader.is_cut();
    (is_cut || !reader.calls.is_empty()).then_some(Script { file, calls: reader.calls, is_cut })
}
