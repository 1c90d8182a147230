//! Hostile inputs, each checked by the program in a process of its own: it must end within bounds of processor time and memory, and a
//! broken file next to the input must still be reported. Run with `cargo test --release --test limits`.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

mod credentials;
mod depth;
mod pairs;
mod program;
mod settings;
mod templates;
mod trees;
mod width;

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::path::Path;

use program::{Case, Use};
use rayon::prelude::*;

/// The limits of one run: seconds of processor time, and bytes. The goal is one second and 200 MB on the machine of
/// `docs/src/security.md`; others are slower, or have more threads.
const MAX_SECONDS: f64 = 3.0;
const MAX_BYTES: u64 = 256 << 20;

fn cases() -> Vec<Case> {
    let own = [
        credentials::cases(),
        depth::cases(),
        width::cases(),
        pairs::cases(),
        trees::cases(),
        templates::cases(),
        settings::cases(),
    ];
    own.into_iter().flatten().collect()
}

#[test]
#[cfg_attr(debug_assertions, ignore = "measures the optimised program: cargo test --release --test limits")]
fn hostile_inputs_end_within_bounds_of_time_and_memory() {
    // The inputs are large, so few are made at the same time.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
    let cases = cases();
    assert!(cases.len() >= 200, "{}", cases.len());
    let runs: Vec<(&str, Use)> =
        pool.install(|| cases.par_iter().map(|case| (case.name.as_str(), case.run())).collect());
    let most = |of: fn(&Use) -> f64| runs.iter().map(|(_, run)| of(run)).fold(0.0, f64::max);
    let (seconds, bytes) = (most(|run| run.seconds), most(|run| run.bytes as f64));
    writeln!(io::stderr(), "{} inputs: at most {seconds:.2} s and {:.0} MB", runs.len(), bytes / 1e6)
        .unwrap();
    writeln!(io::stderr(), "slowest: {}", greatest(&runs, |run| run.seconds, " s")).unwrap();
    writeln!(io::stderr(), "largest: {}", greatest(&runs, |run| run.bytes as f64 / 1e6, " MB")).unwrap();
    let failed: Vec<String> = runs.iter().filter_map(|(name, run)| run.failure(name)).collect();
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), runs.len(), failed.join("\n"));
}

/// The names of the eight runs that used most of something.
fn greatest(runs: &[(&str, Use)], of: fn(&Use) -> f64, unit: &str) -> String {
    let mut all: Vec<_> = runs.iter().map(|(name, run)| (of(run), *name)).collect();
    all.sort_by(|one, other| other.0.total_cmp(&one.0));
    all.iter().take(8).map(|(most, name)| format!("{name} {most:.2}{unit}")).collect::<Vec<_>>().join(", ")
}

#[test]
#[ignore = "a part of the other test, which runs it in a process of its own"]
fn makes_the_files_of_a_case() {
    let (Ok(name), Ok(directory)) = (std::env::var(program::CASE), std::env::var(program::DIRECTORY)) else {
        return;
    };
    let case = cases().into_iter().find(|case| case.name == name).unwrap();
    case.make(Path::new(&directory));
}

#[test]
fn cases_have_names_of_their_own() {
    let cases = cases();
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), cases.len());
}
