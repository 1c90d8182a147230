//! The findings do not depend on the number of threads: a project in many directories, with one thread and with
//! several.

use std::sync::LazyLock;

use ecslint::config::RunOptions;
use ecslint::fix::Texts;
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::files::{self, File};
use crate::holds;

/// The number of directories: fewer are not checked in parallel.
const DIRECTORIES: usize = 16;

/// The numbers of threads.
const THREADS: [usize; 2] = [1, 4];

static POOLS: LazyLock<Vec<ThreadPool>> = LazyLock::new(|| {
    let pool = |threads: &usize| ThreadPoolBuilder::new().num_threads(*threads).build().ok();
    THREADS.iter().filter_map(pool).collect()
});

/// Checks the copies of a project.
pub fn run(data: &[u8]) {
    let Some(files) = files::read(data) else { return };
    let copy =
        |number: usize| files.iter().map(move |(name, text)| (format!("d{number}/{name}"), text.clone()));
    let copies: Vec<File> = (0..DIRECTORIES).flat_map(copy).collect();
    let said: Vec<String> = POOLS.iter().map(|pool| pool.install(|| check(&copies))).collect();
    assert_eq!(said.len(), THREADS.len());
    assert!(said.windows(2).all(|pair| pair[0] == pair[1]), "the number of threads counts: {said:?}");
}

fn check(files: &[File]) -> String {
    let sources = files::open(files, &Texts::new());
    holds::said(&ecslint::check(&sources, &RunOptions::default()), &sources)
}
