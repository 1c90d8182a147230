//! HCL: every place is valid, parsing continues after errors, and a text that hcl-edit accepts has no errors.

use ecslint::source::{Sources, Span};
use ecslint::syntax::hcl::{self, Block, Body, Directive, Expr, ExprKind, Parsed, Part, Step};
use ecslint::syntax::{SyntaxError, SyntaxErrorKind};

use crate::holds;

#[path = "../../crates/iac-eval/tests/differential/outline.rs"]
mod outline;

/// Parses a text as a file, as a template, as a value, and for its comments.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let file = Sources::new("/").add("/nowhere/main.tf".as_ref(), "");
    let parsed = hcl::parse(file, text);
    places(&parsed, text);
    nested(&parsed.body);
    oracle(&parsed, text);
    if let Some(parts) = hcl::parse_template(Span::new(file, 0, text.len()), text) {
        parts.iter().for_each(|part| of_part(part, text));
    }
    hcl::parse_value(file, text).iter().for_each(|value| of_expr(value, text));
    let mut before = 0;
    for comment in hcl::comments(text) {
        assert!(
            before <= comment.start && comment.start < comment.end,
            "comments stand in order, and are not empty"
        );
        assert!(text.get(comment.clone()).is_some_and(|text| text.starts_with(['#', '/'])));
        let next = hcl::skip_space(text, comment.start);
        assert!(next >= comment.end, "a comment is space");
        assert!((next..=text.len()).contains(&hcl::extent(text, next)));
        before = comment.end;
    }
}

/// What hcl-edit accepts and Terraform does not: a string that ends within a directive or has several lines, a line break
/// after a dot, and no space after `in`.
const ONLY_HCL_EDIT: [&str; 4] = [
    "this directive has no",
    "expected `in`",
    "never closed on its line",
    "expected an attribute name, found the end of the line",
];

/// Whether only hcl-edit accepts what this error is about. It also continues an expression after a line break, needs no space after
/// a keyword, and accepts any escape and a quotation mark after `$` in a template with a strip marker.
fn is_theirs(error: &SyntaxError, text: &str) -> bool {
    let (before, rest) = text.split_at(error.span.range().start);
    let line = before.rsplit('\n').next().unwrap_or_default();
    let begins_line = error.message.starts_with("unexpected") && line.trim().is_empty();
    let after_marker = ["invalid escape sequence", "this `{` is never closed"];
    let is_marked = text.contains('~') && after_marker.iter().any(|start| error.message.starts_with(start));
    let is_joined =
        error.message.starts_with("expected") && ["if", "for"].iter().any(|word| rest.starts_with(word));
    begins_line || is_marked || is_joined || ONLY_HCL_EDIT.iter().any(|theirs| error.message.contains(theirs))
}

/// A text that hcl-edit accepts is accepted here too, and has the same tree.
fn oracle(parsed: &Parsed, text: &str) {
    // hcl-edit has no limit for the nesting, and would overflow the stack.
    if parsed.errors.iter().any(|error| error.kind == SyntaxErrorKind::Limit) {
        return;
    }
    let Ok(body) = hcl_edit::parser::parse_body(text) else { return };
    if parsed.errors.iter().any(|error| is_theirs(error, text)) {
        return;
    }
    assert_eq!(parsed.errors, [], "hcl-edit takes it");
    // hcl-edit keeps the white space that a strip marker removes. In an indented heredoc, it also removes text from lines
    // that have less indentation than the others.
    if !text.contains('~') && !text.contains("<<-") {
        assert_eq!(outline::of_body(&parsed.body), outline::of_hcl_edit(&body));
    }
}

/// Every place in a file is in its text.
pub fn places(parsed: &Parsed, text: &str) {
    parsed.errors.iter().for_each(|error| holds::place(text, error.span));
    of_body(&parsed.body, text);
}

fn of_body(body: &Body, text: &str) {
    for attribute in &body.attributes {
        holds::place(text, attribute.name_at);
        of_expr(&attribute.value, text);
    }
    for Block { header, at, body, .. } in &body.blocks {
        [*header, *at].into_iter().for_each(|place| holds::place(text, place));
        of_body(body, text);
    }
}

/// A block contains its members. In Terraform's JSON syntax, its labels precede it.
fn nested(body: &Body) {
    for Block { header, at, body, .. } in &body.blocks {
        let blocks = body.blocks.iter().map(|block| block.at);
        let names = body.attributes.iter().map(|attribute| attribute.name_at);
        for inner in blocks.chain(names).chain([*header]) {
            assert!(at.contains(inner), "{inner:?} is in {at:?}");
        }
        nested(body);
    }
}

fn of_part(part: &Part, text: &str) {
    let (Part::Literal(_, at) | Part::Interpolation(_, at) | Part::Directive(_, at)) = part;
    holds::place(text, *at);
    match part {
        Part::Literal(..) => {}
        Part::Interpolation(value, _) => of_expr(value, text),
        Part::Directive(directive, _) => match &**directive {
            Directive::If { test, yes, no } => {
                of_expr(test, text);
                yes.iter().chain(no).for_each(|part| of_part(part, text));
            }
            Directive::For { list, body, .. } => {
                of_expr(list, text);
                body.iter().for_each(|part| of_part(part, text));
            }
        },
    }
}

fn of_expr(expr: &Expr, text: &str) {
    holds::place(text, expr.at);
    match &expr.kind {
        ExprKind::Template(parts) => parts.iter().for_each(|part| of_part(part, text)),
        ExprKind::Array(items) => items.iter().for_each(|item| of_expr(item, text)),
        ExprKind::Object(items) => {
            items.iter().flat_map(|item| [&item.key, &item.value]).for_each(|part| of_expr(part, text))
        }
        ExprKind::Traversal(base, steps) => {
            of_expr(base, text);
            steps.iter().for_each(|step| of_step(step, text));
        }
        ExprKind::Call(call) => call.args.iter().for_each(|argument| of_expr(argument, text)),
        ExprKind::Parens(inner) | ExprKind::Unary(_, inner) => of_expr(inner, text),
        ExprKind::Binary(_, left, right) => [left, right].into_iter().for_each(|part| of_expr(part, text)),
        ExprKind::Conditional(parts) => parts.iter().for_each(|part| of_expr(part, text)),
        ExprKind::For(all) => {
            let rest = all.key_expr.iter().chain(&all.filter);
            [&all.list, &all.value_expr].into_iter().chain(rest).for_each(|part| of_expr(part, text));
        }
        _ => {}
    }
}

fn of_step(step: &Step, text: &str) {
    match step {
        Step::Attribute(_, at) => holds::place(text, *at),
        Step::Index(index) => of_expr(index, text),
        Step::Splat | Step::AttributeSplat => {}
    }
}
