//! What the fuzz targets do with bytes. The tests of the compiler include this file and do the same with the corpus.

use kupuya_runtime::{Bundle, Request};

/// Where the header says how long all is, where it lists the sections, and where its digest stands (docs/bundle.md).
const LENGTH: usize = 16;
const LISTED: usize = 24;
const LAST: usize = LISTED + 2 * 48;
const HEADER: usize = 168;

/// Any bytes give a bundle or an error; a bundle answers. Also with a header made to fit the bytes, so that what lies behind its
/// digests is reached. Gives whether that was a bundle.
pub fn bundle(bytes: &[u8]) -> bool {
    let _ = Bundle::load(bytes);
    let mut bytes = bytes.to_vec();
    seal(&mut bytes);
    let Ok(bundle) = Bundle::load(&bytes) else {
        return false;
    };
    let _ = bundle.check_texts();
    for line in [
        &br#"{"action":"share"}"#[..],
        br#"{"action":"use","age":15}"#,
        br#"{"action":"erase","item":{"collected":"2024-01-01"},"records":[]}"#,
        br#"{"action":"store","time":"2026-01-01","item":{"collected":"2024-01-01"}}"#,
    ] {
        request(&bundle, line);
    }
    let _ = bundle.content();
    true
}

/// Any text is answered or refused, and the quick way says what the long way says.
pub fn request(bundle: &Bundle, line: &[u8]) {
    let mut out = Vec::new();
    let quick = bundle.answer_json(line, &mut out);
    match serde_json::from_slice::<Request>(line) {
        Err(_) => assert!(quick.is_err()),
        // Without a time, the two are asked of different moments.
        Ok(request) if request.time.is_none() => assert!(quick.is_ok()),
        Ok(request) => {
            let answer = bundle.decide(&request);
            assert_eq!(quick.ok(), Some(answer.decision));
            assert_eq!(serde_json::to_vec(&answer).ok(), Some(out));
        }
    }
}

/// Makes the header fit the bytes: their length, the sections as it lists them with the last up to the end, then the digests.
fn seal(bytes: &mut [u8]) -> Option<()> {
    let length = u64::try_from(bytes.len()).ok()?;
    let number = |bytes: &[u8], at: usize| Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?));
    let rest = length.saturating_sub(number(bytes, LAST)?);
    bytes
        .get_mut(LENGTH..LENGTH + 8)?
        .copy_from_slice(&length.to_le_bytes());
    bytes.get_mut(LAST + 8..LAST + 16)?.copy_from_slice(&rest.to_le_bytes());
    for entry in [LISTED, LISTED + 48, LAST] {
        let from = usize::try_from(number(bytes, entry)?).ok()?;
        let to = from.checked_add(usize::try_from(number(bytes, entry + 8)?).ok()?)?;
        let digest = *blake3::hash(bytes.get(from..to)?).as_bytes();
        bytes.get_mut(entry + 16..entry + 48)?.copy_from_slice(&digest);
    }
    let digest = *blake3::hash(bytes.get(..HEADER)?).as_bytes();
    bytes.get_mut(HEADER..HEADER + 32)?.copy_from_slice(&digest);
    Some(())
}
