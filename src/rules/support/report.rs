//! The collector of a rule's findings.

use crate::diagnostic::Finding;

/// The findings of one rule.
#[derive(Debug, Default)]
pub struct Report {
    findings: Vec<Finding>,
}

impl Report {
    /// Adds a finding.
    pub fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Returns all findings.
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}

impl Extend<Finding> for Report {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, findings: I) {
        self.findings.extend(findings);
    }
}

/// Adds the results of several checks, each of which is `None` if the check found nothing.
impl Extend<Option<Finding>> for Report {
    fn extend<I: IntoIterator<Item = Option<Finding>>>(&mut self, findings: I) {
        self.findings.extend(findings.into_iter().flatten());
    }
}
