//! Settings of the ECS API with the values `ENABLED` and `DISABLED`.

/// Returns `true` for `ENABLED`, `false` for `DISABLED`, and `None` for other words.
pub(super) fn is_enabled(word: &str) -> Option<bool> {
    match word {
        "ENABLED" => Some(true),
        "DISABLED" => Some(false),
        _ => None,
    }
}
