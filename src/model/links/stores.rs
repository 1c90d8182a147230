//! The secrets that containers read: the keys of their values, and the references in them.

use crate::diagnostic::Place;
use crate::model::secret::without_key;
use crate::model::{Link, Project};
use crate::resource::{Kind, Resource};
use crate::value::{Node, NodeKind, Part};
use crate::view::Value;
use crate::workspace::Reference;

/// The keys of the JSON object that is the value of a secret.
#[derive(Clone, Debug)]
pub struct SecretKeys<'a> {
    /// The keys; `None` if the value is not a JSON object.
    pub keys: Option<Vec<&'a str>>,
    /// The place where the value is set. The value itself is secret.
    pub place: Place,
    /// Where the secret is rotated, which replaces its value.
    pub rotation: Option<Place>,
}

/// The JSON key that a reference to a secret selects: `token` in `${aws_secretsmanager_secret.mail.arn}:token::`. `None` if
/// there is none, or if it selects an older version of the secret.
pub fn key_of(value_from: &Node) -> Option<&str> {
    let NodeKind::Text(text) = &value_from.kind else { return None };
    let [Part::Unknown(..), Part::Known { text, .. }] = text.parts.as_slice() else { return None };
    match text.split(':').collect::<Vec<_>>().as_slice() {
        ["", key, "", ""] if !key.is_empty() => Some(key),
        _ => None,
    }
}

impl<'a> Project<'a> {
    /// The keys of the secret that a reference selects; `None` unless the files set its value, and nothing else changes it.
    pub fn secret_keys(self, value_from: &Node) -> Option<SecretKeys<'a>> {
        let version = self.version_of(value_from)?;
        let view = self.view(version);
        let place = Place::key(view.entry("SecretKeys")?);
        let rotation = version.request.get("SecretId").and_then(|secret| self.rotation_of(secret));
        match view.any("SecretKeys") {
            Value::Known(keys, _) if matches!(keys.node.kind, NodeKind::Bool(false)) => {
                Some(SecretKeys { keys: None, place, rotation })
            }
            Value::Known(keys, _) => {
                let list = keys.items();
                let names = list.iter().filter_map(|item| item.node.as_str()).collect();
                list.is_complete().then_some(SecretKeys { keys: Some(names), place, rotation })
            }
            Value::Unknown(_) | Value::Missing => None,
        }
    }

    /// The references in the value that a reference to a secret or a parameter selects; `None` unless the files set the value, and nothing
    /// else changes it.
    pub fn references_behind(self, value_from: &Node, from: &Resource) -> Option<&'a Node> {
        let named = without_key(value_from);
        let by_name = || {
            let mut all = self.named(Kind::Parameter, "Name", &named, from.unit());
            all.next().filter(|_| named.as_str().is_some() && all.next().is_none())
        };
        if let Some(parameter) = self.resolve(&[Kind::Parameter], &named).known().or_else(by_name) {
            return parameter.request.get("References").filter(|_| !parameter.ignores("References"));
        }
        let within = self.version_of(value_from)?.request.get("References")?;
        match key_of(value_from) {
            Some(key) => within.get(key),
            None => matches!(value_from.kind, NodeKind::Unknown(_)).then_some(within),
        }
    }

    /// The only version of the secret that a reference selects; `None` unless the files set its value, and nothing else changes it.
    fn version_of(self, value_from: &Node) -> Option<&'a Resource> {
        let secret = self.secret_of(&without_key(value_from))?;
        let unit = secret.unit();
        let is_clear = [Reference::SecretAttachment, Reference::SecretVersion]
            .into_iter()
            .all(|reference| self.are_clear(reference, unit));
        // Some refer to a secret by another version of it.
        let of = |reference: Reference| {
            let by_version = self
                .referring(Reference::SecretVersion, secret)
                .flat_map(move |version| self.referring(reference, version));
            let all = self.referring(reference, secret).chain(by_version);
            all.filter(move |resource| resource.unit() == unit)
        };
        if !is_clear || of(Reference::SecretAttachment).next().is_some() {
            return None;
        }
        let mut versions = of(Reference::SecretVersion);
        let version = versions.next().filter(|_| versions.next().is_none())?;
        let is_ignored = version.ignores("SecretKeys") || version.ignores("References");
        let of = self.secret_of(version.request.get("SecretId")?);
        of.filter(|_| !is_ignored).map(|_| version)
    }

    /// Where the secret that a value refers to is rotated, or may be.
    fn rotation_of(self, secret: &Node) -> Option<Place> {
        let secret = self.secret_of(secret)?;
        let mut rotations = self.in_unit_of(secret, Kind::SecretRotation);
        let rotation = rotations.find(|rotation| {
            let of = rotation.request.get("SecretId").and_then(|named| self.secret_of(named));
            of.is_none_or(|of| of.is(secret))
        });
        rotation.map(Place::header)
    }

    /// The secret that a value refers to: itself, or by one of its versions.
    fn secret_of(self, node: &Node) -> Option<&'a Resource> {
        let found = match self.resolve(&[Kind::Secret, Kind::SecretVersion], node) {
            Link::To(found) => found,
            Link::Unknown | Link::None => return None,
        };
        match found.kind {
            Kind::SecretVersion => self.resolve(&[Kind::Secret], found.request.get("SecretId")?).known(),
            _ => Some(found),
        }
    }
}
