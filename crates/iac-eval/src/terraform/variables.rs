//! Values of root module variables: those set outside the directory, and the files that Terraform loads automatically.

use std::path::{Path, PathBuf};

use crate::source::{FileId, Sources, Span, VariableInput};
use crate::syntax::hcl::{self, Attribute, Expr, ExprKind};
use crate::terraform::{directory, variables_stem};

/// The variables that an input sets, as attributes.
pub fn attributes(input: &VariableInput, sources: &Sources) -> Vec<Attribute> {
    match input {
        VariableInput::File(file) => directory::parse(sources, *file).body.attributes,
        VariableInput::Value(name, file) => {
            let text = &sources.get(*file).text;
            let at = Span::new(*file, 0, text.len());
            vec![Attribute { name: name.clone(), name_at: at, value: value(*file, text, at) }]
        }
    }
}

/// Parses a value from the command line: a list or an object is an expression, anything else a string, which the
/// variable's type may convert to a number.
fn value(file: FileId, text: &str, at: Span) -> Expr {
    let is_collection = text.trim_start().starts_with(['[', '{']);
    let parsed = is_collection.then(|| hcl::parse_value(file, text)).flatten();
    parsed.unwrap_or_else(|| Expr { kind: ExprKind::String(text.into()), at })
}

/// The files of a directory that Terraform loads automatically, in its order: the last one that sets a variable wins.
pub(super) fn automatic(files: &[PathBuf]) -> Vec<&Path> {
    let stem = |path: &PathBuf| variables_stem(path).map(str::to_owned).unwrap_or_default();
    let of_all = files.iter().filter(|path| stem(path) == "terraform");
    let (json, plain): (Vec<&PathBuf>, Vec<&PathBuf>) =
        of_all.partition(|path| path.extension().is_some_and(|extension| extension == "json"));
    let automatic = files.iter().filter(|path| stem(path).ends_with(".auto"));
    plain.into_iter().chain(json).chain(automatic).map(PathBuf::as_path).collect()
}
