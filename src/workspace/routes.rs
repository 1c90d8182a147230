//! Which listeners and listener rules may forward to a target group, so that each group is compared with few of them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::address::{Address, ResourceId, ResourceRef, UnitId};
use crate::resource::{Kind, Resource};
use crate::value::{More, Node, NodeKind, Part, Unknown};

/// The listeners and listener rules of a workspace by the target groups that they mention, in the order of the workspace.
#[derive(Debug, Default)]
pub(super) struct Routes {
    /// By the address of one instance.
    exact: FxHashMap<ResourceRef, Vec<Route>>,
    /// By the block, if the instance is not known.
    loose: FxHashMap<Code, Vec<Route>>,
    /// By the block, all of them.
    all: FxHashMap<Code, Vec<Route>>,
    /// Those with a part that may refer to any target group, by unit.
    open: FxHashMap<UnitId, Vec<Route>>,
    /// The blocks of target groups.
    groups: FxHashSet<Code>,
    /// The number of resources that were added.
    added: usize,
}

/// A listener or a listener rule: whether it is a rule, its position in the workspace, and its id.
type Route = (bool, usize, ResourceId);

/// A unit, and the names of a block and of the modules around it.
type Code = (UnitId, String);

impl Routes {
    pub(super) fn add(&mut self, resource: &Resource) {
        if let (Kind::TargetGroup, Some(address)) = (resource.kind, &resource.address) {
            self.groups.insert((resource.unit(), address.code()));
        }
        self.added += 1;
        if !matches!(resource.kind, Kind::Listener | Kind::ListenerRule) {
            return;
        }
        let route = (resource.kind == Kind::ListenerRule, self.added, resource.id);
        if resource.request.as_object().is_none_or(|request| request.more == More::Maybe) {
            self.open.entry(resource.unit()).or_default().push(route);
        }
        for key in ["DefaultActions", "Actions"] {
            resource
                .request
                .get(key)
                .into_iter()
                .for_each(|actions| self.mention(actions, route, resource.unit()));
        }
    }

    /// Records what a part of the actions mentions.
    fn mention(&mut self, node: &Node, route: Route, unit: UnitId) {
        let open = match &node.kind {
            NodeKind::Array(array) => {
                array.items.iter().for_each(|item| self.mention(item, route, unit));
                array.more == More::Maybe
            }
            NodeKind::Object(object) => {
                object.entries.iter().for_each(|entry| self.mention(&entry.value, route, unit));
                object.more == More::Maybe
            }
            NodeKind::Unknown(Unknown::Attribute { of, .. }) => {
                self.attribute(of, route, unit);
                false
            }
            NodeKind::Unknown(_) => true,
            NodeKind::Text(text) => text.parts.iter().any(|part| !matches!(part, Part::Known { .. })),
            _ => false,
        };
        if open {
            self.open.entry(unit).or_default().push(route);
        }
    }

    /// Completes the table after all resources were added: a reference to something else may be to any target group.
    pub(super) fn finish(&mut self) {
        for (code, ids) in self.all.iter().filter(|(code, _)| !self.groups.contains(*code)) {
            self.open.entry(code.0).or_default().extend(ids);
        }
    }

    fn attribute(&mut self, of: &ResourceRef, route: Route, unit: UnitId) {
        let code = (unit, of.code());
        if of.is_exact() {
            self.exact.entry(of.clone()).or_default().push(route);
        } else {
            self.loose.entry(code.clone()).or_default().push(route);
        }
        self.all.entry(code).or_default().push(route);
    }

    /// Those that may forward to a target group in their unit, without duplicates: listeners first, in the order of the workspace.
    pub(super) fn to(&self, group: &Resource) -> Vec<ResourceId> {
        let code = |address: &Address| (group.unit(), address.code());
        let named = match &group.address {
            Some(address) if address.is_exact() => [self.exact.get(address), self.loose.get(&code(address))],
            Some(address) => [self.all.get(&code(address)), None],
            None => [None, None],
        };
        let open = self.open.get(&group.unit());
        let mut found: Vec<Route> = named.into_iter().chain([open]).flatten().flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|(.., id)| id).collect()
    }
}
