//! Brackets: nesting depth and mismatches.

use smol_str::SmolStr;

use crate::syntax::json::{MAX_DEPTH, Parser, string};
use crate::syntax::{SyntaxError, SyntaxErrorKind};
use crate::value::{Node, NodeKind, Unknown};

impl Parser<'_> {
    /// Reads a list or an object, unless it is nested too deeply.
    pub(super) fn nested(&mut self, read: fn(&mut Self) -> Node) -> Node {
        if self.lists + self.objects == MAX_DEPTH { self.too_deep() } else { read(self) }
    }

    fn too_deep(&mut self) -> Node {
        let start = self.at;
        let mut open = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'[' | b'{' => open += 1,
                b']' | b'}' => open = open.saturating_sub(1),
                b'"' => self.at += string::length(self.rest()) - 1,
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                break;
            }
        }
        self.at = self.text.len().min(self.at);
        if !std::mem::replace(&mut self.reported.depth, true) {
            let message =
                format!("values are nested more than {MAX_DEPTH} levels deep; the deeper ones are not read");
            self.note(SyntaxError::limit(self.map.span(start..start + 1), message));
        }
        self.node(
            NodeKind::Unknown(Unknown::Expression(SmolStr::new_static("a value nested too deeply"))),
            start,
        )
    }

    /// Reports that the bracket at `start` is never closed, and goes back to the end of the last member.
    pub(super) fn unclosed(&mut self, start: usize, end: usize) -> bool {
        self.uneven(start);
        let is_known = self.at == self.text.len() && self.torn > Some(start);
        if !is_known {
            self.reject_bracket(start, start, "is never closed");
        }
        self.torn = self.torn.max(Some(start));
        self.at = end;
        false
    }

    /// Reports that the bracket here has no matching opening bracket, and skips it.
    pub(super) fn stray(&mut self, start: usize) {
        self.uneven(start);
        self.reject_bracket(self.at, start, "has no matching opening bracket");
        self.at += 1;
    }

    /// Records that brackets do not match in the value that starts at `start`.
    fn uneven(&mut self, start: usize) {
        self.is_uneven = true;
        self.suspect(start);
    }

    /// Reports an error of the bracket at `at`, once per mistake: if the value that starts at `start` contains an
    /// unclosed string, that string most likely swallowed the missing bracket.
    fn reject_bracket(&mut self, at: usize, start: usize, what: &str) {
        if self.torn_string.is_none_or(|torn| torn < start) {
            let bracket = &self.text[at..=at];
            self.reject(at..at + 1, format!("this `{bracket}` {what}"), None);
        }
    }

    /// Records that a bracket may be missing at `at`.
    pub(super) fn suspect(&mut self, at: usize) {
        self.suspect = Some(self.suspect.map_or(at, |first| first.min(at)));
    }

    /// Marks the text after the first error as a recovered region if brackets do not match, because it may belong to
    /// other objects.
    pub(super) fn mark_recovered_region(&mut self) {
        let Some(at) = self.suspect.filter(|_| self.is_uneven) else { return };
        let behind = self.map.span(at..self.text.len());
        if let Some(first) = self.errors.iter_mut().find(|error| error.kind == SyntaxErrorKind::Rejected) {
            first.kind = SyntaxErrorKind::Broken(behind);
        }
    }
}
