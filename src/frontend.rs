//! Front ends: each reads one input format into units of resources. Nothing after them knows which one did.

use std::path::Path;

use rustc_hash::FxHashSet;

use crate::address::ResourceName;
use crate::resource::RefKind;
use crate::source::FileId;

mod api_json;
mod cache;
mod interface;
mod limit;
mod plan;
pub mod terraform;

pub use cache::ReadCache;
pub use interface::{Claim, CommentSyntax, FrontEnd, ReadContext};

/// All front ends, in the order in which they are offered files.
pub static FRONT_ENDS: &[&dyn FrontEnd] = &[&terraform::Terraform, &plan::Plan, &api_json::ApiJson];

impl ReadContext<'_> {
    /// Offers the inputs to the front ends whose units are single files.
    pub fn read_single_files(&mut self) {
        self.offer(|front_end| front_end.reads_single_files());
    }

    /// Offers the inputs to all front ends, one after the other. A file that is part of a unit is read by no other.
    pub fn read(&mut self) {
        self.offer(|_| true);
    }

    fn offer(&mut self, is_asked: impl Fn(&dyn FrontEnd) -> bool) {
        for front_end in FRONT_ENDS.iter().filter(|front_end| is_asked(**front_end)) {
            front_end.read(self);
            let read: FxHashSet<FileId> = self.units.iter().flat_map(|unit| &unit.files).copied().collect();
            self.inputs.retain(|input| !read.contains(&input.file));
        }
    }
}

/// Whether a file is of one of the formats, by its name alone: the surest claim.
pub fn claim(path: &Path) -> Claim {
    FRONT_ENDS.iter().map(|front_end| front_end.claims(path)).min().unwrap_or(Claim::No)
}

/// Whether a file may be of one of the formats, by its name alone, and be read for itself.
pub fn is_candidate(path: &Path) -> bool {
    let mut claims = FRONT_ENDS.iter().map(|front_end| front_end.claims(path));
    claims.any(|claim| matches!(claim, Claim::Certain | Claim::Maybe))
}

/// How comments are written in a file; `None` if its format has none.
pub fn comments(path: &Path) -> Option<&'static dyn CommentSyntax> {
    FRONT_ENDS.iter().find_map(|front_end| front_end.comments(path))
}

/// What kind of thing a resource is that a value refers to; `None` if nothing is known of its type.
pub fn ref_kind(resource: &ResourceName) -> Option<RefKind> {
    FRONT_ENDS.iter().find_map(|front_end| front_end.ref_kind(resource))
}
