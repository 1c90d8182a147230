//! A baseline: the findings that a project had when it began, so that only new ones are told. It holds no lines and no
//! paths, so that a finding which moves is still known.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::config::INVALID_SETTING;
use crate::engine::Outcome;
use crate::engine::fingerprint::{self, Moved};
use crate::report::escaped;
use crate::source::Sources;

const VERSION: u32 = 1;

/// The findings that are known.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    version: u32,
    findings: BTreeSet<Known>,
}

/// One finding. All but the fingerprint is for people who read the file.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    rule: String,
    document: String,
    message: String,
    fingerprint: String,
}

impl Baseline {
    /// The findings of a run.
    pub fn new(outcome: &Outcome, sources: &Sources) -> Baseline {
        let prints = fingerprint::all(outcome, sources, Moved::Same);
        // Settings that mean nothing are to be mended; nobody gets used to them.
        let found = outcome.diagnostics.iter().zip(prints).filter(|(found, _)| found.rule != INVALID_SETTING);
        let known = found.map(|(found, fingerprint)| Known {
            rule: found.rule.to_owned(),
            document: outcome.redactor.redact(&outcome.subjects.key(found.span)).into_owned(),
            message: found.message.clone(),
            fingerprint,
        });
        Baseline { version: VERSION, findings: known.collect() }
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// What is wrong with it, in a line.
    pub fn parse(text: &str) -> Result<Baseline, String> {
        let read: Baseline =
            serde_json::from_str(text).map_err(|error| format!("not a baseline: {error}"))?;
        match read.version {
            VERSION => Ok(read),
            other => Err(format!("a baseline of version {other}, and this is version {VERSION}")),
        }
    }

    /// How many findings are known.
    pub fn count(&self) -> usize {
        self.findings.len()
    }

    /// The baseline as JSON, a line for each thing, in an order that does not depend on places.
    pub fn text(&self) -> String {
        escaped::text(self)
    }

    /// Takes the findings that are known out of a run; gives back how many that are known were not found again.
    pub fn apply(&self, outcome: &mut Outcome, sources: &Sources) -> usize {
        let known: BTreeSet<&str> = self.findings.iter().map(|known| known.fingerprint.as_str()).collect();
        let prints = fingerprint::all(outcome, sources, Moved::Same);
        let mut fresh = prints.iter().map(|print| !known.contains(print.as_str()));
        let before = outcome.diagnostics.len();
        outcome.diagnostics.retain(|_| fresh.next().unwrap_or(true));
        known.len().saturating_sub(before - outcome.diagnostics.len())
    }
}
