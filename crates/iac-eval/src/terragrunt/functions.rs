//! Terragrunt's functions. Those that run programs, or read the environment or an account, have unknown values.

use std::path::{Path, PathBuf};

use crate::source::{Span, relative};
use crate::terragrunt::UNIT;
use crate::terragrunt::file::{self, File};
use crate::terragrunt::scope::Scope;
use crate::value::{Node, NodeKind, Part, Text, Unknown};

/// The most files that `read_terragrunt_config` can read, each in the one before it.
const MAX_DEPTH: usize = 8;

/// The value of a function; `None` if it is unknown.
pub(super) fn value(scope: &Scope, name: &str, args: &[Node], at: Span) -> Option<Node> {
    let main = scope.main.as_path();
    let first = args.first().and_then(Node::as_str);
    let path = |path: &Path| Node::string(path.to_string_lossy(), at);
    let included = || scope.included_directory(first);
    let root = || scope.reader.repository.sources.root_of(main);
    Some(match name {
        "find_in_parent_folders" => in_parents(scope, args, at)?,
        "get_terragrunt_dir" => path(main),
        "get_original_terragrunt_dir" => path(scope.reader.unit),
        "get_parent_terragrunt_dir" if scope.included.is_empty() => path(main),
        "get_parent_terragrunt_dir" => path(included()?),
        "path_relative_to_include" | "path_relative_from_include" if scope.included.is_empty() => {
            Node::string(".", at)
        }
        "path_relative_to_include" => Node::string(relative(included()?, main), at),
        "path_relative_from_include" => Node::string(relative(main, included()?), at),
        "get_repo_root" => path(root()?),
        "get_path_from_repo_root" => Node::string(relative(root()?, main), at),
        "get_path_to_repo_root" => Node::string(relative(main, root()?), at),
        "read_terragrunt_config" => read(scope, args)?,
        "read_tfvars_file" => variables(scope, first?, at)?,
        "mark_as_read" => args.first()?.clone(),
        "sops_decrypt_file" => secret(at),
        _ => return None,
    })
}

/// A value that is a secret, and is unknown.
fn secret(at: Span) -> Node {
    Node::unknown(Unknown::Expression("sops_decrypt_file".into()), at).as_secret()
}

/// The path of a file or a directory above the main file, or the fallback if there is none in the repository.
fn in_parents(scope: &Scope, args: &[Node], at: Span) -> Option<Node> {
    let sources = scope.reader.repository.sources;
    let name = match args.first() {
        Some(name) => name.as_str()?,
        None => UNIT,
    };
    let root = sources.root_of(&scope.main)?;
    let above = scope.main.ancestors().skip(1).take_while(|directory| directory.starts_with(root));
    let exists = |path: &PathBuf| sources.load(path).is_ok() || !sources.list(path).is_empty();
    match above.map(|directory| sources.absolute(&directory.join(name))).find(exists) {
        Some(found) => Some(Node::string(found.to_string_lossy(), at)),
        None => args.get(1).cloned(),
    }
}

/// The value of another file, or the default if that file does not exist.
fn read(scope: &Scope, args: &[Node]) -> Option<Node> {
    let mut path = scope.path(args.first()?.as_str()?);
    let sources = scope.reader.repository.sources;
    if path.extension().is_none() && !sources.list(&path).is_empty() {
        path.push(UNIT);
    }
    if sources.load(&path).is_err() {
        return args.get(1).cloned();
    }
    if scope.depth == MAX_DEPTH {
        let message = format!(
            "files of Terragrunt read each other more than {MAX_DEPTH} levels deep; this one is not read"
        );
        scope.reader.repository.limit(args[0].at, message);
        return None;
    }
    let value = || {
        let main = path.parent()?.to_owned();
        let inner = Scope { main, depth: scope.depth + 1, ..Scope::new(scope.reader) };
        Some(File::read(&inner, &path)?.value())
    };
    scope.reader.once(path.clone(), value)
}

/// The variables in a `.tfvars` file as JSON.
fn variables(scope: &Scope, path: &str, at: Span) -> Option<Node> {
    let object = Node::object(file::variables(scope, path)?, at);
    Some(Node::new(NodeKind::Text(Text::new(vec![Part::Json(object)]).into()), at))
}
