//! Credentials: where they are in texts, how they are recognized, and how they are kept out of all output.

pub(crate) mod patterns;
mod redact;
mod scan;

pub use redact::Redactor;
pub use scan::{ScanCache, cover, is_value, places, redacted, tells};
