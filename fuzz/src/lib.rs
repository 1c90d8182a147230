//! What must hold of ecslint whatever it is given. Each target is a function that takes bytes and panics where something
//! does not hold; libFuzzer calls it, and so does the replay, which needs no more than a stable compiler.

pub mod config;
pub mod dictionary;
mod editor;
mod files;
pub mod fix;
pub mod hcl;
mod holds;
pub mod json;
pub mod lsp;
pub mod mutate;
pub mod seeds;
pub mod template;
pub mod terraform;

/// A target's name, what it does with an input, and inputs to begin with.
pub type Target = (&'static str, fn(&[u8]), fn() -> Vec<Vec<u8>>);

/// All targets.
pub const TARGETS: &[Target] = &[
    ("json", json::run, seeds::json),
    ("hcl", hcl::run, seeds::hcl),
    ("terraform", terraform::run, seeds::projects),
    ("template", template::run, seeds::templates),
    ("config", config::run, seeds::configs),
    ("lsp", lsp::run, seeds::sessions),
    ("fix", fix::run, seeds::projects),
];
