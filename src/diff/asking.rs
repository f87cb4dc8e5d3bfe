//! Both versions asked the same, and what differs in their answers.
//!
//! What both say at a place is written as formulas; each kind of difference is a formula over those. The search finds a world in
//! which it is true, or that there is none, and what it finds counts only if both versions answer so when they are asked through
//! the runtime.

use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::wire::Act;
use kupuya_runtime::{Answer, Day, Due, Gap, Item, Request, Time, Verdict, WayThere};

use super::announce::hours;
use super::asked::Asked;
use super::covered::{Atoms, Covered};
use super::formula::{Said, Search, Values, all, any, is, not};
use super::kinds::Kind;
use super::places::misplaced;
use super::points::Spot;
use super::questions::{Gathering, Questions};
use super::reading::{Pair, Sort};
use super::says::{Owed, Saying, Says, owed_to};
use super::side::Side;
use super::worlds::{World, request};

/// A request about nouns with more points below them than this is looked at for the nouns alone.
const POINTS: usize = 256;

/// What must be done, and within how many hours.
type Duty = (Owed, Option<u64>);

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
}

/// How long a version keeps an item: whether it has to go, by when, and the rules that say so.
#[derive(Clone, Debug)]
pub struct Deadline {
    /// Whether it has to go.
    pub state: Due,
    /// By when; `None`: never.
    pub at: Option<Time>,
    /// The rules, by printed id.
    pub rules: Vec<String>,
}

/// What a difference relies on, where several things could be: bases in names of both versions, and the statement where
/// different ones are for different purposes.
pub type Relied = (BTreeSet<String>, Option<String>);

/// What was found at a place for a person of a class.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Each kind, for each that is relied on, with the first world that shows it.
    pub worlds: BTreeMap<(Kind, Relied), World>,
    /// Kinds whose search had to end before all was tried.
    pub cut: BTreeSet<(Kind, Relied)>,
}

/// Asks two versions.
pub struct Asking<'a> {
    /// The nouns of both versions, and how questions are made of their rules.
    pub gathering: Gathering<'a>,
    /// A day on which both are asked.
    pub day: Day,
    /// How many steps the search for one kind of difference at one place may take.
    pub steps: usize,
}

impl<'a> Asking<'a> {
    /// The versions.
    pub fn sides(&self) -> [&'a Side; 2] {
        self.gathering.sides
    }

    /// What a version says.
    pub fn told(&self, side: usize, spot: &Spot, point: Point, world: &World) -> Told {
        match request(self.sides(), side, spot, point, world) {
            Some(request) => self.answered(side, &request),
            None => Told::nothing(),
        }
    }

