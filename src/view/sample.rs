//! Texts that attributes of resources have: their values are unknown, but their form is not.

use std::borrow::Cow;

use crate::frontend;
use crate::resource::{Kind, RefKind};
use crate::value::{Node, NodeKind, Part, Unknown};
use crate::view::{Value, View};

/// Attributes whose values always have the same form, with a sample.
const SAMPLES: &[(RefKind, &[&str], &str)] = &[
    (RefKind::Request(Kind::Secret), &["arn", "id"], SECRET),
    (RefKind::SecretVersion, &["arn"], SECRET),
    (RefKind::Request(Kind::Parameter), &["arn"], PARAMETER),
    (RefKind::Request(Kind::ParameterQuery), &["arn"], PARAMETER),
    (
        RefKind::Request(Kind::Repository),
        &["repository_url", "repositoryuri"],
        "123456789012.dkr.ecr.us-east-1.amazonaws.com/web",
    ),
    (RefKind::Request(Kind::FileSystem), &["id", "filesystemid"], "fs-0123456789abcdef0"),
    (RefKind::Image, &["id", "image_digest"], DIGEST),
    (RefKind::Region, &["id", "name", "region"], "us-east-1"),
    (RefKind::Account, &["account_id", "id"], "123456789012"),
    (RefKind::Partition, &["id", "partition"], "aws"),
];

const SECRET: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:web-a1b2c3";
const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const PARAMETER: &str = "arn:aws:ssm:us-east-1:123456789012:parameter/web";

/// A sample of the value of an attribute; `None` if its form is unknown.
pub(super) fn of(why: &Unknown) -> Option<&'static str> {
    let Unknown::Attribute { of, attribute } = why else { return None };
    let kind = frontend::ref_kind(&of.resource)?;
    let has_form = |attributes: &[&str]| attributes.iter().any(|known| attribute.eq_ignore_ascii_case(known));
    SAMPLES.iter().find(|(of, names, _)| *of == kind && has_form(names)).map(|(_, _, sample)| *sample)
}

/// A string with samples of its unknown parts; `None` if all parts are known, or if the form of one is unknown.
fn formed(node: &Node) -> Option<String> {
    match &node.kind {
        NodeKind::Unknown(why) => of(why).map(str::to_owned),
        NodeKind::Text(text) if text.known().is_none() => text.parts.iter().map(part).collect(),
        _ => None,
    }
}

fn part(part: &Part) -> Option<&str> {
    match part {
        Part::Known { text, .. } => Some(text),
        Part::Unknown(why, _) => of(why),
        Part::Json(_) | Part::Base64(_) => None,
    }
}

impl<'a> View<'a> {
    /// The member `key` as a string whose syntax is known: an owned one has samples of attributes.
    pub fn form(self, key: &str) -> Value<Cow<'a, str>> {
        let entry = self.entry(key);
        match entry.and_then(|entry| Some((formed(&entry.value)?, &entry.value))) {
            Some((sample, node)) => Value::Known(Cow::Owned(sample), self.place_of(node)),
            None => self.str(key).and_then(|text| Some(Cow::Borrowed(text))),
        }
    }
}
