//! Parses addresses from text, in the syntax of Terraform plans.

use smol_str::SmolStr;

use crate::address::{Address, Key, ModulePath, ModuleStep, ResourceName, UnitId};

impl Address {
    /// Parses the address of a resource; `None` if the text does not name one.
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

/// A reference within a module: the object it names, and the attribute after it.
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
    /// `aws_lb.main`, `data.aws_vpc.main.id`: the resource and its attribute, if there is one.
    Resource(ResourceName, Option<SmolStr>),
}

impl Reference {
    /// Parses a reference and drops its keys. `None` for `each.key`, `path.module`, and other references that name no
    /// object.
    pub fn parse(text: &str) -> Option<Reference> {
        Reference::of(parts(text)?.into_iter().map(|(name, _)| SmolStr::from(name)))
    }

    /// Parses the reference at the start of a text; the rest of the text is ignored.
    pub fn parse_start(text: &str) -> Option<Reference> {
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.');
        let end = text.find(|letter| !is_part(letter)).unwrap_or(text.len());
        Reference::parse(text.get(..end)?)
    }

    /// Builds a reference from its names; `None` for `each.key`, `path.module`, and other references that name no
    /// object.
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

/// Splits a text at its dots into names, each with its key; `None` if a key is not closed.
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

/// Parses the key after an opening bracket. Returns the key and the text after the closing bracket.
fn key(text: &str) -> Option<(Key, &str)> {
    if !text.starts_with('"') {
        let (index, rest) = text.split_once(']')?;
        return Some((index.parse().map_or(Key::Unknown, Key::Index), rest));
    }
    // A key is quoted like a JSON string, so brackets and dots inside the quotes belong to the key.
    let mut names = serde_json::Deserializer::from_str(text).into_iter::<String>();
    let name = names.next()?.ok()?;
    let rest = text.get(names.byte_offset()..)?.strip_prefix(']')?;
    Some((Key::Name(name.into()), rest))
}