    fn answered(&self, side: usize, request: &Request) -> Told {
        let answer = self.sides()[side].always.decide(request);
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
            let names = bases.iter().map(|basis| self.shared(Sort::Basis, side, basis));
            names.collect::<BTreeSet<String>>()
        };
        let duties = item.obligations.iter().filter(|_| allowed).map(|duty| {
            let owed = owed_to(duty.what, duty.to.iter().copied(), &|sort, path| {
                self.shared(sort, side, path)
            });
            (owed, duty.within.map(hours))
        });
        Told {
            verdict: item.verdict,
            bases: way.filter(|_| allowed).map(|way| names(&way.bases)).unwrap_or_default(),
            rule: cited.map(|rule| rule.id.to_owned()),
            duties: duties.collect(),
        }
    }

    /// How long a version keeps the item of a world; `None` if it has no words for it, or the world contradicts itself to it.
    pub fn deadline(&self, side: usize, spot: &Spot, point: Point, world: &World) -> Option<Deadline> {
        let request = request(self.sides(), side, spot, point, world)?;
        let retained = self.sides()[side].always.retention(&request);
        let named = request.data.iter().flatten().next()?;
        let item = retained.items.iter().find(|item| item.data == named)?;
        Some(Deadline {
            state: item.state,
            at: item.latest,
            rules: item.rules.iter().map(|rule| rule.id.to_owned()).collect(),
        })
    }

    /// The bases of all open ways.
    fn open(&self, side: usize, spot: &Spot, point: Point, world: &World) -> BTreeSet<BTreeSet<String>> {
        let Some(request) = request(self.sides(), side, spot, point, world) else {
            return BTreeSet::new();
        };
        let whys = self.sides()[side].always.why(&request);
        let ways = whys.iter().flat_map(|why| &why.ways).filter(|way| way.is_open());
        let name = |basis: &&str| self.shared(Sort::Basis, side, basis);
        ways.map(|way| way.way.bases.iter().map(name).collect()).collect()
    }

    /// What lets a version keep an item on: of its keeps the one that is relied on first, and its bases in names of both versions.
    pub fn keeping(
        &self,
        side: usize,
        spot: &Spot,
        point: Point,
        world: &World,
        keeps: &[String],
    ) -> Option<(String, BTreeSet<String>)> {
        let request = request(self.sides(), side, spot, point, world)?;
        let named = request.data.iter().flatten().next()?;
        let whys = self.sides()[side].always.why(&request);
        let why = whys.iter().find(|why| why.point.data == named)?;
        // What bans may still ask of the person bounds no deadline.
        let decides = |gap: &Gap| matches!(gap, Gap::Consent { .. } | Gap::Objection { .. } | Gap::Retention { .. });
        let lasts = |way: &&WayThere<'_>| way.failed.is_empty() && !way.missing.iter().any(decides);
        why.ways.iter().filter(lasts).find_map(|way| {
            let rule = way.way.rule.as_ref()?;
            let bases = way.way.bases.iter().map(|basis| self.shared(Sort::Basis, side, basis));
            keeps
                .iter()
                .any(|keep| keep == rule.id)
                .then(|| (rule.id.to_owned(), bases.collect()))
        })
    }

    /// The name of a noun in both versions.
    pub fn shared(&self, sort: Sort, side: usize, path: &str) -> String {
        let nouns = self.sides()[side].nouns(sort);
        let at = nouns.iter().position(|noun| noun.path == path);
        let joined = self.gathering.joined.get(&sort);
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

    /// The atoms of all points that a request about one asks a version about; `None`: it declares nothing for them. The noun
    /// itself comes first, and stands alone where too many lie below it.
    fn atoms(&self, side: usize, spot: &Spot, point: Point) -> Option<Vec<Atoms>> {
        let version = self.sides()[side];
        let mut all: Vec<Atoms> = vec![[None; 5]];
        for (slot, (sort, pair)) in Sort::SLOTS.into_iter().zip(point).enumerate() {
            let Some(pair) = pair else { continue };
            if version.has_none(sort) {
                continue;
            }
            let own = pair.of(side)?;
            let whole = sort == Sort::Data || sort == Sort::Recipient && spot.act == Act::Publish;
            let below = version.orders.down(sort, own).filter(|one| *one != own && !whole);
            let mut atoms = vec![own];
            atoms.extend(below);
            if all.len().saturating_mul(atoms.len()) > POINTS {
                atoms.truncate(1);
            }
            let put = |at: &Atoms, atom: u32| {
                let mut at = *at;
                if let Some(place) = at.get_mut(slot) {
                    *place = Some(atom);
                }
                at
            };
            let each = all.iter().flat_map(|at| atoms.iter().map(move |atom| put(at, *atom)));
            all = each.collect();
        }
        Some(all)
    }

    /// The rules at those points.
    fn covered(&self, side: usize, spot: &Spot, point: Point) -> Option<Vec<Covered<'a>>> {
        let content = &self.sides()[side].content;
        let all = self.atoms(side, spot, point)?.into_iter();
        Some(all.map(|at| Covered::new(content, spot.act, at)).collect())
    }

    /// Whether a request about a point asks about others too, since something lies below what it names.
    pub fn is_wide(&self, spot: &Spot, point: Point) -> bool {
        (0..2).any(|side| self.atoms(side, spot, point).is_some_and(|points| points.len() > 1))
    }

    /// All that differs at a point for a person of a class, who may be of others too: each kind with the first world that shows
    /// it. `wanted`: kinds that are looked for, and the other classes for each.
    pub fn differences(
        &self,
        spot: &Spot,
        point: Point,
        class: Option<Pair>,
        wanted: &BTreeMap<Kind, Vec<Pair>>,
    ) -> Found {
        let mut found = Found::default();
        let covered = [0, 1].map(|side| {
            let known = class.is_none_or(|class| class.of(side).is_some());
            self.covered(side, spot, point).filter(|_| known)
        });
        let mut asked = [0, 1].map(|side| Asked::new(self.sides()[side], covered[side].as_deref().unwrap_or_default()));
        let names_classes = asked.iter().any(Asked::names_classes);
        let groups: BTreeSet<&Vec<Pair>> = wanted.values().collect();
        for (side, asked) in asked.iter_mut().enumerate() {
            let listed = class.iter().chain(groups.iter().flat_map(|others| others.iter()));
            asked.listing(self.sides()[side], listed.filter_map(|pair| pair.of(side)));
        }
        for others in groups.into_iter().filter(|others| others.is_empty() || names_classes) {
            for day in Gathering::days(&asked, self.day) {
                let questions = self
                    .gathering
                    .questions(&asked, day, class, others, spot.act.has_purpose());
                let says = [0, 1].map(|side| match &covered[side] {
                    None => Says::nothing(),
                    Some(points) => {
                        let saying = Saying {
                            gathering: &self.gathering,
                            side,
                            questions: &questions,
                            act: spot.act,
                        };
                        saying.says(points, &|sort, path| self.shared(sort, side, path))
                    }
                });
                let kinds = wanted.iter().filter(|(_, with)| *with == others).map(|(kind, _)| *kind);
                for kind in kinds {
                    for (relied, goal) in goals(kind, &says, spot.used, !spot.act.has_purpose()) {
                        let sought = (kind, relied);
                        if !found.worlds.contains_key(&sought) {
                            self.seek(sought, spot, point, &questions, &goal, &mut found);
                        }
                    }
                }
            }
        }
        found.cut.retain(|sought| !found.worlds.contains_key(sought));
        found
    }

    fn seek(
        &self,
        sought: (Kind, Relied),
        spot: &Spot,
        point: Point,
        questions: &Questions,
        goal: &Said,
        found: &mut Found,
    ) {
        let kind = sought.0;
        let mut shows = |picked: &[Option<usize>]| {
            let mut world = questions.world(self.gathering.joined, picked);
            if matches!(kind, Kind::KeptLonger | Kind::KeptShorter) {
                // What was never kept lawfully had to go when it was collected: a witness says when that was.
                let item = world.item.get_or_insert_default();
                item.collected.get_or_insert(Time::Day(world.day));
            }
            self.shows(kind, spot, point, &world).then_some(world)
        };
        let mut search = Search {
            choices: &questions.counts,
            left: self.steps,
            cut: false,
        };
        let mut picked = vec![None; questions.all.len()];
        match search.find(goal, &mut picked, &mut shows) {
            Some(world) => drop(found.worlds.insert(sought, world)),
            None if search.cut => drop(found.cut.insert(sought)),
            None => {}
        }
    }

    /// Whether both versions, asked through the runtime, differ so.
    pub fn shows(&self, kind: Kind, spot: &Spot, point: Point, world: &World) -> bool {
        if matches!(kind, Kind::KeptLonger | Kind::KeptShorter) {
            return self.kept(kind, spot, point, world).is_some();
        }
        let [before, after] = [0, 1].map(|side| self.told(side, spot, point, world));
        if [&before, &after].iter().any(|told| told.verdict == Verdict::Invalid) {
            return false;
        }
        let forbids = |told: &Told| told.verdict == Verdict::Forbidden;
        let both = before.allows() && after.allows();
        match kind {
            Kind::Widened => after.allows() && !before.allows() && !self.only_ends(spot, point, world),
            Kind::Narrowed => before.allows() && !after.allows() && !self.only_ends(spot, point, world),
            Kind::PromiseLost => forbids(&before) && !forbids(&after) && self.promises(1, spot, point, world),
            Kind::PromiseGiven => forbids(&after) && !forbids(&before) && self.promises(0, spot, point, world),
            Kind::BasisChanged => {
                both && before.bases != after.bases && {
                    let open = [0, 1].map(|side| self.open(side, spot, point, world));
                    !open[1].contains(&before.bases) || !open[0].contains(&after.bases)
                }
            }
            Kind::DutyWeaker => both && weaker(&before, &after),
            Kind::DutyStronger => both && weaker(&after, &before),
            Kind::KeptLonger | Kind::KeptShorter => false,
        }
    }

    /// Whether a version that forbids nothing here could: not where it has not the recipient in that place, nor where only the
    /// deadline of an item differs.
    fn promises(&self, side: usize, spot: &Spot, point: Point, world: &World) -> bool {
        let recipient = point[4]
            .filter(|_| spot.act == Act::Share)
            .and_then(|pair| pair.of(side));
        !misplaced(self.sides()[side], side, recipient, world.place) && !self.only_ends(spot, point, world)
    }

    /// What is kept, anonymised or erased differs only because the item has to go in one version and not in the other: then it is
    /// kept longer or shorter, and nothing else.
    fn only_ends(&self, spot: &Spot, point: Point, world: &World) -> bool {
        if !matches!(spot.act, Act::Store | Act::Anonymise | Act::Erase) {
            return false;
        }
        let states = [0, 1].map(|side| self.deadline(side, spot, point, world).map(|told| told.state));
        states == [Some(Due::Due), Some(Due::Hold)] || states == [Some(Due::Hold), Some(Due::Due)]
    }

    /// How long both versions keep an item, where one keeps it on and it has to go in the other; where nothing says any longer how
    /// long it is kept, it is kept without end if it is still used.
    pub fn kept(&self, kind: Kind, spot: &Spot, point: Point, world: &World) -> Option<[Deadline; 2]> {
        let deadline = |side: usize| match request(self.sides(), side, spot, point, world) {
            Some(_) => self.deadline(side, spot, point, world),
            // A version that has no words for it keeps nothing.
            None => Some(Deadline {
                state: Due::NotKept,
                at: None,
                rules: Vec::new(),
            }),
        };
        let told = [deadline(0)?, deadline(1)?];
        let on = |side: usize| match told[side].state {
            Due::Hold => true,
            Due::NotKept => spot.used[side],
            Due::Due | Due::Unknown => false,
        };
        let holds = match kind {
            Kind::KeptLonger => told[0].state == Due::Due && on(1),
            _ => told[1].state == Due::Due && on(0),
        };
        holds.then_some(told)
    }
}

