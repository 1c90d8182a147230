//! Why values are not known.

use std::fmt;

use smol_str::{SmolStr, format_smolstr};

use crate::address::{ModuleAddress, ResourceRef, SOME_ITEM};

/// Why a value is not known.
///
/// ```
/// use iac_eval::address::{Address, UnitId};
/// use iac_eval::source::{FileId, Span};
/// use iac_eval::value::{Node, Unknown};
///
/// let (file, at) = (FileId(0), Span::new(FileId(0), 10, 20));
/// let group = Address::parse(UnitId::new(file), "aws_lb_target_group.web").expect("an address");
/// let arn = Node::unknown(Unknown::attribute(group, "arn"), at);
/// assert_eq!(arn.called().as_deref(), Some("aws_lb_target_group.web"));
///
/// // Two references to one attribute have the same value, though nobody knows it.
/// assert!(arn.certainly_equals(&arn.clone()));
/// // Two placeholders may be replaced by different values.
/// let image = Node::unknown(Unknown::Placeholder("<IMAGE>".into()), at);
/// assert!(!image.certainly_equals(&image.clone()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// An attribute of a resource that only the provider knows: `aws_lb_target_group.web`, `arn`.
    Attribute {
        /// The resource.
        of: ResourceRef,
        /// The attribute, `arn`, `id`, `names[0]`; empty for the resource itself.
        attribute: SmolStr,
    },
    /// An output of a module that is not read: `module.vpc`, `private_subnets`.
    Output {
        /// The module.
        module: ModuleAddress,
        /// The output, with what is read of it; empty for the module itself.
        output: SmolStr,
    },
    /// A reference to something else whose value no file gives: `var.image`, `each.key`.
    Reference(SmolStr),
    /// A placeholder that something else fills in before AWS sees it: `${IMAGE}`, `<IMAGE1_NAME>`.
    Placeholder(SmolStr),
    /// An expression that is not evaluated; its text.
    Expression(SmolStr),
    /// An expression that Terraform rejects; why.
    Rejected(SmolStr),
}

impl Unknown {
    /// An attribute of a resource that only the provider knows.
    pub fn attribute(of: impl Into<ResourceRef>, attribute: impl Into<SmolStr>) -> Unknown {
        Unknown::Attribute { of: of.into(), attribute: attribute.into() }
    }

    /// What to call it: the reference, the placeholder, or the expression.
    pub fn name(&self) -> SmolStr {
        match self {
            Unknown::Attribute { of, attribute } => member(of, attribute),
            Unknown::Output { module, output } => member(&module.path, output),
            Unknown::Reference(name) | Unknown::Placeholder(name) | Unknown::Expression(name) => name.clone(),
            Unknown::Rejected(why) => why.clone(),
        }
    }

    /// Whether two unknowns of this name are the same value. A reference is; a placeholder like `<PLACEHOLDER>` may
    /// be filled in with another value each time, and the text of an expression may be cut.
    pub fn is_one_value(&self) -> bool {
        match self {
            Unknown::Attribute { attribute: name, .. } | Unknown::Reference(name) => {
                !name.contains(SOME_ITEM)
            }
            Unknown::Output { .. } => !self.name().contains(SOME_ITEM),
            Unknown::Placeholder(_) | Unknown::Expression(_) | Unknown::Rejected(_) => false,
        }
    }

    /// The resource whose attribute it is.
    pub fn resource(&self) -> Option<&ResourceRef> {
        match self {
            Unknown::Attribute { of, .. } => Some(of),
            _ => None,
        }
    }
}

/// The name of a member of something that has a name; of an item, `name[0]`.
fn member(of: &dyn fmt::Display, member: &str) -> SmolStr {
    let dot = if member.is_empty() || member.starts_with('[') { "" } else { "." };
    format_smolstr!("{of}{dot}{member}")
}
