//! Both versions asked the same, and what differs in their answers.

use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::{Answer, Item, Request, Verdict};

use super::announce::hours;
use super::kinds::Kind;
use super::points::Spot;
use super::reading::{Joined, Pair, Sort};
use super::side::Side;
use super::worlds::{Asked, Gathering, World, request};

/// More steps than this at one place, and only what was found until then is told.
const STEPS: usize = 20_000;

/// What must be done, and within how many hours.
type Duty = (String, Option<u64>);

/// One atom a slot.
pub type Point = [Option<Pair>; 5];

/// What a version says of a point in a world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The verdict.
    pub verdict: Verdict,
    /// The bases relied on, in names of both versions.
    pub bases: BTreeSet<String>,
    /// The unit or ban cited, by printed id.
    pub rule: Option<String>,
    /// What must be done, and how soon.
    duties: Vec<Duty>,
}

impl Told {
    fn nothing() -> Told {
        Told {
            verdict: Verdict::Undeclared,
            bases: BTreeSet::new(),
            rule: None,
            duties: Vec::new(),
        }
    }

    fn allows(&self) -> bool {
        self.verdict == Verdict::Allow
    }

    /// Whether no further fact changes it (M4).
    fn is_final(&self) -> bool {
        matches!(self.verdict, Verdict::Allow | Verdict::Forbidden | Verdict::Undeclared)
    }
}

/// What was found at a place for a person of a class.
pub type Found = BTreeMap<Kind, World>;

/// Asks two versions.
pub struct Asking<'a> {
    /// The versions.
    pub sides: [&'a Side; 2],
    /// Their nouns side by side.
    pub joined: &'a BTreeMap<Sort, Joined>,
    /// How worlds are made.
    pub gathering: Gathering<'a>,
}

