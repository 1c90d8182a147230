//! One `ecslint.toml`: its settings and its errors.

use std::path::Path;

use smol_str::SmolStr;

use crate::config::date::Date;
use crate::config::paths::Paths;
use crate::config::{Level, is_rule_or_category};
use crate::diagnostic::Severity;
use crate::rules::{self, Category, RULES};
use crate::source::{FileId, Span};
use crate::suggest::{join_and, nearest};
use crate::syntax::toml;
use crate::syntax::{SyntaxError, SyntaxErrorKind};
use crate::value::{Entry, Node, NodeKind};

/// The settings of a file, or of a file and those that it extends.
#[derive(Clone, Debug, Default)]
pub(super) struct File {
    /// Run only these rules and categories; `None` if not set.
    pub select: Option<Vec<SmolStr>>,
    /// Levels of rules and categories.
    pub levels: Levels,
    /// Levels for some paths; the last match applies.
    pub overrides: Vec<(Paths, Levels)>,
    /// Paths whose findings are not reported.
    pub exclude: Vec<Paths>,
    /// Suppressed findings.
    pub ignores: Vec<Ignore>,
    /// Files that set variables of all Terraform root modules.
    pub var_files: Vec<Named>,
    /// Files that set variables of some Terraform root modules.
    pub var_files_of: Vec<(Paths, Vec<Named>)>,
    /// Scenarios of Terraform root modules.
    pub scenarios: Vec<Scenario>,
    /// Files with facts from AWS.
    pub facts: Vec<Named>,
    /// The errors in the file.
    pub errors: Vec<SyntaxError>,
}

/// A file that settings refer to: its path, the place of the path, and the file once it is read.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// Its path, relative to the settings file.
    pub path: SmolStr,
    /// The place of the path.
    pub at: Span,
    /// The file; `None` if it has not been read or cannot be read.
    pub file: Option<FileId>,
}

/// One `[[scenario]]`.
#[derive(Clone, Debug)]
pub(super) struct Scenario {
    /// Its name.
    pub name: SmolStr,
    /// The root modules; `None` for all.
    pub paths: Option<Paths>,
    /// The files that set variables.
    pub var_files: Vec<Named>,
    /// The variables that it sets.
    pub variables: Vec<Entry>,
}

/// Levels of rules and categories, in their order in the file.
pub(super) type Levels = Vec<(SmolStr, Level)>;

/// One `[[ignore]]`.
#[derive(Clone, Debug)]
pub struct Ignore {
    /// The rules, with their places.
    pub rules: Vec<(SmolStr, Span)>,
    /// JSON pointer into the document.
    pub pointer: Option<(SmolStr, Span)>,
    /// The last day on which the entry applies.
    pub expires: Option<(Date, Span)>,
    /// Whether it says why.
    pub has_reason: bool,
    /// The whole entry.
    pub at: Span,
    paths: Paths,
}

impl Ignore {
    /// Where the entry is reported: its first rule.
    pub fn place(&self) -> Span {
        self.rules.first().map_or(self.at, |(_, at)| *at)
    }

    /// The files that it applies to.
    pub fn paths(&self) -> &Paths {
        &self.paths
    }

    /// Whether its last day is over.
    pub fn has_expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|(last, _)| last < today)
    }
}

/// Every `[[ignore]]` of a text; `None` if the text has errors.
pub fn ignores(file: FileId, text: &str, directory: &Path) -> Option<Vec<Ignore>> {
    let (read, _) = read(file, text, directory);
    read.errors.is_empty().then_some(read.ignores)
}

/// The maximum number of sets of patterns with wildcards: each file with findings is compared with all of them.
const MAX_COMPARED: usize = 200;

/// The maximum number of errors that are reported for a settings file.
const MAX_ERRORS: usize = 1_000;

/// The maximum size of a settings file.
const MAX_BYTES: usize = 1 << 20;

/// Reads a file. Also returns the path that it extends.
pub(super) fn read(file: FileId, text: &str, directory: &Path) -> (File, Option<(SmolStr, Span)>) {
    if text.len() > MAX_BYTES {
        let message = format!("settings can have at most {MAX_BYTES} bytes (got {})", text.len());
        let errors = vec![SyntaxError::rejected(Span::new(file, 0, 0), message)];
        return (File { errors, ..File::default() }, None);
    }
    let (root, errors) = toml::parse(file, text);
    // After a syntax error, the text that was read may not be what was meant.
    if !errors.is_empty() {
        return (File { errors, ..File::default() }, None);
    }
    let mut reader = Reader { directory, file: File { errors, ..File::default() }, compared: 0 };
    let extends = reader.root(&root);
    (reader.file, extends)
}

/// All settings.
const SETTINGS: &[&str] =
    &["exclude", "extends", "facts", "ignore", "overrides", "rules", "scenario", "select", "var_files"];

