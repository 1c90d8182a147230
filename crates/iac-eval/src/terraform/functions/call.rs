//! A call of a function whose value depends only on its arguments.

use std::cell::{Cell, RefCell};

use regex::Regex;
use smol_str::SmolStr;

use crate::source::{Sources, Span};
use crate::terraform::budget::{BYTES_PER_UNIT, Budget};
use crate::terraform::collection::MAX_ITEMS;
use crate::terraform::functions::json;
use crate::terraform::functions::patterns::{Compiled, Patterns};
use crate::terraform::rejection::rejected;
use crate::value::{MAX_BYTES, Mapped, Node, NodeKind};

/// A function call and the side effects of its evaluation: the cost spent, and the errors found.
#[derive(Debug)]
pub(in crate::terraform) struct FunctionCall<'a> {
    pub name: &'a str,
    pub args: &'a [Node],
    /// The place of the call.
    pub at: Span,
    sources: &'a Sources,
    budget: &'a Budget,
    patterns: &'a Patterns,
    rejections: RefCell<Vec<Rejection>>,
    is_too_large: Cell<bool>,
}

/// An error that Terraform reports for a call.
#[derive(Debug)]
pub(in crate::terraform) struct Rejection {
    pub message: SmolStr,
    pub at: Span,
}

impl<'a> FunctionCall<'a> {
    /// Creates a call with evaluated arguments. `sources` is used to locate strings within their quotes.
    pub(in crate::terraform) fn new(
        name: &'a str,
        args: &'a [Node],
        at: Span,
        sources: &'a Sources,
        budget: &'a Budget,
        patterns: &'a Patterns,
    ) -> FunctionCall<'a> {
        let (rejections, is_too_large) = (RefCell::default(), Cell::default());
        FunctionCall { name, args, at, sources, budget, patterns, rejections, is_too_large }
    }

    /// Records an error that Terraform reports at a place, and returns its value.
    pub(in crate::terraform) fn reject(&self, message: impl Into<SmolStr>, at: Span) -> Node {
        let message = message.into();
        self.rejections.borrow_mut().push(Rejection { message: message.clone(), at });
        rejected(message, at)
    }

    /// The errors, in the order in which they were found.
    pub(in crate::terraform) fn rejections(&self) -> Vec<Rejection> {
        self.rejections.take()
    }

    /// Checks the number of items or parts of a result; `None` if there are more than [`MAX_ITEMS`].
    pub(in crate::terraform) fn at_most(&self, items: usize) -> Option<()> {
        if items <= MAX_ITEMS { Some(()) } else { self.too_large() }
    }

    /// Records that the result is too large, and returns `None`.
    pub(in crate::terraform) fn too_large<T>(&self) -> Option<T> {
        self.is_too_large.set(true);
        None
    }

    /// Whether the result, or the text of an argument without which there is no result, is too large.
    pub(in crate::terraform) fn is_too_large(&self, value: Option<&Node>) -> bool {
        let is_cut = |arg: &Node| {
            let is_json = matches!(&arg.kind, NodeKind::Text(text) if text.json().is_some());
            is_json && json::with_places(self.sources, arg).is_some_and(|text| self.is_cut(&text))
        };
        self.is_too_large.get() || (value.is_none() && self.args.iter().any(is_cut))
    }

    /// A compiled regular expression; `None` if it is invalid, or too large to compile.
    pub(in crate::terraform) fn regex(&self, pattern: &str) -> Option<Regex> {
        match self.patterns.regex(pattern, self.budget) {
            Compiled::Regex(regex) => Some(regex),
            Compiled::TooLarge => self.too_large(),
            Compiled::Invalid => None,
        }
    }

    /// Spends a cost; `None` if less is left.
    pub(in crate::terraform) fn spend(&self, cost: usize) -> Option<()> {
        self.budget.spend(cost)
    }

    /// A string as text with the place of every byte; `None` if the value is unknown, not a string, or too large.
    pub(in crate::terraform) fn mapped(&self, text: &Node) -> Option<Mapped<'static>> {
        let mapped = json::with_places(self.sources, text)?;
        if self.is_cut(&mapped) { self.too_large() } else { Some(mapped) }
    }

    /// Whether a text is too large. Assembling such a text costs more than reading the value.
    fn is_cut(&self, text: &Mapped) -> bool {
        let is_cut = text.cut().is_some();
        if is_cut {
            let _ = self.spend(MAX_BYTES / BYTES_PER_UNIT);
        }
        is_cut
    }

    /// Parses a string as JSON; `None` if the value is unknown or not a string.
    pub(in crate::terraform) fn parsed(&self, text: &Node) -> Option<crate::syntax::json::Parsed> {
        json::parse_json(self.sources, text)
    }
}
