//! Compiled regular expressions. Compiling one costs far more than its length suggests, so each is compiled once.

use std::cell::RefCell;

use regex::{Error, Regex, RegexBuilder};
use rustc_hash::FxHashMap;

use crate::terraform::budget::Budget;

/// The maximum sizes of a compiled expression, in bytes, with the costs of compiling it. Most expressions are small.
const SIZES: [(usize, usize); 2] = [(32 << 10, 100), (1 << 20, 10_000)];

/// The regular expressions of one root module, by their text.
#[derive(Debug, Default)]
pub(in crate::terraform) struct Patterns {
    compiled: RefCell<FxHashMap<String, Compiled>>,
}

/// The result of compiling an expression.
#[derive(Clone, Debug)]
pub(in crate::terraform) enum Compiled {
    /// The compiled expression.
    Regex(Regex),
    /// It is too large.
    TooLarge,
    /// It is invalid, or exceeds the budget.
    Invalid,
}

impl Patterns {
    /// Compiles an expression at its first use.
    pub(in crate::terraform) fn regex(&self, pattern: &str, budget: &Budget) -> Compiled {
        if let Some(known) = self.compiled.borrow().get(pattern) {
            return known.clone();
        }
        let compiled = compile(pattern, budget);
        self.compiled.borrow_mut().insert(pattern.to_owned(), compiled.clone());
        compiled
    }
}

fn compile(pattern: &str, budget: &Budget) -> Compiled {
    for (size, cost) in SIZES {
        if budget.spend(cost + pattern.len()).is_none() {
            return Compiled::Invalid;
        }
        match RegexBuilder::new(pattern).size_limit(size).build() {
            Ok(regex) => return Compiled::Regex(regex),
            Err(Error::CompiledTooBig(_)) => {}
            Err(_) => return Compiled::Invalid,
        }
    }
    Compiled::TooLarge
}
