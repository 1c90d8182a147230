//! Evaluates quoted strings, heredocs, and template files to strings that keep their parts.

use smol_str::SmolStr;

use crate::address::ResourceName;
use crate::source::{FileId, Span};
use crate::syntax::SyntaxErrorKind;
use crate::syntax::hcl::{self, Directive};
use crate::terraform::budget::BYTES_PER_UNIT;
use crate::terraform::evaluation::eval::{Bindings, Eval};
use crate::terraform::evaluation::resource;
use crate::terraform::functions::inside;
use crate::terraform::{collection, operator};
use crate::value::{Node, NodeKind, Part, Text, Unknown};

/// The cost of a template, in addition to its length.
const TEMPLATE_COST: usize = 100;

impl Eval<'_, '_> {
    /// Evaluates a template. A template that is a single interpolation has the value of the expression, whatever its
    /// type.
    pub(super) fn template(self, parts: &[hcl::Part], at: Span) -> Node {
        if let [hcl::Part::Interpolation(expr, _)] = parts {
            return self.expr(expr);
        }
        let mut text = Vec::with_capacity(parts.len());
        match self.parts(parts, &mut text) {
            Some(()) => match text.iter().find_map(rejection) {
                Some(why) => Node::unknown(why.clone(), at),
                None => Node::new(NodeKind::Text(Text::new(text).into()), at),
            },
            None => self.too_large(at),
        }
    }

    /// Adds the parts to `text`; `None` if there are too many.
    fn parts(self, parts: &[hcl::Part], text: &mut Vec<Part>) -> Option<()> {
        parts.iter().try_for_each(|part| {
            match part {
                hcl::Part::Literal(literal, at) => text.push(Part::Known { text: literal.clone(), at: *at }),
                hcl::Part::Interpolation(expr, at) => self.interpolate(&self.expr(expr), *at, text),
                hcl::Part::Directive(directive, at) => self.directive(directive, *at, text)?,
            }
            (text.len() <= collection::MAX_ITEMS).then_some(())
        })
    }

    /// Adds the value of an interpolation `${…}` to the string.
    fn interpolate(self, value: &Node, at: Span, text: &mut Vec<Part>) {
        let sources = self.configuration.sources;
        // A list or an object is read as if it were encoded.
        match &value.kind {
            NodeKind::String(known) | NodeKind::Number(known) => {
                let at = inside(sources, value, known);
                text.push(Part::Known { text: known.clone(), at });
            }
            NodeKind::Bool(known) => text.push(Part::Known { text: known.to_string().into(), at: value.at }),
            NodeKind::Text(inner) => text.extend(inner.parts.iter().cloned()),
            NodeKind::Unknown(why) => text.push(Part::Unknown(why.clone(), at)),
            NodeKind::Null => text.push(Part::Unknown(Unknown::Expression(sources.text(at).into()), at)),
            NodeKind::Array(_) | NodeKind::Object(_) => {
                let form = if value.as_array().is_some() { "a list" } else { "an object" };
                let message = format!("{form} cannot be part of a string: encode it with `jsonencode`");
                self.configuration.report(self.id, at, &message, SyntaxErrorKind::Rejected);
                text.push(Part::Json(value.clone()));
            }
        }
    }

    fn directive(self, directive: &Directive, at: Span, text: &mut Vec<Part>) -> Option<()> {
        match directive {
            Directive::If { test, yes, no } => match operator::truth(&self.expr(test)) {
                Some(true) => self.parts(yes, text),
                Some(false) => self.parts(no, text),
                None => unknown_part(at, text),
            },
            Directive::For { key, value, list, body } => {
                let Some(members) = collection::known_members(&self.expr(list)) else {
                    return unknown_part(at, text);
                };
                members.iter().try_for_each(|(key_node, value_node)| {
                    let values = Bindings { name: value, value: value_node, around: self.bindings };
                    let name = key.as_deref().unwrap_or("");
                    let keys = Bindings { name, value: key_node, around: Some(&values) };
                    Eval { bindings: Some(&keys), ..self }.parts(body, text)
                })
            }
        }
    }

