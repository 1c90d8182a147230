//! A call of a function whose value follows from its arguments alone.

use std::cell::RefCell;

use smol_str::SmolStr;

use crate::source::{Sources, Span};
use crate::terraform::budget::Budget;
use crate::terraform::functions::json;
use crate::terraform::rejection::rejected;
use crate::value::{Mapped, Node};

/// A call, with what its evaluation leaves behind: what it spends, and what Terraform rejects of it.
#[derive(Debug)]
pub(in crate::terraform) struct FunctionCall<'a> {
    pub name: &'a str,
    pub args: &'a [Node],
    /// Where the call stands.
    pub at: Span,
    sources: &'a Sources,
    budget: &'a Budget,
    rejections: RefCell<Vec<Rejection>>,
}

/// What Terraform rejects of a call.
#[derive(Debug)]
pub(in crate::terraform) struct Rejection {
    pub message: SmolStr,
    pub at: Span,
}

impl<'a> FunctionCall<'a> {
    /// A call whose arguments were evaluated. `sources` tells where a string stands within its quotes.
    pub(in crate::terraform) fn new(
        name: &'a str,
        args: &'a [Node],
        at: Span,
        sources: &'a Sources,
        budget: &'a Budget,
    ) -> FunctionCall<'a> {
        FunctionCall { name, args, at, sources, budget, rejections: RefCell::default() }
    }

    /// Notes that Terraform rejects what stands at a place. Returns its value.
    pub(in crate::terraform) fn reject(&self, message: impl Into<SmolStr>, at: Span) -> Node {
        let message = message.into();
        self.rejections.borrow_mut().push(Rejection { message: message.clone(), at });
        rejected(message, at)
    }

    /// What Terraform rejects, in the order in which it was found.
    pub(in crate::terraform) fn rejections(self) -> Vec<Rejection> {
        self.rejections.into_inner()
    }

    /// Spends a cost; `None` if less is left.
    pub(in crate::terraform) fn spend(&self, cost: usize) -> Option<()> {
        self.budget.spend(cost)
    }

    /// A string as a text with the place of every byte; `None` if it is not one, or it is unknown.
    pub(in crate::terraform) fn mapped(&self, text: &Node) -> Option<Mapped<'static>> {
        json::with_places(self.sources, text)
    }

    /// A string as JSON; `None` if it is not one, or it is unknown.
    pub(in crate::terraform) fn parsed(&self, text: &Node) -> Option<crate::syntax::json::Parsed> {
        json::parse_json(self.sources, text)
    }
}
