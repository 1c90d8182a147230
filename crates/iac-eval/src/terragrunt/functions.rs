//! Terragrunt's functions. Those that run programs, or read the environment or an account, have unknown values.

use std::path::{Path, PathBuf};

use crate::source::{Sources, Span, Unreadable, relative};
use crate::terragrunt::file::{self, File};
use crate::terragrunt::merge::{self, Strategy};
use crate::terragrunt::scope::Scope;
use crate::terragrunt::{UNIT, UNITS};
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
        "get_env" => fallback(args)?,
        "deep_merge" => merged(args)?,
        "mark_as_read" => args.first()?.clone(),
        "sops_decrypt_file" => secret(at),
        _ => return None,
    })
}

/// The value that an environment variable has if it is not set. An empty one says nothing.
fn fallback(args: &[Node]) -> Option<Node> {
    args.get(1).filter(|fallback| !fallback.is_missing()).cloned()
}

/// Objects merged at any depth, the last one first.
fn merged(args: &[Node]) -> Option<Node> {
    let (first, rest) = args.split_first()?;
    let all = args.iter().all(|arg| arg.as_object().is_some());
    all.then(|| rest.iter().fold(first.clone(), |all, next| merge::merged(Strategy::DeepObjects, &all, next)))
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
        let is_there = |name: &&str| sources.load(&path.join(name)).is_ok();
        path.push(UNITS.into_iter().find(is_there).unwrap_or(UNIT));
    }
    if let Err(why) = sources.load(&path) {
        let missing = || (why == Unreadable::Missing).then(|| absent(sources, &path, args.first()?.at))?;
        return args.get(1).cloned().or_else(missing);
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

/// The value of a file of the repository that does not exist, for `try`.
fn absent(sources: &Sources, path: &Path, at: Span) -> Option<Node> {
    sources.root_of(path)?;
    let why = format!("no file exists at `{}`", sources.name_of(path));
    Some(Node::unknown(Unknown::Rejected(why.into()), at))
}

/// The variables in a `.tfvars` file as JSON.
fn variables(scope: &Scope, path: &str, at: Span) -> Option<Node> {
    let object = Node::object(file::variables(scope, path)?, at);
    Some(Node::new(NodeKind::Text(Text::new(vec![Part::Json(object)]).into()), at))
}
