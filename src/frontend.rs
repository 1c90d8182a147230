//! Front ends: each one reads one input format into units of resources. Later stages do not know the input format.

use std::path::Path;

use rustc_hash::FxHashSet;

use crate::address::ResourceName;
use crate::resource::RefKind;
use crate::source::{FileId, Sources};

mod api_json;
mod cache;
mod choices;
mod cloudformation;
mod interface;
mod limit;
mod plan;
mod references;
mod script_files;
mod secret_keys;
pub mod terraform;

pub use cache::ReadCache;
pub use interface::{Claim, CommentSyntax, FrontEnd, LocalName, ReadContext, RootSettings, ScenarioSettings};
pub use script_files::is_script;

/// All front ends, in the order in which files are offered to them.
pub static FRONT_ENDS: &[&dyn FrontEnd] =
    &[&terraform::Terraform, &plan::Plan, &cloudformation::CloudFormation, &api_json::ApiJson];

impl ReadContext<'_> {
    /// Offers the inputs to the front ends whose units are single files.
    pub fn read_single_files(&mut self) {
        self.offer(|front_end| front_end.reads_single_files());
    }

    /// Offers the inputs to all front ends, one after the other. A file that belongs to a unit is not offered again.
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

/// Classifies a file by its name: returns the most certain claim of all front ends.
pub fn claim(path: &Path) -> Claim {
    FRONT_ENDS.iter().map(|front_end| front_end.claims(path)).min().unwrap_or(Claim::No)
}

/// Returns `true` if a file with this name may have one of the formats and can be read on its own.
pub fn is_candidate(path: &Path) -> bool {
    let mut claims = FRONT_ENDS.iter().map(|front_end| front_end.claims(path));
    claims.any(|claim| matches!(claim, Claim::Certain | Claim::Maybe))
}

/// ASCII words of the formats that are recognized by their content; configuration has at least one of them.
pub fn words() -> Vec<&'static str> {
    FRONT_ENDS.iter().flat_map(|front_end| front_end.words()).copied().collect()
}

/// The comment syntax of a file; `None` if its format has no comments.
pub fn comments(path: &Path) -> Option<&'static dyn CommentSyntax> {
    FRONT_ENDS.iter().find_map(|front_end| front_end.comments(path))
}

/// The names that a file declares for its own use, with their uses.
pub fn local_names(sources: &Sources, file: FileId) -> Vec<LocalName> {
    FRONT_ENDS.iter().flat_map(|front_end| front_end.local_names(sources, file)).collect()
}

/// The kind of object that a resource type represents; `None` if the type is unknown.
pub fn ref_kind(resource: &ResourceName) -> Option<RefKind> {
    FRONT_ENDS.iter().find_map(|front_end| front_end.ref_kind(resource))
}

/// The attribute with the address alone, if an attribute of a resource contains an address and a port.
pub fn without_port(resource: &ResourceName, attribute: &str) -> Option<&'static str> {
    FRONT_ENDS.iter().find_map(|front_end| front_end.without_port(resource, attribute))
}
