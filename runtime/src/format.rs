//! The bytes of a bundle: a header that names the format, a digest over everything, and the content as canonical JSON.
//!
//! | bytes | what |
//! | --- | --- |
//! | 8 | magic: `KUPB`, CR, LF, 0x1A, LF, so that a transfer as text is noticed |
//! | 4 | format version, little-endian |
//! | 8 | length of the body, little-endian |
//! | 32 | blake3 of the 20 bytes above and the body |
//! | … | the body: [`BundleContent`] as JSON without spaces, fields in the order of the type |

use crate::wire::BundleContent;

/// The first bytes of every bundle.
pub const MAGIC: [u8; 8] = *b"KUPB\r\n\x1A\n";
/// The format that this version writes, and the only one it reads.
pub const FORMAT: u32 = 1;
/// The version of the language that this version knows.
pub const LANGUAGE: u32 = 1;
const HEADER: usize = 20;
const DIGEST: usize = 32;

/// Why bytes are no bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// The bytes do not begin as a bundle does.
    NotABundle,
    /// Written by a newer version: update Kupuya.
    NewerFormat {
        /// In the bundle.
        found: u32,
        /// By this version.
        known: u32,
    },
    /// Written by an older version: build the bundle again.
    OlderFormat {
        /// In the bundle.
        found: u32,
        /// By this version.
        known: u32,
    },
    /// The bytes end too early.
    Truncated,
    /// The content is not what was written: changed or damaged on the way.
    DigestMismatch,
    /// The digest is right, the content is not.
    Malformed {
        /// What is wrong.
        what: String,
    },
}

impl LoadError {
    pub(crate) fn malformed(what: impl Into<String>) -> LoadError {
        LoadError::Malformed { what: what.into() }
    }
}

impl std::fmt::Display for LoadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            LoadError::NotABundle => write!(f, "this is not a Kupuya bundle"),
            LoadError::NewerFormat { found, known } => {
                write!(
                    f,
                    "the bundle has format {found}, this version reads format {known}: update Kupuya"
                )
            }
            LoadError::OlderFormat { found, known } => {
                write!(
                    f,
                    "the bundle has format {found}, this version reads format {known}: build it again"
                )
            }
            LoadError::Truncated => write!(f, "the bundle ends too early"),
            LoadError::DigestMismatch => write!(f, "the bundle has been changed or damaged: its digest does not fit"),
            LoadError::Malformed { what } => write!(f, "the bundle is malformed: {what}"),
        }
    }
}

impl std::error::Error for LoadError {}

/// The bytes of a bundle. The same content gives the same bytes.
///
/// # Errors
/// Content that cannot be written as JSON; there is none.
pub fn to_bytes(content: &BundleContent) -> Result<Vec<u8>, LoadError> {
    let body = serde_json::to_vec(content).map_err(|error| LoadError::malformed(error.to_string()))?;
    let mut bytes = Vec::with_capacity(HEADER + DIGEST + body.len());
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&FORMAT.to_le_bytes());
    bytes.extend_from_slice(&(body.len() as u64).to_le_bytes());
    let digest = digest(&bytes, &body);
    bytes.extend_from_slice(&digest);
    bytes.extend_from_slice(&body);
    Ok(bytes)
}

/// The content of a bundle. Never panics, whatever the bytes; does not look at indices yet.
pub(crate) fn from_bytes(bytes: &[u8]) -> Result<BundleContent, LoadError> {
    let known = bytes.len().min(MAGIC.len());
    if bytes.is_empty() || bytes.get(..known) != MAGIC.get(..known) {
        return Err(LoadError::NotABundle);
    }
    let (header, rest) = bytes.split_at_checked(HEADER).ok_or(LoadError::Truncated)?;
    let found = number(header, 8, 4).ok_or(LoadError::Truncated)?;
    let found = u32::try_from(found).unwrap_or(u32::MAX);
    match found.cmp(&FORMAT) {
        std::cmp::Ordering::Greater => return Err(LoadError::NewerFormat { found, known: FORMAT }),
        std::cmp::Ordering::Less => return Err(LoadError::OlderFormat { found, known: FORMAT }),
        std::cmp::Ordering::Equal => {}
    }
    let length = number(header, 12, 8).ok_or(LoadError::Truncated)?;
    let (written, body) = rest.split_at_checked(DIGEST).ok_or(LoadError::Truncated)?;
    let present = body.len() as u64;
    if present < length {
        return Err(LoadError::Truncated);
    }
    if present > length {
        return Err(LoadError::malformed("more bytes than its length says"));
    }
    if written != digest(header, body) {
        return Err(LoadError::DigestMismatch);
    }
    let content: BundleContent =
        serde_json::from_slice(body).map_err(|error| LoadError::malformed(error.to_string()))?;
    let again = serde_json::to_vec(&content).map_err(|error| LoadError::malformed(error.to_string()))?;
    if again != body {
        return Err(LoadError::malformed("its content is not written in the canonical way"));
    }
    Ok(content)
}

fn digest(header: &[u8], body: &[u8]) -> [u8; DIGEST] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(header);
    hasher.update(body);
    *hasher.finalize().as_bytes()
}

fn number(bytes: &[u8], from: usize, length: usize) -> Option<u64> {
    let part = bytes.get(from..from.checked_add(length)?)?;
    Some(part.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte)))
}
