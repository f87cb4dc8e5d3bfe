//! The bundle: meaning and document as what services load. Names become indices sorted by qualified name, sentences rules
//! sorted by digest, so that equal meanings give equal bytes however they were written.

mod blocks;
mod guards;
mod nouns;
pub mod order;
pub mod reading;
mod since;

use std::collections::BTreeMap;

use kupuya_runtime::{LoadError, wire};
pub use since::{NotPrevious, Reconsent, since};

use crate::meaning::{BanMeaning, CapMeaning, Grant, Meaning, Region, SentenceId, SentenceRef, Strike, hex};
use crate::model::Model;
use crate::model::noun::{Data, Id};
use crate::model::sentence::{Act, BasisFormula, Disposal, End, Keep, Obligation, ObligationKind, Slot};
use crate::notice::document::{Document, Stated};
use crate::notice::{page, render};
use crate::source::Sources;
use crate::syntax::ast::{Date, Period, Unit};
use guards::Guards;
use nouns::{Nouns, path};

/// The bytes of a bundle: see `docs/bundle.md`.
///
/// # Errors
/// As [`kupuya_runtime::to_bytes`]: none that can happen.
pub fn to_bytes(content: &wire::BundleContent) -> Result<Vec<u8>, LoadError> {
    kupuya_runtime::to_bytes(content)
}

/// Where each sentence is written: the source map of a bundle.
#[derive(Clone, Debug, Default)]
pub struct SourceMap(BTreeMap<SentenceRef, wire::Written>);

impl SourceMap {
    /// Of the sentences of a model.
    #[must_use]
    pub fn new(model: &Model, sources: &Sources) -> SourceMap {
        let permissions = model.permissions.iter().map(|permission| permission.stated.span);
        let permissions = (0..).map(SentenceRef::Permission).zip(permissions);
        let keeps = (0..)
            .map(SentenceRef::Keep)
            .zip(model.keeps.iter().map(|keep| keep.stated.span));
        let bans = (0..).map(SentenceRef::Ban).zip(model.bans.iter().map(|ban| ban.span));
        let written = permissions.chain(keeps).chain(bans).filter_map(|(sentence, span)| {
            let source = sources.get(span.source)?;
            let (line, column) = source.line_column(span.start);
            let written = wire::Written {
                file: source.name.clone(),
                line: u32::try_from(line).ok()?,
                column: u32::try_from(column).ok()?,
            };
            Some((sentence, written))
        });
        SourceMap(written.collect())
    }
}

/// What the bundle of a policy holds. `document` gives rules their sentences; without one answers cite ids only.
#[must_use]
pub fn from_meaning(model: &Model, meaning: &Meaning, document: Option<&Document>) -> wire::BundleContent {
    with_source_map(model, meaning, document, &SourceMap::default())
}

