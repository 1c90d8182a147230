//! What ECS reads from other services before a container starts, apart from its image.

use crate::model::{Container, Store, store, without_key};
use crate::value::Node;
use crate::view::View;

/// A value that is stored outside of the task definition.
#[derive(Clone, Copy, Debug)]
pub struct Stored<'a> {
    /// The value that refers to it.
    pub value: &'a Node,
    /// What it is.
    pub kind: StoredKind,
}

impl Stored<'_> {
    /// The Region in its ARN; `None` if it has none, or if it is unknown.
    pub fn region(self) -> Option<String> {
        let start = self.value.known_start();
        let mut fields = start.split(':');
        let (arn, region) = (fields.next()?, fields.nth(2)?);
        // What follows the Region is known too, so that it is whole.
        fields.next().filter(|_| arn == "arn" && !region.is_empty()).map(|_| region.to_owned())
    }
}

/// What is stored outside of the task definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoredKind {
    /// A secret in Secrets Manager.
    Secret,
    /// A parameter in Parameter Store.
    Parameter,
    /// The credentials for a registry, in Secrets Manager.
    Credentials,
    /// A file of environment variables in Amazon S3.
    EnvironmentFile,
}

impl<'a> Container<'a> {
    /// What is stored for it outside of the task definition.
    pub fn stored(self) -> Vec<Stored<'a>> {
        let member = |view: View<'a>, key: &'static str| Some(&view.entry(key)?.value);
        let secret = |view: View<'a>| {
            let value = member(view, "valueFrom")?;
            let kind = match store(&without_key(value))? {
                Store::Secrets => StoredKind::Secret,
                Store::Parameters => StoredKind::Parameter,
            };
            Some(Stored { value, kind })
        };
        let credentials = |view: View<'a>| {
            Some(Stored { value: member(view, "credentialsParameter")?, kind: StoredKind::Credentials })
        };
        let file = |view: View<'a>| {
            Some(Stored { value: member(view, "value")?, kind: StoredKind::EnvironmentFile })
        };
        let registry = self.view.object("repositoryCredentials").known();
        let found = self.secrets().into_iter().filter_map(secret).chain(registry.and_then(credentials));
        found.chain(self.view.list("environmentFiles").objects().filter_map(file)).collect()
    }
}
