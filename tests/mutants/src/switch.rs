//! The switch of the mutants. This file is not part of the tool: the copied evaluator gets it as a module.

use std::io::Write;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

static CHOSEN: OnceLock<Option<u64>> = OnceLock::new();
static LOG: OnceLock<Option<String>> = OnceLock::new();

/// Whether this process runs with that mutant. With `ECSLINT_MUTANTS_REACHED`, the number is appended to that file.
pub fn mutant(number: u64, reached: &AtomicBool) -> bool {
    if !reached.load(Ordering::Relaxed) && !reached.swap(true, Ordering::Relaxed) {
        reach(number);
    }
    *CHOSEN.get_or_init(|| std::env::var("ECSLINT_MUTANT").ok()?.parse().ok()) == Some(number)
}

#[cold]
fn reach(number: u64) {
    if let Some(log) = LOG.get_or_init(|| std::env::var("ECSLINT_MUTANTS_REACHED").ok()) {
        let file = std::fs::OpenOptions::new().append(true).open(log);
        let _ = file.and_then(|mut file| file.write_all(format!("{number}\n").as_bytes()));
    }
}
