//! The rule book: the page and the check of every rule, and the way a check reports its findings.

use std::fmt::Write as _;

use smol_str::{SmolStr, format_smolstr};

use crate::address::ResourceRef;
use crate::diagnostic::edit;
use crate::diagnostic::{Diagnostic, Finding, Label, Safety, Severity, USED_HERE};
use crate::model::Project;
use crate::panic_guard::{self, Panic};
use crate::source::{Sources, Span};
use crate::view::UnknownReads;
use crate::workspace::{GlobalNames, GlobalReads, Workspace};

/// Code that several rules share. A rule uses these modules and never another rule.
mod support {
    pub mod acl_drops;
    pub mod balancer_names;
    pub mod denied;
    pub mod duplicates;
    pub mod egress;
    pub mod idle;
    pub mod limit;
    pub mod names;
    pub mod placement;
    pub mod ports;
    pub mod prelude;
    pub mod range;
    pub mod report;
    pub mod root_directory;
    pub mod security_groups;
    pub mod stranded_instances;
    pub mod stranded_tasks;
    pub mod suggest;
    pub mod syntax_error;
    pub mod unsupported;
}

use support::prelude;
pub use support::report::Report;

include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// The check of a rule.
pub(crate) type Check = fn(&Project, &mut Report);

/// All rules with their checks, by name.
pub(crate) fn checks() -> impl Iterator<Item = (&'static Rule, Check)> {
    RULES.iter().zip(CHECKS.iter().copied())
}

/// A rule: the facts from its page.
#[derive(Debug)]
pub struct Rule {
    /// The unique identifier, in kebab case.
    pub name: &'static str,
    /// The category, which determines the severity.
    pub category: Category,
    /// The first version that includes the rule.
    pub since: &'static str,
    /// Row numbers in the table of errors that AWS was observed to return.
    pub evidence: &'static [u16],
    /// The safest fix that the page shows; `None` if the rule offers no fix.
    pub fix: Option<Safety>,
    /// The title of the page: the problem that the rule reports, in one line.
    pub title: &'static str,
}

/// The kind of problem that a rule reports, which determines the severity of its findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// AWS was observed to reject it, or the task cannot start or become healthy.
    Correctness,
    /// The documentation forbids it, or it is very likely a mistake.
    Suspicious,
    /// It deploys, but fails later in a foreseeable way.
    Reliability,
    /// It grants more access than the task needs.
    Security,
    /// It violates a recommended practice.
    Pedantic,
}

impl Category {
    /// All categories, the most severe first.
    pub const ALL: [Category; 5] = [
        Category::Correctness,
        Category::Suspicious,
        Category::Reliability,
        Category::Security,
        Category::Pedantic,
    ];

    /// The name, as pages and options spell it.
    pub fn name(self) -> &'static str {
        match self {
            Category::Correctness => "correctness",
            Category::Suspicious => "suspicious",
            Category::Reliability => "reliability",
            Category::Security => "security",
            Category::Pedantic => "pedantic",
        }
    }

    /// What its rules find, in a line.
    pub fn summary(self) -> &'static str {
        match self {
            Category::Correctness => "AWS rejects it, or the tasks cannot start or become healthy",
            Category::Suspicious => "the documentation forbids it, or it is probably not intended",
            Category::Reliability => "it deploys, and fails later in a foreseeable way",
            Category::Security => "it grants more access than the task needs",
            Category::Pedantic => "good practice",
        }
    }

    /// Parses the name of a category; `None` if there is no such category.
    pub fn parse(word: &str) -> Option<Category> {
        Category::ALL.into_iter().find(|category| category.name() == word)
    }

    /// Whether its rules concern tasks that run for a long time or hold real data, which data for tests does not create.
    pub(crate) fn is_about_running_tasks(self) -> bool {
        matches!(self, Category::Reliability | Category::Security)
    }

    /// The severity of the findings; `None` if the rules of the category are off unless selected.
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

    /// The first paragraph below the title, on one line.
    pub fn summary(&self) -> String {
        let below = self.text().lines().skip(1).skip_while(|line| line.is_empty());
        below.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// What AWS answers, as the page quotes it, on one line; `None` if the page has no quote before its examples.
    pub fn answer(&self) -> Option<String> {
        let prose = self.text().lines().take_while(|line| !line.starts_with("```"));
        let quoted =
            prose.skip_while(|line| !line.starts_with("> ")).map_while(|line| line.strip_prefix("> "));
        let quoted: Vec<&str> = quoted.collect();
        (!quoted.is_empty()).then(|| quoted.join(" "))
    }

    /// The URL of the page.
    pub fn url(&self) -> String {
        format!("{}/blob/main/rules/{}.md", env!("CARGO_PKG_REPOSITORY"), self.name)
    }
}

/// The name of the rule that reports syntax errors.
pub const SYNTAX: &str = "syntax";

