//! Digests: the name of each sentence, and M, the name of the whole meaning (M15).

use std::collections::{BTreeMap, HashSet};

use super::encode::{Bytes, Writer, bytes};
use super::{BanMeaning, CapMeaning, Grant, Meaning, SentenceId, SentenceRef, Strike};
use crate::model::Model;
use crate::model::noun::{Giver, Id, Table};
use crate::model::sentence::Keep;

/// Gives every sentence its id, sorts by it, and finds M.
pub(super) fn name(model: &Model, meaning: &mut Meaning) {
    let writer = Writer { model };
    let mut sentences = Vec::new();
    for grant in &mut meaning.grants {
        let form = writer.grant(grant);
        grant.id.digest = digest(&form);
        sentences.push(form);
    }
    for ban in &mut meaning.bans {
        let form = writer.ban(ban);
        ban.id.digest = digest(&form);
        sentences.push(form);
    }
    for cap in &mut meaning.caps {
        let form = writer.cap(cap);
        cap.id.digest = digest(&form);
        sentences.push(form);
    }
    for ban in &mut meaning.checked {
        ban.id.digest = digest(&writer.ban(ban));
    }
    for cap in &mut meaning.checked_caps {
        cap.id.digest = digest(&writer.cap(cap));
    }
    print_ids(model, meaning);
    meaning
        .grants
        .sort_by(|a, b| (&a.id, a.sentence).cmp(&(&b.id, b.sentence)));
    meaning
        .bans
        .sort_by(|a, b| (&a.id, a.sentence).cmp(&(&b.id, b.sentence)));
    meaning
        .caps
        .sort_by(|a, b| (&a.id, a.sentence).cmp(&(&b.id, b.sentence)));
    meaning
        .checked
        .sort_by(|a, b| (&a.id, a.sentence).cmp(&(&b.id, b.sentence)));
    meaning
        .checked_caps
        .sort_by(|a, b| (&a.id, a.sentence).cmp(&(&b.id, b.sentence)));
    let blocks = writer.blocks(meaning);
    let whole = bytes(|out| {
        out.text("kupuya meaning 1").set(sentences);
        writer.world(out);
        // Most policies have none: their M is as it was.
        if !blocks.is_empty() {
            out.set(blocks);
        }
    });
    meaning.digest = digest(&whole);
}

fn digest(form: &Bytes) -> [u8; 32] {
    *blake3::hash(&form.0).as_bytes()
}

/// `@name`, else the shortest prefix of the digest that no other sentence's digest has, at least 6 digits (M9).
fn print_ids(model: &Model, meaning: &mut Meaning) {
    let grants = meaning.grants.iter_mut().map(|grant| (grant.sentence, &mut grant.id));
    let bans = meaning.bans.iter_mut().chain(&mut meaning.checked);
    let bans = bans.map(|ban| (ban.sentence, &mut ban.id));
    let caps = meaning.caps.iter_mut().chain(&mut meaning.checked_caps);
    let caps = caps.map(|cap| (cap.sentence, &mut cap.id));
    let mut all: Vec<(SentenceRef, &mut SentenceId)> = grants.chain(bans).chain(caps).collect();
    let mut digests: Vec<String> = all.iter().map(|(_, id)| hex(&id.digest)).collect();
    digests.sort();
    digests.dedup();
    let shared = |a: &str, b: &str| a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    for (sentence, id) in &mut all {
        let written = match sentence {
            SentenceRef::Permission(index) => model.permissions.get(*index).and_then(|p| p.stated.id.as_ref()),
            SentenceRef::Keep(index) => model.keeps.get(*index).and_then(|k| k.stated.id.as_ref()),
            SentenceRef::Ban(index) => model.bans.get(*index).and_then(|b| b.id.as_ref()),
        };
        id.printed = if let Some(written) = written {
            written.value.clone()
        } else {
            let full = hex(&id.digest);
            let at = digests.partition_point(|digest| *digest < full);
            let before = at
                .checked_sub(1)
                .and_then(|i| digests.get(i))
                .map_or(0, |other| shared(other, &full));
            let after = digests.get(at + 1).map_or(0, |other| shared(other, &full));
            let length = (before.max(after) + 1).max(6);
            full.chars().take(length).collect()
        };
    }
}

