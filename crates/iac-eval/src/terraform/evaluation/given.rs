//! Whether an unknown value certainly is not `null`: an attribute that each resource has, a template, or the result of a function that
//! never returns `null`.

use crate::address::{Address, Key, Mode};
use crate::source::Span;
use crate::syntax::hcl::{BinaryOperator, Block, Expr, ExprKind};
use crate::terraform::evaluation::eval::Eval;
use crate::terraform::evaluation::expand;
use crate::terraform::evaluation::named_value::{MAX_FOLLOWED, NamedValue};
use crate::terraform::module::Instance;
use crate::value::{Node, NodeKind, Unknown};

/// Attributes that every resource that has them computes, so that they are never `null`.
const COMPUTED: &[&str] = &["id", "arn", "dns_name", "repository_url", "endpoint"];

/// Functions that never return `null`, whatever their arguments are. Sorted.
const NEVER_NULL: &[&str] = &[
    "abs",
    "base64decode",
    "base64encode",
    "base64sha256",
    "can",
    "ceil",
    "chomp",
    "chunklist",
    "cidrhost",
    "cidrsubnet",
    "cidrsubnets",
    "coalesce",
    "coalescelist",
    "compact",
    "concat",
    "contains",
    "distinct",
    "endswith",
    "file",
    "filebase64",
    "flatten",
    "floor",
    "format",
    "formatdate",
    "formatlist",
    "join",
    "jsonencode",
    "keys",
    "length",
    "lower",
    "max",
    "md5",
    "merge",
    "min",
    "range",
    "regexall",
    "replace",
    "reverse",
    "setintersection",
    "setproduct",
    "setsubtract",
    "setunion",
    "sha1",
    "sha256",
    "slice",
    "sort",
    "split",
    "startswith",
    "strcontains",
    "strrev",
    "substr",
    "templatefile",
    "timestamp",
    "title",
    "trim",
    "trimprefix",
    "trimspace",
    "trimsuffix",
    "upper",
    "urlencode",
    "uuid",
    "values",
    "yamlencode",
    "zipmap",
];

impl<'d> Eval<'_, 'd> {
    /// Compares an unknown value with `null`; `None` unless it certainly is not `null`.
    pub(super) fn compared_with_null(
        self,
        operator: BinaryOperator,
        sides: [(&Expr, &Node); 2],
        at: Span,
    ) -> Option<Node> {
        let differs = operator.if_different()?;
        let (expr, value) = match sides {
            [(_, null), other] | [other, (_, null)] if matches!(null.kind, NodeKind::Null) => other,
            _ => return None,
        };
        let is_given = self.is_given(value) || self.is_never_null(expr, MAX_FOLLOWED);
        is_given.then(|| Node::new(NodeKind::Bool(differs), at))
    }

    /// Returns `true` if the value of an expression certainly is not `null`. `names` limits how many named values are followed.
    fn is_never_null(self, expr: &Expr, names: usize) -> bool {
        if self.spend(1).is_none() {
            return false;
        }
        match &expr.kind {
            ExprKind::Bool(_)
            | ExprKind::Number(_)
            | ExprKind::String(_)
            | ExprKind::Array(_)
            | ExprKind::Object(_)
            | ExprKind::Unary(..)
            | ExprKind::Binary(..)
            | ExprKind::For(_) => true,
            // A template that is a single interpolation is its value.
            ExprKind::Template(parts) => parts.len() > 1,
            ExprKind::Call(call) => NEVER_NULL.binary_search(&call.name.as_str()).is_ok(),
            ExprKind::Parens(inner) => self.is_never_null(inner, names),
            ExprKind::Conditional(branches) => {
                branches[1..].iter().all(|branch| self.is_never_null(branch, names))
            }
            ExprKind::Traversal(_, steps) => {
                self.is_named_never_null(expr, steps.len(), names)
                    || self.is_given(&self.quietly(|| self.expr(expr)))
            }
            ExprKind::Null | ExprKind::Variable(_) | ExprKind::Unparsed | ExprKind::Value(_) => false,
        }
    }

    /// Returns `true` if all that defines a named value certainly is not `null`.
    fn is_named_never_null(self, expr: &Expr, steps: usize, names: usize) -> bool {
        let Some(named) = NamedValue::of(expr) else { return false };
        let is_whole = match &named {
            NamedValue::Variable(_) | NamedValue::Local(_) => steps == 1,
            NamedValue::Output(..) => false,
        };
        if !is_whole || names == 0 {
            return false;
        }
        let nobody = Instance::default();
        let defined = self.configuration.definitions(self.id, &named);
        let is_never =
            |(id, expr): &(_, &'d Expr)| self.configuration.eval(*id, &nobody).is_never_null(expr, names - 1);
        !defined.is_empty() && defined.iter().all(is_never)
    }

    /// Returns `true` if a value is certainly given: text of which a part is unknown, or an attribute that the provider computes.
    fn is_given(self, value: &Node) -> bool {
        match &value.kind {
            NodeKind::Text(_) => true,
            NodeKind::Unknown(Unknown::Attribute { of, attribute }) => {
                COMPUTED.contains(&attribute.as_str()) && self.certainly_exists(of)
            }
            _ => false,
        }
    }

    /// Returns `true` if a resource of this configuration certainly exists.
    fn certainly_exists(self, address: &Address) -> bool {
        let modules = &self.configuration.modules;
        let mut home = modules.iter().find(|(_, module)| module.path == address.module).map(|(id, _)| id);
        let block = home.and_then(|id| modules[id].directory.resource(&address.resource));
        let is_declared = block.is_some_and(|block| has_instance(block, address.key.as_ref()));
        let mut certain = address.resource.mode == Mode::Managed && is_declared;
        while let Some(id) = home.filter(|_| certain) {
            let caller = modules[id].caller.as_ref();
            let key = modules[id].path.steps().last().and_then(|step| step.key.as_ref());
            certain = caller.is_none_or(|caller| has_instance(caller.block, key));
            home = caller.map(|caller| caller.module);
        }
        certain
    }
}

/// Returns `true` if a block has all its instances whatever the values are, or an instance of it is meant that certainly exists.
fn has_instance(block: &Block, key: Option<&Key>) -> bool {
    matches!(key, Some(Key::Index(_) | Key::Name(_))) || expand::expansion(block).is_none()
}
