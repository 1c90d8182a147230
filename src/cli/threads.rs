//! Limits the number of threads that the environment can request.

use std::env;
use std::thread::available_parallelism;

use crate::parallel;

/// Maximum number of threads, on machines with fewer processors.
const MAX_THREADS: usize = 64;

/// The variables that rayon reads.
const VARIABLES: [&str; 2] = ["RAYON_NUM_THREADS", "RAYON_RS_NUM_CPUS"];

/// Limits the number of threads. Threads need memory and time even if there is no work for them.
pub(super) fn limit() {
    let most = available_parallelism().map_or(MAX_THREADS, |processors| MAX_THREADS.max(processors.get()));
    let mut requested = VARIABLES.iter().filter_map(|name| env::var(name).ok()?.parse::<usize>().ok());
    // Like rayon, which reads the first one that is a positive number.
    if requested.find(|requested| *requested > 0).is_some_and(|requested| requested > most) {
        parallel::set_threads(most);
    }
}
