//! What could not be decided, and which values would decide most of it.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use crate::Outcome;
use smol_str::{SmolStr, format_smolstr};

use crate::report::obeyed::one_line;
use crate::report::plain::{counted, place};
use crate::rules::Inconclusive;
use crate::source::{Sources, Span};

/// The most names that a line shows.
const MAX_NAMES: usize = 10;

/// The most causes that a list shows.
const MAX_CAUSES: usize = 20;

/// Lists the limits that were reached, the var files that were not used, the causes, and the unknown values, each with the rules that could not be decided because
/// of it.
pub(super) fn write(outcome: &Outcome, sources: &Sources, err: &mut dyn Write) -> io::Result<()> {
    for limit in outcome.limits() {
        writeln!(err, "{}: {}", place(limit.span, sources), one_line(&limit.message))?;
    }
    for value in &outcome.foreign {
        let name = one_line(sources.text(*value));
        writeln!(err, "{}: this file is not used: no root module declares `{name}`", place(*value, sources))?;
    }
    for (at, names) in &outcome.unfollowed {
        let shown: Vec<String> =
            names.iter().take(MAX_NAMES).map(|name| format!("`{}`", one_line(name))).collect();
        let more = names.len().saturating_sub(MAX_NAMES);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let what = "too many combinations of values, so what depends on these stays unknown";
        writeln!(err, "{}: {what}: {}{more}", place(*at, sources), shown.join(", "))?;
    }
    write_causes(outcome, sources, err)?;
    let mut places: BTreeMap<(&Path, Span, &str), Vec<&str>> = BTreeMap::new();
    for Inconclusive { span, name, rule } in &outcome.inconclusive {
        // File IDs can differ between runs.
        places.entry((&sources.get(span.file).path, *span, name)).or_default().push(rule);
    }
    places.into_iter().try_for_each(|((_, span, name), rules)| {
        let what = if name.is_empty() {
            "the rest of this list or object".to_owned()
        } else {
            format!("`{}`", one_line(name))
        };
        writeln!(err, "{}: {what} is unknown: {}", place(span, sources), rules.join(", "))
    })
}

/// Counts the undecided checks of each unknown value, most frequent first, and says how it can be known.
pub(super) fn write_causes(outcome: &Outcome, sources: &Sources, err: &mut dyn Write) -> io::Result<()> {
    let mut counts: BTreeMap<SmolStr, usize> = BTreeMap::new();
    for check in &outcome.inconclusive {
        *counts.entry(cause_of(check, sources)).or_default() += 1;
    }
    let rest = counts.remove("").unwrap_or_default();
    let mut counts: Vec<(SmolStr, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    let left_out = counts.len().saturating_sub(MAX_CAUSES);
    for (name, count) in counts.iter().take(MAX_CAUSES) {
        let remedy = remedy(name).map(|remedy| format!(": {remedy}")).unwrap_or_default();
        writeln!(err, "{count:>5} undecided without `{}`{remedy}", one_line(name))?;
    }
    if left_out > 0 {
        writeln!(err, "      and {}", counted(left_out, "other value"))?;
    }
    if rest > 0 {
        writeln!(err, "{rest:>5} undecided without the rest of lists and objects")?;
    }
    Ok(())
}

/// What would decide a check. The contents of a module that is not read count for its call.
fn cause_of(check: &Inconclusive, sources: &Sources) -> SmolStr {
    let call = || {
        let label = sources.text(check.span).strip_prefix("module \"")?.split('"').next()?;
        Some(format_smolstr!("module.{label}"))
    };
    let of_module = check.name.strip_prefix("a value of `").map(|name| name.trim_end_matches('`'));
    match (check.name.as_str(), of_module) {
        ("", _) => call().unwrap_or_default(),
        (_, Some(module)) => module.into(),
        (name, None) => cause(name).into(),
    }
}

/// The value that would decide a check: the only variable in an expression, or the unknown value itself. Members of a variable
/// count for the variable.
fn cause(name: &str) -> &str {
    let starts = |text: &str, at: usize| {
        text[..at]
            .chars()
            .next_back()
            .is_none_or(|before| !before.is_alphanumeric() && !"_.-".contains(before))
    };
    let variable = |(at, _): (usize, &str)| {
        let rest = &name[at + "var.".len()..];
        let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '-');
        &name[at..at + "var.".len() + end.unwrap_or(rest.len())]
    };
    let mut variables: Vec<&str> =
        name.match_indices("var.").filter(|(at, _)| starts(name, *at)).map(variable).collect();
    variables.dedup();
    match variables.as_slice() {
        [only] => only,
        _ => name,
    }
}

/// How a value can be known.
fn remedy(name: &str) -> Option<&'static str> {
    match name {
        _ if name.starts_with("var.") => Some("set it with --var or in a var file"),
        // In a template, it is a nested stack.
        _ if name.starts_with("module.") && !name.contains("::") => {
            Some("run `terraform init`, so that the module can be read")
        }
        _ if name.starts_with("data.") => Some("a data source, which only AWS can answer"),
        "terraform.workspace" => Some("name the workspaces in a map, or define scenarios in ecslint.toml"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_only_variable_of_an_expression_is_the_cause() {
        assert_eq!(cause("var.tags.Name"), "var.tags");
        assert_eq!(cause("lower(var.env)"), "var.env");
        assert_eq!(cause("var.a ? var.a : 1"), "var.a");
        assert_eq!(cause("var.a ? var.b : 1"), "var.a ? var.b : 1");
        assert_eq!(cause("${IMAGE}"), "${IMAGE}");
    }
}
