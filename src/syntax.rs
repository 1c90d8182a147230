//! Text to trees with places. Nothing here fails: what cannot be read is a [`Problem`], and the rest goes on.
//!
//! [`Problem`]: crate::project::Problem

pub mod hcl;
pub mod json;
pub mod toml;
pub mod yaml;
