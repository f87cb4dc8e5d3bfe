//! What the rules of two versions ask of a world, as questions with a choice for each case that some rule tells from the others.

use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::{Day, Instant, Period, Time, Unit};

use super::asked::Asked;
use super::consents::{Reach, admits, counts, lasts, reach};
use super::places::{inside, spoken};
use super::reading::{Joined, Pair, Sort};
use super::side::Side;
use super::worlds::{Ended, Recorded, Spoken, Times, World};

/// A question, with its choices; the first of them is what lacks nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Whether a condition holds: it does, it does not.
    Fact(Pair),
    /// When an event happened; `None`: not yet.
    Event(Pair, Vec<Option<Time>>),
    /// When the item was collected.
    Collected(Vec<Time>),
    /// The age.
    Age(Vec<u32>),
    /// The place; `None`: it is not told.
    Place(Vec<Option<Spoken>>),
    /// Whether the person is of this class too: no, yes.
    Class(Pair),
    /// What the person did about a basis.
    Basis(Pair, Vec<Recorded>),
    /// For which purpose; `None`: all.
    Focus(Vec<Option<Pair>>),
}

impl Question {
    /// How many choices it has.
    pub fn count(&self) -> usize {
        match self {
            Question::Fact(_) | Question::Class(_) => 2,
            Question::Event(_, all) => all.len(),
            Question::Collected(all) => all.len(),
            Question::Age(all) => all.len(),
            Question::Place(all) => all.len(),
            Question::Basis(_, all) => all.len(),
            Question::Focus(all) => all.len(),
        }
    }
}

/// What questions are made from.
pub struct Gathering<'a> {
    /// The versions.
    pub sides: [&'a Side; 2],
    /// Their nouns side by side.
    pub joined: &'a BTreeMap<Sort, Joined>,
}

/// Questions on a day.
pub struct Questions {
    /// The questions.
    pub all: Vec<Question>,
    /// How many choices each has.
    pub counts: Vec<usize>,
    /// The day.
    pub day: Day,
    /// Whose data; the first class that a request lists.
    pub class: Option<Pair>,
}

