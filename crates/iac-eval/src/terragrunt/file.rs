//! What a file sets, with the files that it includes.

use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use crate::source::Span;
use crate::syntax::SyntaxError;
use crate::syntax::hcl::{Attribute, Block, Body};
use crate::terraform::{Configuration, Defaults, Directory, Scenario};
use crate::terragrunt::merge::{self, Strategy};
use crate::terragrunt::scope::Scope;
use crate::terragrunt::{arguments, generated, include};
use crate::value::{Entry, More, Node, NodeKind, Object};

/// What a file sets. Paths are not resolved.
#[derive(Clone, Debug)]
pub(super) struct File {
    /// The place of the file.
    pub at: Span,
    /// `locals`, which are not merged.
    pub locals: Node,
    /// `inputs`.
    pub inputs: Option<Node>,
    /// The variables that Terragrunt passes to commands; they take precedence over inputs.
    pub passed: Option<Node>,
    /// `terraform { source }`, with its place.
    pub source: Option<Node>,
    /// The `dependency` blocks: the label and the path of each.
    pub dependencies: Vec<(SmolStr, PathBuf)>,
    /// The files that it includes.
    pub included: Vec<PathBuf>,
    /// Whether it writes Terraform files that may have more than settings.
    pub generates: bool,
    /// Whether Terragrunt leaves the unit out.
    pub is_skipped: bool,
}

/// The evaluation of the expressions of one file.
pub(super) struct Values<'v> {
    pub scope: &'v Scope<'v>,
    pub configuration: Configuration<'v>,
}

impl Values<'_> {
    /// The value of an attribute.
    pub(super) fn of(&self, body: &Body, name: &str) -> Option<Node> {
        body.attribute(name).map(|attribute| self.configuration.value(&attribute.value))
    }
}

/// Evaluates expressions of a file.
pub(super) fn within<T>(scope: &Scope, file: &Directory, evaluate: impl FnOnce(&Values) -> T) -> T {
    let repository = scope.reader.repository;
    let scenario = Scenario::default();
    let (sources, directories) = (repository.sources, repository.directories);
    let configuration = Configuration::new(sources, directories, scope, file, &scenario, Defaults::Count);
    let values = Values { scope, configuration };
    let value = evaluate(&values);
    scope.reader.spend(values.configuration.spent());
    if values.configuration.reached_limit() {
        let errors = values.configuration.errors().into_iter();
        let limits = errors.filter(SyntaxError::is_limit);
        limits.for_each(|limit| repository.limit(limit.span, limit.message));
    }
    value
}

/// The content of a file that is not a root module.
pub(super) fn body(file: &Directory) -> Option<&Body> {
    file.bodies.first().map(|(_, body)| body)
}

impl File {
    /// Reads a file and what it includes; `None` if the file cannot be read.
    pub(super) fn read(scope: &Scope, path: &Path) -> Option<File> {
        let file = scope.reader.file(path)?;
        let Some(included) = include::read(scope, &file) else {
            // An included file can set anything, and write any file.
            let own = File::own(scope, &file)?;
            return Some(File { inputs: Some(merge::open_at(own.at)), generates: true, ..own });
        };
        let exposed = include::exposed(&included).map(|value| ("include", value));
        let scope = Scope {
            included: included.iter().map(|one| one.file.clone()).collect(),
            names: scope.names.iter().cloned().chain(exposed).collect(),
            ..scope.clone()
        };
        let own = File::own(&scope, &file)?;
        let own = File { included: included.iter().map(|one| one.file.path.clone()).collect(), ..own };
        // Terragrunt merges the last one first.
        Some(included.into_iter().rev().fold(own, |child, one| child.over(one.content, one.strategy)))
    }

