//! Front ends: each reads one input format into units of resources. Nothing after them knows which one did.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::address::ResourceName;
use crate::resource::{RefKind, Unit};
use crate::source::{FileId, Input, Sources};
use crate::workspace::IndexedUnit;

mod api_json;
mod cache;
mod limit;
mod plan;
pub mod terraform;

pub use cache::ReadCache;

/// All front ends, in the order in which they are offered files.
pub static FRONT_ENDS: &[&dyn FrontEnd] = &[&terraform::Terraform, &plan::Plan, &api_json::ApiJson];

/// A format of input files.
pub trait FrontEnd: Sync {
    /// What the format is called, in lower case.
    fn name(&self) -> &'static str;

    /// Whether a file is of the format, by its name alone.
    fn claims(&self, path: &Path) -> Claim;

    /// Reads the files that are of the format, and takes them out of the context.
    fn read(&self, context: &mut ReadContext);

    /// How comments are written in a file of the format, if it has any.
    fn comments(&self, _path: &Path) -> Option<&'static dyn CommentSyntax> {
        None
    }

    /// What kind of thing a resource type of the format is; `None` if it is of another format, or nothing is known of it.
    fn ref_kind(&self, _resource: &ResourceName) -> Option<RefKind> {
        None
    }
}

/// Whether a file is of a format, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is, whatever it holds: one that cannot be read is reported.
    Certain,
    /// It is read together with other files of the format, and never alone.
    Companion,
    /// Its text decides.
    Maybe,
    /// It is not.
    No,
}

/// How a language writes comments.
pub trait CommentSyntax: Sync {
    /// The bytes of each comment of a text.
    fn comments(&self, text: &str) -> Vec<Range<usize>>;

    /// The offset at which the construct ends that begins at `start`: an argument, an item, a block.
    fn extent(&self, text: &str, start: usize) -> usize;
}

/// What is read, and what came of it so far.
pub struct ReadContext<'c> {
    /// The texts.
    pub sources: &'c Sources,
    /// The files that no front end has read yet.
    pub inputs: Vec<Input>,
    /// The files that set the variables of a root module from outside of it, by the directory of the root.
    pub variable_files: &'c mut dyn FnMut(&Path) -> Vec<FileId>,
    /// What was read before, and is kept for the next time.
    pub cache: &'c mut ReadCache,
    /// The units.
    pub units: Vec<Arc<IndexedUnit>>,
    /// What is wrong with files that belong to no unit.
    pub rest: Unit,
}

impl ReadContext<'_> {
    /// Offers the inputs to the front ends whose units are single files.
    pub fn read_single_files(&mut self) {
        self.offer(&[&plan::Plan, &api_json::ApiJson]);
    }

    /// Offers the inputs to all front ends, one after the other. A file that is part of a unit is read by no other.
    pub fn read(&mut self) {
        self.offer(FRONT_ENDS);
    }

    fn offer(&mut self, front_ends: &[&dyn FrontEnd]) {
        for front_end in front_ends {
            front_end.read(self);
            let read: FxHashSet<FileId> = self.units.iter().flat_map(|unit| &unit.files).copied().collect();
            self.inputs.retain(|input| !read.contains(&input.file));
        }
    }
}

/// Whether a file is of one of the formats, by its name alone: the surest claim.
pub fn claim(path: &Path) -> Claim {
    let claims = || FRONT_ENDS.iter().map(|front_end| front_end.claims(path));
    let has = |claim: Claim| claims().any(|found| found == claim);
    [Claim::Certain, Claim::Companion, Claim::Maybe]
        .into_iter()
        .find(|claim| has(*claim))
        .unwrap_or(Claim::No)
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
