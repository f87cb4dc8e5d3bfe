//! What the rules of two versions ask of a world, as questions with a choice for each case that some rule tells from the others.

use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::wire::{Basis, Comparison, End, Giver, Grant, Literal, Place, Retention, Under};
use kupuya_runtime::{Day, Instant, Period, Time, Unit};

use super::covered::Covered;
use super::formula::Values;
use super::reading::{Joined, Pair, Sort};
use super::side::Side;
use super::worlds::{Ended, Recorded, Spoken, Times, World};

/// How deep guards of classes hang on each other.
const DEPTH: u32 = 8;

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

/// What the rules of one version ask for, by its own numbers.
#[derive(Debug, Default)]
pub struct Asked {
    facts: BTreeSet<u32>,
    /// Events, each with the periods that are counted from it, the first of them first.
    events: BTreeSet<(u32, Vec<Period>)>,
    /// Periods that are counted from the collection.
    collected: BTreeSet<Vec<Period>>,
    classes: BTreeSet<u32>,
    bases: BTreeSet<u32>,
    years: BTreeSet<u32>,
    days: BTreeSet<Day>,
    /// Days before which consents do not count.
    since: BTreeSet<Day>,
    places: BTreeSet<Place>,
    justified: BTreeSet<Vec<u32>>,
    keeps: bool,
}

impl Asked {
    /// Of the rules at some points.
    pub fn new(side: &Side, points: &[Covered<'_>]) -> Asked {
        let mut asked = Asked::default();
        for point in points {
            for (_, grant, justified) in point.grants.iter().chain(&point.holding) {
                asked.guard(side, grant.guard, DEPTH);
                grant.ways.iter().flatten().for_each(|basis| asked.basis(side, *basis));
                asked.since.extend(grant.later.iter().map(|later| later.since));
                asked.keep(side, grant);
                let all = || (0..).take(side.content.purposes.len()).collect();
                asked.justified.insert(justified.map_or_else(all, <[u32]>::to_vec));
            }
            for (ban, except) in &point.bans {
                for strike in std::iter::once(&ban.limits).chain(except.iter().copied()) {
                    asked.guard(side, strike.guard, DEPTH);
                }
            }
            for cap in &point.caps {
                asked.guard(side, cap.guard, DEPTH);
                asked.collected.insert(vec![cap.at_most]);
            }
            asked.places.extend(declared(side, point.at[4]));
        }
        asked
    }

    /// What the guards of classes that a request lists ask for: a world must not contradict them.
    pub fn listing(&mut self, side: &Side, classes: impl IntoIterator<Item = u32>) {
        for class in classes
            .into_iter()
            .flat_map(|class| side.orders.up(Sort::Subject, class))
        {
            let when = side.content.subjects.get(class as usize).and_then(|class| class.when);
            when.into_iter().for_each(|when| self.guard(side, when, DEPTH));
        }
    }

    /// Whether any class of people is asked for.
    pub fn names_classes(&self) -> bool {
        !self.classes.is_empty()
    }

    fn guard(&mut self, side: &Side, number: u32, depth: u32) {
        let content = &side.content;
        for (literal, _) in content.guards.get(number as usize).into_iter().flatten().flatten() {
            match content.literals.get(*literal as usize) {
                Some(Literal::Fact(fact)) => drop(self.facts.insert(*fact)),
                Some(Literal::Class(class)) => {
                    self.classes.insert(*class);
                    let when = content.subjects.get(*class as usize).and_then(|class| class.when);
                    if let Some((when, depth)) = when.zip(depth.checked_sub(1)) {
                        self.guard(side, when, depth);
                    }
                }
                Some(Literal::Age(is, years)) => self.years.extend(edges(*is, *years)),
                Some(Literal::Date(_, day)) => self.days.extend([day.plus_days(-1), *day, day.next()]),
                Some(Literal::Place(place)) => drop(self.places.insert(*place)),
                None => {}
            }
        }
    }

    fn basis(&mut self, side: &Side, number: u32) {
        self.bases.insert(number);
        let Some(basis) = side.content.bases.get(number as usize) else {
            return;
        };
        self.since.extend(basis.since);
        if let Some(when) = basis.when {
            self.guard(side, when, DEPTH);
        }
    }

    fn keep(&mut self, side: &Side, grant: &Grant) {
        let Some(keep) = &grant.keep else { return };
        self.keeps = true;
        let Retention {
            end, at_most, at_least, ..
        } = keep;
        self.collected
            .extend(at_most.iter().chain(at_least).map(|period| vec![*period]));
        if let Some(end) = end {
            self.end(end, &[], side.content.zone_offset);
        }
    }

    /// What an end asks for, if so much is counted from it.
    fn end(&mut self, end: &End, then: &[Period], offset: i32) {
        match end {
            End::Event(event) => drop(self.events.insert((*event, then.to_vec()))),
            End::Date(day) => {
                let ends = then
                    .iter()
                    .fold(day.begin(offset), |at, period| at.plus(*period, offset));
                let day = ends.day(offset);
                self.days.extend([day.plus_days(-1), day, day.next()]);
            }
            End::After(period, of) => {
                let longer = [&[*period], then].concat();
                match of {
                    Some(of) => self.end(of, &longer, offset),
                    None => drop(self.collected.insert(longer)),
                }
            }
            End::Or(ends) | End::And(ends) => ends.iter().for_each(|end| self.end(end, then, offset)),
        }
    }
}

/// Where a recipient is.
pub fn declared(side: &Side, recipient: Option<u32>) -> impl Iterator<Item = Place> + '_ {
    let recipient = recipient.and_then(|number| side.content.recipients.get(number as usize));
    recipient.into_iter().flat_map(|one| one.places.iter().copied())
}

