//! Document links from Terraform to the files it reads: `file(…)`, `templatefile(…)`, and module sources.

use std::path::{Path, PathBuf};

use tower_lsp::ls_types::{DocumentLink, TextDocumentIdentifier};

use crate::frontend::{Claim, claim};
use crate::lsp::run::Run;
use crate::source::Span;
use crate::syntax::hcl::{self, Expr, ExprKind, Part, Step};

/// Functions whose first argument is a file path.
const READERS: &[&str] =
    &["file", "templatefile", "filebase64", "filemd5", "filesha1", "filesha256", "filesha512", "fileexists"];

/// The links of a file.
pub(super) fn links(run: &Run, document: &TextDocumentIdentifier) -> Option<Vec<DocumentLink>> {
    let file = run.file(&document.uri)?;
    let source = run.sources.get(file);
    if !run.is_hcl(file) {
        return None;
    }
    let directory = source.path.parent()?;
    let body = hcl::parse(file, &source.text).body;
    let mut found: Vec<(Span, PathBuf)> = Vec::new();
    body.visit(&mut |expr| {
        if let ExprKind::Call(call) = &expr.kind
            && READERS.contains(&call.name.as_str())
            && let Some(argument) = call.args.first()
        {
            found.extend(path(argument, directory).map(|path| (argument.at, path)));
        }
    });
    for module in body.blocks.iter().filter(|block| block.kind == "module") {
        let source = module.body.attribute("source").map(|source| &source.value);
        let local = |expr: &&Expr| matches!(&expr.kind, ExprKind::String(text) if text.starts_with('.'));
        found.extend(source.filter(local).and_then(|expr| {
            let directory = path(expr, directory)?;
            Some((expr.at, first_file(run, &directory)?))
        }));
    }
    let links = found.into_iter().filter_map(|(at, path)| {
        let target = run.sources.load(&path).ok()?;
        Some(DocumentLink {
            range: run.range(inside(run, at)),
            target: run.converter().uri(target),
            tooltip: Some(run.shown(&run.sources.name(target))),
            data: None,
        })
    });
    Some(links.collect())
}

/// The file to open for a module.
fn first_file(run: &Run, directory: &Path) -> Option<PathBuf> {
    let files = run.sources.list(directory);
    let main = files.iter().find(|file| file.file_name().is_some_and(|name| name == "main.tf"));
    main.or_else(|| files.iter().find(|file| claim(file) == Claim::Certain)).cloned()
}

/// The path in an expression. A relative path is resolved against the directory of the file, which is usually the root
/// module.
fn path(expr: &Expr, directory: &Path) -> Option<PathBuf> {
    match &expr.kind {
        ExprKind::String(text) => Some(directory.join(text.as_str())),
        ExprKind::Template(parts) => {
            let part = |part: &Part| match part {
                Part::Literal(text, _) => Some(text.to_string()),
                Part::Interpolation(expr, _) if is_here(expr) => {
                    Some(directory.to_string_lossy().into_owned())
                }
                Part::Interpolation(..) | Part::Directive(..) => None,
            };
            Some(directory.join(parts.iter().map(part).collect::<Option<String>>()?))
        }
        _ => None,
    }
}

/// Whether it is `path.module` or `path.root`.
fn is_here(expr: &Expr) -> bool {
    let ExprKind::Traversal(base, steps) = &expr.kind else { return false };
    let of_path = matches!(&base.kind, ExprKind::Variable(name) if name == "path");
    of_path && matches!(steps.as_slice(), [Step::Attribute(name, _)] if name == "module" || name == "root")
}

/// The bytes of a quoted string without its quotes.
fn inside(run: &Run, at: Span) -> Span {
    if run.sources.text(at).starts_with('"') && at.range().len() >= 2 {
        Span { start: at.start + 1, end: at.end - 1, ..at }
    } else {
        at
    }
}