/// As [`from_meaning`], with the places where rules are written.
#[must_use]
pub fn with_source_map(
    model: &Model,
    meaning: &Meaning,
    document: Option<&Document>,
    written: &SourceMap,
) -> wire::BundleContent {
    let nouns = Nouns::new(model);
    let guards = Guards::new(model, meaning, &nouns);
    let builder = Builder {
        model,
        written,
        units: document.map(units).unwrap_or_default(),
        nouns: &nouns,
        guards: &guards,
        blocks: blocks::numbers(model, meaning),
    };
    let policy = model.policy.as_ref();
    let zone = policy.map_or("Asia/Bishkek", |policy| policy.zone.as_str());
    let mut content = wire::BundleContent {
        language: kupuya_runtime::LANGUAGE,
        policy: policy.map(|policy| policy.name.clone()).unwrap_or_default(),
        version: policy
            .and_then(|policy| policy.version.as_ref())
            .map(|version| version.value.clone()),
        meaning: hex(&meaning.digest),
        notices: document.map(notice).into_iter().collect(),
        zone: zone.to_owned(),
        zone_offset: offset_of(zone).unwrap_or(BISHKEK),
        begins: policy.and_then(crate::model::Policy::begins).and_then(day),
        until: policy.and_then(|policy| policy.until).and_then(|date| day(date.value)),
        closing: builder.units.get(&Stated::Closing).cloned(),
        grants: meaning.grants.iter().map(|grant| builder.grant(grant)).collect(),
        bans: meaning.bans.iter().map(|ban| builder.ban(ban)).collect(),
        caps: meaning.caps.iter().map(|cap| builder.cap(cap)).collect(),
        ..wire::BundleContent::default()
    };
    nouns.write(model, &guards, &mut content);
    guards.write(&mut content);
    // Sentences that say the same are one rule; the first, by printed id, is cited.
    content.grants.dedup_by(|b, a| {
        let same = a.head.digest == b.head.digest;
        if let (true, Some(one), Some(other)) = (same, &mut a.keep, &mut b.keep) {
            one.blocks.append(&mut other.blocks);
        }
        same
    });
    for keep in content.grants.iter_mut().filter_map(|grant| grant.keep.as_mut()) {
        keep.blocks.sort();
        keep.blocks.dedup();
    }
    content.bans.dedup_by(|b, a| a.head.digest == b.head.digest);
    content.caps.dedup_by(|b, a| a.head.digest == b.head.digest);
    content
}

const BISHKEK: i32 = 6 * 3600;

/// A zone's distance from Greenwich, in seconds east: zones without summer time, and offsets such as `+06:00`.
#[must_use]
pub fn offset_of(zone: &str) -> Option<i32> {
    Some(match zone {
        "UTC" | "Etc/UTC" => 0,
        "Europe/Moscow" | "Europe/Istanbul" | "Europe/Minsk" => 3 * 3600,
        "Asia/Tashkent" | "Asia/Samarkand" | "Asia/Dushanbe" | "Asia/Almaty" | "Asia/Ashgabat" => 5 * 3600,
        "Asia/Bishkek" => BISHKEK,
        "Asia/Shanghai" => 8 * 3600,
        _ => {
            let sign = match zone.as_bytes().first()? {
                b'+' => 1,
                b'-' => -1,
                _ => return None,
            };
            let (hours, minutes) = zone.get(1..)?.split_once(':')?;
            let two_digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            let hours: i32 = two_digits(hours).then(|| hours.parse().ok())??;
            let minutes: i32 = two_digits(minutes).then(|| minutes.parse().ok())??;
            ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(sign * (hours * 3600 + minutes * 60))?
        }
    })
}

/// A document by its digests: that of its text, and that of each piece of its page as readers see it.
fn notice(document: &Document) -> wire::Notice {
    let digest = crate::notice::digest(document);
    let page = page::read(&render::html(document));
    wire::Notice {
        language: document.language.to_owned(),
        digest: hex(&digest.whole),
        blocks: page
            .pieces
            .iter()
            .map(|piece| wire::Block {
                digest: hex(&piece.digest()),
                id: piece.id.clone(),
            })
            .collect(),
    }
}

/// Where the document states each sentence first.
fn units(document: &Document) -> BTreeMap<Stated, wire::Unit> {
    let mut found = BTreeMap::new();
    for (paragraph, unit) in document.units() {
        found.entry(unit.states).or_insert_with(|| wire::Unit {
            id: unit.id.clone(),
            paragraph: paragraph.to_owned(),
            sentence: unit.sentence.clone(),
        });
    }
    found
}

struct Builder<'a> {
    model: &'a Model,
    written: &'a SourceMap,
    units: BTreeMap<Stated, wire::Unit>,
    nouns: &'a Nouns,
    guards: &'a Guards,
    /// Number of each block of the model that keeps something.
    blocks: BTreeMap<usize, u32>,
}

/// The nouns of a keep as written; none: any.
fn written(data: &Slot<Data>) -> Vec<Id<Data>> {
    if data.any {
        Vec::new()
    } else {
        data.names.iter().map(|name| name.value).collect()
    }
}

