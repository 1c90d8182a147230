//! What an unknown value is called: the reference that leads to it.

use smol_str::SmolStr;

use crate::node::{Kind, SOME_ITEM, Unknown};
use crate::syntax::hcl::Step;
use crate::terraform::collection;
use crate::terraform::eval::Eval;

impl Eval<'_, '_> {
    /// A resource's attribute that only the provider knows; further steps belong to its name.
    pub(super) fn outside(self, address: &SmolStr, steps: &[Step]) -> Unknown {
        let attribute = self.written("", steps);
        Unknown::Attribute { address: address.clone(), attribute: attribute.trim_start_matches('.').into() }
    }

    /// The name of a reference with the steps behind it. A key that is known is written out, however it was written.
    pub(super) fn written(self, name: &str, steps: &[Step]) -> SmolStr {
        let mut text = name.to_owned();
        for step in steps {
            match step {
                Step::Attribute(name, _) => {
                    text.push('.');
                    text.push_str(name);
                }
                Step::Splat | Step::AttributeSplat => text.push_str("[*]"),
                Step::Index(index) => {
                    let key = self.expr(index);
                    match (&key.kind, collection::key(&key)) {
                        (Kind::Number(key), _) => text.push_str(&format!("[{key}]")),
                        (_, Some(key)) => text.push_str(&format!("[{key:?}]")),
                        (_, None) => text.push_str(SOME_ITEM),
                    }
                }
            }
        }
        text.into()
    }

    /// The name of something unknown with one step more.
    pub(super) fn further(self, why: &Unknown, step: &Step) -> Unknown {
        let steps = std::slice::from_ref(step);
        match why {
            Unknown::Attribute { address, attribute } => {
                Unknown::Attribute { address: address.clone(), attribute: self.written(attribute, steps) }
            }
            Unknown::Reference(name) => Unknown::Reference(self.written(name, steps)),
            Unknown::Placeholder(_) | Unknown::Expression(_) | Unknown::Refused(_) => why.clone(),
        }
    }
}
