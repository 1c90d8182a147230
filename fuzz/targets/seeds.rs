//! Not a target: writes the seeds of the targets. It is a program of its own, because it is linked with the code of all targets,
//! whose counters would slow down each.

#![no_main]

libfuzzer_sys::fuzz_target!(init: ecslint_fuzz::seeds::write_and_exit(), |_data: &[u8]| ());