impl Builder<'_> {
    fn head(&self, sentence: SentenceRef, id: &SentenceId) -> wire::Head {
        wire::Head {
            id: id.printed.clone(),
            digest: hex(&id.digest),
            unit: self.units.get(&Stated::Sentence(sentence)).cloned(),
            written: self.written.0.get(&sentence).cloned(),
        }
    }

    fn grant(&self, grant: &Grant) -> wire::Grant {
        let (then, keep) = match grant.sentence {
            SentenceRef::Permission(index) => (self.model.permissions.get(index).map(|p| &p.then), None),
            SentenceRef::Keep(index) => {
                let keep = self.model.keeps.get(index);
                (keep.map(|keep| &keep.then), keep.map(|keep| self.retention(keep)))
            }
            SentenceRef::Ban(_) => (None, None),
        };
        let mut regions: Vec<wire::Region> = grant.regions.iter().map(|region| self.region(region)).collect();
        regions.sort();
        let mut ways: Vec<Vec<u32>> = grant.ways.iter().map(|way| self.nouns.bases.all(way)).collect();
        ways.sort();
        wire::Grant {
            head: self.head(grant.sentence, &grant.id),
            regions,
            ways,
            guard: self.guards.index(self.nouns, &grant.guard),
            then: then.map(|then| self.obligations(then)).unwrap_or_default(),
            keep,
            later: Vec::new(),
        }
    }

    fn ban(&self, ban: &BanMeaning) -> wire::Ban {
        let written = match ban.sentence {
            SentenceRef::Ban(index) => self.model.bans.get(index),
            SentenceRef::Permission(_) | SentenceRef::Keep(_) => None,
        };
        let mut except: Vec<wire::Strike> = ban.except.iter().map(|strike| self.strike(strike)).collect();
        except.sort_by(|a, b| (&a.region, &a.under, a.guard).cmp(&(&b.region, &b.under, b.guard)));
        wire::Ban {
            head: self.head(ban.sentence, &ban.id),
            limits: self.strike(&ban.limits),
            except,
            then: written.map(|ban| self.obligations(&ban.then)).unwrap_or_default(),
        }
    }

    fn cap(&self, cap: &CapMeaning) -> wire::Cap {
        wire::Cap {
            head: self.head(cap.sentence, &cap.id),
            region: self.region(&cap.limits.region),
            guard: self.guards.index(self.nouns, &cap.limits.guard),
            at_most: period(cap.at_most),
        }
    }

    fn strike(&self, strike: &Strike) -> wire::Strike {
        wire::Strike {
            region: self.region(&strike.region),
            under: strike.under.as_ref().map(|under| self.under(under)),
            guard: self.guards.index(self.nouns, &strike.guard),
        }
    }

    fn region(&self, region: &Region) -> wire::Region {
        let mut acts: Vec<wire::Act> = region.acts.iter().map(|act| self::act(*act)).collect();
        acts.sort_unstable();
        acts.dedup();
        wire::Region {
            acts,
            by: region.by.as_ref().map(|side| self.nouns.controllers.all(side)),
            data: region.data.as_ref().map(|side| self.nouns.data.all(side)),
            source: region.source.as_ref().map(|side| self.nouns.sources.all(side)),
            purpose: region.purpose.as_ref().map(|side| self.nouns.purposes.all(side)),
            recipient: region.recipient.as_ref().map(|side| self.nouns.recipients.all(side)),
        }
    }

    fn under(&self, under: &BasisFormula) -> wire::Under {
        let all = |parts: &[BasisFormula]| {
            let mut parts: Vec<wire::Under> = parts.iter().map(|part| self.under(part)).collect();
            parts.sort();
            parts.dedup();
            parts
        };
        match under {
            BasisFormula::Basis(basis) => wire::Under::Basis(self.nouns.bases.one(*basis)),
            BasisFormula::Not(inner) => wire::Under::Not(Box::new(self.under(inner))),
            BasisFormula::And(parts) => wire::Under::And(all(parts)),
            BasisFormula::Or(parts) => wire::Under::Or(all(parts)),
        }
    }

    fn retention(&self, keep: &Keep) -> wire::Retention {
        wire::Retention {
            end: keep.end.as_ref().map(|end| self.end(end)),
            at_most: keep.at_most.map(|most| period(most.value)),
            at_least: keep.at_least.map(|least| period(least.value)),
            disposal: keep.disposal.map(|disposal| match disposal {
                Disposal::Erase => wire::Disposal::Erase,
                Disposal::Anonymise => wire::Disposal::Anonymise,
            }),
            blocks: vec![wire::InBlock {
                block: self.blocks.get(&keep.stated.block).copied().unwrap_or(0),
                nouns: self.nouns.data.all(&written(&keep.data)),
            }],
        }
    }

    fn end(&self, end: &End) -> wire::End {
        let all = |ends: &[End]| {
            let mut ends: Vec<wire::End> = ends.iter().map(|end| self.end(end)).collect();
            ends.sort();
            ends.dedup();
            ends
        };
        match end {
            End::Event(event) => wire::End::Event(self.nouns.facts.one(*event)),
            // A date that exists is a day; the first is only for values that no parser makes.
            End::Date(date) => wire::End::Date(day(*date).unwrap_or(FIRST)),
            End::After(length, after) => {
                wire::End::After(period(*length), after.as_ref().map(|end| Box::new(self.end(end))))
            }
            End::Or(ends) => wire::End::Or(all(ends)),
            End::And(ends) => wire::End::And(all(ends)),
        }
    }

    fn obligations(&self, then: &[Obligation]) -> Vec<wire::Obligation> {
        let one = |obligation: &Obligation| {
            let mut to: Vec<String> = obligation.to.iter().map(|party| path(self.model, *party)).collect();
            to.sort();
            to.dedup();
            wire::Obligation {
                what: match obligation.what {
                    ObligationKind::Notify => "notify".to_owned(),
                    ObligationKind::Duty(duty) => self.model.duties[duty].path.clone(),
                    ObligationKind::Erase => "erase".to_owned(),
                    ObligationKind::Anonymise => "anonymise".to_owned(),
                },
                to,
                within: obligation.within.map(period),
            }
        };
        let mut all: Vec<wire::Obligation> = then.iter().map(one).collect();
        all.sort();
        all.dedup();
        all
    }
}

