//! Reads Terraform's JSON syntax (`.tf.json`, `.tfvars.json`) into the same tree as native HCL.

use smol_str::SmolStr;

use crate::source::{FileId, Span};
use crate::syntax::hcl::parser::Parser;
use crate::syntax::hcl::{Attribute, Block, Body, Expr, ExprKind, Item, Parsed};
use crate::syntax::json;
use crate::value::{Entry, Mapped, More, Node, NodeKind};

/// Blocks within a resource that are Terraform's own; all else is an argument, whose kind its reader knows.
const OWN_BLOCKS: &[&str] = &["lifecycle", "provisioner", "connection", "timeouts"];

/// How strings are read.
#[derive(Clone, Copy, PartialEq)]
enum Strings {
    /// As templates, which may refer to other values.
    Templates,
    /// As they are.
    Literal,
}

/// Parses a `.tf.json` file.
pub fn parse_json(file: FileId, text: &str) -> Parsed {
    let parsed = json::parse(&Mapped::file(file, text));
    let reader = Reader { text, strings: Strings::Templates };
    let mut body = Body::default();
    for entry in parsed.root.as_ref().map(entries).unwrap_or_default() {
        match entry.key.as_str() {
            "resource" | "data" => {
                for (kind, inner) in each(&entry.value) {
                    for (name, value) in each(inner) {
                        body.blocks.push(reader.block(&entry.key, vec![kind.key.clone()], name, value));
                    }
                }
            }
            "variable" | "output" | "module" | "provider" => {
                for (name, value) in each(&entry.value) {
                    body.blocks.push(reader.block(&entry.key, Vec::new(), name, value));
                }
            }
            "locals" | "terraform" => {
                for value in objects(&entry.value) {
                    let body_of = reader.body(value);
                    let (kind, header) = (entry.key.clone(), entry.key_at);
                    body.blocks.push(Block { kind, labels: Vec::new(), header, at: value.at, body: body_of });
                }
            }
            _ => {}
        }
    }
    Parsed { body, errors: parsed.errors }
}

/// Parses a `.tfvars.json` file.
pub fn parse_json_variables(file: FileId, text: &str) -> Parsed {
    let parsed = json::parse(&Mapped::file(file, text));
    let reader = Reader { text, strings: Strings::Literal };
    let body = parsed.root.as_ref().map(|root| reader.body(root)).unwrap_or_default();
    Parsed { body, errors: parsed.errors }
}

/// The blocks of Terragrunt that have labels, and those that have none.
const LABELLED: &[&str] = &["dependency", "feature", "generate", "include"];
const UNLABELLED: &[&str] = &["dependencies", "exclude", "locals", "remote_state", "terraform"];

/// Parses a `terragrunt.hcl.json` file.
pub fn parse_json_terragrunt(file: FileId, text: &str) -> Parsed {
    let parsed = json::parse(&Mapped::file(file, text));
    let reader = Reader { text, strings: Strings::Templates };
    let mut body = Body::default();
    for entry in parsed.root.as_ref().map(entries).unwrap_or_default() {
        let (key, at) = (entry.key.as_str(), entry.key_at);
        // An `include` block needs no label.
        let is_bare = entry.value.get("path").is_some_and(|path| path.as_object().is_none());
        if LABELLED.contains(&key) && !is_bare {
            let blocks = each(&entry.value).into_iter();
            body.blocks.extend(blocks.map(|(name, value)| reader.block(&entry.key, Vec::new(), name, value)));
        } else if UNLABELLED.contains(&key) || LABELLED.contains(&key) {
            for value in objects(&entry.value) {
                let mut inner = reader.body(value);
                for arguments in value.get("extra_arguments").map(each).unwrap_or_default() {
                    let kind = SmolStr::new_static("extra_arguments");
                    inner.blocks.push(reader.block(&kind, Vec::new(), arguments.0, arguments.1));
                }
                let kind = entry.key.clone();
                body.blocks.push(Block { kind, labels: Vec::new(), header: at, at: value.at, body: inner });
            }
        } else {
            let value = reader.expr(&entry.value);
            body.attributes.push(Attribute { name: entry.key.clone(), name_at: at, value });
        }
    }
    Parsed { body, errors: parsed.errors }
}

fn entries(node: &Node) -> Vec<&Entry> {
    node.as_object().map(|object| object.entries.iter().collect()).unwrap_or_default()
}

/// A value as the objects it stands for: itself, or the items of a list.
fn objects(node: &Node) -> Vec<&Node> {
    match &node.kind {
        NodeKind::Array(array) => array.items.iter().collect(),
        _ => vec![node],
    }
}

