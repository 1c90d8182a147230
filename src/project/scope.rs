//! Where documents come from: files and Terraform roots.

use crate::address::UnitId;
use crate::span::FileId;

/// Where a document comes from, for finding the documents that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// A JSON file.
    Json(FileId),
    /// A Terraform root.
    Terraform(UnitId),
    /// A Terraform plan, which is a root of its own.
    Plan(FileId),
}

impl Scope {
    /// The unit.
    pub fn unit(self) -> UnitId {
        match self {
            Scope::Json(file) | Scope::Plan(file) => UnitId::new(file),
            Scope::Terraform(unit) => unit,
        }
    }

    /// Whether Terraform makes what is in it.
    pub fn is_terraform(self) -> bool {
        matches!(self, Scope::Terraform(_) | Scope::Plan(_))
    }

    /// Whether a document of one can be what a document of the other names.
    pub fn meets(self, other: Scope) -> bool {
        match (self, other) {
            (Scope::Json(_), Scope::Json(_)) => true,
            _ => self == other,
        }
    }
}
