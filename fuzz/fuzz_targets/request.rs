//! Requests as JSON, from any bytes.

#![no_main]

use std::sync::LazyLock;

use kupuya_runtime::Bundle;

static BUNDLE: LazyLock<Bundle> = LazyLock::new(|| {
    Bundle::load(include_bytes!("../corpus/bundle/policy.kupb")).expect("the corpus holds a bundle of this format")
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kupuya_fuzz::request(&BUNDLE, bytes));
