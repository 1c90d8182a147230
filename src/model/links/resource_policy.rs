//! The policies of resources: secrets, repositories, buckets, keys, and file systems.

use crate::diagnostic::Place;
use crate::model::links::arn::{any, field};
use crate::model::{Efs, Link, Project};
use crate::policy::{Condition, Denial, Effect, Pattern, Policy, Request, Selector, Statement, Verdict};
use crate::resource::{Kind, Resource};
use crate::value::{Node, Unknown};
use crate::view::{Value, View};

/// The condition key that says that a client mounts a file system.
pub(crate) const MOUNTED: &str = "elasticfilesystem:AccessedViaMountTarget";

/// The condition key that says that a client uses encryption in transit.
const ENCRYPTED: &str = "aws:SecureTransport";

impl<'a> Project<'a> {
    /// The policies of a resource in the files: its own, and those that are put on it. There are none if it certainly has none.
    pub fn policies_on(self, resource: &'a Resource) -> Vec<Policy> {
        let view = self.view(resource);
        let own = view.object("Policy");
        let mut found = Vec::new();
        if !own.is_missing() {
            found.push(self.put(resource));
        }
        // The access control list of a bucket can allow requests too.
        let is_private = matches!(view.str("ACL"), Value::Missing | Value::Known("private", _));
        if !is_private || !view.is_missing("Grants") {
            found.push(Policy::unknown());
        }
        let kind = if resource.kind == Kind::Key { Kind::KeyPolicy } else { Kind::ResourcePolicy };
        for policy in self.in_unit_of(resource, kind) {
            match self.is_put_on(policy, resource) {
                Some(true) => found.push(self.put(policy)),
                Some(false) => {}
                None => found.push(Policy::unknown()),
            }
        }
        found
    }

    /// The document in the member `Policy`, unless Terraform ignores that something else changes it.
    fn put(self, policy: &'a Resource) -> Policy {
        let document = self.view(policy).object("Policy").known().filter(|_| !policy.ignores("Policy"));
        document.map_or_else(Policy::unknown, |document| self.policy(document))
    }

    /// The place of the policy of a resource: the member of the resource, or what puts the policy on it.
    pub fn policy_place(self, resource: &'a Resource) -> Option<Place> {
        let own = self.view(resource).entry("Policy").map(Place::key);
        let mut others = self.in_unit_of(resource, Kind::ResourcePolicy);
        let mut apart = || others.find(|policy| self.is_put_on(policy, resource) == Some(true));
        own.or_else(|| apart().map(Place::header))
    }

    /// The grants for a KMS key, each as the policy that allows the same.
    fn grants_for(self, of: &'a Resource) -> impl Iterator<Item = Policy> {
        let all = self.in_unit_of(of, Kind::KeyGrant).filter(move |_| of.kind == Kind::Key);
        all.filter_map(move |grant| match self.is_put_on(grant, of) {
            Some(true) => Some(self.grant(self.view(grant))),
            Some(false) => None,
            None => Some(Policy::unknown()),
        })
    }

    fn grant(self, grant: View) -> Policy {
        let (Some(grantee), Some(operations)) = (grant.entry("GranteePrincipal"), grant.entry("Operations"))
        else {
            return Policy::unknown();
        };
        let expand = |why: &Unknown| self.stands_for(why);
        let is_constrained = !grant.is_missing("Constraints");
        let action = |operation: Pattern| Pattern::text("kms:").then(operation.lowercase());
        let statement = Statement {
            effect: Effect::Allow,
            actions: Selector::read(&operations.value, &expand).map(action),
            resources: Selector::everything(),
            principals: Selector::read(&grantee.value, &expand)
                .map(|principal| Pattern::text("AWS ").then(principal)),
            conditions: is_constrained.then(Condition::undecided).into_iter().collect(),
            at: None,
        };
        Policy { statements: vec![statement], is_open: false }
    }

    /// Whether a policy is that of a resource; `None` if it may be.
    fn is_put_on(self, policy: &'a Resource, resource: &'a Resource) -> Option<bool> {
        let (key, name) = match resource.kind {
            Kind::Key => ("KeyId", None),
            Kind::Repository => ("repositoryName", resource.request.get("repositoryName")),
            Kind::Bucket => ("Bucket", resource.request.get("Name")),
            _ => ("ResourceArn", None),
        };
        let view = self.view(policy);
        let Some(entry) = view.entry(key) else { return view.is_missing(key).then_some(false) };
        let named = &entry.value;
        match (self.resolve(&[resource.kind], named), name) {
            (Link::To(of), _) => Some(of.is(resource)),
            (_, Some(name)) if name.certainly_equals(named) => Some(true),
            (_, Some(name)) if name.as_str().is_some() && named.as_str().is_some() => Some(false),
            // A reference to a resource of another kind.
            _ => named.resource().map(|_| false),
        }
    }

