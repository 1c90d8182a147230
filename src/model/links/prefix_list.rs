//! The prefix lists in the rules of security groups.

use crate::model::{Endpoint, Project};
use crate::resource::Kind;
use crate::value::{More, Node, NodeKind};
use crate::view::View;

impl<'a> Project<'a> {
    /// Returns `true` if a rule may have a prefix list with the public addresses of an AWS service or, without one, with addresses on the
    /// internet.
    pub(super) fn may_have_list_for(self, rule: View<'a>, service: Option<&str>) -> bool {
        let may_be_for = |endpoint: &Endpoint| service.is_some_and(|name| endpoint.may_be_for(name));
        let others = self.gateway_lists(rule).is_none_or(|all| all.iter().any(may_be_for));
        !rule.is_missing("PrefixListIds") && others
    }

    /// The gateway endpoints whose prefix lists a rule has; `None` if it may have other prefix lists. Gateway endpoints have no addresses in
    /// the VPC.
    pub(super) fn gateway_lists(self, rule: View<'a>) -> Option<Vec<Endpoint<'a>>> {
        let lists = rule.entry("PrefixListIds").map(|entry| &entry.value)?;
        let endpoint =
            |node: &Node| self.resolve(&[Kind::VpcEndpoint], node).known().map(|it| self.endpoint(it));
        match &lists.kind {
            NodeKind::Array(array) => {
                let is_whole = array.more == More::No && !array.items.is_empty();
                array.items.iter().map(endpoint).collect::<Option<Vec<_>>>().filter(|_| is_whole)
            }
            _ => endpoint(lists).map(|only| vec![only]),
        }
    }
}
