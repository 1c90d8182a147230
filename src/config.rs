//! What a run reports: which rules, and how gravely. The command line comes first, then the nearest `ecslint.toml`, then
//! the rule's category.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{self, Category, Rule};

mod date;
mod file;
mod paths;
mod scope;

pub use date::Date;
pub use file::{Ignore, ignores};
pub use scope::Config;

/// What files of settings are called.
pub const FILE_NAME: &str = "ecslint.toml";

/// The rule that tells what is wrong with settings. No setting switches it off, since the setting may be what is wrong.
pub const INVALID_SETTING: &str = "invalid-setting";

/// The rule that tells which comments and entries accept nothing.
pub const UNUSED_IGNORE: &str = "unused-ignore";

/// The settings of a run that no file holds.
#[derive(Clone, Debug)]
pub struct RunOptions {
    /// Only these rules or categories; none given means every rule its category switches on.
    pub select: Vec<String>,
    /// Not these rules or categories.
    pub ignore: Vec<String>,
    /// The day by which is judged what has expired.
    pub today: Date,
    /// Whether only some files of a project are looked at, so that what a rule does not find may be elsewhere.
    pub partial: bool,
    /// Tell only of findings that one of these files, or a file below one of these directories, takes part in.
    pub only: Option<BTreeSet<PathBuf>>,
}

impl Default for RunOptions {
    fn default() -> RunOptions {
        RunOptions {
            select: Vec::new(),
            ignore: Vec::new(),
            today: Date::today(),
            partial: false,
            only: None,
        }
    }
}

/// How gravely a rule's findings are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// There are none.
    Off,
    /// As its category and the rule itself say.
    Usual,
    /// As a file says.
    At(Severity),
}

impl RunOptions {
    /// Whether all files are looked at by all rules, so that what is not found is not there.
    pub fn is_whole(&self) -> bool {
        self.select.is_empty() && self.ignore.is_empty() && !self.partial && self.only.is_none()
    }

    /// Whether the rule has to run: it is on somewhere.
    pub(crate) fn runs(&self, rule: &Rule, config: &Config) -> bool {
        self.level(rule, None) != Level::Off || (config.mention(rule) && !names(&self.ignore, rule))
    }

    /// How gravely a rule's findings are taken, given what a file sets.
    fn level(&self, rule: &Rule, set: Option<Level>) -> Level {
        let usual = || match rule.category.severity() {
            Some(_) => Level::Usual,
            None => Level::Off,
        };
        let (given, selected) = (!self.select.is_empty(), names(&self.select, rule));
        match set {
            _ if rule.name == INVALID_SETTING => Level::Usual,
            _ if names(&self.ignore, rule) || (given && !selected) => Level::Off,
            Some(Level::Off) | None if selected => Level::Usual,
            Some(level) => level,
            None => usual(),
        }
    }

    /// Whether a file is one of those that findings are told of.
    pub(crate) fn is_about(&self, path: &Path) -> bool {
        self.only.as_ref().is_none_or(|only| path.ancestors().any(|part| only.contains(part)))
    }

    /// Takes a finding as the settings of its file have it; false if it is not to be reported.
    pub(crate) fn take(&self, found: &mut Diagnostic, path: &Path, config: &Config) -> bool {
        let Some(rule) = rules::find(found.rule) else { return true };
        if let Level::At(severity) = self.level(rule, config.level(rule, path)) {
            found.severity = severity;
        }
        self.takes(found.rule, path, config)
    }

    /// Whether a rule's findings in a file are reported.
    pub(crate) fn takes(&self, rule: &str, path: &Path, config: &Config) -> bool {
        let Some(rule) = rules::find(rule) else { return true };
        !config.exclude(path) && self.level(rule, config.level(rule, path)) != Level::Off
    }
}

fn names(list: &[String], rule: &Rule) -> bool {
    list.iter().any(|word| word == rule.name || word == rule.category.name())
}

/// Whether a word is the name of a rule or of a category.
pub(crate) fn is_rule_or_category(word: &str) -> bool {
    rules::find(word).is_some() || Category::parse(word).is_some()
}