const FIRST: kupuya_runtime::Day = kupuya_runtime::Day::FIRST;

/// A verb as the bundle has it.
pub(crate) fn act(act: Act) -> wire::Act {
    match act {
        Act::Collect => wire::Act::Collect,
        Act::Use => wire::Act::Use,
        Act::Profile => wire::Act::Profile,
        Act::Store => wire::Act::Store,
        Act::Share => wire::Act::Share,
        Act::Publish => wire::Act::Publish,
        Act::Anonymise => wire::Act::Anonymise,
        Act::Erase => wire::Act::Erase,
    }
}

/// A day as the bundle has it; `None` if there is no such date.
pub(crate) fn day(date: Date) -> Option<kupuya_runtime::Day> {
    kupuya_runtime::Day::new(date.year, date.month, date.day)
}

pub(crate) fn period(period: Period) -> kupuya_runtime::Period {
    use kupuya_runtime::Unit as Wire;
    kupuya_runtime::Period {
        count: period.count,
        unit: match period.unit {
            Unit::Hour => Wire::Hour,
            Unit::Day => Wire::Day,
            Unit::WorkingDay => Wire::WorkingDay,
            Unit::Week => Wire::Week,
            Unit::Month => Wire::Month,
            Unit::Year => Wire::Year,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::offset_of;

    #[test]
    fn zones() {
        assert_eq!(offset_of("Asia/Bishkek"), Some(21_600));
        assert_eq!(offset_of("-03:30"), Some(-12_600));
        for bad in ["", "Mars", "+6", "+6:00", "+25:00", "++1:00", "+é:00"] {
            assert_eq!(offset_of(bad), None, "{bad}");
        }
    }
}
