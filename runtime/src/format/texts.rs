//! The texts: clauses, where each rule is written, and digests of the notice's blocks. Looked at when first asked for.

use std::sync::{Arc, OnceLock};

use super::{Bytes, DIGEST, LoadError, words_of};
use crate::answer::Unit;
use crate::wire::{self, Block, BundleContent, Head, Written};

/// Words before the rows: how many words, units, rules and blocks.
const COUNTS: usize = 4;
const UNIT: usize = 6;
const WRITTEN: usize = 4;
const BLOCK: usize = 11;
const NONE: u32 = u32::MAX;

/// The texts of a bundle.
#[derive(Debug)]
pub(crate) struct Texts {
    bytes: Bytes,
    digest: [u8; DIGEST],
    /// Whether they are whole, once they have been looked at.
    whole: OnceLock<Option<Whole>>,
}

impl Clone for Texts {
    fn clone(&self) -> Texts {
        Texts {
            bytes: self.bytes.clone(),
            digest: self.digest,
            whole: self.whole.clone(),
        }
    }
}

/// How many rows of each sort, and the letters: known to be text once for all.
#[derive(Clone, Debug)]
struct Whole {
    units: usize,
    written: usize,
    blocks: usize,
    letters: Arc<str>,
}

impl Texts {
    pub(crate) fn new(bytes: Bytes, digest: &[u8]) -> Texts {
        let mut kept = [0; DIGEST];
        kept.iter_mut().zip(digest).for_each(|(kept, byte)| *kept = *byte);
        Texts {
            bytes,
            digest: kept,
            whole: OnceLock::new(),
        }
    }

    /// Looks at the texts, if nobody has yet.
    pub(crate) fn check(&self) -> Result<(), LoadError> {
        match self.whole() {
            Some(_) => Ok(()),
            None if *blake3::hash(self.bytes.get()).as_bytes() != self.digest => Err(LoadError::DigestMismatch),
            None => Err(LoadError::malformed("its texts are not what they should be")),
        }
    }

    fn whole(&self) -> Option<&Whole> {
        let whole = self.whole.get_or_init(|| {
            let bytes = self.bytes.get();
            if *blake3::hash(bytes).as_bytes() != self.digest {
                return None;
            }
            let count = |at| Some(word(bytes, at)? as usize);
            let (units, rules, blocks) = (count(1)?, count(2)?, count(3)?);
            let begin = count(0)?.checked_mul(4)?;
            let rows = [(units, UNIT), (rules, WRITTEN), (blocks, BLOCK)];
            let words = rows.iter().try_fold(COUNTS, |sum, (count, width)| {
                sum.checked_add(count.checked_mul(*width)?)
            })?;
            let letters = std::str::from_utf8(bytes.get(begin..)?).ok()?;
            let inside = |at| {
                let (start, length) = (word(bytes, at)? as usize, word(bytes, at + 1)? as usize);
                letters.get(start..start.checked_add(length)?)
            };
            let columns = (0..units).flat_map(|unit| (0..3).map(move |column| COUNTS + unit * UNIT + column * 2));
            let written_at = COUNTS + units * UNIT;
            let blocks_at = written_at + rules * WRITTEN;
            let columns = columns
                .chain((0..rules).map(|rule| written_at + rule * WRITTEN))
                .chain((0..blocks).map(|block| blocks_at + block * BLOCK + 1));
            let good = words * 4 == begin && columns.into_iter().all(|at| inside(at).is_some());
            good.then(|| Whole {
                units,
                written: rules,
                blocks,
                letters: letters.into(),
            })
        });
        whole.as_ref()
    }

