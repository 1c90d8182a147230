//! The body of a resource as one object: arguments as they are, and each kind of block as a list.

use smol_str::SmolStr;

use crate::node::{Array, Entry, Kind, More, Node};
use crate::span::Span;
use crate::syntax::hcl::{Block, Body, Expr, ExprKind};
use crate::terraform::{Module, eval::in_terraform};

/// Arguments that are Terraform's own, not the resource's.
const META: &[&str] = &["count", "for_each", "provider", "depends_on"];

/// Blocks that are Terraform's own.
const META_BLOCKS: &[&str] = &["lifecycle", "provisioner", "connection", "timeouts"];

impl Module<'_> {
    /// The arguments and blocks of a resource; none where its `count` is 0.
    pub(super) fn resource_body(&self, block: &Block) -> Option<Node> {
        let count = block.body.attribute("count").map(|count| self.expr(&count.value));
        let absent = matches!(count.map(|count| count.kind), Some(Kind::Number(text)) if text == "0");
        (!absent).then(|| self.body(&block.body, block.header))
    }

    fn body(&self, body: &Body, at: Span) -> Node {
        let arguments = body.attributes.iter().filter(|argument| !META.contains(&argument.name.as_str()));
        let mut entries: Vec<Entry> = arguments
            .map(|argument| Entry::new(argument.name.clone(), argument.name_at, self.expr(&argument.value)))
            .collect();
        entries.extend(self.blocks(body));
        in_terraform(entries, body.more, at)
    }

    /// The blocks within a body, one list a kind, in the order in which the kinds first occur.
    fn blocks(&self, body: &Body) -> Vec<Entry> {
        let mut kinds: Vec<(SmolStr, Span, Array)> = Vec::new();
        for block in body.blocks.iter().filter(|block| !META_BLOCKS.contains(&block.kind.as_str())) {
            let (kind, item) = match block.labels.first() {
                Some(label) if block.kind == "dynamic" => (label, None),
                _ => (&block.kind, Some(self.body(&block.body, block.header))),
            };
            let index = kinds.iter().position(|(known, ..)| known == kind).unwrap_or(kinds.len());
            if index == kinds.len() {
                kinds.push((kind.clone(), block.header, Array::default()));
            }
            match item {
                Some(item) => kinds[index].2.items.push(item),
                None => kinds[index].2.more = More::Maybe,
            }
        }
        let list = |(kind, at, array): (SmolStr, Span, Array)| {
            Entry::new(kind, at, Node::new(Kind::Array(array.into()), at))
        };
        kinds.into_iter().map(list).collect()
    }
}

/// The arguments named in `lifecycle { ignore_changes = [a, b] }`.
pub(super) fn ignored(block: &Block) -> Vec<SmolStr> {
    let lifecycles = block.body.blocks.iter().filter(|inner| inner.kind == "lifecycle");
    let named = lifecycles.filter_map(|lifecycle| lifecycle.body.attribute("ignore_changes"));
    named.flat_map(|attribute| names(&attribute.value)).collect()
}

/// The first names of the references in a list; the oldest configurations quote them.
fn names(expr: &Expr) -> Vec<SmolStr> {
    match &expr.kind {
        ExprKind::Array(items) => items.iter().flat_map(names).collect(),
        ExprKind::Variable(name) | ExprKind::String(name) => vec![name.clone()],
        ExprKind::Traversal(base, _) => names(base),
        _ => Vec::new(),
    }
}