impl Gathering<'_> {
    fn pairs(&self, sort: Sort) -> &[Pair] {
        self.joined.get(&sort).map_or(&[], |joined| joined.pairs.as_slice())
    }

    /// The pair by which a world speaks of a noun of a version: the noun itself in both, where both have it.
    pub fn speaker(&self, sort: Sort, side: usize, number: u32) -> Option<Pair> {
        let joined = self.joined.get(&sort)?;
        let mine = || joined.pairs.iter().filter(|pair| pair.of(side) == Some(number));
        mine()
            .find(|pair| joined.is_same(pair))
            .or_else(|| mine().next())
            .copied()
    }

    /// The days that rules tell apart; the first is `day`.
    pub fn days(asked: &[Asked; 2], day: Day) -> Vec<Day> {
        let mut days = vec![day];
        for one in asked.iter().flat_map(|asked| &asked.days) {
            if !days.contains(one) {
                days.push(*one);
            }
        }
        days
    }

    /// The questions for a person of a class on a day; `others`: classes that the person may be of too. `purpose`: whether the
    /// verb has one.
    pub fn questions(
        &self,
        asked: &[Asked; 2],
        day: Day,
        class: Option<Pair>,
        others: &[Pair],
        purpose: bool,
    ) -> Questions {
        let mut all: Vec<Question> = self.classes(asked, class, others).map(Question::Class).collect();
        let focus = if purpose { Vec::new() } else { self.focus(asked) };
        let focused = !focus.is_empty();
        if focused {
            all.push(Question::Focus(focus));
        }
        all.extend(self.bases(asked, day, focused));
        all.extend(self.facts(asked, day));
        let offsets = self.sides.map(|side| side.content.zone_offset);
        let collected: BTreeSet<&Vec<Period>> = asked.iter().flat_map(|asked| &asked.collected).collect();
        if !collected.is_empty() {
            let mut times = vec![Time::Day(day)];
            for (chain, offset) in collected
                .iter()
                .flat_map(|chain| offsets.map(|offset| (*chain, offset)))
            {
                add(&mut times, boundary(chain, day, offset));
            }
            all.push(Question::Collected(times));
        }
        let years: BTreeSet<u32> = asked.iter().flat_map(|asked| asked.years.iter().copied()).collect();
        if !years.is_empty() {
            all.push(Question::Age(years.into_iter().collect()));
        }
        if asked.iter().any(|asked| !asked.places.is_empty()) {
            all.push(Question::Place(self.places(asked)));
        }
        Questions {
            counts: all.iter().map(Question::count).collect(),
            all,
            day,
            class,
        }
    }

    /// The other classes that decide anything: those at, below or above one that a rule names. Where nobody in particular is
    /// asked about, any class does.
    fn classes<'a>(
        &'a self,
        asked: &'a [Asked; 2],
        class: Option<Pair>,
        others: &'a [Pair],
    ) -> impl Iterator<Item = Pair> {
        let decides = move |pair: &&Pair| {
            (0..2).any(|side| {
                let orders = &self.sides[side].orders;
                let below = |low: u32, high: u32| orders.is_below(Sort::Subject, low, high);
                let near = |number: u32| {
                    asked[side]
                        .classes
                        .iter()
                        .any(|one| below(number, *one) || below(*one, number))
                };
                !asked[side].classes.is_empty() && (class.is_none() || pair.of(side).is_some_and(near))
            })
        };
        others
            .iter()
            .filter(move |pair| Some(**pair) != class)
            .filter(decides)
            .copied()
    }

    fn facts(&self, asked: &[Asked; 2], day: Day) -> Vec<Question> {
        let mut pairs: BTreeMap<Pair, Option<Vec<Option<Time>>>> = BTreeMap::new();
        for (side, asked) in asked.iter().enumerate() {
            for fact in &asked.facts {
                if let Some(pair) = self.speaker(Sort::Fact, side, *fact) {
                    pairs.entry(pair).or_default();
                }
            }
        }
        for (side, asked) in asked.iter().enumerate() {
            let offset = self.sides[side].content.zone_offset;
            for (event, chain) in &asked.events {
                let Some(pair) = self.speaker(Sort::Fact, side, *event) else {
                    continue;
                };
                let times = pairs.entry(pair).or_default();
                let times = times.get_or_insert_with(|| vec![None, Some(Time::Day(day))]);
                add(times, boundary(chain, day, offset).into_iter().map(Some));
            }
        }
        let question = |(pair, times)| match times {
            None => Question::Fact(pair),
            Some(times) => Question::Event(pair, times),
        };
        pairs.into_iter().map(question).collect()
    }

    /// The places that rules tell apart; none first.
    fn places(&self, asked: &[Asked; 2]) -> Vec<Option<Spoken>> {
        let home = self.sides.iter().enumerate().find_map(|(side, version)| {
            let home = version.content.home?;
            self.speaker(Sort::Country, side, home)
        });
        let countries = home.into_iter().chain(self.pairs(Sort::Country).iter().copied());
        let mut seen = BTreeSet::new();
        let mut places = vec![None];
        for place in countries.map(Spoken::In).chain([Spoken::Abroad]) {
            let told = (0..2).flat_map(|side| {
                let tests = asked[side].places.iter();
                tests.map(move |test| inside(self.sides[side], *test, spoken(place, side)).number())
            });
            if seen.insert(told.collect::<Vec<u8>>()) {
                places.push(Some(place));
            }
        }
        places
    }

    /// The purposes for which alone consents may be given, where the verb has none and statements have different ones.
    fn focus(&self, asked: &[Asked; 2]) -> Vec<Option<Pair>> {
        let lists = || (0..2).flat_map(|side| asked[side].justified.iter().map(move |list| (side, list)));
        let named = |(side, list): (usize, &Vec<u32>)| -> BTreeSet<Option<Pair>> {
            list.iter().map(|one| self.speaker(Sort::Purpose, side, *one)).collect()
        };
        let different: BTreeSet<BTreeSet<Option<Pair>>> = lists().map(named).collect();
        if different.len() < 2 {
            return Vec::new();
        }
        let mut seen = BTreeSet::new();
        let mut focus = vec![None];
        for pair in self.pairs(Sort::Purpose) {
            let told: Vec<BTreeSet<Reach>> = lists()
                .map(|(side, list)| {
                    list.iter()
                        .map(|one| reach(self.sides[side], pair.of(side), Some(*one)))
                        .collect()
                })
                .collect();
            if told.iter().any(|reached| reached.contains(&Reach::Itself)) && seen.insert(told) {
                focus.push(Some(*pair));
            }
        }
        focus
    }

    fn bases(&self, asked: &[Asked; 2], day: Day, focused: bool) -> Vec<Question> {
        let up = |side: usize| {
            let orders = &self.sides[side].orders;
            let above = asked[side]
                .bases
                .iter()
                .flat_map(|basis| orders.up(Sort::Basis, *basis));
            above
                .filter_map(move |basis| self.speaker(Sort::Basis, side, basis))
                .collect::<BTreeSet<Pair>>()
        };
        let above = [up(0), up(1)];
        let mut questions = Vec::new();
        for pair in self.pairs(Sort::Basis) {
            let rested = (0..2).any(|side| pair.of(side).is_some_and(|basis| asked[side].bases.contains(&basis)));
            // What lies above in only one of the versions takes with it what lies below.
            let takes = above[0].contains(pair) != above[1].contains(pair);
            if rested || takes {
                let choices = self.recorded(asked, *pair, day, rested, focused);
                if choices.len() > 1 {
                    questions.push(Question::Basis(*pair, choices));
                }
            }
        }
        questions
    }

    /// What a person may have done about a basis, as far as it makes a difference.
    fn recorded(&self, asked: &[Asked; 2], pair: Pair, day: Day, rested: bool, focused: bool) -> Vec<Recorded> {
        let declared = |side: usize| {
            let number = pair.of(side)?;
            self.sides[side].content.bases.get(number as usize)
        };
        let bases: Vec<_> = (0..2).filter_map(|side| Some((side, declared(side)?))).collect();
        let consent = rested && bases.iter().any(|(_, basis)| basis.consent);
        let mut times = Vec::new();
        if consent {
            times.push(Time::Day(day));
            for (side, basis) in &bases {
                let offset = self.sides[*side].content.zone_offset;
                if let Some(term) = basis.term {
                    add(&mut times, boundary(&[term], day, offset));
                }
                let since = asked[*side].since.iter();
                let near = since
                    .flat_map(|since| [*since, since.plus_days(-1)])
                    .filter(|one| *one <= day);
                add(&mut times, near.map(Time::Day));
            }
        }
        let mut given: Vec<Option<(Time, bool)>> = Vec::new();
        for guardian in [false, true] {
            if bases.iter().any(|(_, basis)| admits(basis.giver, guardian)) {
                given.extend(times.iter().map(|time| Some((*time, guardian))));
            }
        }
        given.push(None);
        let mut ends = vec![None];
        let keeps = asked.iter().any(|asked| asked.keeps);
        if !rested || keeps && bases.iter().any(|(_, basis)| basis.survives_keep) {
            ends.push(Some(Ended::Withdrawn));
        }
        if !rested || bases.iter().any(|(_, basis)| basis.objectable && !basis.consent) {
            ends.push(Some(Ended::Objected));
            if focused {
                ends.push(Some(Ended::ButFocus));
            }
        }
        let mut seen = BTreeSet::new();
        let mut choices = Vec::new();
        for one in given.iter().flat_map(|given| {
            ends.iter().map(|end| Recorded {
                given: *given,
                end: *end,
            })
        }) {
            let told = bases.iter().map(|(side, basis)| {
                let side_since = asked[*side].since.iter().copied().map(Some).chain([basis.since]);
                let version = self.sides[*side];
                let counted: Vec<bool> = side_since.map(|since| counts(version, basis, &one, since)).collect();
                (counted, lasts(version, basis, &one, day))
            });
            if seen.insert((told.collect::<Vec<_>>(), one.end.map(|end| end as u8))) {
                choices.push(one);
            }
        }
        choices
    }
}

