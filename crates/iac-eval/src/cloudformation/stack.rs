//! A template with the values of its parameters: one evaluation.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::address::{ModulePath, UnitId};
use crate::choice::{Assumption, Choice};
use crate::cloudformation::choices::Choices;
use crate::cloudformation::condition::Truth;
use crate::cloudformation::eval::MAX_VALUES;
use crate::cloudformation::parameter::as_text;
use crate::cloudformation::resource::Declared;
use crate::cloudformation::{Template, Types};
use crate::source::{FileId, Sources, Span};
use crate::syntax::{Label, SyntaxError};
use crate::value::{Node, Secret};

/// The values that are given to the parameters of a template, by name. Pseudo parameters can be given, too.
pub type Given = BTreeMap<SmolStr, Node>;

/// What other templates provide to a template.
pub trait Environment: fmt::Debug {
    /// The template that a stack of another template has as its `TemplateURL`; `None` if it is not in the files.
    fn nested(&self, caller: FileId, url: &TemplateUrl) -> Option<&Template>;

    /// The value of the export with a name, which may be known only in part; `None` if the files do not have it.
    fn export(&self, name: &Node) -> Option<Node>;
}

/// The environment of a template without others.
#[derive(Clone, Copy, Debug)]
pub struct Isolated;

impl Environment for Isolated {
    fn nested(&self, _: FileId, _: &TemplateUrl) -> Option<&Template> {
        None
    }

    fn export(&self, _: &Node) -> Option<Node> {
        None
    }
}

/// The `TemplateURL` of a nested stack.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TemplateUrl {
    /// An address, or a path next to the template.
    Whole(SmolStr),
    /// What follows the last part that is unknown.
    End(SmolStr),
}

impl TemplateUrl {
    fn of(value: &Node) -> TemplateUrl {
        match value.as_str() {
            Some(text) => TemplateUrl::Whole(text.into()),
            None => TemplateUrl::End(value.known_end().into()),
        }
    }
}

/// The maximum number of errors of a template, without those of its syntax.
const MAX_ERRORS: usize = 1_000;

/// How deeply stacks can be nested.
const MAX_NESTING: usize = 5;
const TOO_DEEP: &str = "stacks are nested more than 5 levels deep; this stack is not read";

/// The most nested stacks of one template, those in nested stacks included.
const MAX_STACKS: usize = 200;
const TOO_MANY: &str =
    "this template has more than 200 nested stacks; this one and the later ones are not read";

/// One evaluation of a template.
#[derive(Debug)]
pub struct Stack<'s> {
    pub(super) template: &'s Template,
    pub(super) sources: &'s Sources,
    pub(super) types: &'s dyn Types,
    pub(super) environment: &'s dyn Environment,
    pub(super) unit: UnitId,
    pub(super) path: ModulePath,
    pub(super) given: Given,
    /// The parameters whose defaults do not count.
    pub(super) refused: BTreeSet<SmolStr>,
    pub(super) choices: Rc<Choices>,
    pub(super) errors: Rc<RefCell<Vec<SyntaxError>>>,
    pub(super) conditions: RefCell<FxHashMap<SmolStr, Truth>>,
    /// The first error about a resource that does not exist, by the condition that is false.
    absent: RefCell<FxHashMap<SmolStr, Span>>,
    pub(super) is_unexplained: Cell<bool>,
    pub(super) cost: Rc<Cell<usize>>,
    pub(super) depth: Rc<Cell<usize>>,
    /// The number of nested stacks, which is the same for all of them.
    stacks: Rc<Cell<usize>>,
    /// The templates of the stacks around this one, the outermost first.
    around: Vec<FileId>,
    limits: Rc<RefCell<BTreeSet<&'static str>>>,
    /// How many evaluations around the current one may not happen, so that their errors do not count.
    quiet: Rc<Cell<usize>>,
    /// The resources that the current one refers to.
    pub(super) touched: RefCell<BTreeSet<SmolStr>>,
    pub(super) declared: RefCell<Option<Rc<FxHashMap<SmolStr, Declared>>>>,
    pub(super) children: RefCell<FxHashMap<SmolStr, Option<Rc<Stack<'s>>>>>,
}

