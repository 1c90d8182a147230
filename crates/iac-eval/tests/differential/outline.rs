//! Outlines of the trees of both parsers, in one notation.

use std::fmt::Write;

use hcl_edit::Span as _;
use hcl_edit::expr::{self, Expression, ObjectKey, TraversalOperator};
use hcl_edit::structure::{self, Structure};
use hcl_edit::template::{self, Element};
use iac_eval::syntax::hcl::{
    Attribute, BinaryOperator, Block, Body, Directive, Expr, ExprKind, Part, Step, UnaryOperator,
};

/// The outline of our tree: attributes with the places of their values, blocks, and expressions.
pub fn of_body(body: &Body) -> String {
    let mut items: Vec<(usize, String)> = Vec::new();
    for Attribute { name, name_at, value } in &body.attributes {
        let at = value.at.range();
        items.push((name_at.range().start, format!("{name}@{}-{} = {}\n", at.start, at.end, of_expr(value))));
    }
    for Block { kind, labels, header, body, .. } in &body.blocks {
        let labels: Vec<&str> = labels.iter().map(|label| label.as_str()).collect();
        items.push((header.range().start, format!("{kind} {} {{\n{}}}\n", labels.join(" "), of_body(body))));
    }
    items.sort();
    items.into_iter().map(|(_, text)| text).collect()
}

fn all<'e>(expressions: impl IntoIterator<Item = &'e Expr>) -> String {
    expressions.into_iter().map(of_expr).collect::<Vec<_>>().join(" ")
}

fn of_expr(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Null => "null".to_owned(),
        ExprKind::Bool(value) => value.to_string(),
        ExprKind::Number(text) => number(text),
        ExprKind::String(text) => format!("{text:?}"),
        ExprKind::Template(parts) => parts_of(parts),
        ExprKind::Array(items) => format!("[{}]", all(items)),
        ExprKind::Object(items) => {
            let item = |item: &iac_eval::syntax::hcl::Item| {
                format!("{}={}", of_expr(&item.key), of_expr(&item.value))
            };
            format!("{{{}}}", items.iter().map(item).collect::<Vec<_>>().join(" "))
        }
        ExprKind::Variable(name) => name.to_string(),
        ExprKind::Traversal(base, steps) => {
            let step = |step: &Step| match step {
                Step::Attribute(name, _) => format!(".{name}"),
                Step::Index(index) => format!("[{}]", of_expr(index)),
                Step::Splat => "[*]".to_owned(),
                Step::AttributeSplat => ".*".to_owned(),
            };
            format!("{}{}", of_expr(base), steps.iter().map(step).collect::<String>())
        }
        ExprKind::Call(call) => {
            format!("{}({}{})", call.name, all(&call.args), if call.expand { "..." } else { "" })
        }
        ExprKind::Parens(inner) => format!("({})", of_expr(inner)),
        ExprKind::Unary(UnaryOperator::Not, inner) => format!("(! {})", of_expr(inner)),
        ExprKind::Unary(UnaryOperator::Negate, inner) => negated(&of_expr(inner)),
        ExprKind::Binary(operator, left, right) => {
            format!("({} {} {})", of_expr(left), sign(*operator), of_expr(right))
        }
        ExprKind::Conditional(parts) => format!("(? {})", all(parts.iter())),
        ExprKind::Unparsed | ExprKind::Value(_) => "unparsed".to_owned(),
        ExprKind::For(all) => format!(
            "(for {:?} {} {} {} {} {} {})",
            all.key.as_deref(),
            all.value,
            of_expr(&all.list),
            all.key_expr.as_ref().map(of_expr).unwrap_or_default(),
            of_expr(&all.value_expr),
            all.group,
            all.filter.as_ref().map(of_expr).unwrap_or_default()
        ),
    }
}

fn sign(operator: BinaryOperator) -> &'static str {
    match operator {
        BinaryOperator::Or => "||",
        BinaryOperator::And => "&&",
        BinaryOperator::Equal => "==",
        BinaryOperator::NotEqual => "!=",
        BinaryOperator::Less => "<",
        BinaryOperator::LessOrEqual => "<=",
        BinaryOperator::Greater => ">",
        BinaryOperator::GreaterOrEqual => ">=",
        BinaryOperator::Add => "+",
        BinaryOperator::Subtract => "-",
        BinaryOperator::Multiply => "*",
        BinaryOperator::Divide => "/",
        BinaryOperator::Remainder => "%",
    }
}

/// A number by its value, because only one of the parsers keeps how it was written. A sign is an operator, which hcl-edit
/// reads as a part of a number.
fn number(text: &str) -> String {
    if let Some(positive) = text.strip_prefix('-') {
        return negated(&number(positive));
    }
    text.parse::<f64>().map_or_else(|_| text.to_owned(), |value| value.to_string())
}

/// hcl-edit does not keep the sign of zero.
fn negated(positive: &str) -> String {
    if positive == "0" { positive.to_owned() } else { format!("(- {positive})") }
}

/// The text of a template in one piece between its sequences; text alone is a string.
fn parts_of(parts: &[Part]) -> String {
    let mut outline = Outline::default();
    for part in parts {
        match part {
            Part::Literal(text, _) => outline.text.push_str(text),
            Part::Interpolation(expr, _) => outline.sequence(&format!("${{{}}}", of_expr(expr))),
            Part::Directive(directive, _) => outline.sequence(&match &**directive {
                Directive::If { test, yes, no } => {
                    format!("%if {} {} {}", of_expr(test), parts_of(yes), parts_of(no))
                }
                Directive::For { key, value, list, body } => {
                    format!("%for {:?} {value} {} {}", key.as_deref(), of_expr(list), parts_of(body))
                }
            }),
        }
    }
    outline.finish()
}

