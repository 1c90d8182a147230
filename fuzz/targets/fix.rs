#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ecslint_fuzz::fix::run(data));
