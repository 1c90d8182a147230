//! The managed policies of AWS that roles of ECS have, from a table: `managed.tsv`. One that is not in the table is unknown.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::policy::{Condition, Effect, Pattern, Policy, Selector, Statement};

/// One line per statement: policy, version, its date, effect, element, actions, resources, conditions. Actions are listed if they
/// belong to a service that a rule asks about.
const TABLE: &str = include_str!("managed.tsv");

static POLICIES: LazyLock<FxHashMap<&str, Policy>> = LazyLock::new(|| {
    let mut policies: FxHashMap<&str, Policy> = FxHashMap::default();
    for line in TABLE.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [name, _, _, rest @ ..] = fields.as_slice() else { continue };
        let policy = policies.entry(name).or_default();
        policy.statements.extend(statement(rest));
    }
    policies
});

/// The managed policy with a name, such as `AmazonECSTaskExecutionRolePolicy`, whatever its path.
pub fn managed(name: &str) -> Option<&'static Policy> {
    POLICIES.get(name)
}

/// The statement of a line; `None` in a policy that allows nothing that a rule asks about.
fn statement(fields: &[&str]) -> Option<Statement> {
    let [effect, element, actions, resources, conditions] = fields else { return None };
    let is_inverted = *element == "NotAction";
    let selected = Selector::known(actions.split(' ').filter(|it| !it.is_empty())).map(Pattern::lowercase);
    Some(Statement {
        effect: if *effect == "Deny" { Effect::Deny } else { Effect::Allow },
        actions: Selector { is_inverted, ..selected },
        resources: Selector::known(resources.split(' ')),
        principals: Selector::everything(),
        conditions: conditions.split(" & ").filter_map(condition).collect(),
        at: None,
    })
}

/// A condition: operator, key, and values, with spaces between them.
fn condition(text: &str) -> Option<Condition> {
    let mut words = text.split(' ');
    let (operator, key) = (words.next()?.to_owned(), words.next()?.to_owned());
    Some(Condition { operator, key, values: Selector::known(words) })
}
