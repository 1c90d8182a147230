//! Whole resources as values: a reference without an attribute. It is an unknown value that knows its address, so that a later
//! step still finds the configured arguments.

use crate::address::{ResourceName, ResourceRef};
use crate::source::Span;
use crate::syntax::hcl::Step;
use crate::terraform::Configuration;
use crate::terraform::evaluation::eval::Eval;
use crate::terraform::evaluation::expand;
use crate::terraform::module::{Instance, ModuleId};
use crate::value::{Entry, More, Node, NodeKind, Unknown};

impl Eval<'_, '_> {
    /// All instances of a block: a list for `count`, an object for `for_each`.
    pub(super) fn all_instances(self, name: &ResourceName, instances: &[Instance], at: Span) -> Node {
        let whole = |instance: &Instance| Node::unknown(self.outside(name, expand::key(instance), &[]), at);
        let named = |instance: &Instance| {
            let key = instance.key.as_ref()?;
            Some(Entry::new(key.as_str()?, key.at, whole(instance)))
        };
        let is_object = match instances.first() {
            Some(first) => first.key.is_some(),
            None => self
                .module
                .directory
                .resource(name)
                .is_some_and(|block| block.body.attribute("for_each").is_some()),
        };
        if is_object {
            Node::object(instances.iter().filter_map(named).collect(), at)
        } else {
            Node::array(instances.iter().map(whole).collect(), at)
        }
    }

    /// The attribute of a whole resource; `None` if the value is not a whole resource of this configuration.
    pub(super) fn attribute_of_whole(self, value: &Node, steps: &[Step], at: Span) -> Option<Node> {
        let resource = whole(value)?;
        let id = self.configuration.module_of(resource)?;
        let block = self.configuration.modules[id].directory.resource(&resource.resource)?;
        let instances = expand::known(self.configuration, id, block);
        let is_meant = |instance: &&Instance| expand::key(instance) == resource.key;
        let instance = instances.iter().flat_map(|instances| instances.iter()).find(is_meant).cloned();
        let nobody = Instance::default();
        let eval = self.configuration.eval(id, &nobody);
        let attribute = eval.of_resource(&resource.resource, &instance.unwrap_or_default(), steps, at);
        let unknown = || Node::unknown(eval.outside(&resource.resource, resource.key.clone(), steps), at);
        Some(self.seen_from_here(attribute, id, at).unwrap_or_else(unknown))
    }
}

impl Configuration<'_> {
    /// The module that declares a resource; `None` if it is in another root module, or was not read.
    fn module_of(&self, resource: &ResourceRef) -> Option<ModuleId> {
        if resource.root != self.unit() {
            return None;
        }
        self.modules.iter().find(|(_, module)| module.path == resource.module).map(|(id, _)| id)
    }
}

/// The resource, if the value is a whole resource.
fn whole(value: &Node) -> Option<&ResourceRef> {
    match &value.kind {
        NodeKind::Unknown(Unknown::Attribute { of, attribute }) if attribute.is_empty() => Some(of),
        _ => None,
    }
}

/// The members of a collection of resources whose instances are unknown: one that can be any of them. `None` for other values.
pub(super) fn some_member(list: &Node) -> Option<(Vec<(Node, Node)>, More)> {
    let resource = whole(list).filter(|resource| resource.key.is_none())?;
    let key = Node::unknown(Unknown::Expression(format!("a key of {resource}").into()), list.at);
    Some((vec![(key, list.clone())], More::Maybe))
}
