//! The collector of a rule's findings.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{Finding, Label, Place, Severity};

/// The findings of one rule.
#[derive(Debug, Default)]
pub struct Report {
    findings: Vec<Finding>,
    /// The indexes of the findings at each place.
    at: FxHashMap<Place, Vec<usize>>,
    /// The labels of the findings that got labels of others, by their index.
    joined: FxHashMap<usize, FxHashSet<Label>>,
    /// The number of findings when duplicates were removed last.
    unique: usize,
}

/// The minimum number of findings at which duplicates are removed.
const MANY: usize = 1_000;

impl Report {
    /// Adds a finding.
    pub fn add(&mut self, finding: Finding) {
        self.at.entry(finding.place).or_default().push(self.findings.len());
        self.findings.push(finding);
        if self.findings.len() > MANY.max(2 * self.unique) {
            self.remove_duplicates();
        }
    }

    /// Adds a finding about something that may break several needs. A finding with the same place and message gets its
    /// labels, so that one cause has one finding.
    pub fn join(&mut self, finding: Finding) {
        let known = self.at(finding.place).find(|index| self.findings[*index].message == finding.message);
        match known {
            Some(known) => self.merge(known, &finding),
            None => self.add(finding),
        }
    }

    /// Adds a finding, unless its labels can be added to a finding with the same place.
    pub fn join_at_place(&mut self, finding: Finding) {
        if !self.absorb(&finding) {
            self.add(finding);
        }
    }

    /// Adds the labels of a finding to the one with the same place, if there is one.
    pub fn absorb(&mut self, finding: &Finding) -> bool {
        let known = self.at(finding.place).next();
        known.map(|known| self.merge(known, finding)).is_some()
    }

    /// The indexes of the findings at a place.
    fn at(&self, place: Place) -> impl Iterator<Item = usize> {
        self.at.get(&place).into_iter().flatten().copied()
    }

    fn merge(&mut self, index: usize, finding: &Finding) {
        let known = &mut self.findings[index];
        let labels = self.joined.entry(index).or_insert_with(|| known.labels.iter().cloned().collect());
        let new = finding.labels.iter().filter(|label| labels.insert((*label).clone()));
        known.labels.extend(new.cloned());
        known.others.extend(finding.place.of.into_iter().chain(finding.others.iter().copied()));
        // An error for one need is an error.
        if finding.severity != Some(Severity::Warning) {
            known.severity = finding.severity;
        }
    }

    /// Removes findings with the same place and message: many resources may read one file. Those about different files are kept,
    /// because `--since` selects findings by all their files.
    fn remove_duplicates(&mut self) {
        let mut seen = FxHashSet::default();
        self.findings.retain(|finding| {
            seen.insert((finding.place.span, finding.message.clone(), finding.other_files()))
        });
        self.unique = self.findings.len();
        self.joined.clear();
        self.at.clear();
        for (index, finding) in self.findings.iter().enumerate() {
            self.at.entry(finding.place).or_default().push(index);
        }
    }

    /// Returns all findings.
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}

impl Extend<Finding> for Report {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, findings: I) {
        findings.into_iter().for_each(|finding| self.add(finding));
    }
}

/// Adds the results of several checks, each of which is `None` if the check found nothing.
impl Extend<Option<Finding>> for Report {
    fn extend<I: IntoIterator<Item = Option<Finding>>>(&mut self, findings: I) {
        findings.into_iter().flatten().for_each(|finding| self.add(finding));
    }
}
