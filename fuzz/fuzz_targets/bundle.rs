//! Bundles, from any bytes.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    kupuya_fuzz::bundle(bytes);
});
