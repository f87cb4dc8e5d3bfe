//! Tables as content again: what a bundle says, for exports and for the test that it is what the policy says.

use super::layout::{NONE, NounTable};
use super::{LoadError, steps};
use crate::bundle::{Bundle, Side, some};
use crate::wire::{self, Act, BundleContent, Head, Noun, Origin, Region, Strike, Unit};

impl Bundle {
    /// All that the bundle holds, texts included.
    ///
    /// # Errors
    /// [`LoadError::DigestMismatch`] if the texts are damaged, [`LoadError::Malformed`] if they are none.
    pub fn content(&self) -> Result<BundleContent, LoadError> {
        self.check_texts()?;
        let t = &self.t;
        let details = |count: u32| 0..count;
        let noun = |kind, index| self.noun(kind, index);
        Ok(BundleContent {
            language: self.policy.language,
            policy: self.policy().to_owned(),
            version: self.version().map(str::to_owned),
            meaning: self.meaning().to_owned(),
            notices: self.notices(),
            zone: self.zone().to_owned(),
            zone_offset: self.policy.offset,
            begins: self.policy.begins,
            until: self.policy.until,
            home: self.policy.home,
            public: self.policy.public,
            everyone: self.policy.everyone,
            controllers: details(t.controllers.count())
                .map(|index| wire::Controller {
                    noun: noun(t.controllers, index),
                    country: t
                        .controller_details
                        .get(&self.words, index)
                        .and_then(|[country, _]| some(*country)),
                })
                .collect(),
            subjects: details(t.subjects.count())
                .map(|index| wire::Subject {
                    noun: noun(t.subjects, index),
                    when: self.class_guard(index),
                })
                .collect(),
            data: self.nouns(t.data),
            sources: self.nouns(t.sources),
            purposes: self.nouns(t.purposes),
            bases: details(t.bases.count())
                .filter_map(|index| {
                    let basis = self.basis(index)?;
                    Some(wire::Basis {
                        noun: noun(t.bases, index),
                        consent: basis.consent,
                        legal_duty: basis.legal_duty,
                        objectable: basis.objectable,
                        when: basis.when,
                        giver: basis.giver,
                        since: basis.since,
                        term: basis.term,
                        survives_keep: basis.survives_keep,
                    })
                })
                .collect(),
            recipients: details(t.recipients.count())
                .map(|index| wire::Recipient {
                    noun: noun(t.recipients, index),
                    places: self
                        .places_of(index)
                        .iter()
                        .filter_map(|place| self.place(*place))
                        .collect(),
                })
                .collect(),
            facts: self.nouns(t.facts),
            countries: self.nouns(t.countries),
            literals: t
                .literals
                .numbers()
                .filter_map(|literal| self.literal(literal))
                .collect(),
            guards: t.guards.numbers().map(|guard| self.whole_guard(guard)).collect(),
            grants: self.grants(),
            bans: self.bans(),
            caps: self.caps(),
            closing: self.unit(self.policy.closing),
        })
    }

    /// The notices made with the bundle, by their digests.
    #[must_use]
    pub fn notices(&self) -> Vec<wire::Notice> {
        let rows = (0..).zip(self.t.notices.rows(&self.words));
        let notices = rows.map(|(number, [start, length, digest @ ..])| wire::Notice {
            language: self.text((*start, *length)).to_owned(),
            digest: hexadecimal(digest),
            blocks: self.texts.blocks(number),
        });
        notices.collect()
    }

    fn nouns(&self, kind: NounTable) -> Vec<Noun> {
        kind.numbers().map(|index| self.noun(kind, index)).collect()
    }

    pub(crate) fn noun(&self, kind: NounTable, index: u32) -> Noun {
        let [_, _, origin, above, count, ..] = kind.get(&self.words, index).copied().unwrap_or_default();
        Noun {
            path: self.path(kind, index).to_owned(),
            origin: match origin % 3 {
                0 => Origin::Project,
                1 => Origin::Pack,
                _ => Origin::Taxonomy,
            },
            open: origin >= 3,
            above: self.list(above, count).to_vec(),
        }
    }

    fn whole_guard(&self, guard: u32) -> wire::Guard {
        let signed = |signed: &u32| (signed >> 1, signed & 1 == 1);
        self.conjunctions(guard)
            .map(|all| all.iter().map(signed).collect())
            .collect()
    }

    fn unit(&self, unit: u32) -> Option<Unit> {
        self.texts.unit(unit).map(|unit| Unit {
            id: unit.id.to_owned(),
            paragraph: unit.paragraph.to_owned(),
            sentence: unit.sentence.to_owned(),
        })
    }

