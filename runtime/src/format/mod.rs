//! The bytes of a bundle, as `docs/bundle.md` has them: a header with the digest of each section, the sections, and perhaps a
//! signature. The decision part is words and names; texts lie apart and are looked at when they are first asked for.

mod check;
mod decode;
mod derive;
pub(crate) mod layout;
mod order;
mod rows;
pub(crate) mod slots;
pub(crate) mod steps;
pub(crate) mod texts;
mod write;

use std::sync::Arc;

use crate::signature;
use crate::wire::BundleContent;
use layout::{ALL, Tables};
pub(crate) use texts::Texts;

/// The first bytes of every bundle.
pub const MAGIC: [u8; 8] = *b"KUPB\r\n\x1A\n";
/// The format that this version writes, and the only one it reads.
pub const FORMAT: u32 = 4;
/// The version of the language that this version knows.
pub const LANGUAGE: u32 = 1;

const SECTIONS: usize = 3;
/// Before the digest of the header: magic, format, language, length of all, and for each section its place, length, digest.
const HEADER: usize = 24 + SECTIONS * 48;
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
    /// Of a policy in a newer version of the language: update Kupuya.
    NewerLanguage {
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
    /// A key is asked for, and the bundle has no signature.
    Unsigned,
    /// The signature is by none of the keys asked for, or of other bytes.
    WronglySigned,
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
            LoadError::NewerLanguage { found, known } => write!(
                f,
                "the bundle is of language version {found}, this version knows {known}: update Kupuya"
            ),
            LoadError::Truncated => write!(f, "the bundle ends too early"),
            LoadError::DigestMismatch => write!(f, "the bundle has been changed or damaged: its digest does not fit"),
            LoadError::Malformed { what } => write!(f, "the bundle is malformed: {what}"),
            LoadError::Unsigned => write!(f, "the bundle is not signed"),
            LoadError::WronglySigned => write!(f, "the bundle is not signed by a key that is trusted here"),
        }
    }
}

impl std::error::Error for LoadError {}

/// The bytes of a bundle, without a signature. The same content gives the same bytes.
///
/// # Errors
/// [`LoadError::Malformed`] if a box speaks of atoms that are not there, or there is more than the format can hold.
pub fn to_bytes(content: &BundleContent) -> Result<Vec<u8>, LoadError> {
    let parts = write::tables(content)?;
    let mut rules = Vec::with_capacity(parts.words.len() * 4);
    parts
        .words
        .iter()
        .for_each(|word| rules.extend_from_slice(&word.to_le_bytes()));
    let texts = texts::write(content)?;
    let sections = [rules, parts.names.into_bytes(), texts];
    let mut bytes = Vec::new();
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&FORMAT.to_le_bytes());
    bytes.extend_from_slice(&content.language.to_le_bytes());
    let lengths: usize = sections.iter().map(Vec::len).sum();
    let mut at = HEADER + DIGEST;
    bytes.extend_from_slice(&((at + lengths) as u64).to_le_bytes());
    for section in &sections {
        bytes.extend_from_slice(&(at as u64).to_le_bytes());
        bytes.extend_from_slice(&(section.len() as u64).to_le_bytes());
        bytes.extend_from_slice(blake3::hash(section).as_bytes());
        at += section.len();
    }
    let digest = blake3::hash(&bytes);
    bytes.extend_from_slice(digest.as_bytes());
    sections.iter().for_each(|section| bytes.extend_from_slice(section));
    Ok(bytes)
}

/// Bytes that are kept: of texts only, since the decision part is copied into words.
#[derive(Clone)]
pub(crate) enum Bytes {
    Owned(Arc<[u8]>),
    /// A mapped file, or whatever else holds them: and where in it.
    Shared(Arc<dyn AsRef<[u8]> + Send + Sync>, usize, usize),
}

impl Bytes {
    pub(crate) fn get(&self) -> &[u8] {
        match self {
            Bytes::Owned(bytes) => bytes,
            Bytes::Shared(bytes, from, to) => (**bytes).as_ref().get(*from..*to).unwrap_or(&[]),
        }
    }
}

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.get().len())
    }
}

/// What a bundle's bytes hold.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) language: u32,
    /// Digest of the header, and so of everything.
    pub(crate) digest: [u8; DIGEST],
    pub(crate) words: Box<[u32]>,
    pub(crate) names: Box<str>,
    pub(crate) tables: Tables,
    pub(crate) texts: Texts,
}

/// A section's place and digest, as the header says.
struct Section<'a> {
    from: usize,
    to: usize,
    bytes: &'a [u8],
    digest: &'a [u8],
}

impl<'a> Section<'a> {
    fn checked(&self) -> Result<&'a [u8], LoadError> {
        if blake3::hash(self.bytes).as_bytes() == self.digest {
            Ok(self.bytes)
        } else {
            Err(LoadError::DigestMismatch)
        }
    }
}

/// Reads bytes; takes no more memory than there are bytes. Names, indices and lists are all looked at.
pub(crate) fn read(bytes: &[u8], shared: Option<&Arc<dyn AsRef<[u8]> + Send + Sync>>) -> Result<Loaded, LoadError> {
    let header = Header::read(bytes)?;
    let [rules, names, texts] = &header.sections;
    let rules = rules.checked()?;
    let (words, rest) = rules.as_chunks::<4>();
    if !rest.is_empty() {
        return Err(LoadError::malformed("its rules are no words"));
    }
    let words: Box<[u32]> = words.iter().map(|word| u32::from_le_bytes(*word)).collect();
    let names = std::str::from_utf8(names.checked()?).map_err(|_| LoadError::malformed("its names are no text"))?;
    let tables = tables(&words)?;
    check::tables(&words, names, &tables)?;
    let kept = match shared {
        None => Bytes::Owned(texts.bytes.into()),
        Some(shared) => Bytes::Shared(Arc::clone(shared), texts.from, texts.to),
    };
    Ok(Loaded {
        language: header.language,
        digest: header.digest,
        names: names.into(),
        words,
        tables,
        texts: Texts::new(kept, texts.digest),
    })
}

