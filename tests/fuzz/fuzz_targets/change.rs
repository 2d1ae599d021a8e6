#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| caravan_tests::fuzz::examined_change(bytes));
