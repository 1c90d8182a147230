//! `ecslint show`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use crate::cli::inputs::{Inputs, say_refusals};
use crate::cli::variables::Variables;
use crate::cli::{CLEAN, FAILED, Failure};
use crate::fix::Texts;
use crate::lower;
use crate::model;
use crate::project::Document;
use crate::report::{plain, request};
use crate::sources::Sources;
use crate::span::Span;

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
    let hidden = model::hidden(&documents);
    let shown: Vec<Value> = documents.all.iter().map(|document| entry(document, &sources, &hidden)).collect();
    if !shown.is_empty() || refusals.is_empty() {
        serde_json::to_writer_pretty(&mut *out, &shown).map_err(std::io::Error::from)?;
        writeln!(out)?;
    }
    say_refusals(&refusals, err)?;
    Ok(if refusals.is_empty() { CLEAN } else { FAILED })
}

fn entry(document: &Document, sources: &Sources, hidden: &[Span]) -> Value {
    json!({
        "action": document.kind.action(),
        "at": plain::place(document.title, sources),
        "address": document.address.as_deref(),
        "request": request::shown(&document.request, hidden),
    })
}
