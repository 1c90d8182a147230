//! Credentials: where they are in texts, how they are recognized, and how they are kept out of all output.

mod generated;
mod lexicon;
mod names;
pub(crate) mod patterns;
mod redact;
mod reference;
mod runs;
mod sample;
mod scan;
mod split;
mod tokens;
mod values;

pub use redact::{Known, Redactor};
pub(crate) use redact::{MAX_BYTES, MAX_VALUES};
pub use scan::{ScanCache, cover, fits, places, redacted, tells};
