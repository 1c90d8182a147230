//! References to names that the module does not declare. Terraform refuses them before it evaluates anything: also in outputs, in
//! branches that are not used, and in arguments of `try`.

use rustc_hash::FxHashMap;
use smol_str::{SmolStr, format_smolstr};

use crate::address::ResourceName;
use crate::similar::{Names, closest};
use crate::source::Span;
use crate::syntax::hcl::{Attribute, Block, Body, Step};
use crate::syntax::{Label, SyntaxError};
use crate::terraform::Directory;

/// The arguments that refer to provider configurations.
const OF_PROVIDERS: &[&str] = &["provider", "providers"];

/// The blocks of a resource whose arguments are not expressions.
const KEYWORDS: &[(&str, &[&str])] =
    &[("lifecycle", &["ignore_changes"]), ("provisioner", &["when", "on_failure"])];

/// What the expressions of a directory refer to.
#[derive(Debug, Default)]
pub(super) struct References {
    /// The references to names that the directory does not declare.
    pub undeclared: Vec<SyntaxError>,
    /// Those to outputs of called modules.
    pub outputs: Vec<OutputReference>,
}

/// A reference to an output of a called module.
#[derive(Debug)]
pub(super) struct OutputReference {
    /// The name of the call.
    pub call: SmolStr,
    pub output: SmolStr,
    pub at: Span,
}

impl Directory {
    /// What its expressions refer to.
    pub(super) fn references(&self) -> &References {
        self.references.get_or_init(|| {
            let mut search = Search {
                directory: self,
                bound: Vec::new(),
                found: References::default(),
                known: FxHashMap::default(),
                names: FxHashMap::default(),
            };
            self.blocks().for_each(|block| search.top_level(block));
            search.found
        })
    }

    /// The error that Terraform reports for a reference to an output of this directory; `None` if it has the output.
    pub(super) fn no_output(
        &self,
        OutputReference { call, output, at }: &OutputReference,
    ) -> Option<SyntaxError> {
        let outputs =
            || self.blocks().filter(|block| block.kind == "output").filter_map(|block| block.labels.first());
        if outputs().any(|known| known == output) {
            return None;
        }
        let near = closest(output, outputs().map(SmolStr::as_str));
        let help = near.map(|near| format!("did you mean `module.{call}.{near}`?"));
        Some(SyntaxError { help, ..rejected(*at, format!("`module.{call}` has no output `{output}`")) })
    }
}

/// The most references to a name that are shown.
const MAX_SHOWN: usize = 4;

/// The search through one directory.
struct Search<'d> {
    directory: &'d Directory,
    /// The names that the blocks around an expression bind.
    bound: Vec<SmolStr>,
    found: References,
    /// The index of the error about each name, and the number of references to it.
    known: FxHashMap<String, (usize, usize)>,
    /// The declared names of each kind.
    names: FxHashMap<String, Names<'d>>,
}

/// The names that have a value in a block because of its meta-arguments.
#[derive(Clone, Copy)]
struct Instances {
    each: bool,
    count: bool,
}

impl Instances {
    fn of(block: &Block) -> Instances {
        let has = |name| block.body.attribute(name).is_some();
        Instances { each: has("for_each"), count: has("count") }
    }
}

impl<'d> Search<'d> {
    fn top_level(&mut self, block: &'d Block) {
        let instances = Instances::of(block);
        match block.kind.as_str() {
            "resource" | "data" | "ephemeral" | "module" | "output" | "locals" | "provider" | "check" => {
                self.body(block, &block.body, instances);
            }
            // The type is not an expression, and the default refers to nothing.
            "variable" => {
                let inner = block.body.blocks.iter().filter(|inner| inner.kind == "validation");
                inner.for_each(|inner| self.body(inner, &inner.body, instances));
            }
            // `moved`, `removed`, and `import` name resources that need not exist, and what blocks of later versions mean is unknown.
            _ => {}
        }
    }

    fn body(&mut self, owner: &Block, body: &'d Body, instances: Instances) {
        let keywords =
            KEYWORDS.iter().find(|(kind, _)| owner.kind == *kind).map_or(&[][..], |(_, words)| words);
        for attribute in &body.attributes {
            let name = attribute.name.as_str();
            if !OF_PROVIDERS.contains(&name) && !keywords.contains(&name) && !is_raw(attribute) {
                self.expression(attribute, instances);
            }
        }
        for block in &body.blocks {
            match block.kind.as_str() {
                "dynamic" => self.dynamic(block, instances),
                // A data source in a check has its own instances.
                "data" => self.body(block, &block.body, Instances::of(block)),
                _ => self.body(block, &block.body, instances),
            }
        }
    }

    /// A `dynamic` block binds the name of its blocks, or the one that it names, in their content.
    fn dynamic(&mut self, block: &'d Block, instances: Instances) {
        block.body.attribute("for_each").into_iter().for_each(|each| self.expression(each, instances));
        let named = block.body.attribute("iterator").map(|iterator| &iterator.value);
        let mut names: Vec<SmolStr> = Vec::new();
        match named {
            Some(named) => named.free_names(&mut Vec::new(), &mut |name, _, _| names.push(name.clone())),
            None => names.extend(block.labels.first().cloned()),
        }
        let around = self.bound.len();
        self.bound.extend(names);
        block.body.blocks.iter().for_each(|content| self.body(content, &content.body, instances));
        self.bound.truncate(around);
    }

    fn expression(&mut self, attribute: &'d Attribute, instances: Instances) {
        let mut bound = std::mem::take(&mut self.bound);
        attribute.value.free_names(&mut bound, &mut |name, steps, at| {
            let error = self.error(name, steps, at, instances);
            error.into_iter().for_each(|error| self.add(error));
            self.found.outputs.extend(self.output(name, steps, at));
        });
        self.bound = bound;
    }

