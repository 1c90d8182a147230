//! `extra_arguments`: what Terragrunt passes to commands.

use smol_str::SmolStr;

use crate::syntax::hcl::Block;
use crate::terragrunt::file::{self, Values};
use crate::terragrunt::merge::{self, Strategy};
use crate::value::{Entry, More, Node, NodeKind, Object};

/// The start of the name of an environment variable that sets a variable.
const ENVIRONMENT: &str = "TF_VAR_";

/// The variables that Terragrunt passes to commands, in var files or as arguments; an open object if it may pass others.
pub(super) fn passed<'b>(values: &Values, blocks: impl Iterator<Item = &'b Block>) -> Option<Node> {
    let inner = blocks.flat_map(|block| &block.body.blocks);
    let arguments: Vec<&Block> = inner.filter(|block| block.kind == "extra_arguments").collect();
    let first = arguments.first()?;
    let mut all = Object::default();
    for block in &arguments {
        for name in ["required_var_files", "optional_var_files"] {
            match items(values, block, name) {
                Some(paths) => paths.iter().for_each(|path| add_file(values, path, &mut all)),
                None => all = open(),
            }
        }
        match items(values, block, "arguments") {
            Some(items) => add_arguments(values, &items, &mut all),
            None => all = open(),
        }
    }
    Some(Node::new(NodeKind::Object(all.into()), first.header))
}

/// The items of a list; `None` if some are unknown, empty if the list is missing.
fn items(values: &Values, block: &Block, name: &str) -> Option<Vec<Node>> {
    let Some(list) = values.of(&block.body, name) else { return Some(Vec::new()) };
    let array = list.as_array().filter(|array| array.more == More::No)?;
    Some(array.items.clone())
}

/// An object of which nothing is known.
fn open() -> Object {
    Object { more: More::Maybe, ..Object::default() }
}

/// Adds the variables in a var file.
fn add_file(values: &Values, path: &Node, all: &mut Object) {
    match path.as_str() {
        Some(path) => all.entries.extend(file::variables(values.scope, path).unwrap_or_default()),
        None => *all = open(),
    }
}

/// Adds the variables that arguments set: `-var-file=path` and `-var=name=value`, each also as two arguments.
fn add_arguments(values: &Values, arguments: &[Node], all: &mut Object) {
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let Some(text) = argument.as_str() else {
            *all = open();
            continue;
        };
        let (option, value) = match text.split_once('=') {
            Some((option, value)) => {
                (option, Some(Node { kind: Node::string(value, argument.at).kind, ..argument.clone() }))
            }
            None => (text, None),
        };
        let mut value = || value.clone().or_else(|| arguments.next().cloned());
        match option.trim_start_matches('-') {
            "var-file" => value().iter().for_each(|path| add_file(values, path, all)),
            "var" => match value().as_ref().and_then(variable) {
                Some(variable) => all.entries.push(variable),
                None => *all = open(),
            },
            _ => {}
        }
    }
}

/// The variable that `name=value` sets.
fn variable(pair: &Node) -> Option<Entry> {
    let (name, value) = pair.as_str()?.split_once('=')?;
    // A list or an object is an expression, which is not evaluated here.
    let is_plain = !value.trim_start().starts_with(['[', '{']);
    is_plain.then(|| Entry::new(SmolStr::from(name.trim()), pair.at, Node::string(value, pair.at)))
}

/// The inputs of a file, and the variables that its `env_vars` set. Both are in the environment of Terraform.
pub(super) fn with_environment<'b>(
    values: &Values,
    inputs: Option<Node>,
    blocks: impl Iterator<Item = &'b Block>,
) -> Option<Node> {
    let inner = blocks.flat_map(|block| &block.body.blocks);
    let all = inner.filter(|block| block.kind == "extra_arguments").filter_map(|block| {
        let variables = values.of(&block.body, "env_vars")?;
        Some(environment(&variables))
    });
    all.fold(inputs, |inputs, variables| {
        let is_empty =
            variables.as_object().is_some_and(|all| all.entries.is_empty() && all.more == More::No);
        match inputs {
            inputs if is_empty => inputs,
            Some(inputs) => Some(merge::merged(Strategy::Shallow, &inputs, &variables)),
            None => Some(variables),
        }
    })
}

/// The variables of Terraform among those of an environment.
fn environment(all: &Node) -> Node {
    let Some(object) = all.as_object() else { return merge::open_at(all.at) };
    let variable = |entry: &Entry| {
        let name = entry.key.strip_prefix(ENVIRONMENT)?;
        Some(Entry::new(SmolStr::from(name), entry.key_at, entry.value.clone()))
    };
    let entries = object.entries.iter().filter_map(variable).collect();
    let object = Object { entries, more: object.more, ..Object::default() };
    Node::new(NodeKind::Object(object.into()), all.at)
}
