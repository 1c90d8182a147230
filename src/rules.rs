//! The rule book: every rule's page, its check, and how a check reports.

use smol_str::SmolStr;

use crate::diagnostic::edit;
use crate::diagnostic::{Diagnostic, Finding, Label, Safety, Severity};
use crate::model::Project;
use crate::panic_guard::{self, Panic};
use crate::source::{Sources, Span};
use crate::view::UnknownReads;
use crate::workspace::{GlobalNames, GlobalReads, Workspace};

/// What several rules share. A rule uses these modules and never another rule.
mod support {
    pub mod duplicates;
    pub mod limit;
    pub mod names;
    pub mod ports;
    pub mod prelude;
    pub mod range;
    pub mod report;
    pub mod suggest;
    pub mod syntax_error;
    pub mod unsupported;
}

use support::prelude;
pub use support::report::Report;

include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// One rule: what its page says of it, and its check.
#[derive(Debug)]
pub struct Rule {
    /// Its only id, in kebab case.
    pub name: &'static str,
    /// What kind of mistake it finds.
    pub category: Category,
    /// The version that brought it.
    pub since: &'static str,
    /// Rows of the table of errors that AWS was seen to answer with.
    pub evidence: &'static [u16],
    /// The surest fix that its page shows; none if it only tells.
    pub fix: Option<Safety>,
    /// What it finds, in a line.
    pub title: &'static str,
    /// Its check.
    pub check: fn(&Project, &mut Report),
}

/// What kind of mistake a rule finds; decides how grave its findings are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// AWS was seen to refuse it, or the task cannot start or become healthy.
    Correctness,
    /// Documentation forbids it, or it is very likely not meant.
    Suspicious,
    /// Deploys, and fails in a foreseeable way later.
    Reliability,
    /// Gives away more than the task needs.
    Security,
    /// A good habit.
    Pedantic,
}

impl Category {
    /// All of them, the gravest first.
    pub const ALL: [Category; 5] = [
        Category::Correctness,
        Category::Suspicious,
        Category::Reliability,
        Category::Security,
        Category::Pedantic,
    ];

    /// Its word, as pages and options spell it.
    pub fn name(self) -> &'static str {
        match self {
            Category::Correctness => "correctness",
            Category::Suspicious => "suspicious",
            Category::Reliability => "reliability",
            Category::Security => "security",
            Category::Pedantic => "pedantic",
        }
    }

    /// The category of that word.
    pub fn parse(word: &str) -> Option<Category> {
        Category::ALL.into_iter().find(|category| category.name() == word)
    }

    /// The severity of its rules' findings; none where they are off unless selected.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Category::Correctness => Some(Severity::Error),
            Category::Suspicious | Category::Reliability | Category::Security => Some(Severity::Warning),
            Category::Pedantic => None,
        }
    }
}

impl Rule {
    /// The page without its front matter.
    pub fn text(&self) -> &'static str {
        let page = position(self.name).map_or("", |index| PAGES[index]);
        let after = page.split_once("\n---\n").map_or(page, |(_, body)| body);
        after.trim_start()
    }

    /// The first paragraph below the title, in one line.
    pub fn summary(&self) -> String {
        let below = self.text().lines().skip(1).skip_while(|line| line.is_empty());
        below.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Where the page can be read on the web.
    pub fn url(&self) -> String {
        format!("{}/blob/main/rules/{}.md", env!("CARGO_PKG_REPOSITORY"), self.name)
    }
}

/// The rule about mistakes in how files are written.
pub const SYNTAX: &str = "syntax";

/// Whether a rule says what any value of its kind must be; a rule about the value in particular says more.
pub fn is_general(name: &str) -> bool {
    ["invalid-name", "invalid-value", "missing-property", "unknown-property"].contains(&name)
}

/// The rule of that name.
pub fn find(name: &str) -> Option<&'static Rule> {
    position(name).map(|index| &RULES[index])
}

/// Where the rule of that name stands in the registry. Its page stands apart, so that a program which shows no pages
/// holds none.
fn position(name: &str) -> Option<usize> {
    RULES.binary_search_by_key(&name, |rule| rule.name).ok()
}

/// The most letters of a sentence, and the most places that explain it: a value may be of any size.
const MAX_SENTENCE: usize = 1_000;
const MAX_LABELS: usize = 100;

fn clipped(mut sentence: String) -> String {
    if let Some((end, _)) = sentence.char_indices().nth(MAX_SENTENCE) {
        sentence.truncate(end);
        sentence.push('…');
    }
    sentence
}

/// What a rule has said, as every report reads it.
fn diagnostic(rule: &Rule, severity: Severity, finding: Finding, sources: &Sources) -> Diagnostic {
    let used = finding.place.used.map(|span| Label { span, message: "used here".to_owned() });
    let mut labels: Vec<Label> = Vec::new();
    for label in used.into_iter().chain(finding.labels) {
        let label = Label { message: clipped(label.message), ..label };
        if labels.len() < MAX_LABELS && !labels.contains(&label) {
            labels.push(label);
        }
    }
    Diagnostic {
        rule: rule.name,
        severity: finding.severity.unwrap_or(severity),
        message: clipped(finding.message),
        span: finding.place.span,
        labels,
        help: finding.help.map(clipped),
        fix: finding.fix.and_then(|offer| edit::fix(offer, sources)),
    }
}

/// A place that a rule could not judge, because what stands there is not known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Inconclusive {
    /// The place.
    pub span: Span,
    /// What is unknown there: `var.port`, `${IMAGE}`; empty where it has no name.
    pub name: SmolStr,
    /// The rule.
    pub rule: &'static str,
}

/// What one rule found, and what it could not decide.
#[derive(Debug, Default)]
pub(crate) struct RuleOutput {
    /// What it found.
    pub diagnostics: Vec<Diagnostic>,
    /// What it could not decide.
    pub inconclusive: Vec<Inconclusive>,
    /// Which names of all files it has read.
    pub reads: GlobalReads,
    /// Where credentials stand.
    pub credentials: Vec<Span>,
}

/// Runs one rule on the resources of a component. A panic ends it early, and what it has found until then counts.
pub(crate) fn run(
    rule: &'static Rule,
    component: &Workspace,
    global: &GlobalNames,
    sources: &Sources,
) -> (RuleOutput, Option<Panic>) {
    let severity = rule.category.severity().unwrap_or(Severity::Warning);
    let reads = UnknownReads::default();
    let mut report = Report::default();
    let project = Project::within(component, &reads, global);
    let ended = panic_guard::catch(|| (rule.check)(&project, &mut report));
    let found = report.into_findings().into_iter();
    let diagnostics = found.map(|finding| diagnostic(rule, severity, finding, sources)).collect();
    let global = reads.global();
    let places = reads.into_places().into_iter();
    let inconclusive = places.map(|(span, name)| Inconclusive { span, name, rule: rule.name }).collect();
    (RuleOutput { diagnostics, inconclusive, reads: global, credentials: Vec::new() }, ended.err())
}
