//! Where documents come from: files and Terraform roots.

use smol_str::{SmolStr, format_smolstr};

use crate::span::FileId;

/// Where a document comes from, for finding the documents that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// A JSON file.
    Json(FileId),
    /// A Terraform root, counted from 0.
    Terraform(u32),
    /// A Terraform plan, which is a root of its own.
    Plan(FileId),
}

impl Scope {
    /// What names a resource of another root: the root's number and the address.
    pub(crate) fn abroad(root: usize, address: &str) -> SmolStr {
        format_smolstr!("@{root}/{address}")
    }

    /// The scope of an address seen from this one, and the address there.
    pub(crate) fn of_address(self, address: &str) -> (Scope, &str) {
        let abroad = address.strip_prefix('@').and_then(|rest| rest.split_once('/'));
        let found = abroad.and_then(|(root, address)| Some((Scope::Terraform(root.parse().ok()?), address)));
        found.unwrap_or((self, address))
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
