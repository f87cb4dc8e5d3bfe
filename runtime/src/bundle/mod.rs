//! A loaded bundle: tables read in place. Every index has been looked at when it was loaded.

mod bases;
mod guards;
mod nouns;
mod rules;
mod sides;
mod ways;

use std::sync::Arc;

pub(crate) use bases::Basis;
pub(crate) use nouns::Named;
pub(crate) use rules::{Head, Keep, Part};
pub(crate) use sides::{At, Side, Sides};
pub(crate) use ways::{Row, Striker, Way};

use crate::answer::{Slot, Unit as NoticeUnit};
use crate::calendar::Day;
use crate::format::layout::{NO_DAY, NONE, Tables};
use crate::format::{self, LoadError, Loaded, Texts};
use crate::wire::BundleContent;

/// A bundle, ready to decide. Share it freely: deciding takes `&self`.
#[derive(Clone, Debug)]
pub struct Bundle {
    pub(crate) words: Box<[u32]>,
    pub(crate) names: Box<str>,
    pub(crate) t: Tables,
    pub(crate) texts: Texts,
    pub(crate) policy: Policy,
    pub(crate) digest: [u8; 32],
}

/// The one row of the first table.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Policy {
    pub(crate) language: u32,
    name: (u32, u32),
    version: (u32, u32),
    meaning: (u32, u32),
    zone: (u32, u32),
    pub(crate) offset: i32,
    pub(crate) begins: Option<Day>,
    pub(crate) until: Option<Day>,
    pub(crate) home: Option<u32>,
    pub(crate) public: Option<u32>,
    pub(crate) everyone: Option<u32>,
    pub(crate) closing: u32,
}

impl Bundle {
    /// Reads a bundle. Any bytes give a bundle or an error. What decides is copied and looked at; texts are copied, and
    /// looked at when they are first asked for.
    ///
    /// # Errors
    /// See [`LoadError`].
    pub fn load(bytes: &[u8]) -> Result<Bundle, LoadError> {
        format::read(bytes, None).map(Bundle::new)
    }

    /// As [`Bundle::load`]; texts stay where they are: in a mapped file, say.
    ///
    /// # Errors
    /// See [`LoadError`].
    pub fn load_shared(bytes: &Arc<dyn AsRef<[u8]> + Send + Sync>) -> Result<Bundle, LoadError> {
        format::read((**bytes).as_ref(), Some(bytes)).map(Bundle::new)
    }

    /// Takes content as it stands, without bytes.
    ///
    /// # Errors
    /// [`LoadError::Malformed`] if an index points nowhere or rules are not in order.
    pub fn from_content(content: &BundleContent) -> Result<Bundle, LoadError> {
        Bundle::load(&format::to_bytes(content)?)
    }

    /// Looks at the texts too, which answers cite: the clauses, and where rules are written.
    ///
    /// # Errors
    /// [`LoadError::DigestMismatch`] and [`LoadError::Malformed`].
    pub fn check_texts(&self) -> Result<(), LoadError> {
        self.texts.check()
    }

    /// The policy's name.
    #[must_use]
    pub fn policy(&self) -> &str {
        self.text(self.policy.name)
    }

