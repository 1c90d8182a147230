//! Quoted strings and heredocs to strings that know their parts.

use smol_str::SmolStr;

use crate::node::{Kind, Node, Unknown};
use crate::span::Span;
use crate::syntax::hcl;
use crate::terraform::Module;
use crate::text::{Part, Text};

/// The most parts a string may have, and the most items a list may get; more is unknown. Locals that are made of each
/// other twice grow without end.
pub(super) const LARGEST: usize = 10_000;

impl Module<'_> {
    /// The value of a template. One that is a single interpolation is that value, whatever its type.
    pub(super) fn template(&self, parts: &[hcl::Part], at: Span) -> Node {
        if let [hcl::Part::Interpolation(expr, _)] = parts {
            return self.expr(expr);
        }
        let mut text = Vec::new();
        for part in parts {
            self.part(part, &mut text);
            if text.len() > LARGEST {
                return self.unknown(at);
            }
        }
        Node::new(Kind::Text(Text::new(text).into()), at)
    }

    fn part(&self, part: &hcl::Part, text: &mut Vec<Part>) {
        match part {
            hcl::Part::Literal(literal, at) => text.push(Part::Known { text: literal.clone(), at: *at }),
            hcl::Part::Interpolation(expr, at) => self.interpolate(&self.expr(expr), *at, text),
            hcl::Part::Directive(_, at) => {
                let why = Unknown::Expression(SmolStr::new_static("a template directive"));
                text.push(Part::Unknown(why, *at));
            }
        }
    }

    /// Adds what `${…}` puts into the string.
    fn interpolate(&self, value: &Node, at: Span, text: &mut Vec<Part>) {
        match &value.kind {
            Kind::String(known) | Kind::Number(known) => {
                let at = inside(self.sources, value, known);
                text.push(Part::Known { text: known.clone(), at });
            }
            Kind::Bool(known) => text.push(Part::Known { text: known.to_string().into(), at: value.at }),
            Kind::Text(inner) => text.extend(inner.parts.iter().cloned()),
            Kind::Unknown(why) => text.push(Part::Unknown(why.clone(), at)),
            Kind::Null | Kind::Array(_) | Kind::Object(_) => {
                let why = Unknown::Expression(self.sources.text(at).into());
                text.push(Part::Unknown(why, at));
            }
        }
    }
}

/// Where the text of a value stands: without its quotes, if it has them and no escapes.
pub(super) fn inside(sources: &crate::sources::Sources, value: &Node, text: &str) -> Span {
    let at = value.at;
    let quoted = sources.text(at);
    let bare = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match bare == Some(text) {
        true => Span { start: at.start + 1, end: at.end - 1, ..at },
        false => at,
    }
}
