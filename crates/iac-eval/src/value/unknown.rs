//! The reasons why values are unknown.

use std::fmt;

use smol_str::{SmolStr, format_smolstr};

use crate::address::{ModuleAddress, ResourceRef, SOME_ITEM};

/// Why a value is unknown.
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
/// // Two references to one attribute have the same value, even though it is unknown.
/// assert!(arn.certainly_equals(&arn.clone()));
/// // Two placeholders may be replaced by different values.
/// let image = Node::unknown(Unknown::Placeholder("<IMAGE>".into()), at);
/// assert!(!image.certainly_equals(&image.clone()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// A resource attribute that only the provider knows: `aws_lb_target_group.web`, `arn`.
    Attribute {
        /// The resource.
        of: ResourceRef,
        /// The attribute (`arn`, `id`, `names[0]`); empty for the resource itself.
        attribute: SmolStr,
    },
    /// An output of a module that is not read: `module.vpc`, `private_subnets`.
    Output {
        /// The module.
        module: ModuleAddress,
        /// The output, including any attribute access; empty for the module itself.
        output: SmolStr,
    },
    /// A reference to another object whose value no file defines: `var.image`, `each.key`.
    Reference(SmolStr),
    /// A placeholder that is replaced before AWS sees the file: `${IMAGE}`, `<IMAGE1_NAME>`.
    Placeholder(SmolStr),
    /// The text of an expression that is not evaluated.
    Expression(SmolStr),
    /// An expression that Terraform rejects, with the error message.
    Rejected(SmolStr),
}

impl Unknown {
    /// A resource attribute that only the provider knows.
    pub fn attribute(of: impl Into<ResourceRef>, attribute: impl Into<SmolStr>) -> Unknown {
        Unknown::Attribute { of: of.into(), attribute: attribute.into() }
    }

    /// The display name: the reference, the placeholder, or the expression.
    pub fn name(&self) -> SmolStr {
        match self {
            Unknown::Attribute { of, attribute } => member(of, attribute),
            Unknown::Output { module, output } => member(&module.path, output),
            Unknown::Reference(name) | Unknown::Placeholder(name) | Unknown::Expression(name) => name.clone(),
            Unknown::Rejected(why) => why.clone(),
        }
    }

    /// Returns `true` if two unknowns with this name have the same value. That is certain for a reference. A
    /// placeholder such as `<PLACEHOLDER>` may be replaced by a different value each time, and the text of an
    /// expression may be truncated.
    pub fn is_one_value(&self) -> bool {
        match self {
            Unknown::Attribute { attribute: name, .. } | Unknown::Reference(name) => {
                !name.contains(SOME_ITEM)
            }
            Unknown::Output { .. } => !self.name().contains(SOME_ITEM),
            Unknown::Placeholder(_) | Unknown::Expression(_) | Unknown::Rejected(_) => false,
        }
    }

    /// The resource whose attribute this is; `None` for other unknowns.
    pub fn resource(&self) -> Option<&ResourceRef> {
        match self {
            Unknown::Attribute { of, .. } => Some(of),
            _ => None,
        }
    }
}

/// The name of a member or an item of something named: `name.member`, `name[0]`.
fn member(of: &dyn fmt::Display, member: &str) -> SmolStr {
    let dot = if member.is_empty() || member.starts_with('[') { "" } else { "." };
    format_smolstr!("{of}{dot}{member}")
}
