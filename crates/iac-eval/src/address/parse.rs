//! Addresses from text, as plans spell them.

use smol_str::SmolStr;

use crate::address::{Address, Key, ModulePath, ModuleStep, ResourceName, UnitId};

impl Address {
    /// The address that a text spells; `None` if it names no resource.
    ///
    /// ```
    /// use iac_eval::address::{Address, Key, UnitId};
    /// use iac_eval::source::FileId;
    ///
    /// let unit = UnitId::new(FileId(0));
    /// let text = r#"module.web["blue"].aws_ecs_service.this[0]"#;
    /// let address = Address::parse(unit, text).expect("it names a resource");
    /// assert_eq!(address.resource.kind, "aws_ecs_service");
    /// assert_eq!(address.module.steps()[0].key, Some(Key::Name("blue".into())));
    /// assert_eq!(address.to_string(), text);
    /// assert_eq!(Address::parse(unit, "module.web"), None);
    /// ```
    pub fn parse(root: UnitId, text: &str) -> Option<Address> {
        let parts = parts(text)?;
        let mut rest = parts.as_slice();
        let mut steps = Vec::new();
        while let [(word, None), (name, key), inner @ ..] = rest
            && *word == "module"
        {
            steps.push(ModuleStep { name: SmolStr::from(*name), key: key.clone() });
            rest = inner;
        }
        let module: ModulePath = steps.into_iter().collect();
        let (resource, key) = match rest {
            [("data", None), (kind, None), (name, key)] => (ResourceName::data(*kind, *name), key),
            [(kind, None), (name, key)] => (ResourceName::managed(*kind, *name), key),
            _ => return None,
        };
        Some(Address { root, module, resource, key: key.clone() })
    }
}

/// A reference in a module: what it names and the names of the attributes after it.
///
/// ```
/// use iac_eval::address::{Reference, ResourceName};
///
/// let vpc = ResourceName::data("aws_vpc", "main");
/// assert_eq!(Reference::parse("data.aws_vpc.main.id"), Some(Reference::Resource(vpc, Some("id".into()))));
/// assert_eq!(Reference::parse("var.image"), Some(Reference::Variable("image".into())));
/// assert_eq!(Reference::parse("each.key"), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reference {
    /// `var.name`.
    Variable(SmolStr),
    /// `local.name`.
    Local(SmolStr),
    /// `module.name` or `module.name.output`.
    Module(SmolStr, Option<SmolStr>),
    /// `aws_lb.main`, `data.aws_vpc.main.id`: the resource and its attribute.
    Resource(ResourceName, Option<SmolStr>),
}

impl Reference {
    /// The reference that a text spells; `None` for `each.key`, `path.module` and the like. Keys are left out.
    pub fn parse(text: &str) -> Option<Reference> {
        Reference::of(parts(text)?.into_iter().map(|(name, _)| SmolStr::from(name)))
    }

    /// The reference that a text begins with, whatever follows it.
    pub fn parse_start(text: &str) -> Option<Reference> {
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.');
        let end = text.find(|letter| !is_part(letter)).unwrap_or(text.len());
        Reference::parse(text.get(..end)?)
    }

    /// The reference of some names; `None` for `each.key`, `path.module` and the like.
    pub fn of(names: impl IntoIterator<Item = SmolStr>) -> Option<Reference> {
        let mut names = names.into_iter();
        let first = names.next()?;
        match first.as_str() {
            "var" => names.next().map(Reference::Variable),
            "local" => names.next().map(Reference::Local),
            "module" => Some(Reference::Module(names.next()?, names.next())),
            "each" | "count" | "self" | "terraform" | "path" => None,
            "data" => {
                let resource = ResourceName::data(names.next()?, names.next()?);
                Some(Reference::Resource(resource, names.next()))
            }
            _ => {
                let resource = ResourceName::managed(first, names.next()?);
                Some(Reference::Resource(resource, names.next()))
            }
        }
    }
}

/// The names between the dots of a text, each with its key; `None` if a key is not closed.
fn parts(text: &str) -> Option<Vec<(&str, Option<Key>)>> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (name, mut after) = rest.split_at(end);
        let mut last = None;
        while let Some(inner) = after.strip_prefix('[') {
            let (key, behind) = key(inner)?;
            (last, after) = (Some(key), behind);
        }
        found.push((name, last));
        match after.strip_prefix('.') {
            Some(inner) => rest = inner,
            None if after.is_empty() => return Some(found),
            None => return None,
        }
    }
}

/// The key after a bracket, and what follows its closing one.
fn key(text: &str) -> Option<(Key, &str)> {
    if !text.starts_with('"') {
        let (index, rest) = text.split_once(']')?;
        return Some((index.parse().map_or(Key::Unknown, Key::Index), rest));
    }
    // Quoted as JSON quotes it; a bracket or a dot within is part of the key.
    let mut names = serde_json::Deserializer::from_str(text).into_iter::<String>();
    let name = names.next()?.ok()?;
    let rest = text.get(names.byte_offset()..)?.strip_prefix(']')?;
    Some((Key::Name(name.into()), rest))
}
