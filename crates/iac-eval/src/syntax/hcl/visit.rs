//! Visits all expressions of a body.

use smol_str::SmolStr;

use crate::source::Span;
use crate::syntax::hcl::{Body, Directive, Expr, ExprKind, Part, Step};

impl Body {
    /// Calls `visit` for every expression in the body, outer expressions first.
    pub fn visit<'b>(&'b self, visit: &mut dyn FnMut(&'b Expr)) {
        self.attributes.iter().for_each(|attribute| attribute.value.visit(visit));
        self.blocks.iter().for_each(|block| block.body.visit(visit));
    }
}

impl Expr {
    /// Calls `visit` for the expression and every expression in it, outer expressions first.
    pub fn visit<'e>(&'e self, visit: &mut dyn FnMut(&'e Expr)) {
        visit(self);
        self.parts(&mut |part, _| part.visit(visit));
    }

    /// Calls `visit` for every name in the expression that the expression itself does not bind, with the steps after it and their
    /// place. `bound`: the names bound around the expression.
    pub fn free_names<'e>(
        &'e self,
        bound: &mut Vec<SmolStr>,
        visit: &mut dyn FnMut(&'e SmolStr, &'e [Step], Span),
    ) {
        match &self.kind {
            ExprKind::Variable(name) if !bound.contains(name) => visit(name, &[], self.at),
            ExprKind::Traversal(base, steps) => {
                if let ExprKind::Variable(name) = &base.kind {
                    if !bound.contains(name) {
                        visit(name, steps, self.at);
                    }
                    indexes(steps).for_each(|index| index.free_names(bound, visit));
                    return;
                }
            }
            _ => {}
        }
        self.parts(&mut |part, names| {
            let around = bound.len();
            bound.extend(names.iter().copied().cloned());
            part.free_names(bound, visit);
            bound.truncate(around);
        });
    }

    /// Calls `visit` for each direct part of the expression, with the names that the expression binds in it.
    fn parts<'e>(&'e self, visit: &mut dyn FnMut(&'e Expr, &[&'e SmolStr])) {
        match &self.kind {
            ExprKind::Template(parts) => of_template(parts, &[], visit),
            ExprKind::Array(items) => items.iter().for_each(|item| visit(item, &[])),
            ExprKind::Object(items) => items.iter().for_each(|item| {
                visit(&item.key, &[]);
                visit(&item.value, &[]);
            }),
            ExprKind::Traversal(base, steps) => {
                visit(base, &[]);
                indexes(steps).for_each(|index| visit(index, &[]));
            }
            ExprKind::Call(call) => call.args.iter().for_each(|arg| visit(arg, &[])),
            ExprKind::Parens(inner) | ExprKind::Unary(_, inner) => visit(inner, &[]),
            ExprKind::Binary(_, left, right) => {
                visit(left, &[]);
                visit(right, &[]);
            }
            ExprKind::Conditional(branches) => branches.iter().for_each(|branch| visit(branch, &[])),
            ExprKind::For(all) => {
                let names: Vec<&SmolStr> = all.key.iter().chain([&all.value]).collect();
                visit(&all.list, &[]);
                let parts = [all.key_expr.as_ref(), Some(&all.value_expr), all.filter.as_ref()];
                parts.into_iter().flatten().for_each(|part| visit(part, &names));
            }
            ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Number(_)
            | ExprKind::String(_)
            | ExprKind::Variable(_)
            | ExprKind::Unparsed
            | ExprKind::Value(_) => {}
        }
    }
}

fn indexes(steps: &[Step]) -> impl Iterator<Item = &Expr> {
    steps.iter().filter_map(|step| match step {
        Step::Index(index) => Some(index),
        Step::Attribute(..) | Step::Splat | Step::AttributeSplat => None,
    })
}

/// Visits the expressions in a template, each with the names that loops around it bind.
fn of_template<'p>(
    parts: &'p [Part],
    names: &[&'p SmolStr],
    visit: &mut dyn FnMut(&'p Expr, &[&'p SmolStr]),
) {
    for part in parts {
        match part {
            Part::Literal(..) => {}
            Part::Interpolation(expr, _) => visit(expr, names),
            Part::Directive(directive, _) => match &**directive {
                Directive::If { test, yes, no } => {
                    visit(test, names);
                    of_template(yes, names, visit);
                    of_template(no, names, visit);
                }
                Directive::For { key, value, list, body } => {
                    visit(list, names);
                    let inner: Vec<&SmolStr> = names.iter().copied().chain(key).chain([value]).collect();
                    of_template(body, &inner, visit);
                }
            },
        }
    }
}