/// The last time from which so much has passed by the beginning of a day, and the first from which it has not.
fn boundary(chain: &[Period], day: Day, offset: i32) -> Vec<Time> {
    let now = day.begin(offset);
    let passed = |at: Instant| chain.iter().fold(at, |at, period| at.plus(*period, offset)) <= now;
    // The greatest number for which it has passed; it has for the least, and not for what is too much.
    let last = |from: i64, at: &dyn Fn(i64) -> Instant| {
        let (mut low, mut high) = (from, 0);
        while high - low > 1 {
            let middle = low.midpoint(high);
            if passed(at(middle)) {
                low = middle
            } else {
                high = middle
            }
        }
        passed(at(low)).then_some(low)
    };
    let mut times = Vec::new();
    let whole = |days: i64| day.plus_days(days);
    if let Some(days) = last(-366_000, &|days| whole(days).begin(offset)) {
        times.extend([Time::Day(whole(days)), Time::Day(whole(days + 1))]);
    }
    if chain.iter().any(|period| period.unit == Unit::Hour)
        && let Some(seconds) = last(-86_400 * 366_000, &|seconds| Instant(now.0 + seconds))
    {
        times.extend([0, 1].map(|more| Time::Instant(Instant(now.0 + seconds + more))));
    }
    times
}