impl<'s> Stack<'s> {
    /// A stack with values for its parameters, under assumptions about what is unknown.
    pub fn new(
        template: &'s Template,
        sources: &'s Sources,
        types: &'s dyn Types,
        environment: &'s dyn Environment,
        given: Given,
        assumptions: Vec<Assumption>,
    ) -> Stack<'s> {
        Stack {
            template,
            sources,
            types,
            environment,
            unit: UnitId::new(template.file),
            path: ModulePath::default(),
            given,
            refused: BTreeSet::new(),
            choices: Rc::new(Choices::new(assumptions)),
            errors: Rc::default(),
            conditions: RefCell::default(),
            absent: RefCell::default(),
            is_unexplained: Cell::default(),
            cost: Rc::default(),
            depth: Rc::default(),
            stacks: Rc::default(),
            around: Vec::new(),
            limits: Rc::default(),
            quiet: Rc::default(),
            touched: RefCell::default(),
            declared: RefCell::default(),
            children: RefCell::default(),
        }
    }

    /// The stack, if the rules of its template allow its parameters. A default that a rule refuses is not the value of any stack,
    /// so it is unknown.
    pub fn within_rules(self) -> Option<Stack<'s>> {
        let failed = self.failed_rules();
        if failed.is_empty() {
            return Some(self);
        }
        let refused = self.defaults_in(&failed);
        let Stack { template, sources, types, environment, given, choices, .. } = self;
        let again = Stack::new(template, sources, types, environment, given, choices.assumptions().to_vec());
        let again = Stack { refused, ..again };
        again.failed_rules().is_empty().then_some(again)
    }

    /// The stack in which no parameter has its default. Who selects one value often selects another value of the rest, too.
    pub fn without_defaults(self) -> Stack<'s> {
        let refused = self.template.section("Parameters").iter().map(|entry| entry.key.clone()).collect();
        Stack { refused, ..self }
    }

    /// The stack that a resource of this stack creates; `None` if its template is not in the files.
    pub(super) fn child(&self, name: &str) -> Option<Rc<Stack<'s>>> {
        if let Some(known) = self.children.borrow().get(name) {
            return known.clone();
        }
        self.children.borrow_mut().insert(name.into(), None);
        let made = self.made_child(name).map(Rc::new);
        self.children.borrow_mut().insert(name.into(), made.clone());
        made
    }

    fn made_child(&self, name: &str) -> Option<Stack<'s>> {
        let declared = self.resource(name)?;
        if declared.value.get("Type").and_then(Node::as_str) != Some("AWS::CloudFormation::Stack") {
            return None;
        }
        let properties = declared.value.get("Properties")?;
        let url = self.value(properties.get("TemplateURL")?, &declared.variables)?;
        let url = TemplateUrl::of(&url);
        let template = self.environment.nested(self.template.file, &url)?;
        let around: Vec<FileId> = self.around.iter().copied().chain([self.template.file]).collect();
        // Only a name makes it seem to be one of these.
        if around.contains(&template.file) {
            return None;
        }
        if around.len() > MAX_NESTING {
            self.limit(declared.at, TOO_DEEP);
            return None;
        }
        if self.stacks.get() >= MAX_STACKS {
            self.limit(declared.at, TOO_MANY);
            return None;
        }
        self.stacks.set(self.stacks.get() + 1);
        if matches!(&url, TemplateUrl::Whole(path) if !path.contains("://")) {
            self.check_parameters_of(template, name, properties, declared.at);
        }
        let mut given: Given = self
            .given
            .iter()
            .filter(|(name, _)| name.starts_with("AWS::"))
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect();
        let parameters = properties.get("Parameters").and_then(Node::as_object);
        for entry in parameters.into_iter().flat_map(|all| &all.entries) {
            if let Some(value) = self.value(&entry.value, &declared.variables) {
                given.insert(entry.key.clone(), as_text(&value));
            }
        }
        Some(Stack {
            template,
            path: self.path.child(name.into(), None),
            given,
            refused: BTreeSet::new(),
            choices: Rc::clone(&self.choices),
            errors: Rc::clone(&self.errors),
            cost: Rc::clone(&self.cost),
            depth: Rc::clone(&self.depth),
            stacks: Rc::clone(&self.stacks),
            around,
            limits: Rc::clone(&self.limits),
            quiet: Rc::clone(&self.quiet),
            conditions: RefCell::default(),
            absent: RefCell::default(),
            is_unexplained: Cell::default(),
            touched: RefCell::default(),
            declared: RefCell::default(),
            children: RefCell::default(),
            ..*self
        })
    }

    /// The identity of its resources.
    pub fn unit(&self) -> UnitId {
        self.unit
    }

    /// The value of an output; `None` if there is none.
    pub fn output(&self, name: &str) -> Option<Node> {
        let declared = self.template.member("Outputs", name)?;
        if self.exists(&declared.value) == Truth::False {
            return None;
        }
        self.value(declared.value.get("Value")?, &[])
    }

    /// The choices that the evaluation met, and about which nothing is assumed.
    pub fn choices(&self) -> Vec<Choice> {
        self.choices.met().into_iter().map(|choice| self.with_default(choice)).collect()
    }

    /// The values that the template offers for parameters whose defaults the evaluation used.
    pub fn promised(&self) -> Vec<Choice> {
        self.choices.promised()
    }

    /// The errors that CloudFormation reports for the template.
    pub fn errors(&self) -> Vec<SyntaxError> {
        self.errors.borrow().clone()
    }

    /// Whether a part of the template was not evaluated because it is too large.
    pub fn reached_limit(&self) -> bool {
        !self.limits.borrow().is_empty()
    }

    /// Records the first place at which a limit is reached, even in what may not happen.
    pub(super) fn limit(&self, at: Span, message: &'static str) {
        if self.limits.borrow_mut().insert(message) {
            self.errors.borrow_mut().push(SyntaxError::limit(at, message));
        }
    }

    /// The share of the limit on the cost of one evaluation that this one spent.
    pub fn spent(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "the limit is small")]
        let share = self.cost.get() as f64 / MAX_VALUES as f64;
        share
    }

    /// The values of parameters that `NoEcho` hides.
    pub fn secrets(&self) -> Vec<Secret> {
        let mut found = Vec::new();
        for parameter in self.template.section("Parameters") {
            if let Some(value) = self.parameter(&parameter.key) {
                value.collect_secrets(&mut found);
            }
        }
        let children = self.children.borrow();
        found.extend(children.values().flatten().flat_map(|child| child.secrets()));
        found
    }

    /// The files of the stacks in it.
    pub fn files(&self) -> Vec<FileId> {
        let mut files = vec![self.template.file];
        files.extend(self.children.borrow().values().flatten().flat_map(|child| child.files()));
        files.sort_unstable();
        files.dedup();
        files
    }

    /// Whether everything that its template declares was read, so that a name that is not declared does not exist.
    pub(super) fn is_whole(&self) -> bool {
        self.template.is_whole("Parameters")
    }

    /// Records a reference to a resource whose condition is false: an error for the first one, and a label of it for each other
    /// reference that the same condition breaks.
    pub(super) fn reject_absent(&self, name: &str, resource: &Node, at: Span, help: Option<String>) {
        if self.quiet.get() > 0 {
            return;
        }
        let condition = resource.get("Condition").and_then(Node::as_str).unwrap_or_default();
        let first = *self.absent.borrow_mut().entry(condition.into()).or_insert(at);
        if first == at {
            let message = format!("resource `{name}` does not exist here, because its condition is false");
            self.reject(at, message, help);
            return;
        }
        let label = Label { span: at, message: format!("`{name}` does not exist here either") };
        let mut errors = self.errors.borrow_mut();
        let known = errors.iter_mut().find(|error| error.span == first);
        if let Some(error) = known.filter(|error| error.labels.iter().all(|known| known.span != at)) {
            error.labels.push(label);
        }
    }

    /// Records an error, unless the current evaluation may not happen.
    pub(super) fn reject(&self, at: Span, message: String, help: Option<String>) {
        self.reject_with(at, || (message, help));
    }

    /// Records an error, whose message and help may take time.
    pub(super) fn reject_with(&self, at: Span, write: impl FnOnce() -> (String, Option<String>)) {
        if self.quiet.get() > 0 {
            return;
        }
        if self.errors.borrow().len() >= MAX_ERRORS {
            self.limit(at, "only the first 1000 errors of a template are reported");
            return;
        }
        let (message, help) = write();
        let error = SyntaxError { help, ..SyntaxError::rejected(at, message) };
        let mut errors = self.errors.borrow_mut();
        if !errors.contains(&error) {
            errors.push(error);
        }
    }

    /// Evaluates what may not happen.
    pub(super) fn quietly<T>(&self, evaluate: impl FnOnce() -> T) -> T {
        self.quiet.set(self.quiet.get() + 1);
        let value = evaluate();
        self.quiet.set(self.quiet.get() - 1);
        value
    }

    /// Records that the current resource refers to another one.
    pub(super) fn touch(&self, name: &str) {
        self.touched.borrow_mut().insert(name.into());
    }
}
