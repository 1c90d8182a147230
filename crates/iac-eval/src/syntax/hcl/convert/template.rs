//! Templates: the parts of quoted strings and heredocs, with their strip markers applied.

use hcl_edit::Span as _;
use hcl_edit::template::{Directive as Written, Element, HeredocTemplate, StringTemplate, Strip, Template};

use crate::source::Span;
use crate::syntax::hcl::convert::Converter;
use crate::syntax::hcl::{Directive, Part, literal};

/// How the literals of a template are written.
#[derive(Clone, Copy)]
enum Style {
    /// Between quotes.
    Quoted,
    /// In a heredoc that takes this many bytes of indentation off each line.
    Heredoc(usize),
}

impl Converter<'_> {
    pub(super) fn quoted(self, template: &StringTemplate) -> Vec<Part> {
        self.elements(template.iter(), Style::Quoted)
    }

    pub(super) fn heredoc(self, heredoc: &HeredocTemplate) -> Vec<Part> {
        self.elements(heredoc.template.iter(), Style::Heredoc(heredoc.indent().unwrap_or(0)))
    }

    /// A file that is a template.
    pub(in crate::syntax::hcl) fn whole(self, template: &Template) -> Vec<Part> {
        self.elements(template.iter(), Style::Heredoc(0))
    }

    fn elements<'e>(self, elements: impl Iterator<Item = &'e Element>, style: Style) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let mut strips = false;
        for element in elements {
            let at = self.at(element.span());
            match element {
                Element::Literal(_) => {
                    let first = parts.len();
                    parts.extend(self.literal(at, style));
                    if std::mem::take(&mut strips) {
                        strip_start(&mut parts[first..], style);
                    }
                }
                Element::Interpolation(interpolation) => {
                    strips = strip(&mut parts, interpolation.strip, style);
                    parts.push(Part::Interpolation(self.boxed(&interpolation.expr), at));
                }
                Element::Directive(directive) => {
                    strips = strip(&mut parts, outer_strip(directive), style);
                    parts.push(Part::Directive(Box::new(self.directive(directive, style)), at));
                }
            }
        }
        parts
    }

    fn literal(self, at: Span, style: Style) -> Vec<Part> {
        let (raw, start) = (self.raw(at), at.range().start);
        match style {
            Style::Quoted => literal::quoted(self.file, raw, start),
            Style::Heredoc(indent) => {
                let begins_line = self.text[..start - self.offset].ends_with('\n');
                literal::heredoc(self.file, raw, start, indent, begins_line)
            }
        }
    }

    fn directive(self, directive: &Written, style: Style) -> Directive {
        match directive {
            Written::If(all) => {
                let (first, last) = (all.if_expr.strip, all.endif_expr.strip);
                let middle = all.else_expr.as_ref().map_or(last, |other| other.strip);
                Directive::If {
                    test: self.expr(&all.if_expr.cond_expr),
                    yes: self.between(&all.if_expr.template, style, first, middle),
                    no: all
                        .else_expr
                        .as_ref()
                        .map(|other| self.between(&other.template, style, other.strip, last))
                        .unwrap_or_default(),
                }
            }
            Written::For(all) => Directive::For {
                key: all.for_expr.key_var.as_ref().map(|name| name.as_str().into()),
                value: all.for_expr.value_var.as_str().into(),
                list: self.expr(&all.for_expr.collection_expr),
                body: self.between(&all.for_expr.template, style, all.for_expr.strip, all.endfor_expr.strip),
            },
        }
    }

    /// The parts between two markers of a directive, which may remove the adjacent white space.
    fn between(self, template: &Template, style: Style, before: Strip, after: Strip) -> Vec<Part> {
        let mut parts = self.elements(template.iter(), style);
        if matches!(before, Strip::End | Strip::Both) {
            strip_start(&mut parts, style);
        }
        if matches!(after, Strip::Start | Strip::Both) {
            strip_end(&mut parts, style);
        }
        parts
    }
}

/// Removes the white space before a marker that requires it. Returns whether the white space after the marker must be
/// removed, too.
fn strip(parts: &mut Vec<Part>, strip: Strip, style: Style) -> bool {
    if matches!(strip, Strip::Start | Strip::Both) {
        strip_end(parts, style);
    }
    matches!(strip, Strip::End | Strip::Both)
}

/// What the first and the last marker of a directive strip outside of it.
fn outer_strip(directive: &Written) -> Strip {
    let (first, last) = match directive {
        Written::If(all) => (all.if_expr.strip, all.endif_expr.strip),
        Written::For(all) => (all.for_expr.strip, all.endfor_expr.strip),
    };
    let start = matches!(first, Strip::Start | Strip::Both);
    let end = matches!(last, Strip::End | Strip::Both);
    Strip::from((start, end))
}

/// Takes white space off the end: of a quoted string's whole text, and of one line of a heredoc, as Terraform does.
fn strip_end(parts: &mut Vec<Part>, style: Style) {
    while let Some(Part::Literal(text, at)) = parts.last_mut() {
        let kept = text.trim_end().len();
        if kept > 0 {
            *at = Span::new(
                at.file,
                at.range().start,
                at.range().end - (text.len() - kept).min(at.range().len()),
            );
            *text = text[..kept].into();
            return;
        }
        parts.pop();
        if matches!(style, Style::Heredoc(_)) {
            return;
        }
    }
}

/// Takes white space off the start, likewise.
fn strip_start(parts: &mut [Part], style: Style) {
    for part in parts {
        let Part::Literal(text, at) = part else { return };
        let kept = text.trim_start();
        let removed = (text.len() - kept.len()).min(at.range().len());
        *at = Span::new(at.file, at.range().start + removed, at.range().end);
        *text = kept.into();
        if !text.is_empty() || matches!(style, Style::Heredoc(_)) {
            return;
        }
    }
}
