//! What the expressions of a file can refer to.

use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use crate::source::Span;
use crate::terraform::Provider;
use crate::terragrunt::functions;
use crate::terragrunt::reader::Reader;
use crate::value::{Node, Unknown};

/// The scope of the expressions of a file.
#[derive(Clone, Debug)]
pub(super) struct Scope<'r> {
    pub reader: &'r Reader<'r>,
    /// The directory of the file that is not included: that of the unit, or of a file that `read_terragrunt_config` reads.
    pub main: PathBuf,
    /// The files that the main file includes; only the file itself if it is one of them.
    pub included: Vec<Included>,
    /// The values of names such as `dependency`.
    pub names: Vec<(&'static str, Node)>,
    /// The number of files that `read_terragrunt_config` reads around this one.
    pub depth: usize,
}

/// A file that another one includes.
#[derive(Clone, Debug)]
pub(super) struct Included {
    /// The label of the `include` block; empty if it has none.
    pub name: SmolStr,
    pub path: PathBuf,
}

/// Names whose values come from elsewhere.
const NAMES: &[&str] = &["dependency", "feature", "include", "values"];

impl<'r> Scope<'r> {
    /// The scope of the file of a unit, without the outputs of its dependencies.
    pub(super) fn new(reader: &'r Reader<'r>) -> Scope<'r> {
        let main = reader.unit.to_owned();
        Scope { reader, main, included: Vec::new(), names: Vec::new(), depth: 0 }
    }

    /// The directory of the included file with a name, which can be omitted if there is only one.
    pub(super) fn included_directory(&self, name: Option<&str>) -> Option<&Path> {
        let included = match (self.included.as_slice(), name) {
            ([only], _) => only,
            (many, Some(name)) => many.iter().find(|included| included.name == name)?,
            _ => return None,
        };
        included.path.parent()
    }

    /// The absolute form of a path that a function or a block names.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.reader.repository.sources.absolute(&self.main.join(path))
    }
}

impl Provider for Scope<'_> {
    fn function(&self, name: &str, args: &[Node], at: Span) -> Option<Node> {
        functions::value(self, name, args, at)
    }

    fn name(&self, name: &str, at: Span) -> Option<Node> {
        let known = self.names.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        let unknown = || Node::unknown(Unknown::Reference(name.into()), at);
        known.or_else(|| NAMES.contains(&name).then(unknown))
    }

    fn reveals(&self, name: &str) -> bool {
        self.reader.repository.provider.reveals(name)
    }

    fn is_secret_value(&self, name: &str, value: &str) -> bool {
        self.reader.repository.provider.is_secret_value(name, value)
    }
}
