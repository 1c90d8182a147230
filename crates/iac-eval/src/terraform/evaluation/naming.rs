//! Names unknown values after the references that lead to them.

use smol_str::{SmolStr, ToSmolStr};

use crate::address::{Key, ModuleAddress, ResourceName};
use crate::syntax::hcl::{Expr, Step};
use crate::terraform::collection;
use crate::terraform::evaluation::eval::Eval;
use crate::value::{NodeKind, Unknown};

impl Eval<'_, '_> {
    /// A resource attribute that only the provider knows; further steps become part of its name.
    pub(super) fn outside(self, resource: &ResourceName, key: Option<Key>, steps: &[Step]) -> Unknown {
        Unknown::Attribute {
            of: self.configuration.address(self.id, resource, key),
            attribute: self.member_name("", steps),
        }
    }

    /// An output of a called module that is not read; `steps` follow the name of the call.
    pub(super) fn output_of(self, call: &SmolStr, steps: &[Step]) -> Unknown {
        let (key, steps) = match steps {
            [Step::Index(index), rest @ ..] => (Some(self.key(index)), rest),
            steps => (None, steps),
        };
        let path = self.module.path.child(call.clone(), key);
        let module = ModuleAddress { root: self.configuration.unit(), path };
        Unknown::Output { module, output: self.member_name("", steps) }
    }

    /// The key that an index expression evaluates to.
    fn key(self, index: &Expr) -> Key {
        let value = self.expr(index);
        match (&value.kind, collection::key(&value)) {
            (NodeKind::Number(number), _) => number.parse().map_or(Key::Unknown, Key::Index),
            (_, Some(name)) => Key::Name(name),
            (_, None) => Key::Unknown,
        }
    }

    /// The name of a reference with the steps after it. A known key is shown as its value.
    pub(super) fn written(self, name: &str, steps: &[Step]) -> SmolStr {
        let mut text = name.to_owned();
        for step in steps {
            match step {
                Step::Attribute(name, _) => {
                    text.push('.');
                    text.push_str(name);
                }
                Step::Splat | Step::AttributeSplat => text.push_str("[*]"),
                Step::Index(index) => text.push_str(&self.key(index).to_smolstr()),
            }
        }
        text.into()
    }

    /// The name of a nested member, without the leading dot.
    fn member_name(self, name: &str, steps: &[Step]) -> SmolStr {
        let member = self.written(name, steps);
        member.strip_prefix('.').map_or_else(|| member.clone(), SmolStr::from)
    }

    /// Applies one more step to an unknown value.
    pub(super) fn further(self, why: &Unknown, step: &Step) -> Unknown {
        let steps = std::slice::from_ref(step);
        match why {
            Unknown::Attribute { of, attribute } => {
                Unknown::Attribute { of: of.clone(), attribute: self.member_name(attribute, steps) }
            }
            Unknown::Output { module, output } => {
                Unknown::Output { module: module.clone(), output: self.member_name(output, steps) }
            }
            Unknown::Reference(name) => Unknown::Reference(self.written(name, steps)),
            Unknown::Placeholder(_) | Unknown::Expression(_) | Unknown::Rejected(_) => why.clone(),
        }
    }
}