    /// `rule`: its place among all, statements, bans and caps.
    fn head(&self, row: &[u32], rule: u32) -> Head {
        let [start, length, digest @ .., unit] = row.first_chunk::<11>().copied().unwrap_or([NONE; 11]);
        Head {
            id: self.text((start, length)).to_owned(),
            digest: hexadecimal(&digest),
            unit: self.unit(unit),
            written: self.texts.written(rule),
        }
    }

    fn grants(&self) -> Vec<wire::Grant> {
        let mut ways: Vec<Vec<Vec<u32>>> = vec![Vec::new(); self.t.grants.count() as usize];
        for way in self.t.ways.numbers().filter_map(|way| self.way(way)) {
            if let Some(of) = way.grant.and_then(|grant| ways.get_mut(grant as usize)) {
                of.push(way.bases.to_vec());
            }
        }
        let rows = (0..).zip(self.t.grants.rows(&self.words)).zip(ways);
        let grants = rows.filter_map(|((index, row), mut ways)| {
            let grant = self.grant(index)?;
            ways.sort();
            Some(wire::Grant {
                head: self.head(row, index),
                regions: self.boxes_of(index).map(|(number, _)| self.region(number)).collect(),
                ways,
                guard: grant.guard,
                then: self.then(grant.then),
                keep: grant.keep.and_then(|keep| self.keep(keep)).map(|keep| wire::Retention {
                    end: steps::end(keep.end),
                    at_most: keep.at_most,
                    at_least: keep.at_least,
                    disposal: keep.disposal,
                    blocks: self
                        .in_blocks(&keep)
                        .map(|(block, nouns)| wire::InBlock {
                            block,
                            nouns: nouns.to_vec(),
                        })
                        .collect(),
                }),
                later: self
                    .later(&grant)
                    .filter_map(|(basis, region, since)| {
                        Some(wire::Later {
                            basis,
                            region: self.region(region),
                            since: since?,
                        })
                    })
                    .collect(),
            })
        });
        grants.collect()
    }

    fn then(&self, run: (u32, u32)) -> Vec<wire::Obligation> {
        let all = self.obligations(run).map(|one| wire::Obligation {
            what: one.what.to_owned(),
            to: self.texts_of(one.to).map(str::to_owned).collect(),
            within: one.within,
        });
        all.collect()
    }

    /// The names that a list of places and lengths points to.
    pub(crate) fn texts_of<'a>(&'a self, list: &'a [u32]) -> impl Iterator<Item = &'a str> {
        list.as_chunks::<2>()
            .0
            .iter()
            .map(|[start, length]| self.text((*start, *length)))
    }

    fn region(&self, number: u32) -> Region {
        let Some(sides) = self.sides(number) else {
            return Region::default();
        };
        Region {
            acts: Act::ALL.into_iter().filter(|act| sides.has_act(*act)).collect(),
            by: self.atoms(sides.by),
            data: self.atoms(sides.data),
            source: self.atoms(sides.source),
            purpose: self.atoms(sides.purpose),
            recipient: self.atoms(sides.recipient),
        }
    }

    fn atoms(&self, side: u32) -> Option<Vec<u32>> {
        let side = self.side(side);
        (side != Side::Any).then(|| side.iter(0).collect())
    }

    fn strike(&self, part: u32) -> Option<Strike> {
        let [region, guard, _, start, length] = *self.t.parts.get(&self.words, part)?;
        Some(Strike {
            region: self.region(region),
            under: steps::under(self.list(start, length)),
            guard,
        })
    }

    fn bans(&self) -> Vec<wire::Ban> {
        let first = self.t.grants.count();
        let rows = (0..).zip(self.t.bans.rows(&self.words));
        let bans = rows.filter_map(|(index, row)| {
            let ban = self.ban(index)?;
            let [.., from, count, _, _] = *row;
            Some(wire::Ban {
                head: self.head(row, first + index),
                limits: self.strike(ban.limits)?,
                except: (from..from + count).filter_map(|part| self.strike(part)).collect(),
                then: self.then(ban.then),
            })
        });
        bans.collect()
    }

    fn caps(&self) -> Vec<wire::Cap> {
        let first = self.t.grants.count() + self.t.bans.count();
        let rows = (0..).zip(self.t.caps.rows(&self.words));
        let caps = rows.filter_map(|(index, row)| {
            let [.., region, guard, count, unit] = *row;
            Some(wire::Cap {
                head: self.head(row, first + index),
                region: self.region(region),
                guard,
                at_most: steps::period(count, unit)?,
            })
        });
        caps.collect()
    }
}

fn hexadecimal(digest: &[u32]) -> String {
    digest.iter().map(|word| format!("{word:08x}")).collect()
}
