//! The format of `secrets[].valueFrom` and of S3 object ARNs.

use crate::model::reference::ref_kind;
use crate::resource::{Kind, RefKind};
use crate::value::{Node, NodeKind, Part, Unknown};

/// An error in a reference to a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is an ARN that lacks its Region or its account ID.
    Incomplete,
    /// A parameter name with an invalid character.
    Name(char),
    /// An ARN of another service.
    Service(String),
    /// A Parameter Store ARN without a parameter name.
    Parameter,
    /// A Parameter Store ARN with a JSON key.
    Key,
    /// A Secrets Manager ARN without a secret name.
    Secret,
    /// A wrong number of fields after the secret name; there must be three or none.
    Tail(usize),
}

/// The error in a reference to a secret; `None` if it is valid.
pub fn reference_fault(text: &str) -> Option<Fault> {
    if !text.starts_with("arn:") {
        let allowed = |c: &char| c.is_ascii_alphanumeric() || "_.-/".contains(*c);
        return text.chars().find(|c| !allowed(c)).map(Fault::Name);
    }
    let fields: Vec<&str> = text.split(':').collect();
    let resource = fields.get(5).copied().unwrap_or_default();
    let is_resource = |field: &&str| *field == "secret" || field.starts_with("parameter/");
    if fields.iter().take(5).any(is_resource) {
        return Some(Fault::Incomplete);
    }
    match fields.get(2).copied().unwrap_or_default() {
        "ssm" if !resource.starts_with("parameter/") => Some(Fault::Parameter),
        // A version or a label can follow, but no JSON key.
        "ssm" => (fields.len() > 7).then_some(Fault::Key),
        "secretsmanager" => match (resource, fields.len()) {
            ("secret", 7 | 10) => None,
            ("secret", 8..) => Some(Fault::Tail(fields.len() - 7)),
            _ => Some(Fault::Secret),
        },
        service => Some(Fault::Service(service.to_owned())),
    }
}

/// What a value certainly is in place of the ARN of a secret or of a parameter, such as "a generated password"; `None` if it may be a
/// reference.
pub fn not_a_reference(value: &Node) -> Option<&'static str> {
    let NodeKind::Unknown(Unknown::Attribute { of, attribute }) = &value.kind else { return None };
    match (ref_kind(of)?, attribute.as_str()) {
        (RefKind::GeneratedPassword, "result" | "random_password") => Some("a generated password"),
        (RefKind::Request(Kind::Secret), "name") => Some("the name of a secret"),
        (RefKind::SecretVersion, "version_id") => Some("the ID of a version of a secret"),
        (RefKind::Request(Kind::Database), "endpoint" | "address" | "port" | "password") => {
            Some("an attribute of a database")
        }
        _ => None,
    }
}

/// The secret itself, without a JSON key: `${aws_secretsmanager_secret.db.arn}:password::`.
pub fn without_key(value_from: &Node) -> Node {
    let first = match &value_from.kind {
        NodeKind::Text(text) => text.parts.first(),
        _ => None,
    };
    match first {
        Some(Part::Unknown(why, at)) => Node::unknown(why.clone(), *at),
        _ => value_from.clone(),
    }
}

/// The service that stores the values that ECS passes to a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// Secrets Manager.
    Secrets,
    /// Systems Manager Parameter Store.
    Parameters,
}

/// The service that stores a secret; `None` if that is uncertain.
pub fn store(value: &Node) -> Option<Store> {
    if let Some(of) = value.resource() {
        return match ref_kind(of)? {
            RefKind::Request(Kind::Secret) | RefKind::SecretVersion => Some(Store::Secrets),
            RefKind::Request(Kind::Parameter) => Some(Store::Parameters),
            _ => None,
        };
    }
    let start = value.known_start();
    match start.split(':').nth(2) {
        Some("secretsmanager") => Some(Store::Secrets),
        Some("ssm") => Some(Store::Parameters),
        // A parameter in the same Region can be specified by name.
        None if value.as_str().is_some() && !start.starts_with("arn") => Some(Store::Parameters),
        _ => None,
    }
}

/// Why a value certainly is not the ARN of an S3 object; `None` if it may be one. The ARN of an access point is
/// accepted.
pub fn not_an_object(node: &Node) -> Option<&'static str> {
    let start = node.known_start();
    let whole = node.as_str().is_some();
    if start.is_empty() {
        return None;
    }
    if !start.starts_with("arn:") {
        let url = ["s3:", "http:", "https:"].iter().any(|scheme| start.starts_with(scheme));
        return (whole || url).then_some(if url {
            "is a URL, but ECS requires an ARN"
        } else {
            "is not an ARN"
        });
    }
    let mut fields = start.splitn(6, ':').skip(2);
    let (service, region) = (fields.next()?, fields.next()?);
    if service != "s3" {
        return Some("is not an Amazon S3 ARN");
    }
    let path = fields.nth(1).filter(|_| region.is_empty() && whole)?;
    let named = path.split_once('/').is_some_and(|(bucket, key)| !bucket.is_empty() && !key.is_empty());
    (!named).then_some("names a bucket, but not an object in it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_no_fields_behind_its_name_or_three() {
        let arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-a1b2c3";
        assert_eq!(reference_fault(arn), None);
        assert_eq!(reference_fault(&format!("{arn}:password::")), None);
        assert_eq!(reference_fault(&format!("{arn}:password")), Some(Fault::Tail(1)));
    }

    #[test]
    fn what_is_no_arn_is_a_parameter_s_name() {
        assert_eq!(reference_fault("/web/db-password_1.x"), None);
        assert_eq!(reference_fault("db:password::"), Some(Fault::Name(':')));
    }
}
