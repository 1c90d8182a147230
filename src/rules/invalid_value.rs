//! See `rules/invalid-value.md`.

use crate::diagnostic::{Change, Finding, Safety};
use crate::nearest::{nearest, one_of};
use crate::node::{Kind, Node};
use crate::project::{self, Mistake, Project, Shape, Violation};
use crate::rules::Report;
use crate::value::View;

/// The members that are names, which `invalid-name` reports.
pub(super) const NAMES: &[&str] = &["family", "name", "serviceName"];

/// From this many options on, they are not all told.
const MOST_OPTIONS: usize = 16;

/// Reports values outside of what the API takes.
pub fn check(project: &Project, report: &mut Report) {
    for (_, violation) in project.violations() {
        match &violation.mistake {
            Mistake::Value { key, shape } if is_value(key, *shape) => report.add(finding(violation, *shape)),
            _ => {}
        }
    }
    for cluster in project.of(project::Kind::Cluster) {
        let settings = project.view(cluster).list("settings");
        settings.objects().filter_map(insights).for_each(|finding| report.add(finding));
    }
}

/// A setting of a cluster, whose requests have no schema here.
fn insights(setting: View) -> Option<Finding> {
    let options = ["enhanced", "enabled", "disabled"];
    let value = setting.str("value").known().filter(|value| !options.contains(value))?;
    let is_insights = setting.str("name").known() == Some("containerInsights");
    is_insights.then_some(option("containerInsights", &setting.entry("value")?.value, value, &options))
}

fn is_value(key: &str, shape: Shape) -> bool {
    shape.pattern().is_none() || !NAMES.contains(&key)
}

fn finding(violation: &Violation, shape: Shape) -> Finding {
    let called = &violation.called;
    match (&violation.node.kind, violation.node.as_str()) {
        (_, Some(text)) if !shape.options().is_empty() => {
            option(called, &violation.node, text, &shape.options())
        }
        (_, Some(text)) => {
            let finding = Finding::at(&violation.node, format!("`{called}` cannot be `{text}`"));
            match shape.limit("maxLength") {
                Some(most) => {
                    finding.help(format!("write at most {most} characters of those that it can have"))
                }
                None => finding.help(form(called)),
            }
        }
        (Kind::Number(number), _) => {
            Finding::at(&violation.node, format!("`{called}` cannot be {number}")).help(range(shape))
        }
        _ => {
            let most = shape.limit("maxItems").unwrap_or_default();
            Finding::at(&violation.node, format!("`{called}` has more than {most} items"))
                .help("remove the rest")
        }
    }
}

fn option(called: &str, node: &Node, text: &str, options: &[&str]) -> Finding {
    let finding = Finding::at(node, format!("`{called}` cannot be `{text}`"));
    let Some(near) = meant(text, options).or_else(|| nearest(text, options.iter().copied())) else {
        return match options.len() <= MOST_OPTIONS {
            true => finding.help(format!("write {}", one_of(options.iter().copied()))),
            false => finding.help("see the API's list of the values it can have"),
        };
    };
    let finding = finding.help(format!("did you mean `{near}`?"));
    let safety = match meant(text, options).is_some() {
        true => Safety::Safe,
        false => Safety::Unsafe,
    };
    finding.fix(safety, format!("write `{near}`"), vec![Change::set(node, near)])
}

/// The option that differs only in case and in marks between words, or in the prefix that capabilities have elsewhere.
fn meant<'o>(text: &str, options: &[&'o str]) -> Option<&'o str> {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|letter| letter.to_ascii_lowercase()).collect()
    };
    let (whole, bare) = (letters(text), letters(text.strip_prefix("CAP_").unwrap_or(text)));
    options.iter().copied().find(|option| letters(option) == whole || letters(option) == bare)
}

fn range(shape: Shape) -> String {
    match (shape.limit("minimum"), shape.limit("maximum")) {
        (Some(least), Some(most)) => format!("write a number from {least} to {most}"),
        (Some(least), None) => format!("write {least} or more"),
        (None, most) => format!("write {} or less", most.unwrap_or_default()),
    }
}

/// What a text must look like.
fn form(called: &str) -> &'static str {
    match called.split('[').next() {
        Some("user") => "write a user or a user and a group, `user:group`, by name or number",
        Some("mountOptions") => "write an option of mount, as `noexec` or `mode=1777`",
        _ => "see the API for what it can be",
    }
}
