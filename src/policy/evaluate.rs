//! Evaluates policies: an explicit deny comes first, then what is allowed, and everything else is denied.

use crate::diagnostic::Place;
use crate::policy::{Effect, Expand, Fit, Listed, Pattern, Selector, Statement};
use crate::suggest::is_typo;
use crate::view::View;

/// A request that policies allow or deny.
#[derive(Clone, Debug)]
pub struct Request<'r> {
    /// Who sends it, after its type: `Service ecs-tasks.amazonaws.com`. `None` for the policies of the sender itself.
    pub principal: Option<Pattern>,
    /// The action.
    pub action: Action<'r>,
    /// The ARN of the resource, or `*` if the action has none.
    pub resource: Pattern,
    /// The condition keys whose values are known.
    pub context: Vec<(&'static str, Pattern)>,
}

/// An action, such as `ecs:RunTask`.
#[derive(Clone, Debug)]
pub struct Action<'r> {
    /// Its name.
    pub name: &'r str,
    /// The name in lower case, to compare with what policies list.
    pub pattern: Pattern,
}

impl<'r> From<&'r str> for Action<'r> {
    fn from(name: &'r str) -> Action<'r> {
        Action { name, pattern: Pattern::text(&name.to_ascii_lowercase()) }
    }
}

impl Request<'_> {
    /// Returns `true` if a resource policy is asked about a role.
    pub fn is_by_role(&self) -> bool {
        let sender = self.principal.as_ref().map(Pattern::known_start);
        sender.is_some_and(|sender| sender.starts_with("AWS "))
    }
}

/// A policy.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// The statements that are known.
    pub statements: Vec<Statement>,
    /// Whether it may have others.
    pub is_open: bool,
}

impl Policy {
    /// A policy of which nothing is known.
    pub fn unknown() -> Policy {
        Policy { statements: Vec::new(), is_open: true }
    }

    /// Reads a policy document.
    pub fn of(document: View, expand: Expand) -> Policy {
        let (statements, is_complete) = Statement::all(document, expand);
        Policy { statements, is_open: !is_complete }
    }

    /// The number of letters and other parts of its patterns, which an evaluation compares.
    pub fn size(&self) -> usize {
        let selectors = self.statements.iter().flat_map(|statement| {
            let values = statement.conditions.iter().map(|condition| &condition.values);
            values.chain([&statement.actions, &statement.resources, &statement.principals])
        });
        selectors.flat_map(|selector| &selector.listed).map(|listed| 8 + listed.pattern.tokens.len()).sum()
    }

    /// The same policy without what it allows to whole accounts: they leave it to the policies of their roles.
    #[must_use]
    pub fn without_accounts(mut self) -> Policy {
        for statement in self.statements.iter_mut().filter(|statement| statement.effect == Effect::Allow) {
            statement.principals.remove_accounts();
        }
        self
    }
}

/// The answer for a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It certainly is allowed.
    Allowed,
    /// It certainly is denied.
    Denied(Denial),
    /// It depends on something unknown: this statement, or a policy that is not known at all.
    Unknown(Option<Place>),
}

/// Why a request is denied.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Denial {
    /// A statement denies it; its place is not known in a policy of AWS.
    By(Option<Place>),
    /// The permissions boundary at this place does not allow it.
    Boundary(Place),
    /// No statement allows it. One may allow something similar.
    Nothing(Option<Near>),
}

impl Denial {
    /// The place of the statement, boundary, or element that denies it or nearly allows it.
    pub fn place(self) -> Option<Place> {
        match self {
            Denial::By(place) => place,
            Denial::Boundary(place) => Some(place),
            Denial::Nothing(near) => near.map(Near::place),
        }
    }
}

/// The element of a statement that would have to change to allow a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Near {
    /// It allows other actions of the same service on the resource: the list, or the one that is a misspelling.
    Action(Place),
    /// It allows the action on other resources.
    Resource(Place),
    /// It allows the action under another condition.
    Condition(Place),
}

impl Near {
    /// The place of the element.
    pub fn place(self) -> Place {
        match self {
            Near::Action(place) | Near::Resource(place) | Near::Condition(place) => place,
        }
    }
}

