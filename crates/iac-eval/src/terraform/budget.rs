//! What a root may take: a bound on all that is evaluated of it, and on what one value holds. Values share what they are
//! made of, so that a few lines can make one with more parts than any machine could go through.

use std::cell::Cell;

use crate::terraform::eval::Eval;
use crate::value::{Node, NodeKind, Part, Text};

/// What all of a root may take; large ones take some ten thousand.
const MAX_ROOT_COST: usize = 2_000_000;

/// What one value may weigh: each value within it weighs 1, and so do so many bytes.
const MAX_VALUE_COST: usize = 100_000;
pub(super) const BYTES_PER_UNIT: usize = 32;

/// How deep a value may nest; who goes through it must not run out of stack.
const MAX_VALUE_DEPTH: usize = 150;

/// How many values can be looked at for what it takes to make one.
pub(super) const READS_PER_UNIT: usize = 64;

/// What an instance of a resource or a module takes beside its arguments.
pub(super) const INSTANCE_COST: usize = 20;

/// What is left of what a root may take.
#[derive(Clone, Debug)]
pub(super) struct Budget(Cell<usize>);

impl Default for Budget {
    fn default() -> Budget {
        Budget(Cell::new(MAX_ROOT_COST))
    }
}

impl Budget {
    /// Takes some of it; none where less is left, and then nothing is.
    pub(super) fn spend(&self, many: usize) -> Option<()> {
        let left = self.0.get().checked_sub(many);
        self.0.set(left.unwrap_or(0));
        left.map(drop)
    }

    /// Has what is left of another one be what is left of this.
    pub(super) fn follow(&self, other: &Budget) {
        self.0.set(other.0.get());
    }
}

impl Eval<'_, '_> {
    /// Takes some of what the root may take.
    pub(super) fn spend(self, many: usize) -> Option<()> {
        self.configuration.budget.spend(many)
    }

    /// Takes what it takes to go through the arguments of a function.
    pub(super) fn spend_on(self, args: &[Node]) -> Option<()> {
        let weights =
            args.iter().map(|arg| MAX_VALUE_COST - left(arg, MAX_VALUE_COST, MAX_VALUE_DEPTH).unwrap_or(0));
        self.spend(weights.sum::<usize>() / READS_PER_UNIT)
    }

    /// A value that was made, if it is none that is larger than anything of use.
    pub(super) fn bounded(self, made: Node) -> Node {
        let weight = MAX_VALUE_COST - left(&made, MAX_VALUE_COST, MAX_VALUE_DEPTH).unwrap_or(0);
        match (weight < MAX_VALUE_COST, self.spend(weight)) {
            (true, Some(())) => made,
            (false, _) => self.too_large(made.at),
            (true, None) => self.too_much(made.at),
        }
    }
}

/// What is left of `most` when a value was weighed; none where it weighs more, or nests deeper than `depth`.
fn left(node: &Node, most: usize, depth: usize) -> Option<usize> {
    let most = most.checked_sub(1)?;
    let depth = depth.checked_sub(1)?;
    match &node.kind {
        NodeKind::String(text) | NodeKind::Number(text) => most.checked_sub(text.len() / BYTES_PER_UNIT),
        NodeKind::Text(text) => left_of_text(text, most, depth),
        NodeKind::Array(array) => array.items.iter().try_fold(most, |most, item| left(item, most, depth)),
        NodeKind::Object(object) => object.entries.iter().try_fold(most, |most, entry| {
            left(&entry.value, most.checked_sub(entry.key.len() / BYTES_PER_UNIT)?, depth)
        }),
        NodeKind::Null | NodeKind::Bool(_) | NodeKind::Unknown(_) => Some(most),
    }
}

fn left_of_text(text: &Text, most: usize, depth: usize) -> Option<usize> {
    text.parts.iter().try_fold(most, |most, part| match part {
        Part::Known { text, .. } => most.checked_sub(1 + text.len() / BYTES_PER_UNIT),
        Part::Unknown(..) => most.checked_sub(1),
        Part::Json(value) => left(value, most, depth),
    })
}
