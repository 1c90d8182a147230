//! Work that is shared out among the threads of the machine, or as many as `RAYON_NUM_THREADS` says.

use rayon::prelude::*;

/// From this many pieces on work is shared out; fewer are done before a thread has started.
const PARALLEL_THRESHOLD: usize = 16;

/// What comes of each item, in the order of the items, whoever did what.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    if items.len() < PARALLEL_THRESHOLD {
        items.iter().map(work).collect()
    } else {
        items.par_iter().map(&work).collect()
    }
}
