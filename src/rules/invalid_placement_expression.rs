//! See `rules/invalid-placement-expression.md`.

use super::prelude::*;

/// The operators of an expression that are words. The others are symbols such as `==`.
const WORDS: &[&str] =
    &["in", "not_in", "exists", "not_exists", "matches", "not_matches", "equals", "not_equals"];

/// Reports placement expressions that are not valid in the cluster query language.
pub fn check(project: &Project, report: &mut Report) {
    let services = project.services().map(|service| service.view.list("placementConstraints"));
    let tasks = project.tasks().map(|task| task.view.list("placementConstraints"));
    for view in services.chain(tasks).flat_map(List::objects) {
        let (Known("memberOf", _), Known(expression, place)) = (view.str("type"), view.str("expression"))
        else {
            continue;
        };
        if let Some((message, help)) = mistake(expression) {
            report.add(Finding::at(place, message).help(help));
        }
    }
}

fn mistake(expression: &str) -> Option<(String, &'static str)> {
    let opened = |open, close| expression.matches(open).count() != expression.matches(close).count();
    if opened('(', ')') || opened('[', ']') {
        return Some((
            format!("unbalanced brackets in placement expression `{expression}`"),
            "match every opening bracket with a closing bracket",
        ));
    }
    let compares = expression.contains(['=', '<', '>', '~', '!'])
        || expression
            .split_whitespace()
            .any(|word| WORDS.contains(&word) || word.ends_with("_than") || word.ends_with("_equal"));
    if !compares {
        let help = "compare an attribute with a value, as in `attribute:ecs.instance-type == t3.small`";
        return Some((format!("placement expression `{expression}` has no operator"), help));
    }
    let named = expression.trim_start_matches(|letter: char| "(! ".contains(letter));
    let prefixed = named.starts_with("ecs.");
    prefixed.then(|| {
        let message = format!("missing `attribute:` prefix in placement expression `{expression}`");
        (message, "use `attribute:ecs.…`")
    })
}
