//! The corpus of the fuzzers (`fuzz/`), replayed. `KUPUYA_UPDATE=1` writes the first of it anew, for a new format.

use std::fs;
use std::path::{Path, PathBuf};

use kupuya_reference::random::{self, Tape};
use kupuya_reference::{Made, request};
use kupuya_runtime::Bundle;

/// What the fuzzers do.
#[path = "../../../fuzz/src/lib.rs"]
mod fuzzed;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name)
}

fn files(name: &str) -> Vec<Vec<u8>> {
    let files = fs::read_dir(folder(name)).unwrap();
    files.map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect()
}

/// Numbers that only look random.
fn tape(seed: u16) -> Vec<u16> {
    (1..400_u16)
        .map(|at| {
            at.wrapping_mul(40_503)
                .wrapping_add(seed.wrapping_mul(9_377))
                .rotate_left(5)
        })
        .collect()
}

fn write_first() {
    for seed in 1..4 {
        let made = Made::new(random::model(&mut Tape::new(&tape(seed))));
        let name = if seed == 1 {
            "policy.kupb".to_owned()
        } else {
            format!("{seed}.kupb")
        };
        fs::write(folder("bundle").join(name), &made.bytes).unwrap();
        for ask in 0..6 {
            let ask = seed * 6 + ask;
            let line = request(&made.model, &random::ask(&mut Tape::new(&tape(ask)), &made.model));
            let line = serde_json::to_vec(&line).unwrap();
            fs::write(folder("request").join(format!("{ask:02}.json")), line).unwrap();
        }
    }
}

#[test]
fn what_the_fuzzers_found_is_answered_or_refused() {
    if std::env::var_os("KUPUYA_UPDATE").is_some() {
        write_first();
    }
    let loaded = files("bundle").iter().filter(|bytes| fuzzed::bundle(bytes)).count();
    assert!(loaded > 2, "too few bundles of the corpus are of this format");
    let bundle = Bundle::load(&fs::read(folder("bundle/policy.kupb")).unwrap()).unwrap();
    let requests = files("request");
    assert!(requests.len() > 20);
    for line in &requests {
        fuzzed::request(&bundle, line);
    }
}
