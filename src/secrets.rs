//! Credentials: where they stand in texts, what gives them away, and how outputs are kept free of them.

pub(crate) mod patterns;
mod redact;
mod scan;

pub use redact::Redactor;
pub use scan::{ScanCache, cover, is_value, places, redacted, tells};
