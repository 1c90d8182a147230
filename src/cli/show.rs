//! `ecslint show`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::cli::exit::{CLEAN, FAILED, Failure};
use crate::cli::inputs::{Inputs, report_skipped};
use crate::cli::variables::Variables;
use crate::discover::Collected;
use crate::engine;
use crate::fix::Texts;
use crate::model;
use crate::model::Resource;
use crate::report::obeyed::one_line;
use crate::report::{escaped, plain};
use crate::secrets::{Redactor, ScanCache};
use crate::source::{Sources, Spans};
use crate::syntax::SyntaxError;
use crate::workspace::Workspace;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files and directories to read (default: the current directory); use `-` for standard input.
    paths: Vec<PathBuf>,
    #[command(flatten)]
    variables: Variables,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, Failure> {
    let (sources, Collected { skipped, .. }) =
        Inputs::new(&arguments.paths, None, &arguments.variables)?.open(&Texts::new());
    let reading = engine::read(&sources);
    let known = model::secrets(&reading.workspace);
    let redactor = Redactor::new(known.as_deref(), &sources, &mut ScanCache::default());
    let all = reading.workspace.units.iter().flat_map(|unit| unit.in_each_scenario());
    let shown: Vec<Value> = all
        .flat_map(|(scenario, unit)| unit.resources.iter().map(move |resource| (scenario, resource)))
        .map(|(scenario, resource)| {
            redactor.redact_json(entry(resource, scenario, &sources, &redactor.spans))
        })
        .collect();
    if !shown.is_empty() || skipped.is_empty() {
        escaped::write(out, &shown)?;
    }
    if redactor.hides_all {
        writeln!(err, "ecslint: there are too many credentials, so all values are hidden")?;
    }
    report_skipped(&skipped, err)?;
    let limits = limits(&reading.workspace);
    for limit in &limits {
        writeln!(err, "ecslint: {}: {}", plain::place(limit.span, &sources), one_line(&limit.message))?;
    }
    Ok(if skipped.is_empty() && limits.is_empty() { CLEAN } else { FAILED })
}

/// The limits that were reached in some scenario, so that not everything is shown.
fn limits(workspace: &Workspace) -> Vec<&SyntaxError> {
    let units = workspace.units.iter().flat_map(|unit| unit.in_each_scenario()).map(|(_, unit)| unit);
    let errors = units.flat_map(|unit| unit.syntax_errors.iter().chain(&unit.rejections));
    let mut found: Vec<&SyntaxError> = Vec::new();
    for error in errors.filter(|error| error.is_limit()) {
        if !found.contains(&error) {
            found.push(error);
        }
    }
    found
}

fn entry(resource: &Resource, scenario: Option<&str>, sources: &Sources, hidden: &Spans) -> Value {
    let mut entry = json!({
        "action": resource.kind.action(),
        "at": plain::place(resource.header, sources),
        "address": resource.address.as_ref().map(ToString::to_string),
        "request": resource.request.to_json_without(hidden),
    });
    if let Some(scenario) = scenario {
        entry["scenario"] = scenario.into();
    }
    entry
}
