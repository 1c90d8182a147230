//! What a front end is, and what all of them read from and write to.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::address::ResourceName;
use crate::frontend::cache::ReadCache;
use crate::resource::{RefKind, Unit};
use crate::source::{FileId, Input, Sources};
use crate::workspace::IndexedUnit;

/// A format of input files.
pub trait FrontEnd: Sync {
    /// What the format is called, in lower case.
    fn name(&self) -> &'static str;

    /// Whether a file is of the format, by its name alone.
    fn claims(&self, path: &Path) -> Claim;

    /// Reads the inputs that are of the format. The files of its units are offered to no other front end.
    fn read(&self, context: &mut ReadContext);

    /// Whether each unit of the format is one file, read for itself.
    fn reads_single_files(&self) -> bool {
        true
    }

    /// How comments are written in a file of the format, if it has any.
    fn comments(&self, _path: &Path) -> Option<&'static dyn CommentSyntax> {
        None
    }

    /// What kind of thing a resource type of the format is; `None` if it is of another format, or nothing is known of it.
    fn ref_kind(&self, _resource: &ResourceName) -> Option<RefKind> {
        None
    }
}

/// Whether a file is of a format, by its name; the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

impl Claim {
    /// The claim of a format that is JSON.
    pub(super) fn of_json(path: &Path) -> Claim {
        if path.extension().is_some_and(|extension| extension == "json") { Claim::Maybe } else { Claim::No }
    }
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
