//! The picture of the workspace, for clients that can show a page: a code lens above each service and task definition, and the
//! command that answers with the page.

use serde_json::json;
use tower_lsp::ls_types::{CodeLens, Command, LSPAny, TextDocumentIdentifier, TextDocumentPositionParams};

use crate::graph;
use crate::lsp::run::Run;
use crate::model::{Kind, Resource};

/// The command of the server that answers with the page.
pub(super) const GRAPH: &str = "ecslint.graph";

/// The command of the client that shows the page. The client announces it in `experimental.commands.commands`.
pub(super) const SHOW_TOPOLOGY: &str = "ecslint.showTopology";

/// The code lenses of a file; none if the client cannot show the page.
pub(super) fn lenses(run: &Run, document: &TextDocumentIdentifier) -> Option<Vec<CodeLens>> {
    let file = run.file(&document.uri).filter(|_| run.state.client.shows_topology)?;
    let ours = run.reading.workspace.resources().filter(|resource| resource.header.file == file);
    let drawn =
        ours.filter(|resource| matches!(resource.kind, Kind::Task | Kind::Service | Kind::ExpressService));
    let lens = |resource: &Resource| {
        let range = run.range(resource.header);
        let at = json!({ "textDocument": { "uri": document.uri }, "position": range.start });
        let command = Command {
            title: "Show topology".to_owned(),
            command: SHOW_TOPOLOGY.to_owned(),
            arguments: Some(vec![at]),
        };
        CodeLens { range, command: Some(command), data: None }
    };
    let mut lenses: Vec<CodeLens> = drawn.map(lens).collect();
    // Instances of one block have the same lens.
    lenses.dedup();
    Some(lenses)
}

/// The page, the directory to which its paths are relative, and the index of the service at a position.
pub(super) fn page(run: &Run, at: Option<&TextDocumentPositionParams>) -> LSPAny {
    let graph = graph::build(&run.reading, &run.outcome, &[]);
    let point = at.and_then(|at| run.point(at));
    let service = point.and_then(|point| {
        graph
            .services
            .iter()
            .position(|service| service.nodes.iter().any(|node| node.at.is_some_and(|at| point.touches(at))))
    });
    let mut html = Vec::new();
    // Writing to memory cannot fail.
    let _ = graph::html(&graph, &run.sources, &mut html);
    json!({
        "html": String::from_utf8_lossy(&html),
        "base": run.sources.base().to_string_lossy(),
        "service": service,
    })
}
