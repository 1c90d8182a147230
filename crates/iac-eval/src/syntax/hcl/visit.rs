//! Visits all expressions of a body.

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
        match &self.kind {
            ExprKind::Template(parts) => visit_parts(parts, visit),
            ExprKind::Array(items) => items.iter().for_each(|item| item.visit(visit)),
            ExprKind::Object(items) => items.iter().for_each(|item| {
                item.key.visit(visit);
                item.value.visit(visit);
            }),
            ExprKind::Traversal(base, steps) => {
                base.visit(visit);
                steps.iter().for_each(|step| {
                    if let Step::Index(index) = step {
                        index.visit(visit);
                    }
                });
            }
            ExprKind::Call(call) => call.args.iter().for_each(|arg| arg.visit(visit)),
            ExprKind::Parens(inner) | ExprKind::Unary(_, inner) => inner.visit(visit),
            ExprKind::Binary(_, left, right) => {
                left.visit(visit);
                right.visit(visit);
            }
            ExprKind::Conditional(branches) => branches.iter().for_each(|branch| branch.visit(visit)),
            ExprKind::For(all) => {
                let parts =
                    [Some(&all.list), all.key_expr.as_ref(), Some(&all.value_expr), all.filter.as_ref()];
                parts.into_iter().flatten().for_each(|part| part.visit(visit));
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

fn visit_parts<'p>(parts: &'p [Part], visit: &mut dyn FnMut(&'p Expr)) {
    for part in parts {
        match part {
            Part::Literal(..) => {}
            Part::Interpolation(expr, _) => expr.visit(visit),
            Part::Directive(directive, _) => match &**directive {
                Directive::If { test, yes, no } => {
                    test.visit(visit);
                    visit_parts(yes, visit);
                    visit_parts(no, visit);
                }
                Directive::For { list, body, .. } => {
                    list.visit(visit);
                    visit_parts(body, visit);
                }
            },
        }
    }
}