    /// The version's own number or name.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        some(self.policy.version.0).map(|_| self.text(self.policy.version))
    }

    /// M: the meaning's digest, in hexadecimal (M15).
    #[must_use]
    pub fn meaning(&self) -> &str {
        self.text(self.policy.meaning)
    }

    /// The digest of the bundle's header, and with it of all of it: what a signature signs.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// The sentence of a unit that rules cite, by its id; `None` too if the texts are damaged.
    #[must_use]
    pub fn sentence(&self, unit: &str) -> Option<&str> {
        let units = (0..).map_while(|number| self.texts.unit(number));
        units
            .filter(|known| known.id == unit)
            .map(|known| known.sentence)
            .next()
    }

    /// A unit of the notice by its id, or by the id of a rule that it says; `None` too if the texts are damaged.
    #[must_use]
    pub fn clause(&self, id: &str) -> Option<NoticeUnit<'_>> {
        let mut units = (0..).map_while(|number| self.texts.unit(number));
        units.find(|unit| unit.id == id).or_else(|| {
            let rule = self.heads().find(|head| self.text(head.id) == id)?;
            self.texts.unit(rule.unit)
        })
    }

    /// The names of the controllers, data, sources, purposes, recipients, classes of persons, countries, conditions or bases,
    /// by the slot of a request that takes them: paths, in order. Those of packs and the taxonomy are among them.
    pub fn names(&self, slot: Slot) -> impl Iterator<Item = &str> {
        let kind = self.kind(slot).nouns;
        kind.numbers().map(move |noun| self.path(kind, noun))
    }

    /// The path of the noun that a request calls so in a slot; `None` if no noun has this name, or several have it.
    #[must_use]
    pub fn path_of(&self, slot: Slot, name: &str) -> Option<&str> {
        let kind = self.kind(slot);
        match self.named(kind.names, name.as_bytes()) {
            Named::One(noun) => Some(self.path(kind.nouns, noun)),
            Named::Several | Named::None => None,
        }
    }

    /// Whether all that a noun stands for lies at or below another, by their names in a slot (M1): nouns of packs and the taxonomy
    /// may be meant too. `false` if one of them is no noun, or several.
    #[must_use]
    pub fn lies_below(&self, slot: Slot, name: &str, above: &str) -> bool {
        let kind = self.kind(slot);
        let of = |name: &str| match self.named(kind.names, name.as_bytes()) {
            Named::One(noun) => Some(self.down(kind.nouns, noun)),
            Named::Several | Named::None => None,
        };
        let (Some(all), Some(above)) = (of(name), of(above)) else {
            return false;
        };
        !all.is_empty() && all.iter().all(|atom| above.contains(atom))
    }

    /// The first day in force; `None`: always (M3).
    #[must_use]
    pub fn begins(&self) -> Option<Day> {
        self.policy.begins
    }

    /// The last day in force.
    #[must_use]
    pub fn until(&self) -> Option<Day> {
        self.policy.until
    }

    /// The zone of the policy's dates.
    #[must_use]
    pub fn zone(&self) -> &str {
        self.text(self.policy.zone)
    }

    /// Seconds of that zone east of Greenwich.
    #[must_use]
    pub fn zone_offset(&self) -> i32 {
        self.policy.offset
    }

    fn new(loaded: Loaded) -> Bundle {
        let row = loaded
            .tables
            .policy
            .rows(&loaded.words)
            .first()
            .copied()
            .unwrap_or_default();
        let [
            a,
            b,
            c,
            d,
            e,
            f,
            g,
            h,
            offset,
            begins,
            until,
            home,
            public,
            everyone,
            closing,
        ] = row;
        let policy = Policy {
            language: loaded.language,
            name: (a, b),
            version: (c, d),
            meaning: (e, f),
            zone: (g, h),
            offset: offset.cast_signed(),
            begins: day(begins),
            until: day(until),
            home: some(home),
            public: some(public),
            everyone: some(everyone),
            closing,
        };
        Bundle {
            words: loaded.words,
            names: loaded.names,
            t: loaded.tables,
            texts: loaded.texts,
            policy,
            digest: loaded.digest,
        }
    }

    #[inline]
    pub(crate) fn list(&self, start: u32, length: u32) -> &[u32] {
        let (start, length) = (start as usize, length as usize);
        self.words.get(start..start.saturating_add(length)).unwrap_or(&[])
    }

    #[inline]
    pub(crate) fn text(&self, (start, length): (u32, u32)) -> &str {
        let (start, length) = (start as usize, length as usize);
        self.names.get(start..start.saturating_add(length)).unwrap_or_default()
    }
}

#[inline]
pub(crate) fn some(row: u32) -> Option<u32> {
    Some(row).filter(|row| *row != NONE)
}

#[inline]
pub(crate) fn day(number: u32) -> Option<Day> {
    (number != NO_DAY).then(|| Day::from_number(number.cast_signed()))
}
