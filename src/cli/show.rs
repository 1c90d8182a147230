//! `ecslint show`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use crate::cli::inputs::{Inputs, say_refusals};
use crate::cli::variables::Variables;
use crate::cli::{CLEAN, FAILED, Failure};
use crate::fix::Texts;
use crate::hide::Hidden;
use crate::lower;
use crate::model;
use crate::project::Document;
use crate::report::{escaped, plain, request};
use crate::sources::Sources;
use crate::span::Spans;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files and directories to read; `-` is standard input, and none is the current directory.
    paths: Vec<PathBuf>,
    #[command(flatten)]
    variables: Variables,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, Failure> {
    let (sources, refusals) =
        Inputs::new(&arguments.paths, Path::new("stdin.json"), &arguments.variables)?.open(&Texts::new());
    let documents = lower::read(&sources);
    let hidden = Hidden::new(model::hidden(&documents), &sources);
    let shown: Vec<Value> = documents
        .all
        .iter()
        .map(|document| hidden.star_json(entry(document, &sources, &hidden.spans)))
        .collect();
    if !shown.is_empty() || refusals.is_empty() {
        escaped::write(out, &shown)?;
    }
    say_refusals(&refusals, err)?;
    Ok(if refusals.is_empty() { CLEAN } else { FAILED })
}

fn entry(document: &Document, sources: &Sources, hidden: &Spans) -> Value {
    json!({
        "action": document.kind.action(),
        "at": plain::place(document.title, sources),
        "address": document.address.as_ref().map(ToString::to_string),
        "request": request::shown(&document.request, hidden),
    })
}
