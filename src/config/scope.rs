//! The `ecslint.toml` files of a run: each file uses the nearest one above it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::config::file::{self, File, Ignore, Levels, Scenario};
use crate::config::{FILE_NAME, Level};
use crate::frontend::{RootSettings, ScenarioSettings};
use crate::rules::Rule;
use crate::source::{FileId, Requested, Sources};
use crate::syntax::SyntaxError;

/// Maximum length of a chain of `extends`.
const MAX_CHAIN: usize = 16;

/// Names of directories with data for tests, which are never deployed as they are.
const TEST_DIRECTORIES: &[&str] = &[
    "__fixtures__",
    "__mocks__",
    "__tests__",
    "fixture",
    "fixtures",
    "smoke-tests",
    "smoke_tests",
    "test-data",
    "test_data",
    "testdata",
    "tests",
];

/// The settings of a run.
#[derive(Debug, Default)]
pub struct Config {
    read: Vec<File>,
    /// The settings of each directory, as an index into `read`.
    of: BTreeMap<PathBuf, Option<usize>>,
    /// The settings of `--config`, which apply to all files.
    given: Option<usize>,
    known: BTreeMap<FileId, usize>,
    /// The files below one of [`TEST_DIRECTORIES`], apart from those that were named explicitly.
    of_tests: BTreeSet<PathBuf>,
}

impl Config {
    /// Finds the settings of some files.
    pub(crate) fn find(&mut self, sources: &Sources, files: &[FileId]) {
        if sources.config_file().is_some() {
            self.find_for(sources, Path::new("/"));
        }
        for file in files {
            if let Some(directory) = sources.get(*file).path.parent() {
                self.find_for(sources, directory);
                let is_named = sources.requested(*file) == Some(Requested::Explicit);
                if !is_named && is_of_tests(sources.within_root(directory)) {
                    self.of_tests.insert(sources.get(*file).path.clone());
                }
            }
        }
    }

    /// Returns what the settings say about a Terraform root module.
    pub(crate) fn of_root(&mut self, sources: &Sources, root: &Path) -> RootSettings {
        let Some(file) = self.find_for(sources, root).and_then(|index| self.read.get(index)) else {
            return RootSettings::default();
        };
        // Patterns match files, so use any file in the root.
        let inside = root.join("main.tf");
        let own = file.var_files_of.iter().filter(|(paths, _)| paths.contain(&inside));
        let named = file.var_files.iter().chain(own.flat_map(|(_, named)| named));
        let var_files = named.filter_map(|named| named.file).collect();
        let is_about =
            |scenario: &&Scenario| scenario.paths.as_ref().is_none_or(|paths| paths.contain(&inside));
        let scenario = |scenario: &Scenario| ScenarioSettings {
            name: scenario.name.clone(),
            var_files: scenario.var_files.iter().filter_map(|named| named.file).collect(),
            variables: scenario.variables.clone(),
        };
        let scenarios = file.scenarios.iter().filter(is_about).map(scenario).collect();
        RootSettings { var_files, scenarios }
    }

    /// The files with facts from AWS.
    pub(crate) fn facts(&self) -> impl Iterator<Item = FileId> {
        self.read.iter().flat_map(|file| &file.facts).filter_map(|named| named.file)
    }

    fn find_for(&mut self, sources: &Sources, directory: &Path) -> Option<usize> {
        if let Some(file) = sources.config_file() {
            let given = self.read(sources, file);
            self.given = Some(given);
            return self.given;
        }
        if let Some(found) = self.of.get(directory) {
            return *found;
        }
        let found = match sources.load(&directory.join(FILE_NAME)) {
            Ok(file) => Some(self.read(sources, file)),
            Err(_) => directory.parent().and_then(|parent| self.find_for(sources, parent)),
        };
        self.of.insert(directory.to_owned(), found);
        found
    }

    fn read(&mut self, sources: &Sources, file: FileId) -> usize {
        *self.known.entry(file).or_insert_with(|| {
            self.read.push(extended(sources, file, MAX_CHAIN));
            self.read.len() - 1
        })
    }

    /// The errors in the settings.
    pub(crate) fn errors(&self) -> impl Iterator<Item = &SyntaxError> {
        self.read.iter().flat_map(|file| &file.errors)
    }

    /// Every `[[ignore]]`, in file order.
    pub(crate) fn ignores(&self) -> impl Iterator<Item = &Ignore> {
        self.read.iter().flat_map(|file| &file.ignores)
    }

    fn of(&self, path: &Path) -> Option<&File> {
        self.read.get(self.index(path)?)
    }

    fn index(&self, path: &Path) -> Option<usize> {
        self.given.or_else(|| self.of.get(path.parent()?).copied().flatten())
    }

