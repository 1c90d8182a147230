//! Members that are names.

use crate::model::Shape;

/// Whether a member is a name with a pattern to match, which `invalid-name` reports and `invalid-value` does not.
pub fn is_name(key: &str, shape: Shape) -> bool {
    shape.pattern().is_some() && ["family", "name", "serviceName"].contains(&key)
}
