//! Bytes of bundles: the same again, and never a panic.

use kupuya_runtime::{Bundle, FORMAT, LoadError, MAGIC, to_bytes};
use proptest::prelude::*;

use kupuya_reference::random::{self, Tape};
use kupuya_reference::{Made, request};

/// Bytes before the digest of the header, and where the sections are listed.
const HEADER: usize = 168;
const LISTED: usize = 24;

fn tape() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..300)
}

/// Loads a bundle and all its texts.
fn load(bytes: &[u8]) -> Result<Bundle, LoadError> {
    let bundle = Bundle::load(bytes)?;
    bundle.check_texts()?;
    Ok(bundle)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// Tables give the content that they were made of: every statement of the policy, and nothing else.
    #[test]
    fn reading_and_writing_gives_the_same(numbers in tape()) {
        let made = Made::new(random::model(&mut Tape::new(&numbers)));
        let content = kupuya::bundle::from_meaning(&made.model, &made.meaning, None);
        let read = load(&made.bytes).unwrap().content().unwrap();
        prop_assert_eq!(&read, &content);
        prop_assert_eq!(to_bytes(&read).unwrap(), made.bytes);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), start in 0..3_usize) {
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

    /// A changed byte is noticed, and an early end.
    #[test]
    fn changed_bytes_are_refused(numbers in tape(), at in any::<prop::sample::Index>(), to in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let made = Made::new(random::model(&mut Tape::new(&numbers)));
        let mut changed = made.bytes.clone();
        let at = at.index(changed.len());
        let was = std::mem::replace(&mut changed[at], to);
        prop_assert_eq!(load(&changed).is_err(), was != to);
        let cut = cut.index(made.bytes.len());
        let refused = Bundle::load(&made.bytes[..cut]);
        let expected = if cut == 0 { LoadError::NotABundle } else { LoadError::Truncated };
        prop_assert_eq!(refused.err(), Some(expected));
    }

    /// Changed words with right digests: still read, and then asked, or refused.
    #[test]
    fn changed_words_are_read_or_refused(numbers in tape(), changes in prop::collection::vec((any::<prop::sample::Index>(), 0..40_u32, any::<bool>()), 1..4)) {
        let made = Made::new(random::model(&mut Tape::new(&numbers)));
        let mut changed = made.bytes.clone();
        let words = (changed.len() - HEADER - 32) / 4;
        for (at, to, near) in changes {
            let at = HEADER + 32 + at.index(words) * 4;
            let was = u32::from_le_bytes(changed[at..at + 4].try_into().unwrap());
            let to = if near { was.wrapping_add(to).wrapping_sub(20) } else { to };
            changed[at..at + 4].copy_from_slice(&to.to_le_bytes());
        }
        seal(&mut changed);
        if let Ok(bundle) = Bundle::load(&changed) {
            for skip in 0..4 {
                let ask = random::ask(&mut Tape::new(numbers.get(skip..).unwrap_or_default()), &made.model);
                let answer = bundle.decide(&request(&made.model, &ask));
                prop_assert!(answer.write_json(&mut Vec::new()).is_ok());
            }
            let _ = bundle.content();
        }
    }
}

/// Writes right digests over changed sections.
pub fn seal(bytes: &mut [u8]) {
    for section in 0..3 {
        let entry = LISTED + section * 48;
        let number = |at: usize| usize::try_from(u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap())).unwrap();
        let (from, length) = (number(entry), number(entry + 8));
        let Some(section) = bytes.get(from..from.saturating_add(length)) else {
            return;
        };
        let digest = *blake3::hash(section).as_bytes();
        bytes[entry + 16..entry + 48].copy_from_slice(&digest);
    }
    let digest = *blake3::hash(&bytes[..HEADER]).as_bytes();
    bytes[HEADER..HEADER + 32].copy_from_slice(&digest);
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
