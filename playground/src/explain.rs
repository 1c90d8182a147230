//! The page of a rule, and the causes of an error of AWS.

use ecslint::diagnostic::{Safety, Severity};
use ecslint::error_lookup::{self, Match};
use ecslint::rules::{self, Rule};
use serde::Serialize;

/// What explains a name or an error.
#[derive(Serialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
enum Explanation {
    /// The page of a rule.
    Rule(Page),
    /// The known errors that a text resembles, the closest first.
    Errors { causes: Vec<Cause> },
}

/// The page of a rule.
#[derive(Serialize)]
struct Page {
    name: &'static str,
    category: &'static str,
    level: &'static str,
    since: &'static str,
    fix: Option<&'static str>,
    /// The page in Markdown.
    text: &'static str,
}

/// The cause of an error of AWS.
#[derive(Serialize)]
struct Cause {
    answer: Option<String>,
    exact: bool,
    /// The rules that find the cause, with their titles.
    rules: Vec<(&'static str, &'static str)>,
    /// When AWS returns the error, and why no rule can find it.
    uncovered: Option<(&'static str, &'static str)>,
}

/// Explains a rule or an error of AWS.
pub fn answer(about: &str) -> String {
    let found = match rules::find(about.trim()) {
        Some(rule) => Explanation::Rule(page(rule)),
        None => Explanation::Errors { causes: error_lookup::matches(about).into_iter().map(cause).collect() },
    };
    serde_json::to_string(&found).unwrap_or_default()
}

fn page(rule: &'static Rule) -> Page {
    Page {
        name: rule.name,
        category: rule.category.name(),
        level: rule.category.severity().map_or("off", Severity::name),
        since: rule.since,
        fix: rule.fix.map(Safety::name),
        text: rule.text(),
    }
}

fn cause(found: Match) -> Cause {
    Cause {
        answer: found.answer,
        exact: found.is_exact,
        rules: found.rules.iter().map(|rule| (rule.name, rule.title)).collect(),
        uncovered: found.uncovered,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn rules_and_errors_are_explained() {
        let explain = |about: &str| serde_json::from_str::<Value>(&answer(about)).unwrap_or_default();
        let page = explain(" invalid-image ");
        assert_eq!((&page["kind"], &page["level"]), (&json!("rule"), &json!("error")));
        let causes = explain("Fargate only supports network mode 'awsvpc'.");
        assert_eq!(causes["causes"][0]["rules"][0][0], "fargate-network-mode");
        assert_eq!(explain("xyzzy"), json!({ "kind": "errors", "causes": [] }));
    }
}
