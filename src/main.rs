//! The `ecslint` binary.

use std::process::ExitCode;

/// Takes a fifth less time than the allocator of glibc, and far less than that of musl.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ecslint::cli::run()
}
