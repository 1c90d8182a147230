//! One place of a schema, and what it says.

use serde_json::Value;

use crate::resource::Kind;

/// What a schema says of a value.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    root: &'static Value,
    /// The place itself, with what is said of it beside a reference.
    here: &'static Value,
}

impl Shape {
    /// What a schema says of a request.
    pub(super) fn root(root: &'static Value) -> Shape {
        Shape { root, here: root }
    }

    /// The definition, if the place refers to one.
    fn resolved(self) -> &'static Value {
        let reference = self.here.get("$ref").and_then(Value::as_str);
        let name = reference.and_then(|reference| reference.strip_prefix("#/$defs/"));
        name.and_then(|name| self.root["$defs"].get(name)).unwrap_or(self.here)
    }

    fn at(self, here: &'static Value) -> Shape {
        Shape { root: self.root, here }
    }

    /// A member of the object, also where any key is one.
    pub fn member(self, key: &str) -> Option<Shape> {
        let object = self.resolved();
        let member = object.get("properties").and_then(|members| members.get(key));
        member.or_else(|| object.get("additionalProperties")).map(|here| self.at(here))
    }

    /// A member that the object names, with its key.
    pub fn known(self, key: &str) -> Option<(&'static str, Shape)> {
        let (key, here) = self.resolved().get("properties")?.as_object()?.get_key_value(key)?;
        Some((key, self.at(here)))
    }

    /// The members that the object names.
    pub fn members(self) -> impl Iterator<Item = (&'static str, Shape)> {
        let members = self.resolved().get("properties").and_then(Value::as_object);
        members.into_iter().flatten().map(move |(key, here)| (key.as_str(), self.at(here)))
    }

    /// The request that the place is in.
    pub fn request(self) -> Shape {
        self.at(self.root)
    }

    /// Whether the request of the other kind has such a member, and this one has not.
    pub fn is_of_other(self, key: &str) -> bool {
        let mut other = [Kind::Task, Kind::Service].into_iter().filter_map(super::shape);
        self.request().known(key).is_none() && other.any(|request| request.known(key).is_some())
    }

    /// An item of the list.
    pub fn item(self) -> Option<Shape> {
        self.resolved().get("items").map(|here| self.at(here))
    }

    /// Whether an answer or an update has this member of the request's, though the request has not.
    pub(super) fn answers(self, key: &str) -> bool {
        let answers = self.root["x-answers"].as_array();
        answers.is_some_and(|answers| answers.iter().any(|answer| answer == key))
    }

    /// Whether a rule of its own reports the value.
    pub(super) fn is_left_to_a_rule(self) -> bool {
        self.here.get("x-rule").is_some()
    }

    /// Whether a rule of its own reports that it is not there.
    pub(super) fn is_missed_by_a_rule(self) -> bool {
        self.here.get("x-absence").is_some()
    }

    /// The values it can have, where they are counted.
    pub fn options(self) -> Vec<&'static str> {
        let options = self.here.get("enum").and_then(Value::as_array);
        options.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// What it is for, in a sentence.
    pub fn description(self) -> Option<&'static str> {
        let said = |here: &'static Value| here.get("description").and_then(Value::as_str);
        said(self.here).or_else(|| said(self.resolved()))
    }

    /// A limit: `minimum`, `maximum`, `maxLength`, `maxItems`.
    pub fn limit(self, word: &str) -> Option<i64> {
        self.here.get(word).and_then(Value::as_i64)
    }

    /// The pattern of its text.
    pub fn pattern(self) -> Option<&'static str> {
        self.here.get("pattern").and_then(Value::as_str)
    }
}
