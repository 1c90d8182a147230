//! The policies of resources: secrets, repositories, buckets, keys, and file systems.

use crate::model::{Link, Project};
use crate::policy::{Pattern, Policy, Request, Verdict, evaluate};
use crate::resource::{Kind, Resource};
use crate::value::Node;

impl<'a> Project<'a> {
    /// The policy of a resource in the files: its own, or one that is put on it; `None` if it certainly has none.
    pub fn policy_of(self, resource: &'a Resource) -> Option<Policy> {
        let own = self.view(resource).object("Policy");
        if !own.is_missing() {
            return Some(own.known().map_or_else(Policy::unknown, |document| self.policy(document)));
        }
        let kind = if resource.kind == Kind::Key { Kind::KeyPolicy } else { Kind::ResourcePolicy };
        let mut found = self.in_unit_of(resource, kind).filter(|policy| self.is_put_on(policy, resource));
        let put = found.next()?;
        let document = self.view(put).object("Policy").known();
        Some(document.map_or_else(Policy::unknown, |document| self.policy(document)))
    }

    /// Returns `true` unless a policy certainly is that of another resource.
    fn is_put_on(self, policy: &'a Resource, resource: &'a Resource) -> bool {
        let key = if resource.kind == Kind::Key { "KeyId" } else { "ResourceArn" };
        let Some(named) = policy.request.get(key) else { return true };
        match self.resolve(&[resource.kind], named) {
            Link::To(of) => of.is(resource),
            // A reference to a resource of another kind, such as a bucket.
            Link::Unknown | Link::None => named.resource().is_none(),
        }
    }

    /// What the policy of a resource says about a request of a role, if the files define the resource and it has a policy.
    pub fn verdict_of_resource(
        self,
        role: &'a Resource,
        resource: &'a Resource,
        request: &Request,
    ) -> Option<Verdict> {
        let policy = self.policy_of(resource)?;
        let principal = Pattern::text("AWS ").then(self.arn_of_role(role));
        Some(evaluate(&[policy], &Request { principal: Some(principal), ..request.clone() }))
    }

    /// The resource of a kind that a value refers to, if the files define it.
    pub fn declared(self, kinds: &[Kind], named: &Node) -> Option<&'a Resource> {
        self.resolve(kinds, named).known().filter(|resource| resource.is_declared())
    }
}