    fn text<'a>(&self, whole: &'a Whole, at: usize) -> Option<&'a str> {
        let bytes = self.bytes.get();
        let (start, length) = (word(bytes, at)? as usize, word(bytes, at + 1)? as usize);
        whole.letters.get(start..start.checked_add(length)?)
    }

    /// A unit; `None` if there is none, or the texts are damaged.
    pub(crate) fn unit(&self, number: u32) -> Option<Unit<'_>> {
        if number == NONE {
            return None;
        }
        let whole = self.whole()?;
        let at = COUNTS + (number as usize) * UNIT;
        ((number as usize) < whole.units).then_some(())?;
        Some(Unit {
            id: self.text(whole, at)?,
            paragraph: self.text(whole, at + 2)?,
            sentence: self.text(whole, at + 4)?,
        })
    }

    /// Where a rule is written, by its place among all: statements, bans, caps.
    pub(crate) fn written(&self, rule: u32) -> Option<Written> {
        let whole = self.whole()?;
        let bytes = self.bytes.get();
        ((rule as usize) < whole.written).then_some(())?;
        let at = COUNTS + whole.units * UNIT + rule as usize * WRITTEN;
        let line = word(bytes, at + 2)?;
        (line > 0).then_some(Written {
            file: self.text(whole, at)?.to_owned(),
            line,
            column: word(bytes, at + 3)?,
        })
    }

    /// The blocks of a notice with their digests in hexadecimal.
    pub(crate) fn blocks(&self, notice: u32) -> Vec<Block> {
        let Some(whole) = self.whole() else { return Vec::new() };
        let bytes = self.bytes.get();
        let first = COUNTS + whole.units * UNIT + whole.written * WRITTEN;
        let rows = (0..whole.blocks).map(|block| first + block * BLOCK);
        let of_notice = rows.filter(|at| word(bytes, *at) == Some(notice));
        let blocks = of_notice.filter_map(|at| {
            let digest = (0..8).filter_map(|word_at| word(bytes, at + 3 + word_at));
            Some(Block {
                id: self.text(whole, at + 1)?.to_owned(),
                digest: digest.map(|word| format!("{word:08x}")).collect(),
            })
        });
        blocks.collect()
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let from = at.checked_mul(4)?;
    bytes
        .get(from..)?
        .first_chunk::<4>()
        .map(|word| u32::from_le_bytes(*word))
}

/// The texts of content, as bytes.
pub(super) fn write(content: &BundleContent) -> Result<Vec<u8>, LoadError> {
    let mut words = Vec::new();
    let mut letters = String::new();
    let mut large = false;
    let mut put = |words: &mut Vec<u32>, text: &str| {
        for size in [letters.len(), text.len()] {
            words.push(u32::try_from(size).unwrap_or_else(|_| {
                large = true;
                0
            }));
        }
        letters.push_str(text);
    };
    let heads = || {
        let grants = content.grants.iter().map(|grant| &grant.head);
        let bans = content.bans.iter().map(|ban| &ban.head);
        grants.chain(bans).chain(content.caps.iter().map(|cap| &cap.head))
    };
    let units = || {
        heads()
            .filter_map(|head: &Head| head.unit.as_ref())
            .chain(&content.closing)
    };
    for wire::Unit {
        id,
        paragraph,
        sentence,
    } in units()
    {
        [id, paragraph, sentence]
            .into_iter()
            .for_each(|text| put(&mut words, text));
    }
    let mut files: std::collections::HashMap<&str, [u32; 2]> = std::collections::HashMap::new();
    for head in heads() {
        let Some(written) = &head.written else {
            words.extend([0; WRITTEN]);
            continue;
        };
        let file = files.entry(&written.file).or_insert_with(|| {
            let mut place = Vec::new();
            put(&mut place, &written.file);
            [place.first(), place.last()].map(|word| word.copied().unwrap_or(0))
        });
        words.extend(*file);
        words.extend([written.line, written.column]);
    }
    for (number, notice) in (0..).zip(&content.notices) {
        for block in &notice.blocks {
            words.push(number);
            put(&mut words, &block.id);
            words.extend(words_of(&block.digest));
        }
    }
    let counts = [
        COUNTS + words.len(),
        units().count(),
        heads().count(),
        content.notices.iter().map(|notice| notice.blocks.len()).sum(),
    ];
    let counts = counts.map(|count| u32::try_from(count).unwrap_or(NONE));
    if large || counts.contains(&NONE) {
        return Err(LoadError::malformed("there is too much of it"));
    }
    let words = counts.into_iter().chain(words);
    let mut bytes: Vec<u8> = words.flat_map(u32::to_le_bytes).collect();
    bytes.extend_from_slice(letters.as_bytes());
    Ok(bytes)
}