/// What stands before the sections, all looked at.
pub(crate) struct Header<'a> {
    language: u32,
    sections: [Section<'a>; SECTIONS],
    /// Digest of what stands before the sections.
    pub(crate) digest: [u8; DIGEST],
    /// Everything but a signature.
    pub(crate) unsigned: &'a [u8],
    /// What follows the sections: nothing, or a signature.
    pub(crate) rest: &'a [u8],
}

impl<'a> Header<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Header<'a>, LoadError> {
        let known = bytes.len().min(MAGIC.len());
        if bytes.is_empty() || bytes.get(..known) != MAGIC.get(..known) {
            return Err(LoadError::NotABundle);
        }
        let found = number(bytes, 8, 4).ok_or(LoadError::Truncated)?;
        let found = u32::try_from(found).unwrap_or(u32::MAX);
        match found.cmp(&FORMAT) {
            std::cmp::Ordering::Greater => return Err(LoadError::NewerFormat { found, known: FORMAT }),
            std::cmp::Ordering::Less => return Err(LoadError::OlderFormat { found, known: FORMAT }),
            std::cmp::Ordering::Equal => {}
        }
        let (header, rest) = bytes.split_at_checked(HEADER).ok_or(LoadError::Truncated)?;
        let written: &[u8; DIGEST] = rest.first_chunk().ok_or(LoadError::Truncated)?;
        let digest = *blake3::hash(header).as_bytes();
        if digest != *written {
            return Err(LoadError::DigestMismatch);
        }
        let language = u32::try_from(number(header, 12, 4).unwrap_or(0)).unwrap_or(u32::MAX);
        if language > LANGUAGE {
            return Err(LoadError::NewerLanguage {
                found: language,
                known: LANGUAGE,
            });
        }
        let mut at = HEADER + DIGEST;
        let mut section = |index: usize| -> Result<Section<'a>, LoadError> {
            let entry = 24 + index * 48;
            let size = |from| number(header, from, 8).and_then(|size| usize::try_from(size).ok());
            let (from, length) = size(entry).zip(size(entry + 8)).ok_or(LoadError::Truncated)?;
            let digest = header.get(entry + 16..entry + 48).unwrap_or_default();
            if from != at {
                return Err(LoadError::malformed("its sections do not follow each other"));
            }
            at = from.checked_add(length).ok_or(LoadError::Truncated)?;
            let bytes = bytes.get(from..at).ok_or(LoadError::Truncated)?;
            Ok(Section {
                from,
                to: at,
                bytes,
                digest,
            })
        };
        let sections = [section(0)?, section(1)?, section(2)?];
        if number(header, 16, 8) != Some(at as u64) {
            return Err(LoadError::malformed("its length is not that of its sections"));
        }
        let (unsigned, rest) = bytes.split_at_checked(at).ok_or(LoadError::Truncated)?;
        if !signature::is_one(rest) {
            let mark = rest.len().min(signature::MARK.len());
            return Err(
                if rest.get(..mark) == signature::MARK.get(..mark) && rest.len() < signature::LENGTH {
                    LoadError::Truncated
                } else {
                    LoadError::malformed("more bytes than its length says")
                },
            );
        }
        Ok(Header {
            language,
            sections,
            digest,
            unsigned,
            rest,
        })
    }
}

/// The directory: how many tables, and the start and rows of each, end to end.
fn tables(words: &[u32]) -> Result<Tables, LoadError> {
    if words.first().map(|count| *count as usize) != Some(ALL.len()) {
        return Err(LoadError::malformed("it has other tables"));
    }
    let directory = words.get(1..1 + 2 * ALL.len()).ok_or(LoadError::Truncated)?;
    let mut end = None;
    let mut places = Vec::with_capacity(ALL.len());
    for ([start, count], (_, _, columns)) in directory.as_chunks::<2>().0.iter().zip(ALL) {
        let width: usize = columns.iter().map(|column| column.width()).sum();
        let start = *start as usize;
        if end.is_some_and(|end| end != start) {
            return Err(LoadError::malformed("its tables do not follow each other"));
        }
        let length = width.checked_mul(*count as usize).ok_or(LoadError::Truncated)?;
        let next = start.checked_add(length).filter(|next| *next <= words.len());
        end = Some(next.ok_or(LoadError::Truncated)?);
        places.push((start, *count));
    }
    if end != Some(words.len()) {
        return Err(LoadError::malformed("something follows its tables"));
    }
    Ok(Tables::new(&places))
}

/// A digest in hexadecimal as eight words; zeros for what is none.
pub(crate) fn words_of(digest: &str) -> [u32; 8] {
    let mut words = [0; 8];
    for (at, word) in words.iter_mut().enumerate() {
        let part = digest.get(at * 8..at * 8 + 8).unwrap_or_default();
        *word = u32::from_str_radix(part, 16).unwrap_or(0);
    }
    words
}

fn number(bytes: &[u8], from: usize, length: usize) -> Option<u64> {
    let part = bytes.get(from..from.checked_add(length)?)?;
    Some(part.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte)))
}