/// Evaluates policies that apply together, such as all identity policies of a role.
pub fn evaluate(policies: &[Policy], request: &Request) -> Verdict {
    let statements = || policies.iter().flat_map(|policy| &policy.statements);
    let fits: Vec<(&Statement, Fit)> = statements()
        .map(|statement| (statement, statement.fit(request)))
        .filter(|(_, fit)| *fit > Fit::Never)
        .collect();
    let with = |effect: Effect| fits.iter().filter(move |(statement, _)| statement.effect == effect);
    if let Some((statement, _)) = with(Effect::Deny).find(|(_, fit)| *fit == Fit::Always) {
        return Verdict::Denied(Denial::By(statement.at));
    }
    let may_allow = fits.iter().find(|(statement, _)| statement.effect != Effect::Deny);
    let is_open = policies.iter().any(|policy| policy.is_open);
    let Some((first, _)) = may_allow else {
        if is_open {
            return Verdict::Unknown(None);
        }
        return Verdict::Denied(Denial::Nothing(nearest(statements(), request)));
    };
    let allows = with(Effect::Allow).any(|(_, fit)| *fit == Fit::Always);
    let may_deny = fits.iter().find(|(statement, _)| statement.effect != Effect::Allow);
    match may_deny {
        Some((statement, _)) => Verdict::Unknown(statement.at),
        None if is_open => Verdict::Unknown(None),
        None if allows => Verdict::Allowed,
        None => Verdict::Unknown(first.at),
    }
}

/// The element of the statement that nearly allows a request.
fn nearest<'s>(statements: impl Iterator<Item = &'s Statement>, request: &Request) -> Option<Near> {
    let near = |statement: &'s Statement| Some((near(statement, request)?, statement.at?));
    let found = statements.filter(|statement| statement.effect == Effect::Allow).filter_map(near);
    found.max_by_key(|((near, closeness), _)| (rank(*near), *closeness)).map(|((near, _), _)| near)
}

fn rank(near: Near) -> u8 {
    match near {
        Near::Action(_) => 0,
        Near::Resource(_) => 1,
        Near::Condition(_) => 2,
    }
}

/// The element of a statement that keeps it from allowing a request, if it is only one, and how similar it is.
fn near(statement: &Statement, request: &Request) -> Option<(Near, usize)> {
    let has = |fit: Fit| fit > Fit::Never;
    let action = has(statement.fit_of_action(request));
    let resource = has(statement.resources.fit(&request.resource));
    let condition = has(statement.fit_of_conditions(request));
    match (action, resource, condition) {
        (true, true, false) => Some((Near::Condition(statement.unmet(request).or(statement.at)?), 0)),
        (true, false, true) => {
            let closeness = closeness(&statement.resources, &request.resource);
            Some((Near::Resource(statement.resources.at?), closeness))
        }
        (false, true, true) => {
            let closeness = closeness(&statement.actions, &request.action.pattern);
            let service = request.action.name.split_once(':')?.0.len();
            let place = misspelled(&statement.actions, request.action.name).or(statement.actions.at)?;
            (closeness > service).then_some((Near::Action(place), closeness))
        }
        _ => None,
    }
}

/// The action of a statement that is a misspelling of another.
fn misspelled(actions: &Selector, wanted: &str) -> Option<Place> {
    let wanted = wanted.to_ascii_lowercase();
    let first_letter = wanted.find(':').map_or(0, |colon| colon + 2);
    let is_meant = |listed: &&Listed| {
        let written = listed.written.as_deref().unwrap_or_default().to_ascii_lowercase();
        written.get(..first_letter) == wanted.get(..first_letter) && is_typo(&written, &wanted)
    };
    actions.listed.iter().find(is_meant)?.at
}

/// The length of the longest start that a pattern has in common with a text.
fn closeness(selector: &Selector, text: &Pattern) -> usize {
    let same = |pattern: &Pattern| {
        let pairs = pattern.tokens.iter().zip(&text.tokens);
        pairs.take_while(|(one, other)| one == other).count()
    };
    selector.listed.iter().map(|listed| same(&listed.pattern)).max().unwrap_or_default()
}

#[cfg(test)]
#[path = "evaluate/tests.rs"]
mod tests;
