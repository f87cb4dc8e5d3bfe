//! Bytes of bundles: the same again, and never a panic.

use kupuya_runtime::{Bundle, FORMAT, LoadError, MAGIC, to_bytes};
use proptest::prelude::*;

use kupuya_reference::Made;
use kupuya_reference::random::{self, Tape};

fn tape() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..300)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_and_writing_gives_the_same_bytes(numbers in tape()) {
        let made = Made::new(random::model(&mut Tape::new(&numbers)));
        let bundle = Bundle::load(&made.bytes).unwrap();
        prop_assert_eq!(to_bytes(bundle.content()).unwrap(), made.bytes);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), start in 0..3_usize) {
        let mut whole = Vec::new();
        if start > 0 {
            whole.extend_from_slice(&MAGIC);
        }
        if start > 1 {
            whole.extend_from_slice(&FORMAT.to_le_bytes());
        }
        whole.extend_from_slice(&bytes);
        prop_assert!(Bundle::load(&whole).is_err());
    }

    /// A changed byte is noticed; a changed body with a right digest is still read or refused.
    #[test]
    fn changed_bytes_are_refused(numbers in tape(), at in any::<prop::sample::Index>(), to in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let made = Made::new(random::model(&mut Tape::new(&numbers)));
        let mut changed = made.bytes.clone();
        let at = at.index(changed.len());
        let was = std::mem::replace(&mut changed[at], to);
        prop_assert_eq!(Bundle::load(&changed).is_err(), was != to);
        let cut = cut.index(made.bytes.len());
        let refused = Bundle::load(&made.bytes[..cut]);
        let expected = if cut == 0 { LoadError::NotABundle } else { LoadError::Truncated };
        prop_assert_eq!(refused.err(), Some(expected));
        let _ = Bundle::load(&sealed(&changed[52..]));
    }

    /// Indices that point nowhere are refused.
    #[test]
    fn changed_numbers_are_read_or_refused(numbers in tape(), at in any::<prop::sample::Index>(), digit in 0..10_u8) {
        let made = Made::new(random::model(&mut Tape::new(&numbers)));
        let mut body = made.bytes[52..].to_vec();
        let digits: Vec<usize> = (0..body.len()).filter(|i| body[*i].is_ascii_digit()).collect();
        body[digits[at.index(digits.len())]] = b'0' + digit;
        if let Ok(bundle) = Bundle::load(&sealed(&body)) {
            let ask = random::ask(&mut Tape::new(&numbers), &made.model);
            let _ = bundle.decide(&kupuya_reference::request(&made.model, &ask));
        }
    }
}

/// A body under a right header.
fn sealed(body: &[u8]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&FORMAT.to_le_bytes());
    bytes.extend_from_slice(&(body.len() as u64).to_le_bytes());
    let mut hasher = blake3::Hasher::new();
    hasher.update(&bytes);
    hasher.update(body);
    bytes.extend_from_slice(hasher.finalize().as_bytes());
    bytes.extend_from_slice(body);
    bytes
}

#[test]
fn formats_are_told_apart() {
    let made = Made::new(random::model(&mut Tape::new(&[])));
    let with = |format: u32| {
        let mut bytes = made.bytes.clone();
        bytes[8..12].copy_from_slice(&format.to_le_bytes());
        Bundle::load(&bytes).err()
    };
    assert_eq!(
        with(FORMAT + 1),
        Some(LoadError::NewerFormat {
            found: FORMAT + 1,
            known: FORMAT
        })
    );
    assert_eq!(
        with(FORMAT - 1),
        Some(LoadError::OlderFormat {
            found: FORMAT - 1,
            known: FORMAT
        })
    );
    assert_eq!(Bundle::load(b"PK\x03\x04").err(), Some(LoadError::NotABundle));
}