impl Asking<'_> {
    /// What a version says.
    pub fn told(&self, side: usize, spot: &Spot, point: Point, world: &World) -> Told {
        match request(self.sides, side, spot, point, world) {
            Some(request) => self.answered(side, &request),
            None => Told::nothing(),
        }
    }

    fn answered(&self, side: usize, request: &Request) -> Told {
        let answer = self.sides[side].always.decide(request);
        let Some(item) = of_noun(&answer, request) else {
            return Told {
                verdict: answer.verdict,
                ..Told::nothing()
            };
        };
        let way = item.relies_on.first();
        let cited = way.and_then(|way| way.rule.as_ref()).or(item.forbidden_by.as_ref());
        let allowed = item.verdict == Verdict::Allow;
        let names = |bases: &[&str]| {
            bases
                .iter()
                .map(|basis| self.shared(side, basis))
                .collect::<BTreeSet<String>>()
        };
        Told {
            verdict: item.verdict,
            bases: way.filter(|_| allowed).map(|way| names(&way.bases)).unwrap_or_default(),
            rule: cited.map(|rule| rule.id.to_owned()),
            duties: if allowed { duties(&answer) } else { Vec::new() },
        }
    }

    /// The bases of all open ways.
    fn open(&self, side: usize, spot: &Spot, point: Point, world: &World) -> BTreeSet<BTreeSet<String>> {
        let Some(request) = request(self.sides, side, spot, point, world) else {
            return BTreeSet::new();
        };
        let whys = self.sides[side].always.why(&request);
        let ways = whys.iter().flat_map(|why| &why.ways).filter(|way| way.is_open());
        ways.map(|way| way.way.bases.iter().map(|basis| self.shared(side, basis)).collect())
            .collect()
    }

    /// The name of a basis in both versions.
    pub fn shared(&self, side: usize, path: &str) -> String {
        let nouns = self.sides[side].nouns(Sort::Basis);
        let at = nouns.iter().position(|noun| noun.path == path);
        let joined = self.joined.get(&Sort::Basis);
        let names = joined.map(|joined| {
            if side == 0 {
                &joined.names_before
            } else {
                &joined.names_after
            }
        });
        at.zip(names)
            .and_then(|(at, names)| names.get(at))
            .cloned()
            .unwrap_or_else(|| path.to_owned())
    }

    /// All that differs at a point for a person of a class, and of others too if `several`, each kind with the first world that shows it.
    pub fn differences(&self, spot: &Spot, point: Point, asked: &Asked, class: Option<Pair>, several: bool) -> Found {
        let mut found = Found::new();
        let mut steps = 0;
        let (facts, ages) = (self.gathering.facts(asked), self.gathering.ages(asked));
        for world in self.gathering.settled(asked, class, several) {
            self.step(spot, point, world, &facts, &ages, &mut found, &mut steps);
        }
        found
    }

    /// Settles conditions and age one by one, as far as the answers still depend on them.
    #[allow(clippy::too_many_arguments, reason = "a step of a search that has that much in hand")]
    fn step(
        &self,
        spot: &Spot,
        point: Point,
        world: World,
        facts: &[Pair],
        ages: &[u32],
        found: &mut Found,
        steps: &mut usize,
    ) {
        *steps += 1;
        if *steps > STEPS {
            return;
        }
        let before = self.told(0, spot, point, &world);
        let after = self.told(1, spot, point, &world);
        if [&before, &after].iter().any(|told| told.verdict == Verdict::Invalid) {
            return;
        }
        let both_final = before.is_final() && after.is_final();
        // Where both allow, the way relied on may still depend on what is open.
        let settled = both_final && !(before.allows() && after.allows());
        if settled || ages.is_empty() && facts.is_empty() {
            self.judge(spot, point, &world, before, after, found);
            return;
        }
        if let Some((fact, rest)) = facts.split_first() {
            for holds in [true, false] {
                let mut world = world.clone();
                world.facts.push((*fact, holds));
                self.step(spot, point, world, rest, ages, found, steps);
            }
            return;
        }
        for age in ages {
            let world = World {
                age: Some(*age),
                ..world.clone()
            };
            self.step(spot, point, world, facts, &[], found, steps);
        }
    }

    fn judge(&self, spot: &Spot, point: Point, world: &World, before: Told, after: Told, found: &mut Found) {
        let mut see = |kind: Kind, is: bool| {
            if is && !found.contains_key(&kind) {
                found.insert(kind, world.clone());
            }
        };
        let forbids = |told: &Told| told.verdict == Verdict::Forbidden;
        see(Kind::Widened, after.allows() && !before.allows());
        see(Kind::Narrowed, before.allows() && !after.allows());
        see(Kind::PromiseLost, forbids(&before) && !forbids(&after));
        see(Kind::PromiseGiven, forbids(&after) && !forbids(&before));
        if before.allows() && after.allows() {
            if before.bases != after.bases {
                let open = [0, 1].map(|side| self.open(side, spot, point, world));
                let changed = !open[1].contains(&before.bases) || !open[0].contains(&after.bases);
                see(Kind::BasisChanged, changed);
            }
            let weaker = |ours: &Told, theirs: &Told| {
                let kept = |(what, within): &Duty| {
                    theirs.duties.iter().any(|(other, theirs)| {
                        what == other
                            && match (within, theirs) {
                                (_, None) => within.is_none(),
                                (None, Some(_)) => true,
                                (Some(ours), Some(theirs)) => theirs <= ours,
                            }
                    })
                };
                !ours.duties.iter().all(kept)
            };
            see(Kind::DutyWeaker, weaker(&before, &after));
            see(Kind::DutyStronger, weaker(&after, &before));
        }
    }
}

/// What is answered for the noun that a request names, whatever is answered for those below it.
pub fn of_noun<'a, 'b>(answer: &'b Answer<'a>, request: &Request) -> Option<&'b Item<'a>> {
    let named = request.data.iter().flatten().next();
    answer
        .items
        .iter()
        .find(|item| named.is_some_and(|named| item.point.data == named))
}

/// What an answer asks for: what to whom, and within how many hours.
fn duties(answer: &Answer<'_>) -> Vec<Duty> {
    let duties = answer.items.iter().flat_map(|item| &item.obligations);
    duties
        .map(|duty| (format!("{} {:?}", duty.what, duty.to), duty.within.map(hours)))
        .collect()
}