    /// Adds an error, or its place to the first error about the same name.
    fn add(&mut self, error: SyntaxError) {
        let all = &mut self.found.undeclared;
        let (first, many) = self.known.entry(error.message.clone()).or_insert((all.len(), 0));
        *many += 1;
        match *many {
            1 => all.push(error),
            2..=MAX_SHOWN => {
                all[*first].labels.push(Label { span: error.span, message: "also here".to_owned() })
            }
            _ => {}
        }
    }

    /// The error that Terraform reports for a reference; `None` if the name is declared, or if that is unknown.
    fn error(
        &mut self,
        name: &SmolStr,
        steps: &[Step],
        at: Span,
        instances: Instances,
    ) -> Option<SyntaxError> {
        let module = self.directory;
        match (name.as_str(), steps) {
            ("var", [Step::Attribute(name, _), ..]) => {
                module.variable(name).is_none().then(|| self.undeclared("var", name, at))?
            }
            ("local", [Step::Attribute(name, _), ..]) => {
                module.local(name).is_none().then(|| self.undeclared("local", name, at))?
            }
            ("module", [Step::Attribute(name, _), ..]) => {
                module.call(name).is_none().then(|| self.undeclared("module", name, at))?
            }
            ("each", [Step::Attribute(member, _), ..]) => match member.as_str() {
                "key" | "value" if instances.each => None,
                "key" | "value" => {
                    Some(rejected(at, format!("`each.{member}` has a value only in a block with `for_each`")))
                }
                _ => Some(rejected(
                    at,
                    format!("`each` has no attribute `{member}`: expected `key` or `value`"),
                )),
            },
            ("count", [Step::Attribute(member, _), ..]) => match member.as_str() {
                "index" if instances.count => None,
                "index" => {
                    Some(rejected(at, "`count.index` has a value only in a block with `count`".to_owned()))
                }
                _ => Some(rejected(at, format!("`count` has no attribute `{member}`: expected `index`"))),
            },
            ("data", [Step::Attribute(kind, _), Step::Attribute(name, _), ..]) => {
                self.resource(&ResourceName::data(kind.clone(), name.clone()), at)
            }
            ("resource", [Step::Attribute(kind, _), Step::Attribute(name, _), ..]) => {
                self.resource(&ResourceName::managed(kind.clone(), name.clone()), at)
            }
            // Every type of a resource has the name of its provider before the first underscore. The other names are those of
            // this and of later versions of Terraform.
            (kind, [Step::Attribute(name, _), ..]) if kind.contains('_') => {
                self.resource(&ResourceName::managed(kind, name.clone()), at)
            }
            _ => None,
        }
    }

    /// The output of a called module that a reference selects. Without an instance key, the name after a call with `for_each` can be
    /// one.
    fn output(&self, name: &SmolStr, steps: &[Step], at: Span) -> Option<OutputReference> {
        let [Step::Attribute(call, _), rest @ ..] = steps else { return None };
        let block = self.directory.call(call).filter(|_| name == "module")?;
        let Instances { each, count } = Instances::of(block);
        let output = match rest {
            [Step::Attribute(output, _), ..] if !each && !count => output,
            [Step::Index(_) | Step::Splat | Step::AttributeSplat, Step::Attribute(output, _), ..]
                if each || count =>
            {
                output
            }
            _ => return None,
        };
        Some(OutputReference { call: call.clone(), output: output.clone(), at })
    }

    fn resource(&mut self, name: &ResourceName, at: Span) -> Option<SyntaxError> {
        if self.directory.resource(name).is_some() || self.is_in_check(name) {
            return None;
        }
        let same_kind = |known: &&ResourceName| known.mode == name.mode && known.kind == name.kind;
        let known = self.directory.resources().iter().filter(same_kind).map(|known| known.name.as_str());
        // What is declared nowhere can be in a file that is not here, such as one that another program writes.
        let kind = format!("{:?}.{}", name.mode, name.kind);
        let near = self.names.entry(kind).or_insert_with(|| Names::new(known)).misspelled(&name.name)?;
        let near = ResourceName { name: near.into(), ..name.clone() }.to_string();
        Some(undeclared(&name.to_string(), &near, at))
    }

    /// Returns `true` if a check declares a data source.
    fn is_in_check(&self, name: &ResourceName) -> bool {
        let checks = self.directory.blocks().filter(|block| block.kind == "check");
        let mut inner = checks.flat_map(|check| &check.body.blocks).filter(|block| block.kind == "data");
        inner.any(|block| block.labels.iter().eq([&name.kind, &name.name]))
    }

    fn undeclared(&mut self, kind: &str, name: &str, at: Span) -> Option<SyntaxError> {
        let known = || Names::new(self.directory.names(kind).into_iter());
        let near = self.names.entry(kind.to_owned()).or_insert_with(known).misspelled(name)?;
        Some(undeclared(&format_smolstr!("{kind}.{name}"), &format!("{kind}.{near}"), at))
    }
}

fn undeclared(name: &str, near: &str, at: Span) -> SyntaxError {
    let help = Some(format!("did you mean `{near}`?"));
    SyntaxError { help, ..rejected(at, format!("`{name}` is not declared in this module")) }
}

fn rejected(at: Span, message: String) -> SyntaxError {
    SyntaxError::rejected(at, message)
}

/// Returns `true` for what Terraform's JSON syntax writes as an argument, and whose names are not those of the module: comments,
/// and `dynamic` blocks.
fn is_raw(attribute: &Attribute) -> bool {
    attribute.name == "//" || attribute.name == "dynamic"
}