    /// What a file itself sets.
    pub(super) fn own(scope: &Scope, file: &Directory) -> Option<File> {
        let body = body(file)?;
        let at = Span::new(file.bodies.first()?.0, 0, 0);
        let is_partial = body.more == More::Maybe || !file.errors.is_empty();
        Some(within(scope, file, |values| {
            let blocks = |kind: &'static str| body.blocks.iter().filter(move |block| block.kind == kind);
            let dependency = |block: &Block| {
                let path = values.of(&block.body, "config_path")?;
                let is_linked = block.body.attribute("skip_outputs").is_none();
                is_linked.then(|| Some((block.labels.first()?.clone(), scope.path(path.as_str()?))))?
            };
            File {
                at,
                locals: values.configuration.locals(at),
                inputs: if is_partial {
                    Some(merge::open_at(at))
                } else {
                    arguments::with_environment(values, values.of(body, "inputs"), blocks("terraform"))
                },
                passed: arguments::passed(values, blocks("terraform")),
                source: blocks("terraform").find_map(|block| values.of(&block.body, "source")),
                dependencies: blocks("dependency").filter_map(dependency).collect(),
                included: Vec::new(),
                generates: generated::adds_resources(values, body),
                is_skipped: is_skipped(values, body),
            }
        }))
    }

    /// This file, merged with one that it includes.
    fn over(self, parent: File, strategy: Strategy) -> File {
        if strategy == Strategy::Nothing {
            return self;
        }
        let inputs = match (&parent.inputs, &self.inputs) {
            (Some(parent), Some(own)) => Some(merge::merged(strategy, parent, own)),
            (Some(only), None) | (None, Some(only)) if strategy == Strategy::Unknown => {
                Some(merge::open_at(only.at))
            }
            (parent, own) => own.as_ref().or(parent.as_ref()).cloned(),
        };
        let passed = match (&parent.passed, &self.passed) {
            (Some(parent), Some(own)) => Some(merge::merged(Strategy::Shallow, parent, own)),
            (parent, own) => own.as_ref().or(parent.as_ref()).cloned(),
        };
        let is_new = |(name, _): &(SmolStr, PathBuf)| self.dependencies.iter().all(|(own, _)| own != name);
        let more: Vec<_> = parent.dependencies.into_iter().filter(is_new).collect();
        File {
            inputs,
            passed,
            source: self.source.or(parent.source),
            dependencies: [self.dependencies, more].concat(),
            generates: self.generates || parent.generates,
            ..self
        }
    }

    /// The file as a value: what `read_terragrunt_config` returns.
    pub(super) fn value(&self) -> Node {
        let entry = |name: &'static str, value: &Node| Entry::new(name, self.at, value.clone());
        let inputs = self.inputs.as_ref().map(|inputs| entry("inputs", inputs));
        let entries = [entry("locals", &self.locals)].into_iter().chain(inputs).collect();
        let object = Object { entries, more: More::Maybe, ..Object::default() };
        Node::new(NodeKind::Object(object.into()), self.at)
    }
}

/// Returns `true` if a file excludes its unit from the commands that apply it.
fn is_skipped(values: &Values, body: &Body) -> bool {
    let is_true = |body: &Body, name| {
        values.of(body, name).is_some_and(|value| matches!(value.kind, NodeKind::Bool(true)))
    };
    let is_applied =
        |action: &Node| ["all", "all_except_output", "apply"].contains(&action.as_str().unwrap_or_default());
    let excludes = |block: &Block| {
        let actions = values.of(&block.body, "actions");
        let actions = actions.as_ref().and_then(Node::as_array).map(|actions| actions.items.as_slice());
        is_true(&block.body, "if") && actions.unwrap_or_default().iter().any(is_applied)
    };
    is_true(body, "skip") || body.blocks.iter().any(|block| block.kind == "exclude" && excludes(block))
}

/// The variables in a var file; `None` if it cannot be read.
pub(super) fn variables(scope: &Scope, path: &str) -> Option<Vec<Entry>> {
    let file = scope.reader.file(&scope.path(path))?;
    let attributes = &body(&file)?.attributes;
    let entry = |values: &Values, attribute: &Attribute| {
        let value = values.configuration.value(&attribute.value);
        Entry::new(attribute.name.clone(), attribute.name_at, value)
    };
    Some(within(scope, &file, |values| attributes.iter().map(|attribute| entry(values, attribute)).collect()))
}
