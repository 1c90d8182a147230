//! The files of the repository that a pipeline of GitLab includes.

use crate::frontend::terraform::commands::Read;
use crate::frontend::terraform::commands::workflow::merge;
use crate::syntax::yaml;
use crate::value::{Mapped, Node};

/// The name of the pipeline.
pub(in crate::frontend::terraform::commands) const PIPELINE: &str = ".gitlab-ci.yml";

/// The files that are read for a pipeline.
const MAX_FILES: usize = 32;

/// A pipeline with the jobs of the files that it includes. Its own replace those with the same name.
pub(in crate::frontend::terraform::commands) fn with_included(root: &Node, read: &Read) -> Node {
    let mut paths = locals(root);
    let mut included: Vec<Node> = Vec::new();
    let mut next = 0;
    while let Some(path) = paths.get(next).filter(|_| next < MAX_FILES) {
        let document = read(path).and_then(|(file, text)| yaml::document(&Mapped::file(file, &text)).root);
        let new = document.iter().flat_map(locals).filter(|path| !paths.contains(path)).collect::<Vec<_>>();
        included.extend(document);
        paths.extend(new);
        next += 1;
    }
    let mut merged = Vec::new();
    included.iter().rev().chain([root]).for_each(|document| merge(&mut merged, document));
    Node::object(merged, root.at)
}

/// The paths of the files that a pipeline includes, from the root of the repository.
fn locals(root: &Node) -> Vec<String> {
    let Some(include) = root.get("include") else { return Vec::new() };
    let items = include.as_array().map_or(std::slice::from_ref(include), |list| &list.items);
    let path = |item: &Node| {
        let path = item.as_str().or_else(|| item.get("local")?.as_str())?;
        (!path.contains("://")).then(|| path.trim_start_matches('/').to_owned())
    };
    items.iter().filter_map(path).collect()
}
