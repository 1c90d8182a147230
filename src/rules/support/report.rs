//! What a rule reports to.

use crate::diagnostic::Finding;

/// What one rule has found so far.
#[derive(Debug, Default)]
pub struct Report {
    findings: Vec<Finding>,
}

impl Report {
    /// Takes a finding.
    pub fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// All that was found.
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}

impl Extend<Finding> for Report {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, findings: I) {
        self.findings.extend(findings);
    }
}

/// Each is what one test of a rule found; `None` if it found nothing.
impl Extend<Option<Finding>> for Report {
    fn extend<I: IntoIterator<Item = Option<Finding>>>(&mut self, findings: I) {
        self.findings.extend(findings.into_iter().flatten());
    }
}
