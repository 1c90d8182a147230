//! Reads where `terraform init` installed downloaded modules: `.terraform/modules/modules.json`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::syntax::json;
use crate::terraform::{Configuration, ModuleId};
use crate::value::{Mapped, Node};

/// The directories of the installed modules of a root module, keyed by the names of the calls that lead to them, joined
/// by dots.
pub(super) fn modules(configuration: &Configuration) -> BTreeMap<String, PathBuf> {
    let root = &configuration.modules[ModuleId::ROOT].directory.path;
    let Ok(file) = configuration.load(&root.join(".terraform/modules/modules.json")) else {
        return BTreeMap::new();
    };
    let list = json::parse(&Mapped::file(file, &configuration.sources.get(file).text)).root;
    let modules = list.as_ref().and_then(|list| list.get("Modules")).and_then(Node::as_array);
    let module = |module: &Node| {
        let text = |key| module.get(key).and_then(Node::as_str);
        Some((text("Key")?.to_owned(), root.join(text("Dir")?)))
    };
    modules.into_iter().flat_map(|modules| &modules.items).filter_map(module).collect()
}