/// Some of our duties is not asked for there, or later.
fn weaker(ours: &Told, theirs: &Told) -> bool {
    let kept = |(what, within): &Duty| {
        theirs
            .duties
            .iter()
            .any(|(other, theirs)| what == other && soon(*theirs, *within))
    };
    !ours.duties.iter().all(kept)
}

/// Within so many hours is as soon as within others; no number is never too late.
fn soon(one: Option<u64>, other: Option<u64>) -> bool {
    match (other, one) {
        (other, None) => other.is_none(),
        (None, Some(_)) => true,
        (Some(other), Some(one)) => one <= other,
    }
}

/// What must be true for a kind of difference, for each that the version which allows more, or keeps longer, relies on: a consent
/// is asked for again where something rests on it, whatever else it may rest on for others. `by_rule`: statements are told apart.
fn goals(kind: Kind, says: &[Says; 2], used: [bool; 2], by_rule: bool) -> Vec<(Relied, Said)> {
    let whole = goal(kind, says, used);
    let [before, after] = says;
    let ways = match kind {
        Kind::Widened => &after.ways,
        Kind::Narrowed => &before.ways,
        Kind::KeptLonger => &after.keeps,
        Kind::KeptShorter => &before.keeps,
        _ => &Vec::new(),
    };
    let mut by_ground: BTreeMap<Relied, Vec<Said>> = BTreeMap::new();
    for way in ways {
        let ground = (way.bases.clone(), way.rule.clone().filter(|_| by_rule));
        by_ground.entry(ground).or_default().push(way.relied.clone());
    }
    if by_ground.len() < 2 {
        return vec![(Relied::default(), whole)];
    }
    let unkept = match kind {
        Kind::KeptLonger if used[1] => Some(all([before.due.clone(), after.unkept.clone()])),
        Kind::KeptShorter if used[0] => Some(all([after.due.clone(), before.unkept.clone()])),
        _ => None,
    };
    let grounds = by_ground
        .into_iter()
        .map(|(ground, relied)| (ground, all([whole.clone(), any(relied)])));
    grounds
        .chain(unkept.map(|unkept| (Relied::default(), unkept)))
        .collect()
}