/// The names within a value, each with its body or bodies.
fn each(node: &Node) -> Vec<(&Entry, &Node)> {
    let named = objects(node).into_iter().flat_map(entries);
    named.flat_map(|entry| objects(&entry.value).into_iter().map(move |value| (entry, value))).collect()
}

struct Reader<'t> {
    text: &'t str,
    strings: Strings,
}

impl Reader<'_> {
    fn block(&self, kind: &SmolStr, mut labels: Vec<SmolStr>, name: &Entry, value: &Node) -> Block {
        labels.push(name.key.clone());
        Block { kind: kind.clone(), labels, header: name.key_at, at: value.at, body: self.body(value) }
    }

    fn body(&self, node: &Node) -> Body {
        let mut body = Body { more: More::No, ..Body::default() };
        for entry in entries(node).into_iter().filter(|entry| entry.key != "//") {
            let (key, value) = (entry.key.as_str(), &entry.value);
            if OWN_BLOCKS.contains(&key) || key == "content" {
                let inner = |value: &Node| Block {
                    kind: entry.key.clone(),
                    labels: Vec::new(),
                    header: entry.key_at,
                    at: value.at,
                    body: self.body(value),
                };
                body.blocks.extend(objects(value).into_iter().map(inner));
            } else if key == "dynamic" {
                let inner = each(value).into_iter();
                body.blocks
                    .extend(inner.map(|(name, value)| self.block(&entry.key, Vec::new(), name, value)));
            } else {
                let value = if key == "type" { self.kind(value) } else { self.expr(value) };
                body.attributes.push(Attribute { name: entry.key.clone(), name_at: entry.key_at, value });
            }
        }
        body
    }

    fn expr(&self, node: &Node) -> Expr {
        let at = node.at;
        let kind = match &node.kind {
            NodeKind::Null => ExprKind::Null,
            NodeKind::Bool(value) => ExprKind::Bool(*value),
            NodeKind::Number(text) => ExprKind::Number(text.clone()),
            NodeKind::Array(array) => {
                ExprKind::Array(array.items.iter().map(|item| self.expr(item)).collect())
            }
            NodeKind::Object(object) => {
                ExprKind::Object(object.entries.iter().map(|entry| self.item(entry)).collect())
            }
            NodeKind::String(_) | NodeKind::Text(_) | NodeKind::Unknown(_) => self.string(at),
        };
        Expr { kind, at }
    }

    fn item(&self, entry: &Entry) -> Item {
        let key = Expr { kind: ExprKind::String(entry.key.clone()), at: entry.key_at };
        Item { key, value: self.expr(&entry.value) }
    }

    /// A string as Terraform reads it, whatever placeholders of other tools it may hold.
    fn string(&self, at: Span) -> ExprKind {
        let raw = self.text.get(at.range()).unwrap_or_default();
        let Ok(text) = serde_json::from_str::<String>(raw) else { return ExprKind::Unparsed };
        if self.strings == Strings::Literal || !(text.contains("${") || text.contains("%{")) {
            return ExprKind::String(text.into());
        }
        // If the string has escapes, places within it are not exact, but they are within it.
        let template = Parser::inner(at.file, &text, at.range().start + 1).template();
        template.map_or(ExprKind::Unparsed, ExprKind::Template)
    }

    /// The type of a variable, which is an expression in a string.
    fn kind(&self, node: &Node) -> Expr {
        let text = node.as_str().unwrap_or_default();
        let parsed = Parser::inner(node.at.file, text, node.at.range().start + 1).value();
        parsed.unwrap_or_else(|_| self.expr(node))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_are_blocks_and_strings_are_templates() {
        let text = r#"{ "resource": { "aws_ecs_service": { "web": { "name": "${var.name}-web", "desired_count": 2,
            "lifecycle": { "ignore_changes": ["desired_count"] } } } } }"#;
        let parsed = parse_json(FileId(0), text);
        let block = &parsed.body.blocks[0];
        assert_eq!(
            (block.kind.as_str(), block.labels.join(".")),
            ("resource", "aws_ecs_service.web".to_owned())
        );
        assert!(matches!(block.body.attributes[0].value.kind, ExprKind::Template(_)));
        assert_eq!(block.body.blocks[0].kind, "lifecycle");
    }

    #[test]
    fn values_of_variables_are_no_templates() {
        let parsed = parse_json_variables(FileId(0), r#"{ "image": "${x}" }"#);
        assert_eq!(parsed.body.attributes[0].value.kind, ExprKind::String("${x}".into()));
    }
}