#[derive(Default)]
struct Outline {
    written: String,
    text: String,
    has_sequences: bool,
}

impl Outline {
    fn sequence(&mut self, sequence: &str) {
        self.has_sequences = true;
        self.flush();
        let _ = write!(self.written, "<{sequence}>");
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            let _ = write!(self.written, "{:?}", std::mem::take(&mut self.text));
        }
    }

    fn finish(mut self) -> String {
        if !self.has_sequences {
            return format!("{:?}", self.text);
        }
        self.flush();
        format!("`{}`", self.written)
    }
}

/// The outline of hcl-edit's tree.
pub fn of_hcl_edit(body: &structure::Body) -> String {
    body.iter()
        .map(|item| match item {
            Structure::Attribute(attribute) => {
                let at = attribute.value.span().unwrap_or_default();
                format!("{}@{}-{} = {}\n", attribute.key.as_str(), at.start, at.end, edited(&attribute.value))
            }
            Structure::Block(block) => {
                let labels: Vec<&str> = block.labels.iter().map(|label| label.as_str()).collect();
                format!("{} {} {{\n{}}}\n", block.ident.as_str(), labels.join(" "), of_hcl_edit(&block.body))
            }
        })
        .collect()
}

fn edited_all<'e>(expressions: impl IntoIterator<Item = &'e Expression>) -> String {
    expressions.into_iter().map(edited).collect::<Vec<_>>().join(" ")
}

fn edited(expr: &Expression) -> String {
    match expr {
        Expression::Null(_) => "null".to_owned(),
        Expression::Bool(value) => value.value().to_string(),
        Expression::Number(value) => number(&value.value().to_string()),
        Expression::String(value) => format!("{:?}", value.as_str()),
        Expression::StringTemplate(template) => edited_parts(template.iter()),
        Expression::HeredocTemplate(heredoc) => edited_parts(heredoc.template.iter()),
        Expression::Array(items) => format!("[{}]", edited_all(items.iter())),
        Expression::Object(object) => {
            let item = |(key, value): (&ObjectKey, &expr::ObjectValue)| {
                let key = match key {
                    ObjectKey::Ident(name) => format!("{:?}", name.as_str()),
                    ObjectKey::Expression(expr) => edited(expr),
                };
                format!("{key}={}", edited(value.expr()))
            };
            format!("{{{}}}", object.iter().map(item).collect::<Vec<_>>().join(" "))
        }
        Expression::Parenthesis(inner) => format!("({})", edited(inner.inner())),
        Expression::Variable(name) => name.as_str().to_owned(),
        Expression::Conditional(all) => {
            format!("(? {})", edited_all([&all.cond_expr, &all.true_expr, &all.false_expr]))
        }
        Expression::FuncCall(call) => {
            let spaces: String =
                call.name.namespace.iter().map(|part| format!("{}::", part.as_str())).collect();
            let expand = if call.args.expand_final() { "..." } else { "" };
            format!("{spaces}{}({}{expand})", call.name.name.as_str(), edited_all(call.args.iter()))
        }
        Expression::Traversal(traversal) => {
            let step = |operator: &TraversalOperator| match operator {
                TraversalOperator::AttrSplat(_) => ".*".to_owned(),
                TraversalOperator::FullSplat(_) => "[*]".to_owned(),
                TraversalOperator::GetAttr(name) => format!(".{}", name.as_str()),
                TraversalOperator::Index(index) => format!("[{}]", edited(index)),
                TraversalOperator::LegacyIndex(index) => format!("[{}]", index.value()),
            };
            let steps = traversal.operators.iter().map(|operator| step(operator.value()));
            format!("{}{}", edited(&traversal.expr), steps.collect::<String>())
        }
        Expression::UnaryOp(all) => format!("({} {})", all.operator.value().as_str(), edited(&all.expr)),
        Expression::BinaryOp(all) => {
            let sign = all.operator.value().as_str();
            format!("({} {sign} {})", edited(&all.lhs_expr), edited(&all.rhs_expr))
        }
        Expression::ForExpr(all) => format!(
            "(for {:?} {} {} {} {} {} {})",
            all.intro.key_var.as_ref().map(|name| name.as_str()),
            all.intro.value_var.as_str(),
            edited(&all.intro.collection_expr),
            all.key_expr.as_ref().map(edited).unwrap_or_default(),
            edited(&all.value_expr),
            all.grouping,
            all.cond.as_ref().map(|cond| edited(&cond.expr)).unwrap_or_default()
        ),
    }
}

fn edited_parts<'e>(elements: impl Iterator<Item = &'e Element>) -> String {
    let mut outline = Outline::default();
    for element in elements {
        match element {
            Element::Literal(text) => outline.text.push_str(text.as_str()),
            Element::Interpolation(inner) => outline.sequence(&format!("${{{}}}", edited(&inner.expr))),
            Element::Directive(directive) => outline.sequence(&match &**directive {
                template::Directive::If(all) => {
                    let no = all.else_expr.as_ref().map(|no| no.template.iter());
                    format!(
                        "%if {} {} {}",
                        edited(&all.if_expr.cond_expr),
                        edited_parts(all.if_expr.template.iter()),
                        no.map_or_else(|| edited_parts([].iter()), edited_parts)
                    )
                }
                template::Directive::For(all) => format!(
                    "%for {:?} {} {} {}",
                    all.for_expr.key_var.as_ref().map(|name| name.as_str()),
                    all.for_expr.value_var.as_str(),
                    edited(&all.for_expr.collection_expr),
                    edited_parts(all.for_expr.template.iter())
                ),
            }),
        }
    }
    outline.finish()
}