/// Whether a formula of bases speaks about some bases (M8).
pub fn relates(side: &Side, under: &Under, bases: &[u32]) -> bool {
    match under {
        Under::Basis(high) => bases.iter().any(|low| side.orders.is_below(Sort::Basis, *low, *high)),
        Under::Not(one) => !relates(side, one, bases),
        Under::And(every) => every.iter().all(|one| relates(side, one, bases)),
        Under::Or(some) => some.iter().any(|one| relates(side, one, bases)),
    }
}

/// The ages on both sides of a comparison.
fn edges(is: Comparison, years: u32) -> Vec<u32> {
    let low = years.saturating_sub(1);
    match is {
        Comparison::Less | Comparison::AtLeast => vec![years, low],
        Comparison::AtMost | Comparison::Greater => vec![years, years.saturating_add(1)],
        Comparison::Equal => vec![years, low, years.saturating_add(1)],
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

/// Whether somebody who gives a consent is admitted.
fn admits(giver: Giver, guardian: bool) -> bool {
    match giver {
        Giver::Person => !guardian,
        Giver::Guardian => guardian,
        Giver::Either => true,
    }
}

/// Whether a consent that was given counts at all, where those before `since` do not.
pub fn counts(side: &Side, basis: &Basis, recorded: &Recorded, since: Option<Day>) -> bool {
    recorded.given.is_some_and(|(at, guardian)| {
        let offset = side.content.zone_offset;
        admits(basis.giver, guardian) && since.is_none_or(|since| at.instant(offset).day(offset) >= since)
    })
}

/// Whether the time of a consent has not run out.
pub fn lasts(side: &Side, basis: &Basis, recorded: &Recorded, day: Day) -> bool {
    let offset = side.content.zone_offset;
    let term = recorded.given.zip(basis.term);
    term.is_none_or(|((at, _), term)| day.begin(offset) < at.instant(offset).plus(term, offset))
}

/// How a purpose stands to the one in focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// It is that.
    Itself,
    /// It lies below.
    Below,
    /// Neither, or there is none.
    Other,
}

/// How a purpose stands to the one in focus.
pub fn reach(side: &Side, focus: Option<u32>, purpose: Option<u32>) -> Reach {
    match focus.zip(purpose) {
        Some((focus, purpose)) if focus == purpose => Reach::Itself,
        Some((focus, purpose)) if side.orders.is_below(Sort::Purpose, purpose, focus) => Reach::Below,
        _ => Reach::Other,
    }
}

/// A place of a request in numbers of a version: a country that it does not know lies abroad.
pub fn spoken(place: Spoken, side: usize) -> Place {
    match place {
        Spoken::Abroad => Place::Abroad,
        Spoken::In(country) => country.of(side).map_or(Place::Abroad, Place::In),
    }
}

/// Whether what happens in `place` happens in `test` (M5).
pub fn inside(side: &Side, test: Place, place: Place) -> Values {
    let down = |country: u32| -> BTreeSet<u32> { side.orders.down(Sort::Country, country).collect() };
    let share = |part: &BTreeSet<u32>, whole: &BTreeSet<u32>| match part.intersection(whole).count() {
        0 => Values::FALSE,
        count if count == part.len() => Values::TRUE,
        _ => Values::UNKNOWN,
    };
    let home = side.content.home.map(down);
    match (test, place, home) {
        (Place::In(test), Place::In(place), _) => share(&down(place), &down(test)),
        (Place::Abroad, Place::Abroad, _) => Values::TRUE,
        (Place::Abroad, Place::In(place), Some(home)) => share(&down(place), &home).not(),
        (Place::In(test), Place::Abroad, Some(home)) if share(&down(test), &home) == Values::TRUE => Values::FALSE,
        _ => Values::UNKNOWN,
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
