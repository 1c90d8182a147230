//! The interface of front ends: the trait, and the data that they read and write.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use smol_str::SmolStr;

use crate::address::ResourceName;
use crate::frontend::cache::ReadCache;
use crate::resource::{RefKind, Unit};
use crate::source::{FileId, Input, Sources, Span};
use crate::value::Entry;
use crate::workspace::IndexedUnit;

/// A format of input files.
pub trait FrontEnd: Sync {
    /// The name of the format, in lower case.
    fn name(&self) -> &'static str;

    /// Classifies a file by its name.
    fn claims(&self, path: &Path) -> Claim;

    /// ASCII words that tell configuration in this format from other files with such names: each has at least one of them.
    fn words(&self) -> &'static [&'static str] {
        &[]
    }

    /// Reads the inputs of this format. The files of its units are not offered to other front ends.
    fn read(&self, context: &mut ReadContext);

    /// Whether each unit of the format is one file that is read on its own.
    fn reads_single_files(&self) -> bool {
        true
    }

    /// The comment syntax of a file; `None` if the format has no comments.
    fn comments(&self, _path: &Path) -> Option<&'static dyn CommentSyntax> {
        None
    }

    /// The names that a file declares for its own use, such as those of parameters, with their uses.
    fn local_names(&self, _sources: &Sources, _file: FileId) -> Vec<LocalName> {
        Vec::new()
    }

    /// The kind of object that a resource type of the format represents; `None` for other formats, or if the type is
    /// unknown.
    fn ref_kind(&self, _resource: &ResourceName) -> Option<RefKind> {
        None
    }

    /// The attribute with the address alone, if an attribute of a resource contains an address and a port.
    fn without_port(&self, _resource: &ResourceName, _attribute: &str) -> Option<&'static str> {
        None
    }
}

/// A place of a name that a file declares for its own use.
#[derive(Clone, Debug)]
pub struct LocalName {
    /// What it names: "condition". Names of different things do not exclude each other.
    pub namespace: &'static str,
    /// The name.
    pub text: SmolStr,
    /// Its letters.
    pub at: Span,
    /// What is declared here: "parameter of type `Number`"; `None` where the name is used.
    pub declared: Option<String>,
    /// What it is if the format itself declares it: "the Region of the stack".
    pub built_in: Option<&'static str>,
}

/// Whether a file has a format, judging by its name; the most certain claim first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// It certainly has the format: a file that cannot be read is reported.
    Certain,
    /// It is read together with other files of the format, never on its own.
    Companion,
    /// Its content decides.
    Maybe,
    /// It does not have the format.
    No,
}

impl Claim {
    /// The claim of a format that is stored as JSON.
    pub(super) fn of_json(path: &Path) -> Claim {
        if path.extension().is_some_and(|extension| extension == "json") { Claim::Maybe } else { Claim::No }
    }
}

/// The comment syntax of a language.
pub trait CommentSyntax: Sync {
    /// The byte ranges of the comments in a text.
    fn comments(&self, text: &str) -> Vec<Range<usize>>;

    /// The offset of the end of the argument, item, or block that starts at `start`.
    fn extent(&self, text: &str, start: usize) -> usize;
}

/// What the settings say about a root module.
#[derive(Clone, Debug, Default)]
pub struct RootSettings {
    /// The files that set its variables in every scenario; the later ones take precedence.
    pub var_files: Vec<FileId>,
    /// The scenarios.
    pub scenarios: Vec<ScenarioSettings>,
}

/// A scenario that the settings define.
#[derive(Clone, Debug)]
pub struct ScenarioSettings {
    /// Its name.
    pub name: SmolStr,
    /// The files that set variables; the later ones take precedence.
    pub var_files: Vec<FileId>,
    /// The variables that it sets; they take precedence over files.
    pub variables: Vec<Entry>,
}

/// The inputs of a run, and the results of reading them so far.
pub struct ReadContext<'c> {
    /// The source texts.
    pub sources: &'c Sources,
    /// The inputs that no front end has read yet.
    pub inputs: Vec<Input>,
    /// Returns what the settings say about a root module, by its directory.
    pub root_settings: &'c mut dyn FnMut(&Path) -> RootSettings,
    /// The cache, which is kept for the next run.
    pub cache: &'c mut ReadCache,
    /// The units read so far.
    pub units: Vec<Arc<IndexedUnit>>,
    /// Errors in files that do not belong to any unit.
    pub rest: Unit,
}
