//! See `rules/invalid-value.md`.

use super::prelude::*;
use super::support::names::is_name;
use super::support::suggest;
use crate::model::{self, Shape, Violation, ViolationKind};
use crate::suggest::{join_or, nearest};
use crate::value::{Node, NodeKind};

/// From this many options on, they are not all told.
const MAX_OPTIONS: usize = 16;

/// Reports values outside of what the API takes.
pub fn check(project: &Project, report: &mut Report) {
    for (_, violation) in project.violations() {
        match &violation.kind {
            ViolationKind::Value { key, shape } if !is_name(key, *shape) => {
                report.add(finding(violation, *shape))
            }
            _ => {}
        }
    }
    for cluster in project.of(model::Kind::Cluster) {
        let settings = project.view(cluster).list("settings");
        report.extend(settings.objects().filter_map(insights));
    }
}

/// A setting of a cluster, whose requests have no schema here.
fn insights(setting: View) -> Option<Finding> {
    let options = ["enhanced", "enabled", "disabled"];
    let value = setting.str("value").known().filter(|value| !options.contains(value))?;
    let is_insights = setting.str("name").known() == Some("containerInsights");
    let node = &setting.entry("value")?.value;
    is_insights.then(|| option("containerInsights", node, value, &options))
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
        (NodeKind::Number(number), _) => {
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
    let Some(near) = certain_match(text, options).or_else(|| nearest(text, options.iter().copied())) else {
        return finding.help(if options.len() <= MAX_OPTIONS {
            format!("write {}", join_or(options.iter().copied()))
        } else {
            "see the API's list of the values it can have".to_owned()
        });
    };
    let safety = if certain_match(text, options).is_some() { Safety::Safe } else { Safety::Unsafe };
    suggest::hint(finding, near).fix(safety, format!("write `{near}`"), [Change::set(node, near)])
}

/// The option that differs only in case and in marks between words, or in the prefix that capabilities have elsewhere.
fn certain_match<'o>(text: &str, options: &[&'o str]) -> Option<&'o str> {
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
