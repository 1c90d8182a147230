//! The resources of a stack.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::address::{Address, ResourceRef};
use crate::cloudformation::condition::Truth;
use crate::cloudformation::eval::{Variables, with_variables};
use crate::cloudformation::stack::Stack;
use crate::source::Span;
use crate::syntax::{Label, SyntaxError};
use crate::value::{Entry, More, Node, NodeKind, Object};

/// The largest number of resources of one template; CloudFormation allows 500.
const MAX_RESOURCES: usize = 1_000;
const TOO_MANY: &str =
    "this template has more than 1,000 resources; this one and the later ones are not evaluated";

/// The largest number of resources before one that are listed.
const MAX_DEPENDENCIES: usize = 300;

/// A resource of a template, as CloudFormation would create it.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its address. The type is the kind of its name, and the logical id the name.
    pub address: ResourceRef,
    /// Its properties.
    pub properties: Node,
    /// The resources that CloudFormation creates before it, because it refers to them or lists them in `DependsOn`, directly or
    /// not; `None` if there are too many, or [`Types::has_order`](crate::cloudformation::Types::has_order) returns `false`.
    pub dependencies: Option<Vec<Address>>,
    /// Whether it may not exist.
    pub is_conditional: bool,
    /// The logical id: the place to report when a property is missing.
    pub header: Span,
    /// Its `Metadata`, and that of its template.
    pub metadata: Vec<Node>,
}

/// A resource as it is written, with the variables of the loops around it.
#[derive(Clone, Debug)]
pub(super) struct Declared {
    pub value: Node,
    pub at: Span,
    pub variables: Rc<Variables>,
}

impl<'s> Stack<'s> {
    /// The resource with a logical id.
    pub(super) fn resource(&self, name: &str) -> Option<Declared> {
        self.declared().get(name).cloned()
    }

    pub(super) fn declares(&self, name: &str) -> bool {
        self.declared().contains_key(name)
    }

    fn declared(&self) -> Rc<FxHashMap<SmolStr, Declared>> {
        if let Some(known) = &*self.declared.borrow() {
            return Rc::clone(known);
        }
        // A loop whose list refers to a resource.
        *self.declared.borrow_mut() = Some(Rc::default());
        let mut found = FxHashMap::default();
        self.collect(self.template.section("Resources"), &[], &mut found);
        let found = Rc::new(found);
        *self.declared.borrow_mut() = Some(Rc::clone(&found));
        found
    }

    fn collect(&self, entries: &[Entry], variables: &Variables, found: &mut FxHashMap<SmolStr, Declared>) {
        let shared: Rc<Variables> = variables.into();
        for entry in entries {
            if found.len() >= MAX_RESOURCES {
                self.limit(entry.key_at, TOO_MANY);
                return;
            }
            if entry.key.starts_with("Fn::ForEach::") {
                let body = entry.value.as_array().and_then(|list| list.items.get(2));
                let body = body.and_then(Node::as_object);
                for round in self.rounds(&entry.value, variables).into_iter().flatten() {
                    self.collect(body.map_or(&[], |body| &body.entries), &round, found);
                }
            } else if entry.value.as_object().is_some() {
                let declared =
                    Declared { value: entry.value.clone(), at: entry.key_at, variables: Rc::clone(&shared) };
                found.insert(with_variables(&entry.key, variables), declared);
            }
        }
    }

    /// All resources that exist, those of nested stacks included, in the order of their places.
    pub fn resources(&self) -> Vec<Resource> {
        let declared = self.declared();
        let mut names: Vec<(&SmolStr, &Declared)> = declared.iter().collect();
        names.sort_by_key(|(name, declared)| (declared.at, *name));
        let mut needs: BTreeMap<SmolStr, BTreeSet<SmolStr>> = BTreeMap::new();
        let mut made = Vec::new();
        for (name, declared) in &names {
            if self.exists(&declared.value) == Truth::False {
                continue;
            }
            self.touched.borrow_mut().clear();
            made.extend(self.made(name, declared));
            self.order(&declared.value, &declared.variables);
            // A reference anywhere in a resource decides the order, too.
            if let Some(metadata) = declared.value.get("Metadata") {
                self.quietly(|| self.value(metadata, &declared.variables));
            }
            needs.insert((*name).clone(), self.touched.take());
        }
        for resource in &mut made {
            if self.types.has_order(&resource.address.resource.kind) {
                resource.dependencies = self.before(&resource.address.resource.name, &needs);
            }
        }
        self.reject_undeclared();
        self.reject_absent_in_outputs();
        // Assumptions change neither the form of a template nor what is given to the outermost one.
        let is_assumed = !self.choices.assumptions().is_empty();
        if !is_assumed || !self.path.is_root() {
            self.reject_values();
        }
        if !is_assumed {
            self.reject_structure();
        }
        self.reject_cycles(&needs);
        self.reject_limits(declared.len());
        let children: Vec<Rc<Stack>> =
            names.iter().filter_map(|(name, _)| self.existing_child(name)).collect();
        made.extend(children.iter().flat_map(|child| child.resources()));
        made
    }

