//! Roles and their policies.

use crate::diagnostic::Place;
use crate::model::{Link, Project, may_allow};
use crate::resource::{Kind, Resource};
use crate::value::Node;

/// The managed policy for execution roles.
const EXECUTION_POLICY: &str = "policy/service-role/AmazonECSTaskExecutionRolePolicy";

/// The actions that [`EXECUTION_POLICY`] allows.
const EXECUTION_ACTIONS: [&str; 6] = [
    "ecr:GetAuthorizationToken",
    "ecr:BatchCheckLayerAvailability",
    "ecr:GetDownloadUrlForLayer",
    "ecr:BatchGetImage",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
];

impl<'a> Project<'a> {
    /// The role that a value refers to.
    pub fn role_of(self, node: &Node) -> Link<&'a Resource> {
        self.resolve(&[Kind::Role], node)
    }

    /// The resources that give a role its policies; `None` if there may be others.
    pub fn policies_of(self, role: &'a Resource) -> Option<Vec<&'a Resource>> {
        let mut found = self.given_to(role, Kind::RolePolicy)?;
        found.extend(self.given_to(role, Kind::PolicyAttachment)?);
        Some(found)
    }

    /// The policies of a role, each with the place where it is attached, if these are certainly all and none of them
    /// allows an action. A role for which the files define no policy at all gets its policies elsewhere.
    pub fn denying_policies(self, role: &'a Resource, action: &str) -> Option<Vec<Place>> {
        if self.has_opaque_refs(role) || !role.is_declared() {
            return None;
        }
        let view = self.view(role);
        let mut places = Vec::new();
        let inline = view.list("InlinePolicies");
        if !inline.is_complete() {
            return None;
        }
        for policy in inline.objects() {
            let document = policy.object("PolicyDocument").known()?;
            if may_allow(document, action) {
                return None;
            }
            places.push(policy.place());
        }
        for arn in view.list("ManagedPolicyArns").counted()? {
            if self.may_be_allowed(arn, action) {
                return None;
            }
            places.push(Place::from(arn));
        }
        for policy in self.given_to(role, Kind::RolePolicy)? {
            if may_allow(self.view(policy).object("PolicyDocument").known()?, action) {
                return None;
            }
            places.push(Place::from(policy.header));
        }
        for attachment in self.given_to(role, Kind::PolicyAttachment)? {
            if self.may_be_allowed(attachment.request.get("PolicyArn")?, action) {
                return None;
            }
            places.push(Place::from(attachment.header));
        }
        (!places.is_empty()).then_some(places)
    }

    /// The place of the KMS key that encrypts a secret or a parameter, if a role needs permission to use the key in its
    /// own policies: the key is defined in the files and has no key policy, so it delegates access to IAM policies.
    pub fn key_left_to_roles(self, secret: &Node) -> Option<Place> {
        let secret = self.resolve(&[Kind::Secret, Kind::Parameter], secret).known()?;
        let named = ["KmsKeyId", "KeyId"].iter().find_map(|key| secret.request.get(key))?;
        let key = self.resolve(&[Kind::Key], named).known()?;
        let has_policies = self.in_unit_of(key, Kind::KeyPolicy).next().is_some();
        let is_left = !has_policies && self.view(key).is_missing("Policy");
        is_left.then(|| Place::from(named))
    }

    /// The resources of a kind that belong to a role; `None` if others may belong to it.
    fn given_to(self, role: &'a Resource, kind: Kind) -> Option<Vec<&'a Resource>> {
        let mut found = Vec::new();
        for document in self.in_unit_of(role, kind) {
            let named = document.request.get("RoleName")?;
            let of = match self.resolve(&[Kind::Role], named) {
                Link::To(of) => of,
                Link::Unknown | Link::None => {
                    let name = role.request.get("RoleName");
                    let same = name.is_some_and(|name| name.certainly_equals(named));
                    let is_other = self.is_other_role(named, role);
                    match same {
                        true => role,
                        false if is_other => continue,
                        false => return None,
                    }
                }
            };
            if of.is(role) {
                found.push(document);
            }
        }
        Some(found)
    }

    /// Returns `true` if a name certainly belongs to another role: both names are known, or another role in the root
    /// module has it.
    fn is_other_role(self, named: &Node, role: &'a Resource) -> bool {
        let name = role.request.get("RoleName");
        let known = |node: Option<&'a Node>| node.and_then(Node::as_str);
        if let (Some(ours), Some(theirs)) = (known(name), named.as_str()) {
            return ours != theirs;
        }
        let mut others = self.in_unit_of(role, Kind::Role).filter(|other| !other.is(role));
        others.any(|other| other.request.get("RoleName").is_some_and(|name| name.certainly_equals(named)))
    }

    /// Returns `true` if a managed policy may allow an action. Of AWS managed policies, only the one for execution
    /// roles is known.
    fn may_be_allowed(self, arn: &Node, action: &str) -> bool {
        if let Some(policy) = self.resolve(&[Kind::Policy], arn).known() {
            let document = self.view(policy).object("PolicyDocument").known();
            return document.is_none_or(|document| may_allow(document, action));
        }
        let is_execution = arn.as_str().is_some_and(|arn| arn.ends_with(EXECUTION_POLICY))
            || arn.known_end().ends_with(EXECUTION_POLICY);
        !is_execution || EXECUTION_ACTIONS.contains(&action)
    }
}
