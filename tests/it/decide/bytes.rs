//! Bytes of bundles: the same again, and never a panic.

use std::fs;

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

/// The rows of the table of docs/bundle.md that begins with these heads: their first two cells as numbers, `3 × 48` as 144.
fn page_rows(heads: &str) -> Vec<Vec<usize>> {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/bundle.md")).unwrap();
    let (_, table) = page.split_once(heads).unwrap();
    let rows = table.lines().skip(1).take_while(|line| line.starts_with('|'));
    let number = |cell: &str| {
        cell.split('×')
            .map(|part| part.trim().parse::<usize>())
            .product::<Result<_, _>>()
            .ok()
    };
    rows.map(|row| row.split('|').skip(1).take(2).filter_map(number).collect())
        .collect()
}

/// What the page says of header and signature, on a bundle.
#[test]
fn the_page_tells_where_header_and_signature_stand() {
    let made = Made::new(random::model(&mut Tape::new(&[])));
    let bytes = &made.bytes;
    let rows = page_rows("\n| offset | length | what |\n");
    let [magic, format, language, length, listed, digest, sections] = &rows[..7] else {
        panic!("{rows:?}");
    };
    for (row, next) in rows.iter().zip(&rows[1..7]) {
        assert_eq!(row[0] + row[1], next[0], "{row:?}");
    }
    let field = |row: &[usize]| &bytes[row[0]..row[0] + row[1]];
    let number = |at: usize| usize::try_from(u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap())).unwrap();
    assert_eq!(field(magic), MAGIC);
    assert_eq!(field(format), FORMAT.to_le_bytes());
    assert_eq!(field(language), kupuya_runtime::LANGUAGE.to_le_bytes());
    assert_eq!(number(length[0]), bytes.len());
    assert_eq!(field(digest), blake3::hash(&bytes[..digest[0]]).as_bytes());
    let mut at = sections[0];
    for entry in (listed[0]..digest[0]).step_by(48) {
        let (from, to) = (number(entry), number(entry) + number(entry + 8));
        assert_eq!(from, at);
        assert_eq!(
            bytes[entry + 16..entry + 48],
            *blake3::hash(&bytes[from..to]).as_bytes()
        );
        at = to;
    }
    assert_eq!(at, bytes.len());

    let key = kupuya_runtime::SecretKey::from_seed(&[1; 32]);
    let signed = key.sign(bytes).unwrap();
    let (unsigned, signature) = signed.split_at(bytes.len());
    assert_eq!(unsigned, bytes);
    assert_eq!(&signature[..4], b"SIGN");
    let lengths = page_rows("\n| length | what |\n");
    assert_eq!(lengths.iter().map(|row| row[0]).sum::<usize>(), signature.len());
}
