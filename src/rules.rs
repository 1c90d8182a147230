//! The rule book: every rule's page, its check, and how a check reports.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use smol_str::SmolStr;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Finding, Label, Severity};
use crate::edit;
use crate::project::{Documents, Project};
use crate::sources::Sources;
use crate::span::Span;
use crate::value::Reads;

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
    /// What it finds, in a line.
    pub title: &'static str,
    /// Its page, with the front matter.
    pub page: &'static str,
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
        let all = [
            Category::Correctness,
            Category::Suspicious,
            Category::Reliability,
            Category::Security,
            Category::Pedantic,
        ];
        all.into_iter().find(|category| category.name() == word)
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
        let after = self.page.split_once("\n---\n").map_or(self.page, |(_, body)| body);
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

/// Whether a rule says what any value of its kind must be; a rule about the value in particular says more.
pub fn is_general(name: &str) -> bool {
    ["invalid-name", "invalid-value", "missing-property", "unknown-property"].contains(&name)
}

/// The rule of that name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

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
}

/// What a rule has said, as every report reads it.
fn diagnostic(rule: &Rule, severity: Severity, finding: Finding, sources: &Sources) -> Diagnostic {
    let used = finding.place.used.map(|span| Label { span, message: "used here".to_owned() });
    let mut labels: Vec<Label> = Vec::new();
    for label in used.into_iter().chain(finding.labels) {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    Diagnostic {
        rule: rule.name,
        severity: finding.severity.unwrap_or(severity),
        message: finding.message,
        span: finding.place.span,
        labels,
        help: finding.help,
        fix: finding.fix.and_then(|offer| edit::fix(offer, sources)),
    }
}

/// A place that a rule could not judge, because what stands there is not known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Undecided {
    /// The place.
    pub span: Span,
    /// What is unknown there: `var.port`, `${IMAGE}`; empty where it has no name.
    pub name: SmolStr,
    /// The rule.
    pub rule: &'static str,
}

/// From this many documents on the rules are shared out among threads; fewer are judged before a thread has started.
const MANY: usize = 64;

/// What one rule found, and what it could not judge.
type Judged = (Vec<Diagnostic>, Vec<Undecided>);

/// Runs every rule that the configuration switches on, each over the whole project.
pub(crate) fn run(
    project: &Documents,
    sources: &Sources,
    config: &Config,
) -> (Vec<Diagnostic>, Vec<Undecided>) {
    let threads = match project.all.len() < MANY {
        true => 1,
        false => thread::available_parallelism().map_or(1, NonZero::get),
    };
    let next = AtomicUsize::new(0);
    // Each takes the next rule that nobody has taken; what comes of it is put back into the rules' order.
    let work = || {
        let mut judged: Vec<(usize, Judged)> = Vec::new();
        while let index = next.fetch_add(1, Ordering::Relaxed)
            && let Some(rule) = RULES.get(index)
        {
            judged.extend(judge(rule, project, sources, config).map(|judged| (index, judged)));
        }
        judged
    };
    let mut judged = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut judged = work();
        for other in others {
            judged.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        judged
    });
    judged.sort_by_key(|(index, _)| *index);
    let (mut diagnostics, mut undecided) = (Vec::new(), Vec::new());
    for (_, (found, open)) in judged {
        diagnostics.extend(found);
        undecided.extend(open);
    }
    (diagnostics, undecided)
}

/// Runs one rule, if the configuration switches it on.
fn judge(rule: &'static Rule, project: &Documents, sources: &Sources, config: &Config) -> Option<Judged> {
    if !config.runs(rule, &project.settings) {
        return None;
    }
    let severity = rule.category.severity().unwrap_or(Severity::Warning);
    let reads = Reads::default();
    let mut report = Report::default();
    (rule.check)(&Project::new(project, &reads), &mut report);
    let found = report.findings.into_iter();
    let diagnostics = found.map(|finding| diagnostic(rule, severity, finding, sources)).collect();
    let places = reads.into_places().into_iter();
    let undecided = places.map(|(span, name)| Undecided { span, name, rule: rule.name }).collect();
    Some((diagnostics, undecided))
}
