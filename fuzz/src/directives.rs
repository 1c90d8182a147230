//! Templates that a grammar decodes from bytes: the properties of `template`.

use std::sync::LazyLock;

use crate::grammar::Grammar;
use crate::template;

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| Grammar::new(include_str!("grammar/template.txt")));

/// Evaluates a template.
pub fn run(data: &[u8]) {
    template::run(GRAMMAR.expand(data).as_bytes());
}
