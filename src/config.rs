//! What a run reports: which rules, and how gravely.

use crate::diagnostic::Severity;
use crate::rules::Rule;

/// The settings of a run.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Only these rules or categories; none given means every rule its category switches on.
    pub select: Vec<String>,
    /// Not these rules or categories.
    pub ignore: Vec<String>,
}

impl Config {
    /// The severity of the rule's findings in this run; none where the rule is off.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        let named =
            |list: &[String]| list.iter().any(|word| word == rule.name || word == rule.category.name());
        if named(&self.ignore) {
            return None;
        }
        match (self.select.is_empty(), named(&self.select)) {
            (true, _) => rule.category.severity(),
            (false, true) => Some(rule.category.severity().unwrap_or(Severity::Warning)),
            (false, false) => None,
        }
    }
}
