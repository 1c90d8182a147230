#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ecslint_fuzz::config::run(data));
