//! Which findings a run reports, and at which level. The command line takes precedence over the nearest
//! `ecslint.toml`, which takes precedence over the category of the rule.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{self, Category, Rule};

mod date;
mod file;
mod layer;
mod paths;
mod scope;
mod shown;

pub use date::Date;
pub use file::{Ignore, ignores};
pub use paths::{PathIndex, Paths};
pub use scope::Config;

/// File name of settings.
pub const FILE_NAME: &str = "ecslint.toml";

/// Whether a path has the name of settings.
pub fn is_settings(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == FILE_NAME)
}

/// The rule that reports invalid settings. No setting can disable it, because that setting could be the invalid one.
pub const INVALID_SETTING: &str = "invalid-setting";

/// The rules that no setting can disable: others depend on what they report.
const ALWAYS_ON: [&str; 2] = [INVALID_SETTING, rules::LIMIT_REACHED];

/// The rule that reports suppressions that do not say why.
pub const UNREASONED_IGNORE: &str = "ignore-without-reason";

/// The rule that reports comments and entries that suppress nothing.
pub const UNUSED_IGNORE: &str = "unused-ignore";

/// The options of a run that are not in a file.
#[derive(Clone, Debug)]
pub struct RunOptions {
    /// Run only these rules and categories; if empty, every rule that its category enables.
    pub select: Vec<String>,
    /// Skip these rules and categories.
    pub ignore: Vec<String>,
    /// Check only these scenarios of the units that have one of them; if empty, all.
    pub scenarios: Vec<String>,
    /// The date that expiry dates are compared with.
    pub today: Date,
    /// Whether the run covers only named files and no directory, so that what a rule does not find may exist elsewhere.
    pub partial: bool,
    /// Report only findings that involve one of these files, or a file below one of these directories.
    pub only: Option<BTreeSet<PathBuf>>,
    /// Paths whose findings are not reported, in addition to those that settings exclude.
    pub exclude: Option<Paths>,
    /// Whether suppressed findings are reported.
    pub suppressed: Suppressed,
}

/// What happens to suppressed findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Suppressed {
    /// They are not reported.
    #[default]
    Hidden,
    /// They are reported like all others.
    Reported,
}

impl Default for RunOptions {
    fn default() -> RunOptions {
        RunOptions::on(Date::today())
    }
}

/// The level of a rule's findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// Not reported.
    Off,
    /// The default level of the category and the rule.
    Usual,
    /// The level that a settings file sets.
    At(Severity),
}

impl RunOptions {
    /// The default options on a date.
    pub fn on(today: Date) -> RunOptions {
        RunOptions {
            select: Vec::new(),
            ignore: Vec::new(),
            scenarios: Vec::new(),
            today,
            partial: false,
            only: None,
            exclude: None,
            suppressed: Suppressed::Hidden,
        }
    }

    /// Whether all rules run on all files, so that what is not found does not exist.
    pub fn is_whole(&self) -> bool {
        self.select.is_empty()
            && self.ignore.is_empty()
            && self.scenarios.is_empty()
            && !self.partial
            && self.only.is_none()
            && self.exclude.is_none()
    }

    /// Whether the rule must run: it is enabled for some file.
    pub(crate) fn runs(&self, rule: &Rule, config: &Config) -> bool {
        self.level(rule, None) != Level::Off || (config.mention(rule) && !names(&self.ignore, rule))
    }

    /// The level of a rule's findings, given the level that a settings file sets.
    fn level(&self, rule: &Rule, set: Option<Level>) -> Level {
        let usual = || match rule.category.severity() {
            Some(_) => Level::Usual,
            None => Level::Off,
        };
        let (given, selected) = (!self.select.is_empty(), names(&self.select, rule));
        match set {
            _ if ALWAYS_ON.contains(&rule.name) => Level::Usual,
            _ if names(&self.ignore, rule) || (given && !selected) => Level::Off,
            Some(Level::Off) | None if selected => Level::Usual,
            Some(level) => level,
            None => usual(),
        }
    }

    /// Whether findings in this file are reported.
    pub(crate) fn is_about(&self, path: &Path) -> bool {
        self.only.as_ref().is_none_or(|only| path.ancestors().any(|part| only.contains(part)))
    }

    /// Whether findings in a file are not reported, by the options or by its settings.
    pub(crate) fn excludes(&self, path: &Path, config: &Config) -> bool {
        config.exclude(path) || self.exclude.as_ref().is_some_and(|paths| paths.contain(path))
    }

    /// Applies the settings of its file to a finding. Returns whether the finding is reported.
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
        !self.excludes(path, config) && self.level(rule, config.level(rule, path)) != Level::Off
    }
}

fn names(list: &[String], rule: &Rule) -> bool {
    list.iter().any(|word| word == rule.name || word == rule.category.name())
}

/// Whether a word is the name of a rule or category.
pub(crate) fn is_rule_or_category(word: &str) -> bool {
    rules::find(word).is_some() || Category::parse(word).is_some()
}
