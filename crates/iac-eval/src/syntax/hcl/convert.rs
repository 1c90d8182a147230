//! hcl-edit's tree to our own.

use hcl_edit::Span as _;
use hcl_edit::expr::{BinaryOperator as Binary, Expression, ForExpr, FuncCall, ObjectKey};
use hcl_edit::expr::{Traversal, TraversalOperator, UnaryOperator as Unary};
use hcl_edit::structure::{self, BlockLabel, Structure};
use smol_str::SmolStr;

use crate::source::{FileId, Span};
use crate::syntax::hcl::{
    Attribute, BinaryOperator, Block, Body, Call, Expr, ExprKind, For, Item, Step, UnaryOperator, literal,
};
use crate::value::More;

mod template;

/// What the conversion needs to know of the text that was parsed.
#[derive(Clone, Copy)]
pub(super) struct Converter<'t> {
    pub file: FileId,
    /// The text that was parsed: a file, or one item of it.
    pub text: &'t str,
    /// Where that text begins in the file.
    pub offset: usize,
}

impl<'t> Converter<'t> {
    fn at(self, range: Option<std::ops::Range<usize>>) -> Span {
        let range = range.unwrap_or_default();
        Span::new(self.file, self.offset + range.start, self.offset + range.end)
    }

    fn raw(self, at: Span) -> &'t str {
        let range = at.range();
        self.text.get(range.start - self.offset..range.end - self.offset).unwrap_or_default()
    }

    pub(super) fn body(self, body: &structure::Body) -> Body {
        let mut converted = Body { more: More::No, ..Body::default() };
        for item in body {
            match item {
                Structure::Attribute(attribute) => converted.attributes.push(Attribute {
                    name: attribute.key.as_str().into(),
                    name_at: self.at(attribute.key.span()),
                    value: self.expr(&attribute.value),
                }),
                Structure::Block(block) => converted.blocks.push(self.block(block)),
            }
        }
        // All of a large tree is kept until the last root is read.
        converted.attributes.shrink_to_fit();
        converted.blocks.shrink_to_fit();
        converted
    }

    fn block(self, block: &structure::Block) -> Block {
        let first = self.at(block.ident.span());
        let last = block.labels.last().map_or(first, |label| self.at(label_span(label)));
        Block {
            kind: block.ident.as_str().into(),
            labels: block.labels.iter().map(|label| SmolStr::from(label.as_str())).collect(),
            header: first.to(last),
            at: self.at(block.span()),
            body: self.body(&block.body),
        }
    }

    pub(super) fn expr(self, expr: &Expression) -> Expr {
        let at = self.at(expr.span());
        Expr { kind: self.kind(expr, at), at }
    }

    fn boxed(self, expr: &Expression) -> Box<Expr> {
        Box::new(self.expr(expr))
    }

    fn kind(self, expr: &Expression, at: Span) -> ExprKind {
        match expr {
            Expression::Null(_) => ExprKind::Null,
            Expression::Bool(value) => ExprKind::Bool(*value.value()),
            Expression::Number(_) => ExprKind::Number(self.raw(at).into()),
            Expression::String(value) => self.string(value.as_str(), at),
            Expression::StringTemplate(template) => ExprKind::Template(self.quoted(template)),
            Expression::HeredocTemplate(heredoc) => ExprKind::Template(self.heredoc(heredoc)),
            Expression::Array(items) => ExprKind::Array(items.iter().map(|item| self.expr(item)).collect()),
            Expression::Object(object) => {
                let item = |(key, value): (&ObjectKey, &hcl_edit::expr::ObjectValue)| Item {
                    key: self.key(key),
                    value: self.expr(value.expr()),
                };
                ExprKind::Object(object.iter().map(item).collect())
            }
            Expression::Parenthesis(inner) => ExprKind::Parens(self.boxed(inner.inner())),
            Expression::Variable(name) => ExprKind::Variable(name.as_str().into()),
            Expression::Conditional(all) => {
                let branches =
                    [&all.cond_expr, &all.true_expr, &all.false_expr].map(|branch| self.expr(branch));
                ExprKind::Conditional(Box::new(branches))
            }
            Expression::FuncCall(call) => ExprKind::Call(self.call(call)),
            Expression::Traversal(traversal) => self.traversal(traversal),
            Expression::UnaryOp(all) => ExprKind::Unary(unary(*all.operator.value()), self.boxed(&all.expr)),
            Expression::BinaryOp(all) => {
                let operator = binary(*all.operator.value());
                ExprKind::Binary(operator, self.boxed(&all.lhs_expr), self.boxed(&all.rhs_expr))
            }
            Expression::ForExpr(all) => ExprKind::For(Box::new(self.for_expr(all))),
        }
    }

    /// A quoted string: plain where it is written as it reads, in parts where it has escapes.
    fn string(self, value: &str, at: Span) -> ExprKind {
        let raw = self.raw(at);
        match raw.get(1..raw.len().max(2) - 1) {
            Some(inside) if inside != value => {
                ExprKind::Template(literal::quoted(self.file, inside, at.range().start + 1))
            }
            _ => ExprKind::String(value.into()),
        }
    }

    fn key(self, key: &ObjectKey) -> Expr {
        match key {
            ObjectKey::Ident(name) => {
                Expr { kind: ExprKind::String(name.as_str().into()), at: self.at(name.span()) }
            }
            ObjectKey::Expression(expr) => self.expr(expr),
        }
    }

    fn call(self, call: &FuncCall) -> Call {
        let mut name: String =
            call.name.namespace.iter().map(|part| format!("{}::", part.as_str())).collect();
        name.push_str(call.name.name.as_str());
        let args = call.args.iter().map(|arg| self.expr(arg)).collect();
        Call { name: name.into(), args, expand: call.args.expand_final() }
    }

    fn traversal(self, traversal: &Traversal) -> ExprKind {
        let steps = traversal.operators.iter().map(|operator| match operator.value() {
            TraversalOperator::AttrSplat(_) => Step::AttributeSplat,
            TraversalOperator::FullSplat(_) => Step::Splat,
            TraversalOperator::GetAttr(name) => Step::Attribute(name.as_str().into(), self.at(name.span())),
            TraversalOperator::Index(index) => Step::Index(self.expr(index)),
            TraversalOperator::LegacyIndex(index) => {
                let kind = ExprKind::Number(index.value().to_string().into());
                Step::Index(Expr { kind, at: self.at(index.span()) })
            }
        });
        ExprKind::Traversal(self.boxed(&traversal.expr), steps.collect())
    }

    fn for_expr(self, all: &ForExpr) -> For {
        For {
            key: all.intro.key_var.as_ref().map(|name| name.as_str().into()),
            value: all.intro.value_var.as_str().into(),
            list: self.expr(&all.intro.collection_expr),
            key_expr: all.key_expr.as_ref().map(|expr| self.expr(expr)),
            value_expr: self.expr(&all.value_expr),
            group: all.grouping,
            filter: all.cond.as_ref().map(|cond| self.expr(&cond.expr)),
        }
    }
}

fn label_span(label: &BlockLabel) -> Option<std::ops::Range<usize>> {
    match label {
        BlockLabel::Ident(name) => name.span(),
        BlockLabel::String(text) => text.span(),
    }
}

fn unary(operator: Unary) -> UnaryOperator {
    match operator {
        Unary::Neg => UnaryOperator::Negate,
        Unary::Not => UnaryOperator::Not,
    }
}

fn binary(operator: Binary) -> BinaryOperator {
    match operator {
        Binary::Eq => BinaryOperator::Equal,
        Binary::NotEq => BinaryOperator::NotEqual,
        Binary::LessEq => BinaryOperator::LessOrEqual,
        Binary::GreaterEq => BinaryOperator::GreaterOrEqual,
        Binary::Less => BinaryOperator::Less,
        Binary::Greater => BinaryOperator::Greater,
        Binary::Plus => BinaryOperator::Add,
        Binary::Minus => BinaryOperator::Subtract,
        Binary::Mul => BinaryOperator::Multiply,
        Binary::Div => BinaryOperator::Divide,
        Binary::Mod => BinaryOperator::Remainder,
        Binary::And => BinaryOperator::And,
        Binary::Or => BinaryOperator::Or,
    }
}
