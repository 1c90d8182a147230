//! The ARNs of resources in the files, as patterns: the name is known, and account and Region usually are not.

use crate::address::ResourceRef;
use crate::model::Project;
use crate::model::reference::ref_kind;
use crate::policy::{Pattern, Policy, Request, Token, Verdict, evaluate};
use crate::resource::{Kind, RefKind, Resource};
use crate::value::{Node, Unknown};
use crate::view::View;

impl<'a> Project<'a> {
    /// Reads a policy document, in which references stand for the ARNs of their resources.
    pub fn policy(self, document: View) -> Policy {
        Policy::of(document, &|why| self.stands_for(why))
    }

    /// Evaluates policies that apply together. The comparison of patterns is work of the rule.
    pub(crate) fn evaluate(self, policies: &[Policy], request: &Request) -> Verdict {
        self.reads.step(policies.iter().map(Policy::size).sum::<usize>() / 8);
        evaluate(policies, request)
    }

    /// A value as the text that AWS gets, in which references stand for the ARNs and names of their resources.
    pub fn pattern(self, node: &Node) -> Pattern {
        Pattern::exact(node, &|why| self.stands_for(why))
    }

    /// The ARN or the name that a reference stands for; `None` if nothing of it is known.
    fn stands_for(self, why: &Unknown) -> Option<Pattern> {
        let Unknown::Attribute { of, attribute } = why else { return None };
        let kind = match ref_kind(of)? {
            RefKind::Request(kind) => kind,
            RefKind::SecretVersion if attribute == "arn" => return Some(secret(any())),
            _ => return None,
        };
        let name = || self.name(of, kind);
        match (kind, attribute.as_str()) {
            (Kind::Secret, "arn" | "id") => Some(secret(name())),
            (Kind::Parameter, "arn") => Some(parameter(name())),
            (Kind::Role, "arn") => Some(self.role_arn(of, name())),
            (Kind::Task, "arn") => Some(task(name()).then(Pattern::text(":")).then(field())),
            (Kind::Task, "arn_without_revision") => Some(task(name())),
            (Kind::Cluster, "arn") => Some(arn("ecs", Pattern::text("cluster/").then(name()))),
            (Kind::Bucket, "arn") => Some(bucket(name())),
            (Kind::Repository, "arn") => Some(arn("ecr", Pattern::text("repository/").then(name()))),
            // Old versions of the provider, and CloudFormation, return it with `:*`.
            (Kind::LogGroup, "arn") => {
                Some(arn("logs", Pattern::text("log-group:").then(name())).then(any()))
            }
            (Kind::Key, "arn") => Some(arn("kms", Pattern::text("key/").then(name()))),
            (Kind::FileSystem, "arn") => {
                Some(arn("elasticfilesystem", Pattern::text("file-system/").then(name())))
            }
            (Kind::Parameter | Kind::Role | Kind::LogGroup | Kind::Repository, "name" | "id")
            | (Kind::FileSystem | Kind::Key, "id" | "key_id")
            | (Kind::Bucket, "id" | "bucket" | "name")
            | (Kind::Cluster, "name") => Some(name()),
            _ => None,
        }
    }

    /// The name of a resource; an unknown one is the same wherever the resource is referred to.
    fn name(self, of: &ResourceRef, kind: Kind) -> Pattern {
        let named = self.at(of, kind).and_then(|resource| resource.request.get(name_member(kind)));
        match named.filter(|node| !node.is_missing()) {
            Some(node) => Pattern::exact(node, &|_| None),
            None => Pattern { tokens: vec![Token::Hole(Unknown::attribute(of.clone(), "name"))] },
        }
    }