struct Reader<'d> {
    directory: &'d Path,
    file: File,
    /// The number of sets of patterns with wildcards.
    compared: usize,
}

impl Reader<'_> {
    fn root(&mut self, root: &Node) -> Option<(SmolStr, Span)> {
        self.known(root, "setting", SETTINGS);
        if let Some(select) = root.get("select") {
            let names = self.strings(select);
            names.iter().for_each(|(name, at)| self.named(name, *at));
            self.file.select = Some(names.into_iter().map(|(name, _)| name).collect());
        }
        self.file.levels = root.get("rules").map(|rules| self.levels(rules)).unwrap_or_default();
        for over in self.tables(root, "overrides") {
            self.known(&over, "override setting", &["path", "rules", "var_files"]);
            let levels = over.get("rules").map(|rules| self.levels(rules)).unwrap_or_default();
            let var_files = self.files(&over, "var_files");
            if let Some(paths) = self.required(&over, "path").map(|path| self.paths(&path)) {
                self.file.overrides.push((paths.clone(), levels));
                self.file.var_files_of.push((paths, var_files));
            }
        }
        self.file.var_files = self.files(root, "var_files");
        for scenario in self.tables(root, "scenario") {
            self.scenario(&scenario);
        }
        self.file.facts = self.files(root, "facts");
        if let Some(exclude) = root.get("exclude") {
            let paths = self.paths(exclude);
            self.file.exclude.push(paths);
        }
        for ignore in self.tables(root, "ignore") {
            self.ignore(&ignore);
        }
        let extends = root.get("extends")?;
        self.string(extends).map(|path| (path, extends.at))
    }

    fn scenario(&mut self, entry: &Node) {
        self.known(entry, "scenario setting", &["name", "path", "var_files", "vars"]);
        let paths = entry.get("path").map(|path| self.paths(path));
        let var_files = self.files(entry, "var_files");
        let variables = match entry.get("vars").map(|vars| (vars, vars.as_object())) {
            Some((_, Some(object))) => object.entries.clone(),
            Some((vars, None)) => {
                self.refuse(vars.at, "expected a table of variables and their values");
                Vec::new()
            }
            None => Vec::new(),
        };
        if let Some(name) = self.required(entry, "name").and_then(|name| self.string(&name)) {
            self.file.scenarios.push(Scenario { name, paths, var_files, variables });
        }
    }

    fn ignore(&mut self, entry: &Node) {
        self.known(entry, "ignore setting", &["expires", "path", "pointer", "reason", "rule"]);
        let rules = self.required(entry, "rule").map(|rule| self.strings(&rule)).unwrap_or_default();
        for (rule, at) in &rules {
            if rules::find(rule).is_none() {
                let help = || did_you_mean(nearest(rule, RULES.iter().map(|rule| rule.name)));
                self.error(*at, format!("unknown rule `{rule}`"), help, SyntaxErrorKind::Ignored);
            }
        }
        let pointer = entry.get("pointer").and_then(|node| Some((self.string(node)?, node.at)));
        let is_wrong = |(text, _): &&(SmolStr, Span)| !text.is_empty() && !text.starts_with('/');
        if let Some((text, at)) = pointer.as_ref().filter(is_wrong) {
            self.refuse(*at, &format!("invalid JSON pointer `{text}`: it must begin with `/`"));
        }
        let expires = entry.get("expires").and_then(|node| Some((self.date(node)?, node.at)));
        let reason = entry.get("reason").and_then(|reason| self.string(reason));
        let has_reason = reason.is_some_and(|reason| reason.contains(char::is_alphanumeric));
        if let Some(paths) = self.required(entry, "path").map(|path| self.paths(&path)) {
            let members = entry.as_object().into_iter().flat_map(|object| &object.entries);
            let at = members.fold(entry.at, |at, member| at.to(member.value.at));
            self.file.ignores.push(Ignore { rules, pointer, expires, has_reason, at, paths });
        }
    }

    fn levels(&mut self, table: &Node) -> Levels {
        let Some(object) = table.as_object() else {
            self.refuse(table.at, "expected a table of rules and their levels");
            return Levels::new();
        };
        object.entries.iter().filter_map(|entry| self.level(entry)).collect()
    }

    fn level(&mut self, entry: &Entry) -> Option<(SmolStr, Level)> {
        self.named(&entry.key, entry.key_at);
        let level = match entry.value.as_str() {
            Some("off") => Level::Off,
            Some("warning") => Level::At(Severity::Warning),
            Some("error") => Level::At(Severity::Error),
            other => {
                let got = other.map(|level| format!("invalid level `{level}`: ")).unwrap_or_default();
                let near = || other.and_then(|level| nearest(level, ["off", "warning", "error"]));
                let message = format!("{got}expected `off`, `warning`, or `error`");
                self.error(entry.value.at, message, || did_you_mean(near()), SyntaxErrorKind::Rejected);
                return None;
            }
        };
        Some((entry.key.clone(), level))
    }

    /// Reports a name that is neither a rule nor a category.
    fn named(&mut self, name: &str, at: Span) {
        if !is_rule_or_category(name) {
            let categories = Category::ALL.iter().map(|category| category.name());
            let help = || did_you_mean(nearest(name, RULES.iter().map(|rule| rule.name).chain(categories)));
            self.error(at, format!("unknown rule or category `{name}`"), help, SyntaxErrorKind::Ignored);
        }
    }

    /// Reports unknown keys of a table.
    fn known(&mut self, table: &Node, what: &str, known: &[&'static str]) {
        for entry in table.as_object().into_iter().flat_map(|object| &object.entries) {
            if !known.contains(&entry.key.as_str()) {
                let all = || format!("the settings are {}", join_and(known.iter().copied()));
                let near = || nearest(&entry.key, known.iter().copied());
                let help = || Some(did_you_mean(near()).unwrap_or_else(all));
                let message = format!("unknown {what} `{}`", entry.key);
                self.error(entry.key_at, message, help, SyntaxErrorKind::Ignored);
            }
        }
    }

    fn tables(&mut self, root: &Node, key: &str) -> Vec<Node> {
        let Some(list) = root.get(key) else { return Vec::new() };
        match &list.kind {
            NodeKind::Array(array) if array.items.iter().all(|item| item.as_object().is_some()) => {
                array.items.clone()
            }
            _ => {
                self.refuse(list.at, &format!("`{key}` must be an array of tables: `[[{key}]]`"));
                Vec::new()
            }
        }
    }

    fn files(&mut self, table: &Node, key: &str) -> Vec<Named> {
        let named = table.get(key).map(|node| self.strings(node)).unwrap_or_default();
        named.into_iter().map(|(path, at)| Named { path, at, file: None }).collect()
    }

    fn required(&mut self, table: &Node, key: &str) -> Option<Node> {
        let found = table.get(key).cloned();
        if found.is_none() {
            self.refuse(table.at, &format!("`{key}` is required"));
        }
        found
    }

    fn paths(&mut self, node: &Node) -> Paths {
        let mut patterns = self.strings(node);
        if self.compared > MAX_COMPARED {
            // The limit is reported, so that the run fails: the patterns beyond it need not be compiled.
            patterns.clear();
        }
        let (paths, wrong) = Paths::new(self.directory, patterns.iter().map(|(pattern, _)| pattern.as_str()));
        for (index, why) in wrong {
            self.refuse(patterns[index].1, &format!("invalid path pattern: {why}"));
        }
        self.compared += usize::from(paths.has_wildcards());
        if self.compared == MAX_COMPARED + 1 {
            let message =
                format!("settings can have at most {MAX_COMPARED} tables and lists with wildcards in paths");
            self.refuse(node.at, &message);
        }
        paths
    }

    /// Reads a string or a list of strings.
    fn strings(&mut self, node: &Node) -> Vec<(SmolStr, Span)> {
        match &node.kind {
            NodeKind::Array(array) => {
                array.items.iter().filter_map(|item| Some((self.string(item)?, item.at))).collect()
            }
            _ => self.string(node).map(|text| (text, node.at)).into_iter().collect(),
        }
    }

    fn string(&mut self, node: &Node) -> Option<SmolStr> {
        let text = node.as_str().map(SmolStr::from);
        if text.is_none() {
            self.refuse(node.at, "expected a string");
        }
        text
    }

    fn date(&mut self, node: &Node) -> Option<Date> {
        let date = node.as_str().and_then(Date::parse);
        if date.is_none() {
            let got = node.as_str().map(|date| format!("invalid date `{date}`: ")).unwrap_or_default();
            self.refuse(node.at, &format!("{got}expected a date such as 2027-01-31"));
        }
        date
    }

    fn refuse(&mut self, at: Span, message: &str) {
        self.error(at, message.to_owned(), || None, SyntaxErrorKind::Rejected);
    }

    /// Reports an error, whose help may take time.
    fn error(
        &mut self,
        span: Span,
        message: String,
        help: impl FnOnce() -> Option<String>,
        kind: SyntaxErrorKind,
    ) {
        let errors = &mut self.file.errors;
        match errors.len() {
            ..MAX_ERRORS => {
                errors.push(SyntaxError { help: help(), kind, ..SyntaxError::rejected(span, message) });
            }
            MAX_ERRORS => {
                let message = format!("only the first {MAX_ERRORS} errors of this file are reported");
                errors.push(SyntaxError::rejected(span, message));
            }
            _ => {}
        }
    }
}

fn did_you_mean(near: Option<&str>) -> Option<String> {
    near.map(|near| format!("did you mean `{near}`?"))
}
