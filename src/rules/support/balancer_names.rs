//! The names of load balancers and target groups.

use super::prelude::*;
use crate::model::Resource;

/// Maximum length of a name, in characters.
const MAX_NAME: usize = 32;

/// Maximum length of a prefix, to which Terraform adds 26 characters.
const MAX_PREFIX: usize = 6;

/// Reports names and prefixes that Elastic Load Balancing or Terraform does not accept.
pub fn invalid_names(resource: &Resource, view: View) -> [Option<Finding>; 3] {
    let [name, prefix] = view.fields(["Name", "NamePrefix"]);
    // The plan of an existing resource contains both.
    let both = if resource.traits.is_generated { None } else { both(name, prefix) };
    [both, too_long(prefix, MAX_PREFIX), too_long(name, MAX_NAME).or_else(|| wrong_form(name))]
}

fn both(name: Field, prefix: Field) -> Option<Finding> {
    let (first, second) = (name.certainly()?, prefix.certainly()?);
    Some(
        Finding::at(second, format!("`{name}` and `{prefix}` cannot both be set"))
            .label(first, format!("`{name}` is set here"))
            .help(format!("remove `{name}` or `{prefix}`")),
    )
}

fn too_long(field: Field, most: usize) -> Option<Finding> {
    let (text, at) = field.str().known_at()?;
    let length = text.chars().count();
    let message = format!("`{field}` can have at most {most} characters (got {length})");
    (length > most).then(|| Finding::at(at, message).help("use a shorter name"))
}

fn wrong_form(field: Field) -> Option<Finding> {
    let (name, at) = field.str().known_at()?;
    let is_valid = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
        && !name.starts_with('-')
        && !name.ends_with('-');
    let message = format!("invalid name `{name}`: expected letters and digits, with hyphens between them");
    (!is_valid).then(|| Finding::at(at, message))
}
