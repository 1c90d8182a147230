#![no_main]

libfuzzer_sys::fuzz_target!(init: ecslint_fuzz::init(), |data: &[u8]| ecslint_fuzz::stack::run(data));