/// The rule that reports limits of ecslint.
pub const LIMIT_REACHED: &str = "limit-reached";

/// Whether a rule checks values only against the schema. A rule about a particular value reports more detail.
pub fn is_general(name: &str) -> bool {
    ["invalid-name", "invalid-value", "missing-property", "unknown-property"].contains(&name)
}

/// Returns the rule with this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    position(name).map(|index| &RULES[index])
}

/// Returns the index of a rule in the registry. The checks and the pages are stored separately, so that a program that runs no rules,
/// or shows no pages, does not contain them.
fn position(name: &str) -> Option<usize> {
    RULES.binary_search_by_key(&name, |rule| rule.name).ok()
}

/// The maximum length of a message in characters. Messages quote values, which can be of any size.
const MAX_SENTENCE: usize = 1_000;

/// The maximum number of labels of a finding.
const MAX_LABELS: usize = 100;

fn clipped(mut sentence: String) -> String {
    if let Some((end, _)) = sentence.char_indices().nth(MAX_SENTENCE) {
        sentence.truncate(end);
        sentence.push('…');
    }
    sentence
}

/// Converts the finding of a rule into the form that every report uses.
fn diagnostic(
    rule: &Rule,
    severity: Severity,
    finding: Finding,
    component: &Workspace,
    sources: &Sources,
) -> Diagnostic {
    // Labels only say more about a finding whose own resource is known.
    let about =
        finding.place.of.into_iter().flat_map(|of| [of].into_iter().chain(finding.others.iter().copied()));
    let mut resources: Vec<ResourceRef> =
        about.filter_map(|id| component.resource(id)?.address.clone()).collect();
    resources.sort_unstable();
    resources.dedup();
    let used = finding.place.used.map(|span| Label { span, message: USED_HERE.to_owned() });
    let mut labels: Vec<Label> = Vec::new();
    let mut left_out = 0;
    for label in used.into_iter().chain(finding.labels) {
        let label = Label { message: clipped(label.message), ..label };
        match labels.len() {
            _ if labels.contains(&label) => {}
            ..MAX_LABELS => labels.push(label),
            _ => left_out += 1,
        }
    }
    if let Some(last) = labels.last_mut().filter(|_| left_out > 0) {
        let _ = write!(last.message, " ({left_out} more places are not shown)");
    }
    Diagnostic {
        rule: rule.name,
        severity: finding.severity.unwrap_or(severity),
        message: clipped(finding.message),
        span: finding.place.span,
        labels,
        help: finding.help.map(clipped),
        fix: finding.fix.and_then(|offer| edit::fix(offer, sources)),
        resources,
    }
}

/// A place that a rule could not check, because a value there is unknown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Inconclusive {
    /// The place.
    pub span: Span,
    /// The name of the unknown value: `var.port`, `${IMAGE}`; empty if it has no name.
    pub name: SmolStr,
    /// The rule.
    pub rule: &'static str,
}

/// The findings of one rule, and the places that it could not check.
#[derive(Debug, Default)]
pub(crate) struct RuleOutput {
    /// The findings.
    pub diagnostics: Vec<Diagnostic>,
    /// The places that it could not check.
    pub inconclusive: Vec<Inconclusive>,
    /// The global names that the rule has read.
    pub reads: GlobalReads,
    /// The rule, if it needs too many steps.
    pub stopped: Option<&'static str>,
}

/// The steps that a rule may take in one component: values that it reads, and resources that it compares.
pub(crate) const MAX_STEPS: usize = 500_000;

/// Runs one rule on the resources of a component. If it panics or is stopped, the findings up to that point are kept.
pub(crate) fn run(
    (rule, check): (&'static Rule, Check),
    component: &Workspace,
    global: &GlobalNames,
    sources: &Sources,
) -> (RuleOutput, Option<Panic>) {
    let severity = rule.category.severity().unwrap_or(Severity::Warning);
    let reads = UnknownReads::within(MAX_STEPS);
    let mut report = Report::default();
    let project = Project::within(component, &reads, global);
    let ended = panic_guard::catch(|| check(&project, &mut report));
    let found = report.into_findings().into_iter();
    let diagnostics = found.map(|finding| diagnostic(rule, severity, finding, component, sources)).collect();
    let (global, stopped) = (reads.global(), reads.is_exhausted().then_some(rule.name));
    let mut places = reads.into_places();
    if stopped.is_some() {
        places.insert(component.place(), format_smolstr!("more than {MAX_STEPS} steps"));
    }
    let places = places.into_iter();
    let inconclusive = places.map(|(span, name)| Inconclusive { span, name, rule: rule.name }).collect();
    let panic = ended.err().filter(|_| stopped.is_none());
    (RuleOutput { diagnostics, inconclusive, reads: global, stopped }, panic)
}
