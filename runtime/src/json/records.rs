//! Records of consents and objections.

use super::reader::Reader;
use crate::answer::Slot;
use crate::bundle::{Bundle, Named};
use crate::calendar::Time;
use crate::facts::{Few, Record};
use crate::request::{RecordBy, RecordKind};

/// A record; one with purposes `any` goes the long way.
pub(super) fn record<'a>(bundle: &'a Bundle, reader: &mut Reader<'_>) -> Option<Record<'a>> {
    let (mut kind, mut basis, mut at, mut by, mut purposes) = (None, None, None, None, None);
    reader.fields(|reader, name| match name {
        b"kind" => once(&mut kind, kind_of(reader.text()?)?),
        b"basis" => once(
            &mut basis,
            one(bundle.named(bundle.kind(Slot::Records).names, reader.text()?))?,
        ),
        b"at" => once(&mut at, time(reader.text()?)?),
        b"by" => once(&mut by, by_whom(reader.text()?)?),
        b"purposes" => once(&mut purposes, self::purposes(bundle, reader)?),
        _ => None,
    })?;
    Some(Record {
        kind: kind?,
        basis: basis?,
        purposes: purposes.flatten().map(|nouns: Few| bundle.purposes_of(&nouns)),
        at: at?.instant(bundle.policy.offset),
        by: by.unwrap_or_default(),
        by_anyone: false,
    })
}

/// The purposes of a record: `null` for all, or some.
fn purposes(bundle: &Bundle, reader: &mut Reader<'_>) -> Option<Option<Few>> {
    if reader.null()? {
        return Some(None);
    }
    let mut nouns = Few::new();
    reader.each(|reader| {
        let name = reader.text().filter(|name| *name != b"any")?;
        nouns.push(one(bundle.named(bundle.t.purpose_names, name))?);
        Some(())
    })?;
    (!nouns.is_empty()).then_some(Some(nouns))
}

#[inline]
pub(super) fn one(named: Named) -> Option<u32> {
    match named {
        Named::One(noun) => Some(noun),
        Named::Several | Named::None => None,
    }
}

/// Once only.
#[inline]
pub(super) fn once<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    slot.replace(value).is_none().then_some(())
}

#[inline]
pub(super) fn time(text: &[u8]) -> Option<Time> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

fn kind_of(word: &[u8]) -> Option<RecordKind> {
    Some(match word {
        b"give" => RecordKind::Give,
        b"withdraw" => RecordKind::Withdraw,
        b"object" => RecordKind::Object,
        _ => return None,
    })
}

fn by_whom(word: &[u8]) -> Option<RecordBy> {
    Some(match word {
        b"self" => RecordBy::Person,
        b"representative" => RecordBy::Representative,
        _ => return None,
    })
}
