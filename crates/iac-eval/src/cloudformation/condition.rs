//! Conditions: what is certainly true, certainly false, or undecided.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use crate::choice::{Assumed, Subject};
use crate::cloudformation::eval::Variables;
use crate::cloudformation::parameter::as_text;
use crate::cloudformation::stack::Stack;
use crate::cloudformation::template;
use crate::value::{Node, NodeKind, Unknown};

/// Whether a condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Truth {
    True,
    False,
    Undecided,
}

impl From<bool> for Truth {
    fn from(value: bool) -> Truth {
        if value { Truth::True } else { Truth::False }
    }
}

impl Truth {
    fn not(self) -> Truth {
        match self {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Undecided => Truth::Undecided,
        }
    }

    /// True if all are, false if one is false.
    pub(super) fn all(truths: impl Iterator<Item = Truth>) -> Truth {
        truths.fold(Truth::True, |all, one| match (all, one) {
            (Truth::False, _) | (_, Truth::False) => Truth::False,
            (Truth::True, Truth::True) => Truth::True,
            _ => Truth::Undecided,
        })
    }
}

impl Stack<'_> {
    /// Whether the condition with a name holds; `at` is the value that names it.
    pub(super) fn condition(&self, name: &str, at: &Node) -> Truth {
        if let Some(known) = self.conditions.borrow().get(name) {
            return *known;
        }
        let Some(declared) = self.template.member("Conditions", name) else {
            if self.template.is_whole("Conditions") {
                let message = format!("condition `{name}` is not declared in `Conditions`");
                self.reject(at.at, message, None);
            }
            return Truth::Undecided;
        };
        // A condition that refers to itself.
        self.conditions.borrow_mut().insert(name.into(), Truth::Undecided);
        let outer = self.is_unexplained.replace(false);
        let mut truth = self.holds(&declared.value, &[]);
        let is_unexplained = self.is_unexplained.replace(outer);
        if truth == Truth::Undecided && is_unexplained {
            let subject = Subject::expression(name, declared.key_at).of_template();
            match self.choices.assumed(&subject) {
                Some(Assumed::Value(Node { kind: NodeKind::Bool(value), .. })) => {
                    truth = Truth::from(*value);
                }
                _ => self.choices.offer(subject, |offers| {
                    let value = |value| Node::new(NodeKind::Bool(value), declared.key_at);
                    offers.closed = Some(vec![value(true), value(false)]);
                }),
            }
        }
        self.conditions.borrow_mut().insert(name.into(), truth);
        truth
    }

    /// Whether a condition function is true.
    pub(super) fn holds(&self, node: &Node, variables: &Variables) -> Truth {
        let Some([call]) = node.as_object().map(|object| object.entries.as_slice()) else {
            return match (&node.kind, node.as_str()) {
                (NodeKind::Bool(value), _) => Truth::from(*value),
                (_, Some("true")) => Truth::True,
                (_, Some("false")) => Truth::False,
                _ => self.unexplained(),
            };
        };
        let items = call.value.as_array().map_or(&[][..], |list| list.items.as_slice());
        let each = || items.iter().map(|item| self.holds(item, variables));
        match (call.key.as_str(), items) {
            ("Condition", _) => match call.value.as_str() {
                Some(name) => self.condition(name, &call.value),
                None => self.unexplained(),
            },
            ("Fn::And", _) => Truth::all(each()),
            ("Fn::Or", _) => Truth::all(each().map(Truth::not)).not(),
            ("Fn::Not", [only]) => self.holds(only, variables).not(),
            ("Fn::Equals", [one, other]) => self.equals(one, other, variables),
            ("Fn::Contains", [list, value]) => self.contains(list, value, variables),
            _ => self.unexplained(),
        }
    }

    fn unexplained(&self) -> Truth {
        self.is_unexplained.set(true);
        Truth::Undecided
    }

    fn equals(&self, one: &Node, other: &Node, variables: &Variables) -> Truth {
        let value =
            |node: &Node| self.value(node, variables).map(|value| as_text(&self.assumed_value(value)));
        let (Some(one), Some(other)) = (value(one), value(other)) else { return self.unexplained() };
        self.are_equal(&one, &other)
    }

    fn are_equal(&self, one: &Node, other: &Node) -> Truth {
        if let (Some(one), Some(other)) = (one.as_str(), other.as_str()) {
            return Truth::from(one == other);
        }
        if one.certainly_equals(other) {
            return Truth::True;
        }
        let (unknown, literal) = if one.as_str().is_some() { (other, one) } else { (one, other) };
        let Some(text) = literal.as_str() else { return self.unexplained() };
        if let NodeKind::Unknown(why) = &unknown.kind
            && let Some(subject) = Subject::of(why).map(Subject::of_template)
        {
            return self.is_assumed(subject, why, literal);
        }
        let (start, end) = (unknown.known_start(), unknown.known_end());
        if !text.starts_with(&start) || !text.ends_with(&end) {
            return Truth::False;
        }
        self.unexplained()
    }

    /// Whether a subject has a value, as far as it is assumed.
    fn is_assumed(&self, subject: Subject, why: &Unknown, literal: &Node) -> Truth {
        let is_literal = |value: &Node| value.as_str() == literal.as_str();
        if let Some(Assumed::Other(excluded)) = self.choices.assumed(&subject) {
            if excluded.iter().any(is_literal) {
                return Truth::False;
            }
            return Truth::Undecided;
        }
        let allowed = self.allowed_of(why);
        if let Some(allowed) = &allowed {
            match allowed.iter().filter(|value| is_literal(value)).count() {
                0 => return Truth::False,
                _ if allowed.len() == 1 => return Truth::True,
                _ => {}
            }
        }
        self.choices.offer(subject, |offers| match allowed {
            Some(allowed) => offers.closed = Some(allowed),
            None => offers.compare(literal),
        });
        Truth::Undecided
    }

    /// All values that an unknown parameter of this stack can have, if its template lists them.
    pub(super) fn allowed_of(&self, why: &Unknown) -> Option<Vec<Node>> {
        let name = why.name();
        let own = name.rsplit('/').next().unwrap_or_default();
        if self.named(own) == *why { self.allowed(own) } else { None }
    }

    /// An unknown value, or the value that is assumed for it.
    pub(super) fn assumed_value(&self, value: Node) -> Node {
        let NodeKind::Unknown(why) = &value.kind else { return value };
        let subject = Subject::of(why).map(Subject::of_template);
        match subject.and_then(|subject| self.choices.assumed(&subject)) {
            Some(Assumed::Value(assumed)) => assumed.clone().used_at(value.at),
            Some(Assumed::Other(_)) | None => value,
        }
    }

    fn contains(&self, list: &Node, value: &Node, variables: &Variables) -> Truth {
        let (Some(list), Some(value)) = (self.value(list, variables), self.value(value, variables)) else {
            return self.unexplained();
        };
        let value = as_text(&self.assumed_value(value));
        let Some(list) = list.as_array() else { return self.unexplained() };
        let each = list.items.iter().map(|item| self.are_equal(&as_text(item), &value).not());
        Truth::all(each).not()
    }

    /// The rules of the template that refuse its parameters.
    pub(super) fn failed_rules(&self) -> Vec<&Node> {
        let rules = self.template.section("Rules").iter().map(|rule| &rule.value);
        rules.filter(|rule| self.refuses(rule)).collect()
    }

    fn refuses(&self, rule: &Node) -> bool {
        let condition = rule.get("RuleCondition").map(|condition| self.holds(condition, &[]));
        let asserted = rule.get("Assertions").and_then(Node::as_array);
        let mut asserted =
            asserted.into_iter().flat_map(|list| &list.items).filter_map(|item| item.get("Assert"));
        condition.is_none_or(|condition| condition == Truth::True)
            && asserted.any(|assert| self.holds(assert, &[]) == Truth::False)
    }

    /// The parameters in some rules that have their defaults.
    pub(super) fn defaults_in(&self, rules: &[&Node]) -> BTreeSet<SmolStr> {
        let mut found = BTreeSet::new();
        rules.iter().for_each(|rule| template::references(rule, &mut found));
        found.retain(|name| !self.given.contains_key(name));
        found
    }

    /// Whether a resource exists.
    pub(super) fn exists(&self, resource: &Node) -> Truth {
        match resource.get("Condition") {
            Some(name) => match name.as_str() {
                Some(text) => self.condition(&SmolStr::from(text), name),
                None => Truth::Undecided,
            },
            None => Truth::True,
        }
    }
}
