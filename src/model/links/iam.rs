//! Roles and their policies.

use crate::address::UnitId;
use crate::diagnostic::Place;
use crate::model::role_place::values;
use crate::model::{Link, Project};
use crate::policy::{Denial, Policy, Request, Verdict, managed};
use crate::resource::{Kind, Resource};
use crate::value::Node;
use crate::view::View;
use crate::workspace::{Reference, own_name};

/// Everything that the files say about what a role may do.
#[derive(Clone, Debug)]
pub struct Grants<'a> {
    project: Project<'a>,
    /// Its policies.
    policies: Vec<Policy>,
    /// Its permissions boundary, if it has one, and where it is named.
    boundary: Option<(Policy, Place)>,
}

impl Grants<'_> {
    /// Whether the role may do something. Service control policies are outside of the files.
    pub fn verdict(&self, request: &Request) -> Verdict {
        let own = self.project.evaluate(&self.policies, request);
        if matches!(own, Verdict::Denied(_)) {
            return own;
        }
        let Some((boundary, place)) = &self.boundary else { return own };
        match self.project.evaluate(std::slice::from_ref(boundary), request) {
            Verdict::Allowed => own,
            Verdict::Denied(Denial::Nothing(_)) => Verdict::Denied(Denial::Boundary(*place)),
            within => within,
        }
    }
}

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

    /// What a role may do; `None` if the files do not define the role, or it may get policies elsewhere.
    pub fn grants(self, role: &'a Resource) -> Option<Grants<'a>> {
        if self.has_opaque_refs(role) || !role.is_declared() {
            return None;
        }
        let view = self.view(role);
        let inline = view.list("InlinePolicies");
        let rest = (!inline.is_complete()).then(Policy::unknown);
        let mut policies: Vec<Policy> = inline.objects().map(|one| self.document(one)).chain(rest).collect();
        match view.list("ManagedPolicyArns").counted() {
            Some(arns) => policies.extend(arns.into_iter().map(|arn| self.managed(arn))),
            None => policies.push(Policy::unknown()),
        }
        let given = self.given_to(role, Kind::RolePolicy)?;
        policies.extend(given.into_iter().map(|policy| self.document(self.view(policy))));
        for attachment in self.given_to(role, Kind::PolicyAttachment)? {
            let view = self.view(attachment);
            let several = view.list("PolicyArns").counted()?;
            let one = attachment.request.get("PolicyArn");
            policies.extend(one.into_iter().chain(several).map(|arn| self.managed(arn)));
        }
        if policies.is_empty() && self.may_be_given(role) {
            return None;
        }
        let boundary = view.entry("PermissionsBoundary").map(|entry| {
            let named = Place::from(&entry.value);
            (self.managed(&entry.value), named.used.map_or(named, Place::from))
        });
        Some(Grants { project: self, policies, boundary })
    }

    /// Returns `true` if a role without policies may get them from something that is not read.
    fn may_be_given(self, role: &Resource) -> bool {
        let is_complete = self.workspace.unit(role.unit()).is_some_and(|unit| unit.is_complete);
        !is_complete || self.calls_unread_modules(role.unit())
    }

    /// The policy of a request with a document.
    fn document(self, view: View) -> Policy {
        view.object("PolicyDocument").known().map_or_else(Policy::unknown, |document| self.policy(document))
    }

    /// A managed policy, of the files or of AWS.
    fn managed(self, arn: &Node) -> Policy {
        if let Some(policy) = self.resolve(&[Kind::Policy], arn).known() {
            return self.document(self.view(policy));
        }
        let end = arn.known_end();
        let of_aws = end.split_once(":aws:policy/").map(|(_, path)| path.rsplit('/').next().unwrap_or(path));
        of_aws.and_then(managed).cloned().unwrap_or_else(Policy::unknown)
    }

    /// The KMS key in the files that encrypts a secret or a parameter, and the value that names it.
    pub fn key_of(self, secret: &Node) -> Option<(&'a Node, &'a Resource)> {
        let secret = self.resolve(&[Kind::Secret, Kind::Parameter], secret).known()?;
        let named = ["KmsKeyId", "KeyId"].iter().find_map(|key| secret.request.get(key))?;
        Some((named, self.declared(&[Kind::Key], named)?))
    }

    /// The resources of a kind that belong to a role; `None` if others may belong to it.
    fn given_to(self, role: &'a Resource, kind: Kind) -> Option<Vec<&'a Resource>> {
        let mut found = Vec::new();
        for document in self.may_be_given_to(role, kind) {
            let one = document.request.get("RoleName").into_iter();
            let several = self.view(document).list("Roles").counted()?;
            for named in one.chain(several) {
                if self.is_role(named, role)? {
                    found.push(document);
                }
            }
        }
        Some(found)
    }

    /// The resources of a kind that may belong to a role, in the order of the workspace.
    fn may_be_given_to(self, role: &'a Resource, kind: Kind) -> Vec<&'a Resource> {
        // Any name may be that of a role whose name is unknown.
        let Some(name) = role.request.get("RoleName").and_then(Node::as_str) else {
            return self.in_unit_of(role, kind).collect();
        };
        let reference = match kind {
            Kind::RolePolicy => Reference::RolePolicy,
            _ => Reference::PolicyAttachment,
        };
        let table = self.workspace.references(reference);
        let all = [table.to(role.id), table.by_text(name), table.open(role.unit())];
        let all = all.into_iter().flat_map(|ids| self.each(ids));
        let mut near: Vec<&Resource> = all.filter(|document| document.unit() == role.unit()).collect();
        near.sort_by_key(|document| document.id);
        near.dedup_by_key(|document| document.id);
        near
    }

    /// Whether a value refers to a role; `None` if it may.
    fn is_role(self, named: &Node, role: &'a Resource) -> Option<bool> {
        if let Link::To(of) = self.resolve(&[Kind::Role], named) {
            return Some(of.is(role));
        }
        let name = role.request.get("RoleName");
        if name.is_some_and(|name| name.certainly_equals(named)) {
            return Some(true);
        }
        self.is_other_role(named, role).then_some(false)
    }

    /// Returns `true` if a name certainly belongs to another role: both names are known, or another role in the root
    /// module has it.
    fn is_other_role(self, named: &Node, role: &'a Resource) -> bool {
        let name = role.request.get("RoleName");
        let known = |node: Option<&'a Node>| node.and_then(Node::as_str);
        if let (Some(ours), Some(theirs)) = (known(name), named.as_str()) {
            return ours != theirs;
        }
        self.called(Kind::Role, named, role.unit()).any(|other| !other.is(role))
    }

    /// The resource of a kind that a value refers to, or whose name it is, in the unit of another resource.
    pub(crate) fn named_near(self, kind: Kind, named: &Node, from: &Resource) -> Option<&'a Resource> {
        self.resolve(&[kind], named).known().or_else(|| self.called(kind, named, from.unit()).next())
    }

    /// The resources of a unit whose name certainly is a value.
    fn called(self, kind: Kind, named: &Node, unit: UnitId) -> impl Iterator<Item = &'a Resource> {
        let all = self.each(self.workspace.index().with_name(unit, kind, named));
        all.filter(|other| own_name(other).is_some_and(|name| name.certainly_equals(named)))
    }

    /// The Auto Scaling group of a capacity provider whose instances have an instance profile.
    pub(crate) fn ecs_group_of(self, profile: &'a Resource) -> Option<&'a Resource> {
        self.in_unit_of(profile, Kind::Instances).find(|group| {
            let source = self.source_of(group).filter(|_| self.has_provider(group));
            source.is_some_and(|source| self.has_profile(source, profile))
        })
    }

    /// Returns `true` if instances, or what they are launched from, certainly have an instance profile.
    pub(crate) fn has_profile(self, source: &'a Resource, profile: &'a Resource) -> bool {
        self.profiles_of(source).any(|of| of.is(profile))
    }

    /// The instance profiles that instances, or what they are launched from, certainly have.
    pub(crate) fn profiles_of(self, source: &'a Resource) -> impl Iterator<Item = &'a Resource> {
        let named = source.request.get("IamInstanceProfile").into_iter();
        let all =
            named.flat_map(|named| ["Arn", "Name"].iter().filter_map(|key| named.get(key)).chain([named]));
        all.filter_map(move |named| self.named_near(Kind::InstanceProfile, named, source))
    }

    /// The Auto Scaling group, if it is the only one in its unit that a capacity provider uses.
    pub(crate) fn only_ecs_group(self, group: &'a Resource) -> Option<&'a Resource> {
        let mut others = self.in_unit_of(group, Kind::Instances).filter(|other| !other.is(group));
        others.all(|other| !self.has_provider(other)).then_some(group)
    }

    /// The value that names the role of an instance profile.
    pub(crate) fn profile_role(self, profile: &'a Resource) -> Option<&'a Node> {
        let mut named = Vec::new();
        values(self.view(profile), "Roles[]", &mut named);
        named.into_iter().next()
    }
}
