//! The backend of a root module, where Terraform stores its state.

use std::path::Path;

use smol_str::SmolStr;

use crate::source::Sources;
use crate::syntax::hcl::{Block, Body, ExprKind};
use crate::terraform::Directory;

/// The location of a root module's state: the backend type, and the settings that distinguish one state from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backend(Vec<SmolStr>);

impl Backend {
    /// The backend that a root module configures. The default is a file in its directory.
    pub(super) fn of(root: &Directory, sources: &Sources) -> Option<Backend> {
        let settings = root.blocks().filter(|block| block.kind == "terraform");
        let backend = settings.flat_map(|block| &block.body.blocks).find(|block| block.kind == "backend");
        match backend {
            Some(block) => {
                let setting = |name: &str| literal(&block.body, name);
                named(block.labels.first()?, &setting, &root.path, sources)
            }
            None => named("local", &|_| None, &root.path, sources),
        }
    }
}

/// A setting with a literal value; `workspaces.name` is in the block `workspaces`.
fn literal(body: &Body, name: &str) -> Option<SmolStr> {
    if let Some((block, name)) = name.split_once('.') {
        let inner: &Block = body.blocks.iter().find(|inner| inner.kind == block)?;
        return literal(&inner.body, name);
    }
    match &body.attribute(name)?.value.kind {
        ExprKind::String(text) => Some(text.clone()),
        _ => None,
    }
}

pub(super) fn named(
    kind: &str,
    setting: &dyn Fn(&str) -> Option<SmolStr>,
    from: &Path,
    sources: &Sources,
) -> Option<Backend> {
    let settings = match kind {
        "s3" => vec![setting("bucket")?, setting("key")?],
        "gcs" => vec![setting("bucket")?, setting("prefix").unwrap_or_default()],
        "remote" => vec![setting("organization")?, setting("workspaces.name")?],
        "local" => {
            let path = setting("path").unwrap_or_else(|| SmolStr::new_static("terraform.tfstate"));
            vec![sources.absolute(&from.join(path.as_str())).to_string_lossy().into()]
        }
        _ => return None,
    };
    Some(Backend([&[SmolStr::from(kind)], settings.as_slice()].concat()))
}
