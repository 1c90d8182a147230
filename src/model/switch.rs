//! Switches of the ECS API that are words.

/// Whether a switch is on; `None` if the word is neither `ENABLED` nor `DISABLED`.
pub(super) fn is_enabled(word: &str) -> Option<bool> {
    match word {
        "ENABLED" => Some(true),
        "DISABLED" => Some(false),
        _ => None,
    }
}
