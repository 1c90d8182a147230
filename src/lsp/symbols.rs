//! Symbols: task definitions with their containers and ports, and services with their load balancers.

use tower_lsp::ls_types::{
    DocumentSymbol, Location, OneOf, SymbolKind, TextDocumentIdentifier, WorkspaceSymbol,
};

use crate::inspect::tree;
use crate::lsp::hints;
use crate::lsp::run::Run;
use crate::model::{Container, Project, Resource, Service, Task};
use crate::source::{FileId, Span};
use crate::value::Node;
use crate::view::{UnknownReads, View};

/// A symbol, independent of the protocol.
struct Item {
    name: String,
    detail: String,
    kind: SymbolKind,
    /// Its extent in the requested file.
    all: Span,
    /// The range to select.
    title: Span,
    children: Vec<Item>,
}

/// The document symbols of a file.
pub(super) fn of_file(run: &Run, document: &TextDocumentIdentifier) -> Option<Vec<DocumentSymbol>> {
    let file = run.file(&document.uri)?;
    let mut items = items(run, file);
    items.sort_by_key(|item| (item.title, std::cmp::Reverse(item.all.end)));
    // Instances of a module, and task definitions that read the same file, have the same symbols.
    items.dedup_by_key(|item| item.title);
    Some(items.into_iter().map(|item| symbol(run, item)).collect())
}

/// The workspace symbols whose names contain the letters of a query, in this order.
pub(super) fn of_workspace(run: &Run, query: &str) -> Vec<WorkspaceSymbol> {
    let mut symbols = Vec::new();
    for file in run.reading.workspace.files() {
        for item in items(run, file) {
            let children: Vec<(Item, Option<String>)> = match item.kind {
                SymbolKind::CLASS => {
                    let name = item.name.clone();
                    item.children.into_iter().map(|child| (child, Some(name.clone()))).collect()
                }
                _ => Vec::new(),
            };
            let item = Item { children: Vec::new(), ..item };
            for (item, container) in std::iter::once((item, None)).chain(children) {
                let named = fits(&item.name, query).then(|| run.location(item.title)).flatten();
                symbols.extend(named.map(|location| workspace_symbol(item, location, container)));
            }
        }
    }
    symbols.dedup_by(|one, other| (&one.name, &one.location) == (&other.name, &other.location));
    symbols
}

fn fits(name: &str, query: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    query.chars().flat_map(char::to_lowercase).all(|wanted| letters.any(|letter| letter == wanted))
}

fn workspace_symbol(item: Item, location: Location, container_name: Option<String>) -> WorkspaceSymbol {
    let Item { name, kind, .. } = item;
    WorkspaceSymbol { name, kind, tags: None, container_name, location: OneOf::Left(location), data: None }
}

fn symbol(run: &Run, item: Item) -> DocumentSymbol {
    #[expect(deprecated, reason = "the type cannot be made without the old field")]
    DocumentSymbol {
        name: item.name,
        detail: Some(item.detail),
        kind: item.kind,
        tags: None,
        deprecated: None,
        range: run.range(item.all),
        selection_range: run.range(item.title),
        children: Some(item.children.into_iter().map(|child| symbol(run, child)).collect()),
    }
}

/// The symbols in a file. A container is a top-level symbol if its task definition is in another file.
fn items(run: &Run, file: FileId) -> Vec<Item> {
    let reads = UnknownReads::default();
    let project = Project::new(&run.reading.workspace, &reads);
    let mut items = Vec::new();
    for task in project.tasks() {
        let containers = task.containers().filter_map(|one| container(one, file)).collect();
        if task.resource.header.file == file {
            items.push(of_task(task, containers))
        } else {
            items.extend(containers)
        }
    }
    let services = project.services().filter(|service| service.resource.header.file == file);
    items.extend(services.map(of_service));
    items.into_iter().map(|item| redacted(run, item)).collect()
}

/// The symbol without credentials.
fn redacted(run: &Run, item: Item) -> Item {
    let (name, detail) = (run.shown(&item.name), run.shown(&item.detail));
    let children = item.children.into_iter().map(|child| redacted(run, child)).collect();
    Item { name, detail, children, ..item }
}

fn of_task(task: Task, children: Vec<Item>) -> Item {
    let size = hints::size(task).map(|size| format!(", {size}")).unwrap_or_default();
    let name = task.family().known().map(str::to_owned).or_else(|| address(task.resource));
    Item {
        name: name.unwrap_or_else(|| "containers".to_owned()),
        detail: format!("task definition{size}"),
        kind: SymbolKind::CLASS,
        all: whole(task.resource),
        title: task.resource.header,
        children,
    }
}

fn address(resource: &Resource) -> Option<String> {
    resource.address.as_ref().map(ToString::to_string)
}

fn of_service(service: Service) -> Item {
    let name = service.view.str("serviceName").known().map(str::to_owned);
    let name = name.or_else(|| address(service.resource));
    let balancers = service.load_balancers().filter_map(|balancer| {
        let at = place(balancer.view.node, service.resource.header.file)?;
        let container = balancer.container_name().known().unwrap_or("load balancer");
        let port = balancer.container_port().known().map(|port| format!(":{port}")).unwrap_or_default();
        let all = tree::extent(balancer.view.node, at.file).unwrap_or(at);
        let name = format!("{container}{port}");
        Some(Item {
            name,
            detail: "load balancer".into(),
            kind: SymbolKind::INTERFACE,
            all,
            title: at,
            children: Vec::new(),
        })
    });
    Item {
        name: name.unwrap_or_else(|| "service".to_owned()),
        detail: "service".to_owned(),
        kind: SymbolKind::OBJECT,
        children: balancers.collect(),
        all: whole(service.resource),
        title: service.resource.header,
    }
}

fn container(container: Container, file: FileId) -> Option<Item> {
    let at = place(container.view.node, file)?;
    let ports = container.port_mappings().filter_map(|mapping| {
        let number = view_text(mapping.view, "containerPort")?;
        let name = mapping.view.str("name").known().map(|name| format!("{name} ")).unwrap_or_default();
        let at = place(mapping.view.node, file)?;
        let protocol = mapping.view.str("protocol").known().unwrap_or("tcp").to_owned();
        let name = format!("{name}{number}");
        Some(Item {
            name,
            detail: protocol,
            kind: SymbolKind::INTERFACE,
            all: at,
            title: at,
            children: Vec::new(),
        })
    });
    let title = container.view.entry("name").and_then(|name| place(&name.value, file));
    let all = tree::extent(container.view.node, file).filter(|all| all.contains(at)).unwrap_or(at);
    Some(Item {
        name: container.name().known().unwrap_or("container").to_owned(),
        detail: container.image().known().unwrap_or("container").to_owned(),
        kind: SymbolKind::MODULE,
        title: title.filter(|title| all.contains(*title)).unwrap_or(at),
        all,
        children: ports.collect(),
    })
}

fn view_text<'v>(view: View<'v>, key: &str) -> Option<&'v str> {
    view.scalar(key).known()
}

/// The place of a value in a file.
fn place(node: &Node, file: FileId) -> Option<Span> {
    [Some(node.at), node.used].into_iter().flatten().find(|place| place.file == file)
}

/// The extent of a resource in the file of its header.
fn whole(resource: &Resource) -> Span {
    let title = resource.header;
    match tree::extent(&resource.request, title.file) {
        Some(all) => Span { start: all.start.min(title.start), end: all.end.max(title.end), ..title },
        None => title,
    }
}
