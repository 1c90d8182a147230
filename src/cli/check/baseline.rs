//! A baseline: the findings that a project already had, so that only new ones are reported. It contains no lines and
//! no paths, so a finding stays known when it moves.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::config::INVALID_SETTING;
use crate::engine::fingerprint::{self, Moved};
use crate::engine::{INTERNAL_ERROR, Outcome};
use crate::report::escaped;
use crate::rules::LIMIT_REACHED;
use crate::source::Sources;

const VERSION: u32 = 1;

/// The rules whose findings a baseline cannot hide: they say that something was not checked.
const NEVER_KNOWN: [&str; 3] = [INVALID_SETTING, INTERNAL_ERROR, LIMIT_REACHED];

/// The known findings.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    version: u32,
    findings: BTreeSet<Known>,
}

/// One finding. All fields except the fingerprint are for people who read the file.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    rule: String,
    document: String,
    message: String,
    fingerprint: String,
}

impl Baseline {
    /// Creates a baseline from the findings of a run.
    pub fn new(outcome: &Outcome, sources: &Sources) -> Baseline {
        let prints = fingerprint::all(outcome, sources, Moved::Same);
        let found = outcome.diagnostics.iter().zip(prints);
        let found = found.filter(|(found, _)| !NEVER_KNOWN.contains(&found.rule));
        let known = found.map(|(found, fingerprint)| Known {
            rule: found.rule.to_owned(),
            document: outcome.redactor.redact_strictly(&outcome.subjects.key(found.span)).into_owned(),
            message: found.message.clone(),
            fingerprint,
        });
        Baseline { version: VERSION, findings: known.collect() }
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// A one-line description of what is wrong with the file.
    pub fn parse(text: &str) -> Result<Baseline, String> {
        let read: Baseline =
            serde_json::from_str(text).map_err(|error| format!("not a valid baseline: {error}"))?;
        match read.version {
            VERSION => Ok(read),
            other => Err(format!("unsupported baseline version {other}: expected {VERSION}")),
        }
    }

    /// Number of known findings.
    pub fn count(&self) -> usize {
        self.findings.len()
    }

    /// The baseline as JSON, one value per line, in an order that does not depend on positions.
    pub fn text(&self) -> String {
        escaped::text(self)
    }

    /// Removes the known findings from a run. Returns how many known findings were not found again.
    pub fn apply(&self, outcome: &mut Outcome, sources: &Sources) -> usize {
        let known: BTreeSet<&str> = self.findings.iter().map(|known| known.fingerprint.as_str()).collect();
        let prints = fingerprint::all(outcome, sources, Moved::Same);
        let mut fresh = prints.iter().map(|print| !known.contains(print.as_str()));
        let before = outcome.diagnostics.len();
        let mut is_fresh = || fresh.next().unwrap_or(true);
        outcome.diagnostics.retain(|found| is_fresh() || NEVER_KNOWN.contains(&found.rule));
        known.len().saturating_sub(before - outcome.diagnostics.len())
    }
}