    fn existing_child(&self, name: &str) -> Option<Rc<Stack<'s>>> {
        let declared = self.resource(name)?;
        (self.exists(&declared.value) != Truth::False).then(|| self.child(name)).flatten()
    }

    fn made(&self, name: &SmolStr, declared: &Declared) -> Option<Resource> {
        let kind = declared.value.get("Type").and_then(Node::as_str)?;
        let is_child = kind == "AWS::CloudFormation::Stack";
        let is_conditional = self.exists(&declared.value) == Truth::Undecided;
        let written = declared.value.get("Properties");
        let evaluate = || written.and_then(|properties| self.value(properties, &declared.variables));
        // What may not exist is not refused for what it refers to.
        let properties = if is_conditional { self.quietly(evaluate) } else { evaluate() };
        if is_child || !self.types.is_read(kind) {
            return None;
        }
        let is_open = declared.value.as_object().is_some_and(|object| object.more == More::Maybe)
            || declared.value.get("Fn::Transform").is_some();
        let properties = properties.unwrap_or_else(|| {
            let object = Object { more: if is_open { More::Maybe } else { More::No }, ..Object::default() };
            Node::new(NodeKind::Object(object.into()), declared.at)
        });
        Some(Resource {
            address: self.address(kind, name).into(),
            properties,
            dependencies: None,
            is_conditional,
            header: declared.at,
            metadata: [&declared.value, &self.template.root]
                .into_iter()
                .filter_map(|described| described.get("Metadata").cloned())
                .collect(),
        })
    }

    /// Records what a resource lists in `DependsOn`.
    fn order(&self, resource: &Node, variables: &Variables) {
        let Some(listed) = resource.get("DependsOn") else { return };
        let one = [listed.clone()];
        let items = listed.as_array().map_or(&one[..], |list| list.items.as_slice());
        for item in items {
            let Some(value) = self.value(item, variables) else { continue };
            let Some(name) = value.as_str() else { continue };
            match self.resource(name) {
                Some(other) if self.exists(&other.value) != Truth::False => self.touch(name),
                Some(other) => self.reject_absent(name, &other.value, item.at, None),
                None if self.template.is_whole("Resources") && !self.template.may_be_added(name) => {
                    self.reject(item.at, format!("the template has no resource `{name}`"), None);
                }
                None => {}
            }
        }
    }

    /// The resources that are created before another one; `None` if there are too many.
    fn before(&self, name: &str, needs: &BTreeMap<SmolStr, BTreeSet<SmolStr>>) -> Option<Vec<Address>> {
        let mut found: BTreeSet<&SmolStr> = BTreeSet::new();
        let mut open: Vec<&SmolStr> = needs.get(name).into_iter().flatten().collect();
        while let Some(next) = open.pop() {
            if found.insert(next) {
                open.extend(needs.get(next).into_iter().flatten());
            }
            if found.len() > MAX_DEPENDENCIES {
                return None;
            }
        }
        let all = self.declared();
        let address = |name: &SmolStr| {
            let kind = all.get(name)?.value.get("Type").and_then(Node::as_str)?;
            Some(self.address(kind, name))
        };
        Some(found.into_iter().filter_map(address).collect())
    }

    /// Reports resources that wait for each other.
    fn reject_cycles(&self, needs: &BTreeMap<SmolStr, BTreeSet<SmolStr>>) {
        let mut done: BTreeSet<&SmolStr> = BTreeSet::new();
        for start in needs.keys() {
            if let Some(cycle) = cycle(start, needs, &mut done) {
                let names: Vec<String> = cycle.iter().map(|name| format!("`{name}`")).collect();
                let places = cycle.iter().filter_map(|name| self.resource(name).map(|declared| declared.at));
                let places: Vec<Span> = places.collect();
                let Some((first, rest)) = places.split_first() else { continue };
                let label =
                    |at: &Span| Label { span: *at, message: "waits for it, and it for this".to_owned() };
                let message = match names.as_slice() {
                    [only] => format!("resource {only} refers to itself"),
                    names => format!("the resources {} depend on each other", names.join(", ")),
                };
                let mut errors = self.errors.borrow_mut();
                errors.push(SyntaxError {
                    labels: rest.iter().map(label).collect(),
                    ..SyntaxError::rejected(*first, message)
                });
            }
        }
    }
}

/// A cycle that can be reached from a name, and that was not found before.
fn cycle<'n>(
    start: &'n SmolStr,
    needs: &'n BTreeMap<SmolStr, BTreeSet<SmolStr>>,
    done: &mut BTreeSet<&'n SmolStr>,
) -> Option<Vec<&'n SmolStr>> {
    let mut path: Vec<(&SmolStr, Vec<&SmolStr>)> = Vec::new();
    let mut found = None;
    if done.contains(start) {
        return None;
    }
    let next = |name: &SmolStr| needs.get(name).into_iter().flatten().collect::<Vec<_>>();
    path.push((start, next(start)));
    while let Some((name, open)) = path.last_mut() {
        match open.pop() {
            Some(other) => {
                if let Some(position) = path.iter().position(|(known, _)| *known == other) {
                    found.get_or_insert_with(|| path[position..].iter().map(|(name, _)| *name).collect());
                } else if !done.contains(other) && needs.contains_key(other) {
                    path.push((other, next(other)));
                }
            }
            None => {
                done.insert(*name);
                path.pop();
            }
        }
    }
    found
}