    /// `templatefile(path, variables)`.
    pub(super) fn templatefile(self, path: &Node, variables: &Node, at: Span) -> Option<Node> {
        self.file_template(self.open(path, at)?, variables, at)
    }

    /// `templatestring(template, variables)`.
    pub(super) fn templatestring(self, template: &Node, variables: &Node, at: Span) -> Option<Node> {
        let sources = self.configuration.sources;
        if let NodeKind::Text(text) = &template.kind
            && !text.known_texts().any(|text| text.contains("${") || text.contains("%{"))
        {
            return Some(template.clone());
        }
        let text = template.as_str()?;
        let place = inside(sources, template, text);
        if sources.text(place) == text {
            return self.render(place, variables, at);
        }
        // Escapes were decoded, so this text is not in any file: its values get the place of the template.
        let copy = sources.keep("a template", text);
        let rendered = self.render(Span::new(copy, 0, text.len()), variables, at)?;
        Some(moved(&rendered, copy, template.at))
    }

    /// Renders the template of a `template_file` data source.
    pub(super) fn rendered(self, name: &ResourceName, at: Span) -> Option<Node> {
        let body = &self.module.directory.resource(name)?.body;
        let template = self.expr(&body.attribute("template")?.value);
        let variables = match (body.attribute("vars"), body.blocks.iter().find(|block| block.kind == "vars"))
        {
            (Some(variables), _) => self.expr(&variables.value),
            (None, Some(block)) => resource::body(self, &block.body, block.header),
            (None, None) => Node::object(Vec::new(), at),
        };
        self.templatestring(&template, &variables, at)
    }

    fn file_template(self, file: FileId, variables: &Node, at: Span) -> Option<Node> {
        self.render(Span::new(file, 0, self.configuration.sources.get(file).text.len()), variables, at)
    }

    /// Renders the template at `place` with the given variables.
    fn render(self, place: Span, variables: &Node, at: Span) -> Option<Node> {
        let text = &self.configuration.sources.get(place.file).text;
        self.spend(TEMPLATE_COST + place.range().len() / BYTES_PER_UNIT)?;
        let parts = hcl::parse_template(place, text)?;
        let entries = &variables.as_object()?.entries;
        let evaluate = || self.with_bindings(entries, &mut |eval| eval.limited(eval.template(&parts, place)));
        // A template can render itself.
        let node = self.configuration.deeper(self.id, at, evaluate);
        Some(node.unwrap_or_else(|| self.unknown(at)).used_at(at))
    }

    /// Evaluates `then` with the keys of the entries bound to their values.
    fn with_bindings(self, entries: &[crate::value::Entry], then: &mut dyn FnMut(Eval) -> Node) -> Node {
        match entries.split_first() {
            None => then(self),
            Some((entry, rest)) => {
                let bindings = Bindings { name: &entry.key, value: &entry.value, around: self.bindings };
                Eval { bindings: Some(&bindings), ..self }.with_bindings(rest, then)
            }
        }
    }
}

/// The rejected value in a part of a string; `None` if Terraform accepts the part.
fn rejection(part: &Part) -> Option<&Unknown> {
    match part {
        Part::Unknown(why @ Unknown::Rejected(_), _) => Some(why),
        _ => None,
    }
}

fn unknown_part(at: Span, text: &mut Vec<Part>) -> Option<()> {
    text.push(Part::Unknown(Unknown::Expression(SmolStr::new_static("a template directive")), at));
    Some(())
}

/// Moves the parts of a value that are in one file to a place in another.
fn moved(node: &Node, from: FileId, to: Span) -> Node {
    let place = |at: Span| if at.file == from { to } else { at };
    let kind = match &node.kind {
        NodeKind::Text(text) => {
            let part = |part: &Part| match part {
                Part::Known { text, at } => Part::Known { text: text.clone(), at: place(*at) },
                Part::Unknown(why, at) => Part::Unknown(why.clone(), place(*at)),
                Part::Json(value) => Part::Json(moved(value, from, to)),
                Part::Base64(value) => Part::Base64(moved(value, from, to)),
            };
            NodeKind::Text(Text::new(text.parts.iter().map(part).collect()).into())
        }
        kind => kind.clone(),
    };
    Node { kind, at: place(node.at), used: node.used.map(place) }
}
