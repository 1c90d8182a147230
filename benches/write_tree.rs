//! Writes generated ECS files: `cargo run --example tree -- DIRECTORY --roots 1000`, and the other options of
//! [`tree::Amounts`].

use std::path::PathBuf;

use clap::Parser;

mod tree;

#[derive(Parser)]
struct Arguments {
    directory: PathBuf,
    #[arg(long, default_value_t)]
    roots: usize,
    #[arg(long, default_value_t)]
    modules: usize,
    #[arg(long, default_value_t)]
    callers: usize,
    #[arg(long, default_value_t)]
    pairs: usize,
    #[arg(long, default_value_t)]
    templates: usize,
    #[arg(long, default_value_t)]
    services: usize,
    #[arg(long, default_value_t)]
    bytes: usize,
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> std::io::Result<()> {
    let Arguments { directory, roots, modules, callers, pairs, templates, services, bytes, seed } =
        Arguments::parse();
    let amounts = tree::Amounts { roots, modules, callers, pairs, templates, services, bytes };
    for (name, text) in tree::files(amounts, seed) {
        let path = directory.join(name);
        path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        std::fs::write(path, text)?;
    }
    Ok(())
}