fn add<T: PartialEq>(all: &mut Vec<T>, more: impl IntoIterator<Item = T>) {
    for one in more {
        if !all.contains(&one) {
            all.push(one);
        }
    }
}

impl Questions {
    /// The world of some choices.
    pub fn world(&self, joined: &BTreeMap<Sort, Joined>, picked: &[Option<usize>]) -> World {
        let mut world = World {
            about: self.class.into_iter().collect(),
            age: None,
            facts: Vec::new(),
            records: Vec::new(),
            focus: None,
            place: None,
            item: None,
            day: self.day,
        };
        let chosen = self.all.iter().zip(picked);
        for (question, choice) in chosen.filter_map(|(question, choice)| Some((question, (*choice)?))) {
            match question {
                Question::Fact(pair) => world.facts.push((*pair, choice == 0)),
                Question::Event(pair, times) => {
                    let at = times.get(choice).copied().flatten();
                    world.facts.push((*pair, at.is_some()));
                    world.item.get_or_insert_default().events.push((*pair, at));
                }
                Question::Collected(times) => {
                    world.item.get_or_insert_with(Times::default).collected = times.get(choice).copied();
                }
                Question::Age(years) => world.age = years.get(choice).copied(),
                Question::Place(places) => world.place = places.get(choice).copied().flatten(),
                Question::Class(pair) if choice == 1 => world.about.push(*pair),
                Question::Class(_) => {}
                Question::Basis(pair, all) => world.records.extend(all.get(choice).map(|one| (*pair, *one))),
                Question::Focus(all) => world.focus = all.get(choice).copied().flatten(),
            }
        }
        // Where a version reads several nouns as one, the noun that has its name speaks last.
        let facts = joined.get(&Sort::Fact);
        let itself = |pair: &Pair| facts.is_some_and(|joined| joined.is_same(pair));
        world.facts.sort_by_key(|(pair, _)| itself(pair));
        if let Some(item) = &mut world.item {
            item.events.sort_by_key(|(pair, _)| itself(pair));
        }
        world
    }
}
