//! The evaluation limits of one root module: total cost, evaluation depth, and the size of one value. Values share
//! their parts, so a few lines of Terraform can describe a value that would not fit in memory.

use std::cell::Cell;

use crate::value::{Node, NodeKind, Part, Text};

/// The cost limit of one root module. Large real-world root modules cost a few tens of thousands.
const MAX_ROOT_COST: usize = 800_000;

/// The maximum number of names and expressions between a value and its use. Bounds the stack.
const MAX_EVAL_DEPTH: usize = 400;

/// The cost limit of one value, which costs 1 for each value in it and 1 for each [`BYTES_PER_UNIT`] bytes.
pub(super) const MAX_VALUE_COST: usize = 100_000;
pub(super) const BYTES_PER_UNIT: usize = 32;

/// The maximum nesting depth of a value, so that recursion over it does not overflow the stack.
const MAX_VALUE_DEPTH: usize = 150;

/// The number of reads that cost as much as creating one value.
pub(super) const READS_PER_UNIT: usize = 64;

/// The number of comparisons of two values that cost as much as creating one.
pub(super) const COMPARISONS_PER_UNIT: usize = 16;

/// The cost of an instance of a resource or a module, without its arguments.
pub(super) const INSTANCE_COST: usize = 20;

/// The remaining evaluation budget of one root module.
#[derive(Debug)]
pub(super) struct Budget {
    left: Cell<usize>,
    depth: Cell<usize>,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { left: Cell::new(MAX_ROOT_COST), depth: Cell::new(0) }
    }
}

impl Budget {
    /// Spends a cost; `None` if less is left, which exhausts the budget.
    pub(super) fn spend(&self, cost: usize) -> Option<()> {
        let left = self.left.get().checked_sub(cost);
        self.left.set(left.unwrap_or(0));
        left.map(drop)
    }

    /// Returns `true` if nothing is left.
    pub(super) fn is_exhausted(&self) -> bool {
        self.left.get() == 0
    }

    /// The share of the limit that has been spent, from 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "both are small")]
    pub(super) fn spent(&self) -> f64 {
        (MAX_ROOT_COST - self.left.get()) as f64 / MAX_ROOT_COST as f64
    }

    /// Spends the cost of reading the arguments of a function.
    pub(super) fn spend_on(&self, args: &[Node]) -> Option<()> {
        self.spend(args.iter().map(cost).sum::<usize>() / READS_PER_UNIT)
    }

    /// Sets the remaining budget to that of another one.
    pub(super) fn follow(&self, other: &Budget) {
        self.left.set(other.left.get());
    }

    /// Evaluates something one level deeper; `None` if the depth limit is reached.
    pub(super) fn deeper<T>(&self, evaluate: impl FnOnce() -> T) -> Option<T> {
        if self.depth.get() == MAX_EVAL_DEPTH {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        let value = evaluate();
        self.depth.set(self.depth.get() - 1);
        Some(value)
    }
}

/// The cost of a value. At most [`MAX_VALUE_COST`], which is also the cost of a value that is nested too deeply.
pub(super) fn cost(node: &Node) -> usize {
    MAX_VALUE_COST - left(node, MAX_VALUE_COST, MAX_VALUE_DEPTH).unwrap_or(0)
}

/// The remainder of `most` after the cost of a value; `None` if it costs more, or is nested deeper than `depth`.
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
        Part::Json(value) | Part::Base64(value) => left(value, most, depth),
    })
}
