//! Plans which choices of a unit are followed: it is evaluated once for each value that an unknown selector can have.

use std::collections::BTreeSet;
use std::sync::Arc;

use smol_str::SmolStr;

use crate::choice::{Assumption, Choice};
use crate::workspace::{Alternative, IndexedUnit};

/// The largest number of evaluations of one root module in one scenario, besides the first.
const MAX_EVALUATIONS: usize = 16;

/// Alternatives that exclude each other, of which one is true.
pub(in crate::frontend) type Group = Vec<Vec<Assumption>>;

/// The result of one evaluation of a unit.
pub(in crate::frontend) struct Evaluated {
    /// The unit.
    pub unit: IndexedUnit,
    /// The choices that it met, and about which nothing was assumed.
    pub choices: Vec<Choice>,
    /// The share of the limit on the cost of one evaluation that it spent.
    pub spent: f64,
}

/// How many more evaluations of a unit there is room for.
#[derive(Debug)]
pub(in crate::frontend) struct Room {
    evaluations: usize,
    /// The share of the limit on the cost of one evaluation that all of them together may still spend.
    share: f64,
    /// The share that the last evaluation spent.
    last: f64,
    /// The choices that evaluations met.
    met: Vec<Choice>,
    /// The names of those that are followed.
    followed: BTreeSet<SmolStr>,
}

impl Default for Room {
    fn default() -> Room {
        Room {
            evaluations: MAX_EVALUATIONS,
            share: 1.0,
            last: 0.0,
            met: Vec::new(),
            followed: BTreeSet::new(),
        }
    }
}

impl Room {
    /// Records what an evaluation spent.
    pub(in crate::frontend) fn spend(&mut self, share: f64) {
        self.share -= share;
        self.last = share;
    }

    /// Leaves room for at most some evaluations.
    pub(in crate::frontend) fn within(&mut self, evaluations: usize) {
        self.evaluations = self.evaluations.min(evaluations);
    }

    /// Plans the evaluations for the choices that the first evaluation met.
    pub(in crate::frontend) fn plan(&mut self, choices: &[Choice]) -> Vec<Group> {
        let groups = self.groups(choices);
        self.follow(&groups);
        self.meet(choices);
        groups
    }

    /// All combinations of choices that do not depend on each other, if there is room for them, otherwise one choice at a time.
    /// The other choices stay unknown.
    fn groups(&mut self, choices: &[Choice]) -> Vec<Group> {
        let mut groups = Vec::new();
        for set in independent(choices) {
            if self.take(product(&set)) {
                groups.push(combinations(&set));
                continue;
            }
            let one = set.iter().filter(|choice| self.take(choice.alternatives.len()));
            groups.extend(one.map(|choice| combinations(&[choice])));
        }
        groups
    }

    /// All combinations of the choices that can be combined with what is assumed, and with each other, as far as there is room.
    fn further(&mut self, assumptions: &[Assumption], choices: &[Choice]) -> Option<Group> {
        let is_free = |choice: &&Choice| {
            let is_assumed =
                |known: &&Choice| assumptions.iter().any(|assumption| assumption.subject == known.subject);
            self.met.iter().filter(is_assumed).all(|known| known.is_independent_of(choice))
        };
        let free: Vec<Choice> = choices.iter().filter(is_free).cloned().collect();
        let mut set = independent(&free).into_iter().next()?;
        while !set.is_empty() {
            if self.take(product(&set)) {
                return Some(combinations(&set));
            }
            set.pop();
        }
        None
    }

    /// Records the choices that are followed.
    fn follow(&mut self, groups: &[Group]) {
        let assumptions = groups.iter().flatten().flatten();
        self.followed.extend(assumptions.map(|assumption| assumption.subject.name.clone()));
    }

    /// Records choices that an evaluation met.
    fn meet(&mut self, choices: &[Choice]) {
        for choice in choices {
            if self.met.iter().all(|known| known.subject != choice.subject) {
                self.met.push(choice.clone());
            }
        }
    }

    /// The names of the choices that are not followed: what depends on them stays unknown.
    pub(in crate::frontend) fn unfollowed(self) -> BTreeSet<SmolStr> {
        let met = self.met.into_iter().map(|choice| choice.subject.name);
        met.filter(|name| !self.followed.contains(name)).collect()
    }

    /// The alternatives of a group that are possible. One that meets further choices is replaced by its own alternatives.
    /// `evaluate` returns `None` for assumptions that are impossible.
    pub(in crate::frontend) fn alternatives(
        &mut self,
        group: Group,
        evaluate: &mut dyn FnMut(&[Assumption]) -> Option<Evaluated>,
    ) -> Vec<Alternative> {
        let mut alternatives = Vec::new();
        for assumptions in group {
            let Some(Evaluated { unit, choices, spent }) = evaluate(&assumptions) else { continue };
            self.spend(spent);
            self.meet(&choices);
            match self.further(&assumptions, &choices) {
                Some(further) => {
                    self.follow(std::slice::from_ref(&further));
                    let with = |more: Vec<Assumption>| assumptions.iter().cloned().chain(more).collect();
                    let further = further.into_iter().map(with).collect();
                    alternatives.extend(self.alternatives(further, evaluate));
                }
                None => alternatives.push(Alternative { assumptions, unit: Arc::new(unit) }),
            }
        }
        alternatives
    }

    /// Reserves room for evaluations; `false` if there is not enough.
    fn take(&mut self, evaluations: usize) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "more than the limit fails the first comparison")]
        let has_room = evaluations <= self.evaluations && self.last * evaluations as f64 <= self.share;
        if has_room {
            self.evaluations -= evaluations;
        }
        has_room
    }
}

/// Sets of choices of which each can be combined with all others of its set: all of them, or the selectors and each expression.
fn independent(choices: &[Choice]) -> Vec<Vec<&Choice>> {
    let is_one_set = choices
        .iter()
        .enumerate()
        .all(|(index, choice)| choices[index + 1..].iter().all(|other| choice.is_independent_of(other)));
    if is_one_set {
        return if choices.is_empty() { Vec::new() } else { vec![choices.iter().collect()] };
    }
    let (expressions, selectors): (Vec<&Choice>, Vec<&Choice>) =
        choices.iter().partition(|choice| choice.subject.is_expression());
    let selectors = (!selectors.is_empty()).then_some(selectors);
    selectors.into_iter().chain(expressions.into_iter().map(|choice| vec![choice])).collect()
}

/// The number of combinations.
fn product(choices: &[&Choice]) -> usize {
    choices.iter().fold(1, |product: usize, choice| product.saturating_mul(choice.alternatives.len()))
}

/// What is assumed if all choices have their defaults; `None` if that is one of the combinations of a group.
pub(in crate::frontend) fn defaults(choices: &[Choice], groups: &[Group]) -> Option<Vec<Assumption>> {
    let is_combined = choices.len() < 2 || groups.iter().flatten().any(|world| world.len() >= choices.len());
    let default = |choice: &Choice| Some(choice.assumption(choice.default.as_ref()?));
    let all = || choices.iter().map(default).collect();
    if is_combined { None } else { all() }
}

/// All combinations of one alternative of each choice.
fn combinations(choices: &[&Choice]) -> Group {
    choices.iter().fold(vec![Vec::new()], |group: Group, choice| {
        let with = |known: &Vec<Assumption>| -> Group {
            let extended = choice
                .alternatives
                .iter()
                .map(|value| known.iter().cloned().chain([choice.assumption(value)]).collect());
            extended.collect()
        };
        group.iter().flat_map(with).collect()
    })
}