    fn at(self, of: &ResourceRef, kind: Kind) -> Option<&'a Resource> {
        let mut found = self.workspace.index().at(of).iter().filter_map(|id| self.workspace.resource(*id));
        found.find(|resource| resource.kind == kind)
    }

    fn role_arn(self, of: &ResourceRef, name: Pattern) -> Pattern {
        let path = self.at(of, Kind::Role).and_then(|role| role.request.get("Path"));
        let path = path.map_or_else(|| Pattern::text("/"), |path| Pattern::exact(path, &|_| None));
        let start = Pattern::text("arn:").then(field()).then(Pattern::text(":iam::")).then(field());
        start.then(Pattern::text(":role")).then(path).then(name)
    }

    /// The ARN of a role.
    pub(crate) fn arn_of_role(self, role: &Resource) -> Pattern {
        let arn =
            role.address.as_ref().and_then(|of| self.stands_for(&Unknown::attribute(of.clone(), "arn")));
        arn.unwrap_or_else(any)
    }

    /// The ARN of a file system that is given by its id.
    pub(crate) fn file_system_arn(self, id: &Node) -> Pattern {
        arn("elasticfilesystem", Pattern::text("file-system/").then(self.pattern(id)))
    }

    /// The ARN of a key that is given by its ARN or its id.
    pub(crate) fn key_arn(self, key: &Node) -> Pattern {
        let key = self.pattern(key);
        let is_arn = key.known_start().starts_with("arn:");
        if is_arn { key } else { arn("kms", Pattern::text("key/").then(key)) }
    }

    /// The ARN of the secret or the parameter that `valueFrom` refers to, without a JSON key. A parameter can be referred to by its
    /// name.
    pub fn secret_arn(self, value_from: &Node) -> Pattern {
        let text = self.pattern(value_from);
        let colon = Token::Char(':');
        let start = text.known_start();
        if !start.starts_with("arn:") {
            return if text.tokens.is_empty() || start.is_empty() { any() } else { parameter(text) };
        }
        let fields: Vec<&[Token]> = text.tokens.split(|token| *token == colon).collect();
        let is_secret = fields.get(2) == Some(&&*Pattern::text("secretsmanager").tokens);
        if !is_secret {
            return text;
        }
        let tokens = fields.into_iter().take(7).collect::<Vec<_>>().join(&colon);
        let end = &tokens[tokens.len().saturating_sub(7)..];
        let suffix = match end {
            [Token::Char('-'), end @ ..] if end.iter().all(|token| *token == Token::One) => {
                Pattern::default()
            }
            [Token::Char('-'), ..] => field(),
            end if end.iter().any(|token| !matches!(token, Token::Char(_))) => any(),
            _ => Pattern::glob("-??????"),
        };
        Pattern { tokens }.then(suffix)
    }
}

/// The member of a request that is the name of the resource.
fn name_member(kind: Kind) -> &'static str {
    match kind {
        Kind::Role => "RoleName",
        Kind::Task => "family",
        Kind::Cluster => "clusterName",
        Kind::Repository => "repositoryName",
        Kind::LogGroup => "logGroupName",
        _ => "Name",
    }
}

/// Any text.
pub(crate) fn any() -> Pattern {
    Pattern::glob("*")
}

/// An ARN with an unknown partition, Region, and account.
pub(crate) fn arn(service: &str, resource: Pattern) -> Pattern {
    let colon = || Pattern::text(":");
    let start = Pattern::text("arn:").then(field()).then(Pattern::text(&format!(":{service}:")));
    start.then(field()).then(colon()).then(field()).then(colon()).then(resource)
}

/// An ARN with a known account.
pub(crate) fn arn_of(service: &str, account: &str, resource: Pattern) -> Pattern {
    let start = Pattern::text("arn:").then(field()).then(Pattern::text(&format!(":{service}:")));
    start.then(field()).then(Pattern::text(&format!(":{account}:"))).then(resource)
}

/// A field of an ARN that is unknown.
pub(crate) fn field() -> Pattern {
    Pattern { tokens: vec![Token::Field] }
}

/// An ARN with a known account and Region.
pub(crate) fn arn_in(service: &str, (account, region): (&str, &str), resource: Pattern) -> Pattern {
    let start = Pattern::text("arn:").then(field());
    start.then(Pattern::text(&format!(":{service}:{region}:{account}:"))).then(resource)
}

/// The ARN of a secret: AWS appends six random characters to its name.
fn secret(name: Pattern) -> Pattern {
    arn("secretsmanager", Pattern::text("secret:").then(name).then(Pattern::glob("-??????")))
}

/// The ARN of a parameter, whose name can begin with a slash.
fn parameter(name: Pattern) -> Pattern {
    let slash = match name.tokens.first() {
        Some(Token::Char('/')) => Pattern::default(),
        Some(Token::Char(_)) => Pattern::text("/"),
        _ => any(),
    };
    arn("ssm", Pattern::text("parameter").then(slash).then(name))
}

/// The ARN of a bucket, which has neither a Region nor an account.
fn bucket(name: Pattern) -> Pattern {
    Pattern::text("arn:").then(field()).then(Pattern::text(":s3:::")).then(name)
}

/// The ARN of a task definition without its revision.
fn task(family: Pattern) -> Pattern {
    arn("ecs", Pattern::text("task-definition/").then(family))
}
