//! `ecslint show`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use crate::cli::inputs::{Inputs, say_refusals};
use crate::cli::variables::Variables;
use crate::cli::{CLEAN, FAILED, Failure};
use crate::engine;
use crate::fix::Texts;
use crate::model;
use crate::model::Document;
use crate::report::{escaped, plain};
use crate::secrets::{Redactor, ScanCache};
use crate::source::{Sources, Spans};

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
    let reading = engine::read(&sources);
    let known = model::credential_spans(&reading.workspace);
    let redactor = Redactor::new(known, &sources, &mut ScanCache::default());
    let shown: Vec<Value> = reading
        .workspace
        .resources()
        .map(|document| redactor.redact_json(entry(document, &sources, &redactor.spans)))
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
        "at": plain::place(document.header, sources),
        "address": document.address.as_ref().map(ToString::to_string),
        "request": document.request.to_json_without(hidden),
    })
}
