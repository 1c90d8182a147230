//! Parallel work on all cores, or on as many threads as `RAYON_NUM_THREADS` says. WebAssembly has one thread.

#[cfg(not(target_family = "wasm"))]
use rayon::prelude::*;

/// The minimum number of items to process in parallel; fewer are done before a thread has started.
#[cfg(not(target_family = "wasm"))]
const PARALLEL_THRESHOLD: usize = 16;

/// Sets the number of threads of this process, instead of `RAYON_NUM_THREADS`. Has no effect after parallel work has begun.
#[cfg(not(target_family = "wasm"))]
pub fn set_threads(count: usize) {
    // The only error is that the threads have been started.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(count).build_global();
}

/// Applies `work` to each item and returns the results in the order of the items.
#[cfg(not(target_family = "wasm"))]
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    if items.len() < PARALLEL_THRESHOLD {
        items.iter().map(work).collect()
    } else {
        items.par_iter().map(&work).collect()
    }
}

/// Applies `work` to each item and returns the results in the order of the items.
#[cfg(target_family = "wasm")]
pub fn map<T, R>(items: &[T], work: impl Fn(&T) -> R) -> Vec<R> {
    items.iter().map(work).collect()
}