/// What must be true for a kind of difference.
fn goal(kind: Kind, [before, after]: &[Says; 2], used: [bool; 2]) -> Said {
    let only = |one: &Said, other: &Said| all([one.clone(), not(other)]);
    match kind {
        Kind::Widened => only(&after.allowed, &before.allowed),
        Kind::Narrowed => only(&before.allowed, &after.allowed),
        Kind::PromiseLost => all([only(&before.forbidden, &after.forbidden), after.placed.clone()]),
        Kind::PromiseGiven => all([only(&after.forbidden, &before.forbidden), before.placed.clone()]),
        Kind::BasisChanged => {
            let other = |ours: &Says, theirs: &Says| {
                let changed = |way: &super::says::Way| {
                    let same = theirs.ways.iter().filter(|other| other.bases == way.bases);
                    all([way.relied.clone(), not(&any(same.map(|other| other.open.clone())))])
                };
                any(ours.ways.iter().map(changed).collect::<Vec<Said>>())
            };
            let both = [before.allowed.clone(), after.allowed.clone()];
            all(both
                .into_iter()
                .chain([any([other(before, after), other(after, before)])]))
        }
        Kind::DutyWeaker => unowed(before, after),
        Kind::DutyStronger => unowed(after, before),
        Kind::KeptLonger => ends(before, after, used[1]),
        Kind::KeptShorter => ends(after, before, used[0]),
    }
}

/// It has to go here, and may be kept on there.
fn ends(here: &Says, there: &Says, used: bool) -> Said {
    let unkept = if used { there.unkept.clone() } else { is(Values::FALSE) };
    all([here.due.clone(), any([there.hold.clone(), unkept])])
}

/// Both allow it, and there something is not owed that is owed here, or later.
fn unowed(here: &Says, there: &Says) -> Said {
    let lost = here.duties.iter().map(|(owed, within, when)| {
        let kept = there
            .duties
            .iter()
            .filter(|(other, theirs, _)| owed == other && soon(*theirs, *within));
        all([when.clone(), not(&any(kept.map(|(.., when)| when.clone())))])
    });
    all([
        here.allowed.clone(),
        there.allowed.clone(),
        any(lost.collect::<Vec<Said>>()),
    ])
}

/// What is answered for the noun that a request names, whatever is answered for those below it.
pub fn of_noun<'a, 'b>(answer: &'b Answer<'a>, request: &Request) -> Option<&'b Item<'a>> {
    let named = request.data.iter().flatten().next();
    answer
        .items
        .iter()
        .find(|item| named.is_some_and(|named| item.point.data == named))
}
