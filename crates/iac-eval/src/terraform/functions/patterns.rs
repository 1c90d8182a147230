//! Compiled regular expressions. Compiling one costs far more than its length suggests, so each is compiled once.

use std::cell::RefCell;

use regex::{Regex, RegexBuilder};
use rustc_hash::FxHashMap;

use crate::terraform::budget::Budget;

/// The maximum sizes of a compiled expression, in bytes, with the costs of compiling it. Most expressions are small.
const SIZES: [(usize, usize); 2] = [(32 << 10, 100), (1 << 20, 10_000)];

/// The regular expressions of one root module, by their text.
#[derive(Debug, Default)]
pub(in crate::terraform) struct Patterns {
    compiled: RefCell<FxHashMap<String, Option<Regex>>>,
}

impl Patterns {
    /// Compiles an expression at its first use; `None` if it is invalid, too large, or exceeds the budget.
    pub(in crate::terraform) fn regex(&self, pattern: &str, budget: &Budget) -> Option<Regex> {
        if let Some(known) = self.compiled.borrow().get(pattern) {
            return known.clone();
        }
        let compile = |(size, cost): (usize, usize)| {
            budget.spend(cost + pattern.len())?;
            RegexBuilder::new(pattern).size_limit(size).build().ok()
        };
        let compiled = SIZES.into_iter().find_map(compile);
        self.compiled.borrow_mut().insert(pattern.to_owned(), compiled.clone());
        compiled
    }
}
