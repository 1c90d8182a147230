//! What an unknown expression depends on: the variables of the root module and the other references that no file defines.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use crate::choice::{declared, is_of_instance};
use crate::syntax::hcl::{Expr, ExprKind};
use crate::terraform::evaluation::eval::{Eval, Need};
use crate::terraform::evaluation::named_value::{MAX_FOLLOWED, NamedValue};
use crate::terraform::module::Instance;
use crate::value::{NodeKind, Unknown};

impl Eval<'_, '_> {
    /// The references that an expression depends on, through local values and the arguments of calls; `None` if they are not known.
    pub(super) fn reads(self, expr: &Expr) -> Option<BTreeSet<SmolStr>> {
        let mut found = BTreeSet::new();
        self.find_reads(expr, MAX_FOLLOWED, &mut found).map(|()| found)
    }

    fn find_reads(self, expr: &Expr, names: usize, found: &mut BTreeSet<SmolStr>) -> Option<()> {
        let mut all = Some(());
        expr.visit(&mut |part| {
            if all.is_some() && matches!(part.kind, ExprKind::Traversal(..)) {
                all = self.find_reference(part, names, found);
            }
        });
        all
    }

    fn find_reference(self, expr: &Expr, names: usize, found: &mut BTreeSet<SmolStr>) -> Option<()> {
        self.spend(1)?;
        let quiet = Eval { need: Need::Optional, ..self };
        let NodeKind::Unknown(why) = self.quietly(|| quiet.expr(expr)).kind else { return Some(()) };
        let name = match why {
            Unknown::Reference(name) => name,
            Unknown::Attribute { .. } | Unknown::Output { .. } => why.name(),
            Unknown::Expression(_) => return self.find_definitions(expr, names, found),
            Unknown::Placeholder(_) | Unknown::Rejected(_) => return None,
        };
        (!is_of_instance(&name)).then(|| found.insert(declared(&name).into()))?;
        Some(())
    }

    /// What the expressions read that define a named value.
    fn find_definitions(self, expr: &Expr, names: usize, found: &mut BTreeSet<SmolStr>) -> Option<()> {
        let rest = names.checked_sub(1)?;
        let defined = self.configuration.definitions(self.id, &NamedValue::of(expr)?);
        let nobody = Instance::default();
        let mut each = defined.iter();
        (!defined.is_empty()).then(|| {
            each.try_for_each(|(id, expr)| {
                self.configuration.eval(*id, &nobody).find_reads(expr, rest, found)
            })
        })?
    }
}