    /// What the policies of a resource say about a request of a role, if the files define the resource and it has any.
    pub fn verdict_of_resource(
        self,
        role: &'a Resource,
        resource: &'a Resource,
        request: &Request,
    ) -> Option<Verdict> {
        let mut policies = self.policies_on(resource);
        policies.extend(self.grants_for(resource));
        if policies.is_empty() {
            return None;
        }
        let policies: Vec<Policy> = policies.into_iter().map(Policy::without_accounts).collect();
        let arn = self.arn_of_role(role);
        let mut request =
            Request { principal: Some(Pattern::text("AWS ").then(arn.clone())), ..request.clone() };
        request.context.push(("aws:PrincipalArn", arn));
        Some(self.evaluate(&policies, &request))
    }

    /// Returns `true` if the policy of a KMS key allows a request neither to a role nor to the account, so that the policies of the role
    /// cannot allow it.
    pub fn is_closed_to(self, role: &'a Resource, key: &'a Resource, request: &Request) -> bool {
        if key.kind != Kind::Key || self.has_opaque_refs(key) {
            return false;
        }
        let mut policies = self.policies_on(key);
        if policies.is_empty() {
            return false;
        }
        policies.extend(self.grants_for(key));
        let principal = Some(Pattern::text("AWS ").then(self.arn_of_role(role)));
        let request = Request { principal, ..request.clone() };
        matches!(self.evaluate(&policies, &request), Verdict::Denied(Denial::Nothing(_)))
    }

    /// The action that CloudWatch Logs needs and that the policies of a KMS key certainly do not allow it; without a policy, a key is open
    /// only to the account.
    pub fn missing_for_logs(self, key: &'a Resource) -> Option<&'static str> {
        if self.has_opaque_refs(key) {
            return None;
        }
        let policies = self.policies_on(key);
        let regional = Pattern::text("Service logs.").then(field()).then(Pattern::text(".amazonaws.com"));
        let services = [regional, Pattern::text("Service logs.amazonaws.com")];
        let is_denied = |action: &'static str, service: &Pattern| {
            let principal = Some(service.clone());
            let request = Request { principal, action: action.into(), resource: any(), context: Vec::new() };
            matches!(self.evaluate(&policies, &request), Verdict::Denied(_))
        };
        let mut needed = ["kms:GenerateDataKey", "kms:Decrypt"].into_iter();
        needed.find(|action| services.iter().all(|service| is_denied(action, service)))
    }

    /// Why a file system certainly refuses to be mounted by a task that does not use IAM authorization; `None` if it may accept it.
    /// Without a policy, it accepts all clients.
    pub fn refusal(self, system: &'a Resource, efs: Efs) -> Option<Denial> {
        let authorization = efs.view.object("authorizationConfig");
        let uses_iam = match authorization {
            Value::Known(config, _) => config.str("iam"),
            Value::Missing => Value::Missing,
            Value::Unknown(_) => return None,
        };
        if !matches!(uses_iam, Value::Missing | Value::Known("DISABLED", _)) || self.has_opaque_refs(system) {
            return None;
        }
        let policies = self.policies_on(system);
        let mut context = vec![(MOUNTED, Pattern::text("true"))];
        match efs.view.str("transitEncryption") {
            Value::Known("ENABLED", _) => context.push((ENCRYPTED, Pattern::text("true"))),
            Value::Known("DISABLED", _) | Value::Missing => context.push((ENCRYPTED, Pattern::text("false"))),
            _ => {}
        }
        let request = Request {
            principal: Some(Pattern::text("anonymous")),
            action: "elasticfilesystem:ClientMount".into(),
            resource: self.file_system_arn(&efs.view.entry("fileSystemId")?.value),
            context,
        };
        match self.evaluate(&policies, &request) {
            Verdict::Denied(denial) if !policies.is_empty() => Some(denial),
            _ => None,
        }
    }

    /// The resource of a kind that a value refers to, if the files define it.
    pub fn declared(self, kinds: &[Kind], named: &Node) -> Option<&'a Resource> {
        self.resolve(kinds, named).known().filter(|resource| resource.is_declared())
    }
}
