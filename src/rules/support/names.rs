//! Members that contain names.

use crate::model::Shape;

/// Whether a member is a name that must match a pattern. `invalid-name` checks these members, and `invalid-value` skips
/// them.
pub fn is_name(key: &str, shape: Shape) -> bool {
    shape.pattern().is_some() && ["family", "name", "serviceName", "daemonName"].contains(&key)
}
