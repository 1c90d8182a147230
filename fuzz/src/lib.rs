//! Properties of ecslint that must hold for any input. Each target is a function that accepts bytes and panics if a
//! property is violated. Targets are called by libFuzzer and by the replay, which needs only a stable compiler.

pub mod config;
pub mod dictionary;
pub mod directives;
mod editor;
mod files;
pub mod fix;
pub mod generated;
mod grammar;
pub mod hcl;
mod holds;
pub mod json;
pub mod lsp;
pub mod mutate;
pub mod seeds;
pub mod stack;
pub mod template;
pub mod terraform;
pub mod threads;

/// The name of a target, its function, and its seeds.
pub type Target = (&'static str, fn(&[u8]), fn() -> Vec<Vec<u8>>);

/// All targets.
pub const TARGETS: &[Target] = &[
    ("json", json::run, seeds::json),
    ("hcl", hcl::run, seeds::hcl),
    ("terraform", terraform::run, seeds::projects),
    ("template", template::run, seeds::templates),
    ("config", config::run, seeds::configs),
    ("lsp", lsp::run, seeds::bytes),
    ("fix", fix::run, seeds::projects),
    ("generated", generated::run, seeds::bytes),
    ("directives", directives::run, seeds::bytes),
    ("stack", stack::run, seeds::bytes),
    ("threads", threads::run, seeds::wholes),
];

/// Prepares the process of a libFuzzer target.
pub fn init() {
    ecslint::parallel::set_threads(1);
}
