//! The search at places that no rule tells apart.

use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::Verdict as Decision;
use kupuya_runtime::wire::Act;

use super::asking::{self, Asking, Point};
use super::kinds::Kind;
use super::merge::Seen;
use super::names::Naming;
use super::points::Spot;
use super::reading::{Pair, Sort};

/// Where the rules say the same and what is around is the same, so are the differences: by verb, rules, which atoms either
/// version knows, class, and whether others were tried too.
pub type Known = BTreeMap<
    (
        &'static str,
        [BTreeSet<u32>; 2],
        u32,
        Vec<[bool; 2]>,
        Option<Pair>,
        bool,
    ),
    asking::Found,
>;

/// Looks at places.
pub struct Looking<'l, 'a, 's> {
    /// Who asks both versions.
    pub asking: &'l Asking<'a>,
    /// How nouns are called.
    pub naming: &'l Naming<'a>,
    /// What was found before.
    pub known: Known,
    /// The differences.
    pub seen: Vec<Seen<'s>>,
}

impl<'s> Looking<'_, '_, 's> {
    /// Looks at one place for people of a class; of others too, but for kinds that were seen, if `but` says which. Gives the
    /// kinds of differences there.
    pub fn look(&mut self, spot: &'s Spot, class: Option<Pair>, but: Option<&BTreeSet<Kind>>) -> Vec<Kind> {
        let (asking, naming) = (self.asking, self.naming);
        let point: Point = [0, 1, 2, 3, 4].map(|slot| naming.spoken(Sort::SLOTS[slot], &spot.slots[slot]));
        let there: Vec<[bool; 2]> = point
            .iter()
            .flatten()
            .map(|pair| [pair.before.is_some(), pair.after.is_some()])
            .collect();
        // Of a noun that one version has not, nothing can be promised there.
        let in_both = there.iter().all(|there| *there == [true, true]);
        let key = (
            spot.act.word(),
            spot.terms.clone(),
            spot.around,
            there,
            class,
            but.is_some(),
        );
        let found = self.known.entry(key).or_insert_with(|| {
            let asked = asking.gathering.asked(spot);
            match but.is_some() && !asked.names_classes() {
                true => asking::Found::new(),
                false => asking.differences(spot, point, &asked, class, but.is_some()),
            }
        });
        let mut kinds = Vec::new();
        for (kind, world) in found
            .iter()
            .filter(|(kind, _)| but.is_none_or(|but| !but.contains(kind)))
        {
            let [before, after] = [0, 1].map(|side| asking.told(side, spot, point, world));
            let holds = match kind {
                Kind::Widened => after.verdict == Decision::Allow && before.verdict != Decision::Allow,
                Kind::Narrowed => before.verdict == Decision::Allow && after.verdict != Decision::Allow,
                Kind::PromiseLost => {
                    in_both && before.verdict == Decision::Forbidden && after.verdict != Decision::Forbidden
                }
                Kind::PromiseGiven => {
                    in_both && after.verdict == Decision::Forbidden && before.verdict != Decision::Forbidden
                }
                _ => before.verdict == Decision::Allow && after.verdict == Decision::Allow,
            };
            if holds {
                kinds.push(*kind);
                self.seen.push(Seen {
                    kind: *kind,
                    spot,
                    point,
                    class,
                    rules: [before.rule, after.rule].map(|rule| rule.into_iter().collect()),
                    bases: [before.bases, after.bases],
                    world: world.clone(),
                    kept: None,
                });
            }
        }
        if but.is_none() && spot.act == Act::Store && spot.terms[0] != spot.terms[1] {
            for (kind, kept) in asking.kept(spot, point, class) {
                self.seen.push(Seen {
                    kind,
                    spot,
                    point,
                    class,
                    rules: kept.rules.clone(),
                    bases: [0, 1]
                        .map(|side| naming.bases_of(side, &kept.rules[side], |path| asking.shared(side, path))),
                    world: kept.world.clone(),
                    kept: Some(kept),
                });
            }
        }
        kinds
    }
}