/// A digest in hexadecimal.
#[must_use]
pub fn hex(digest: &[u8; 32]) -> String {
    blake3::Hash::from_bytes(*digest).to_hex().to_string()
}

impl Writer<'_> {
    fn grant(self, grant: &Grant) -> Bytes {
        bytes(|out| {
            out.tag(1);
            out.set(grant.regions.iter().map(|region| bytes(|out| self.region(out, region))));
            out.set(grant.ways.iter().map(|way| {
                bytes(|out| {
                    out.set(
                        way.iter()
                            .map(|basis| bytes(|out| self.noun(out, &self.model.bases, *basis))),
                    );
                })
            }));
            self.guard(out, &grant.guard);
            match grant.sentence {
                SentenceRef::Permission(index) => {
                    out.tag(1);
                    if let Some(permission) = self.model.permissions.get(index) {
                        self.obligations(out, &permission.then);
                    }
                }
                SentenceRef::Keep(index) => {
                    out.tag(2);
                    if let Some(keep) = self.model.keeps.get(index) {
                        self.keep(out, keep);
                    }
                }
                SentenceRef::Ban(_) => {}
            }
        })
    }

    /// Of each block that keeps some data in two ways: its keeps with their data as written, of which the least decides (M12).
    fn blocks(self, meaning: &Meaning) -> Vec<Bytes> {
        let mut of_block: BTreeMap<usize, Vec<(&Grant, &Keep)>> = BTreeMap::new();
        for grant in &meaning.grants {
            if let SentenceRef::Keep(index) = grant.sentence
                && let Some(keep) = self.model.keeps.get(index)
            {
                of_block.entry(keep.stated.block).or_default().push((grant, keep));
            }
        }
        let twice = |keeps: &Vec<(&Grant, &Keep)>| {
            let mut seen = HashSet::new();
            !keeps
                .iter()
                .flat_map(|(_, keep)| &keep.data.atoms)
                .all(|atom| seen.insert(*atom))
        };
        let form = |keeps: Vec<(&Grant, &Keep)>| {
            let each = keeps.into_iter().map(|(grant, keep)| {
                let names = keep.data.names.iter().filter(|_| !keep.data.any);
                bytes(|out| {
                    out.0.extend_from_slice(&grant.id.digest);
                    out.set(names.map(|name| bytes(|out| self.noun(out, &self.model.data, name.value))));
                })
            });
            bytes(|out| {
                out.set(each);
            })
        };
        of_block.into_values().filter(twice).map(form).collect()
    }

    fn keep(self, out: &mut Bytes, keep: &Keep) {
        out.maybe(keep.end.as_ref(), |out, end| self.end(out, end));
        out.maybe(keep.at_most, |out, period| {
            out.period(period.value);
        });
        out.maybe(keep.at_least, |out, period| {
            out.period(period.value);
        });
        out.maybe(keep.disposal, |out, disposal| {
            out.tag(disposal as u8);
        });
        self.obligations(out, &keep.then);
    }

    fn ban(self, ban: &BanMeaning) -> Bytes {
        bytes(|out| {
            self.strike(out.tag(2), &ban.limits);
            out.set(ban.except.iter().map(|strike| bytes(|out| self.strike(out, strike))));
            if let SentenceRef::Ban(index) = ban.sentence
                && let Some(ban) = self.model.bans.get(index)
            {
                self.obligations(out, &ban.then);
                // `combine` is no act: nothing but the word tells it from a ban that bans nothing.
                out.tag(if ban.acts.is_empty() {
                    ban.verb.value as u8
                } else {
                    u8::MAX
                });
            }
        })
    }

    fn cap(self, cap: &CapMeaning) -> Bytes {
        bytes(|out| {
            self.strike(out.tag(3), &cap.limits);
            out.period(cap.at_most);
        })
    }

    fn strike(self, out: &mut Bytes, strike: &Strike) {
        self.region(out, &strike.region);
        out.maybe(strike.under.as_ref(), |out, under| self.under(out, under));
        self.guard(out, &strike.guard);
    }

    /// What sentences are read against: orders, class guards, places, onward edges, fields of bases, home and zone.
    fn world(self, out: &mut Bytes) {
        let model = self.model;
        self.table(out, &model.controllers, |out, id| {
            out.maybe(model.controllers[id].detail.country, |out, country| {
                self.noun(out, &model.countries, country);
            });
        });
        self.table(out, &model.subjects, |out, id| {
            out.maybe(model.subjects[id].detail.when.as_ref(), |out, guard| {
                self.guard(out, guard)
            });
        });
        self.table(out, &model.data, |_, _| {});
        self.table(out, &model.sources, |_, _| {});
        self.table(out, &model.purposes, |_, _| {});
        self.table(out, &model.facts, |_, _| {});
        self.table(out, &model.countries, |_, _| {});
        self.table(out, &model.bases, |out, id| {
            let basis = &model.bases[id].detail;
            out.maybe(basis.when.as_ref(), |out, guard| self.guard(out, guard));
            out.tag(u8::from(basis.objectable)).tag(u8::from(basis.survives_keep));
            out.tag(match basis.giver {
                Giver::Itself => 0,
                Giver::Guardian => 1,
                Giver::Either => 2,
            });
            out.maybe(basis.from, |out, date| {
                out.date(date.value);
            });
            out.maybe(basis.term, |out, period| {
                out.period(period.value);
            });
        });
        self.table(out, &model.recipients, |out, id| {
            let recipient = &model.recipients[id].detail;
            out.set(
                recipient
                    .locations
                    .iter()
                    .map(|place| bytes(|out| self.place(out, *place))),
            );
            out.set(recipient.onward.iter().map(|onward| {
                bytes(|out| {
                    self.noun(out, &model.recipients, onward.to);
                    let purposes = onward.purposes.iter();
                    out.set(purposes.map(|purpose| bytes(|out| self.noun(out, &model.purposes, *purpose))));
                })
            }));
        });
        out.maybe(model.home, |out, home| self.noun(out, &model.countries, home));
        out.text(model.policy.as_ref().map_or("", |policy| &policy.zone));
    }

    /// The nouns of a kind with all that lies above each, and what else matters about it.
    fn table<D>(self, out: &mut Bytes, table: &Table<D>, detail: impl Fn(&mut Bytes, Id<D>)) {
        // Each name is written once and compared by its rank: a long chain names its upper end again and again.
        let names: Vec<Bytes> = table.ids().map(|id| bytes(|out| self.noun(out, table, id))).collect();
        let mut order: Vec<&Bytes> = names.iter().collect();
        order.sort_by(|a, b| a.0.cmp(&b.0));
        order.dedup_by(|a, b| a.0 == b.0);
        let ranks: Vec<usize> = names
            .iter()
            .map(|name| order.partition_point(|other| other.0 < name.0))
            .collect();
        out.set(table.ids().zip(&names).map(|(id, name)| {
            let above = table.up(id);
            let mut above: Vec<usize> = above
                .iter()
                .filter_map(|id| ranks.get(id.index as usize).copied())
                .collect();
            above.sort_unstable();
            above.dedup();
            bytes(|out| {
                out.0.extend(&name.0);
                out.list_of(above.len(), above.iter().filter_map(|rank| order.get(*rank).copied()));
                detail(out, id);
            })
        }));
    }
}