    /// The settings that apply to some of the files: the file that has them, and the number of files that they apply to.
    pub(super) fn applied(
        &self,
        files: &[FileId],
        sources: &Sources,
    ) -> Vec<(Option<(FileId, &File)>, usize)> {
        let mut counts: BTreeMap<Option<usize>, usize> = BTreeMap::new();
        for file in files {
            *counts.entry(self.index(&sources.get(*file).path)).or_default() += 1;
        }
        let settings = |index: usize| {
            let (file, _) = self.known.iter().find(|(_, known)| **known == index)?;
            Some((*file, self.read.get(index)?))
        };
        counts.into_iter().map(|(index, count)| (index.and_then(settings), count)).collect()
    }

    /// Whether findings in a file are not reported.
    pub(crate) fn exclude(&self, path: &Path) -> bool {
        self.of(path).is_some_and(|file| file.exclude.iter().any(|paths| paths.contain(path)))
    }

    /// The level of a rule's findings in a file; `None` if neither settings nor the file's directory determine it.
    pub(super) fn level(&self, rule: &Rule, path: &Path) -> Option<Level> {
        let is_unsuitable = || self.of_tests.contains(path) && rule.category.is_about_running_tasks();
        self.set_level(rule, path).or_else(|| is_unsuitable().then_some(Level::Off))
    }

    /// The level that the settings of a file set for a rule's findings.
    fn set_level(&self, rule: &Rule, path: &Path) -> Option<Level> {
        let file = self.of(path)?;
        let fitting = file.overrides.iter().rev().filter(|(paths, _)| paths.contain(path));
        let overriding = fitting.map(|(_, levels)| levels).find_map(|levels| named(levels, rule));
        let selected = file
            .select
            .as_ref()
            .is_none_or(|names| names.iter().any(|name| name == rule.name || name == rule.category.name()));
        let usual = || named(&file.levels, rule);
        match (overriding, selected) {
            (Some(level), _) => Some(level),
            (None, false) => Some(Level::Off),
            // Selecting a rule enables it, even if its category is off.
            (None, true) => usual().or(file.select.is_some().then_some(Level::Usual)),
        }
    }

    /// Whether some settings file may enable a rule.
    pub(super) fn mention(&self, rule: &Rule) -> bool {
        let names = |levels: &Levels| named(levels, rule).is_some_and(|level| level != Level::Off);
        self.read.iter().any(|file| {
            let selected = file.select.iter().flatten();
            selected.clone().any(|name| name == rule.name || name == rule.category.name())
                || names(&file.levels)
                || file.overrides.iter().any(|(_, levels)| names(levels))
        })
    }
}

fn is_of_tests(directory: &Path) -> bool {
    let mut parts = directory.components();
    parts.any(|part| TEST_DIRECTORIES.iter().any(|name| part.as_os_str() == *name))
}

/// The level that a list sets for a rule, or for its category; the last entry of either applies.
fn named(levels: &Levels, rule: &Rule) -> Option<Level> {
    let last = |name: &str| levels.iter().rev().find(|(known, _)| known == name).map(|(_, level)| *level);
    last(rule.name).or_else(|| last(rule.category.name()))
}

/// Reads a file and merges it with the file that it extends.
fn extended(sources: &Sources, file: FileId, left: usize) -> File {
    let source = sources.get(file);
    let directory = source.path.parent().unwrap_or(Path::new("/"));
    let (mut own, extends) = file::read(file, &source.text, directory);
    load(&mut own, sources, directory);
    let Some((path, span)) = extends else { return own };
    let mut refuse = |message: String| own.errors.push(SyntaxError::rejected(span, message));
    let base = match sources.load(&directory.join(path.as_str())) {
        _ if left == 0 => {
            refuse("this chain of `extends` is circular or longer than 16 files".to_owned());
            return own;
        }
        Err(why) => {
            refuse(format!("cannot extend `{path}`: {why}"));
            return own;
        }
        Ok(base) => extended(sources, base, left - 1),
    };
    File {
        select: own.select.or(base.select),
        levels: joined(base.levels, own.levels),
        overrides: joined(base.overrides, own.overrides),
        exclude: joined(base.exclude, own.exclude),
        ignores: joined(base.ignores, own.ignores),
        var_files: joined(base.var_files, own.var_files),
        var_files_of: joined(base.var_files_of, own.var_files_of),
        scenarios: joined(base.scenarios, own.scenarios),
        facts: joined(base.facts, own.facts),
        errors: joined(base.errors, own.errors),
    }
}

/// Reads the files that the settings name, relative to the directory of the settings file.
fn load(own: &mut File, sources: &Sources, directory: &Path) {
    let of_roots = own.var_files_of.iter_mut().flat_map(|(_, named)| named);
    let of_scenarios = own.scenarios.iter_mut().flat_map(|scenario| &mut scenario.var_files);
    for named in own.var_files.iter_mut().chain(of_roots).chain(of_scenarios).chain(&mut own.facts) {
        match sources.load(&directory.join(named.path.as_str())) {
            Ok(file) => named.file = Some(file),
            Err(why) => {
                let message = format!("cannot read `{}`: {why}", named.path);
                own.errors.push(SyntaxError::rejected(named.at, message));
            }
        }
    }
}

fn joined<T>(mut first: Vec<T>, second: Vec<T>) -> Vec<T> {
    first.extend(second);
    first
}
