//! See `rules/invalid-listener-rule.md`.

use super::prelude::*;
use super::support::duplicates;
use super::support::range::outside;
use crate::model::{Kind, Resource};
use crate::value::Node;

/// Maximum number of values in all conditions of a rule.
const MAX_VALUES: usize = 5;

/// Reports listener rules that Elastic Load Balancing does not accept.
pub fn check(project: &Project, report: &mut Report) {
    let rules: Vec<Rule> =
        project.of(Kind::ListenerRule).filter_map(|resource| rule(project, resource)).collect();
    report.extend(rules.iter().flat_map(|rule| [impossible_priority(*rule), too_many_values(*rule)]));
    let certain = rules.into_iter().filter(|rule| !rule.resource.lifecycle.is_conditional);
    let conflicts = duplicates::by(certain, is_same_priority);
    report.extend(conflicts.map(|(first, second)| priority_in_use(first, second)));
}

/// A listener rule, and its listener.
#[derive(Clone, Copy)]
struct Rule<'a> {
    resource: &'a Resource,
    view: View<'a>,
    listener: &'a Node,
}

fn rule<'a>(project: &Project<'a>, resource: &'a Resource) -> Option<Rule<'a>> {
    let view = project.view(resource);
    Some(Rule { resource, view, listener: &view.entry("ListenerArn")?.value })
}

fn impossible_priority(rule: Rule) -> Option<Finding> {
    let field = rule.view.field("Priority");
    let (priority, at) = outside(field, &(1..=50_000))?;
    let message = format!("`{field}` must be between 1 and 50000 (got {priority})");
    Some(Finding::at(at, message))
}

/// Returns whether both rules have the same priority on the same listener.
fn is_same_priority(one: Rule, other: Rule) -> bool {
    let priority = |rule: Rule| rule.view.int("Priority").known();
    priority(one).is_some_and(|known| priority(other) == Some(known))
        && one.resource.is_deployed_with(other.resource)
        && one.listener.certainly_equals(other.listener)
}

fn priority_in_use(first: Rule, second: Rule) -> Option<Finding> {
    let priority = |rule: Rule| rule.view.int("Priority").known_at();
    let ((number, at), (_, first_at)) = (priority(second)?, priority(first)?);
    Some(
        Finding::at(at, format!("2 rules of the listener have priority {number}"))
            .label(first_at, "the first one")
            .help("use a different priority for each rule"),
    )
}

fn too_many_values(rule: Rule) -> Option<Finding> {
    let conditions: Vec<View> = rule.view.list("Conditions").objects().collect();
    let listed = conditions.iter().flat_map(|condition| {
        condition.fields([
            "HostHeaderConfig",
            "PathPatternConfig",
            "HttpHeaderConfig",
            "HttpRequestMethodConfig",
            "SourceIpConfig",
        ])
    });
    let listed = listed.filter_map(|field| field.object().known());
    let listed = listed.flat_map(|condition| condition.list("Values").iter());
    let old = conditions.iter().flat_map(|condition| condition.list("Values").iter());
    let queries = conditions.iter().flat_map(|condition| condition.list("QueryStringConfig").iter());
    let count = listed.chain(old).chain(queries).count();
    let message = format!("a listener rule can have at most {MAX_VALUES} condition values (got {count})");
    (count > MAX_VALUES).then(|| {
        Finding::at(rule.resource.header, message)
            .help("split the rule into several rules with the same actions")
    })
}
