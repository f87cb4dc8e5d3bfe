//! What one version says at a point, as formulas over the questions: M4 to M9, M12 and M13 word for word.

use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::wire::{Act, Ban, End, Grant, InBlock, Literal, Obligation, Place, Region, Retention, Strike};
use kupuya_runtime::{Day, Period, Time};

use super::covered::{Covered, Justified};
use super::formula::{Said, Values, all, any, is, loose, not, sure, told};
use super::questions::{
    Gathering, Question, Questions, Reach, counts, declared, inside, lasts, reach, relates, spoken,
};
use super::reading::{Pair, Sort};
use super::side::Side;
use super::worlds::Ended;

/// How deep guards of classes hang on each other.
const DEPTH: u32 = 8;

/// What a version says at a point, or at all points that a request asks about.
pub struct Says {
    /// It allows it.
    pub allowed: Said,
    /// It forbids it.
    pub forbidden: Said,
    /// The ways, in the order in which they are relied on; of several points those of the first.
    pub ways: Vec<Way>,
    /// What must be done, by whom it is asked for: what to whom, within how many hours.
    pub duties: Vec<(Owed, Option<u64>, Said)>,
    /// What is kept here has to go.
    pub due: Said,
    /// What is kept here may be kept on.
    pub hold: Said,
    /// Nothing says how long it may be kept.
    pub unkept: Said,
}

/// What must be done, and to whom, in names of both versions.
pub type Owed = (String, Vec<String>);

/// A way (M7).
pub struct Way {
    /// What it relies on, in names of both versions.
    pub bases: BTreeSet<String>,
    /// It holds and nothing strikes it.
    pub open: Said,
    /// It is the first that is open.
    pub relied: Said,
}

/// One version, about to say what it says.
pub struct Saying<'a> {
    /// What the questions were made from.
    pub gathering: &'a Gathering<'a>,
    /// Which version.
    pub side: usize,
    /// The questions.
    pub questions: &'a Questions,
    /// The verb.
    pub act: Act,
}

/// A way on its way.
struct Open<'c> {
    grant: Option<(&'c Grant, Justified<'c>)>,
    bases: &'c [u32],
    open: Said,
}

impl Says {
    /// Of a version that declares nothing here.
    pub fn nothing() -> Says {
        let no = || is(Values::FALSE);
        Says {
            allowed: no(),
            forbidden: no(),
            ways: Vec::new(),
            duties: Vec::new(),
            due: no(),
            hold: no(),
            unkept: is(Values::TRUE),
        }
    }
}

impl<'a> Saying<'a> {
    fn version(&self) -> &'a Side {
        self.gathering.sides[self.side]
    }

    /// What it says at some points; a request about all of them is told the worst.
    pub fn says(&self, points: &[Covered<'_>], shared: &dyn Fn(Sort, &str) -> String) -> Says {
        let mut says = Says::nothing();
        let (mut allowed, mut forbidden) = (Vec::new(), Vec::new());
        for (number, point) in points.iter().enumerate() {
            let (ways, misplaced) = (self.ways(point), self.misplaced(point));
            allowed.push(any(ways.iter().map(|way| way.open.clone())));
            forbidden.push(all([not(&misplaced), self.forbidden(point, &ways)]));
            if number > 0 {
                continue;
            }
            let mut before: Vec<Said> = Vec::new();
            let mut relied: Vec<Said> = Vec::new();
            for way in &ways {
                relied.push(all([way.open.clone(), not(&any(before.iter().cloned()))]));
                before.push(way.open.clone());
            }
            says.duties = self.duties(point, &ways, &relied, shared);
            says.ways = ways
                .iter()
                .zip(relied)
                .map(|(way, relied)| Way {
                    bases: way
                        .bases
                        .iter()
                        .map(|basis| {
                            shared(
                                Sort::Basis,
                                self.version().path(Sort::Basis, *basis).unwrap_or_default(),
                            )
                        })
                        .collect(),
                    open: way.open.clone(),
                    relied,
                })
                .collect();
            if self.act == Act::Store {
                (says.due, says.hold, says.unkept) = self.kept(point);
            }
        }
        (says.allowed, says.forbidden) = (all(allowed), any(forbidden));
        says
    }

    /// The ways that cover a point, in their order: those without a consent first, then as the grants stand.
    fn ways<'c>(&self, point: &'c Covered<'_>) -> Vec<Open<'c>> {
        let consent = |bases: &[u32]| {
            let mut bases = bases
                .iter()
                .filter_map(|basis| self.version().content.bases.get(*basis as usize));
            bases.any(|basis| basis.consent)
        };
        let grants = point.grants.iter();
        let mut ways: Vec<(bool, Open<'c>)> = grants
            .flat_map(|(_, grant, justified)| {
                grant.ways.iter().map(move |bases| {
                    let open = Open {
                        grant: Some((*grant, *justified)),
                        bases,
                        open: is(Values::TRUE),
                    };
                    (consent(bases), open)
                })
            })
            .collect();
        ways.sort_by_key(|(consent, _)| *consent);
        let mut ways: Vec<Open<'c>> = ways.into_iter().map(|(_, way)| way).collect();
        if self.act == Act::Erase {
            ways.push(Open {
                grant: None,
                bases: &[],
                open: is(Values::TRUE),
            });
        }
        let held = self.held(point);
        let misplaced = self.misplaced(point);
        for way in &mut ways {
            let value = match way.grant {
                None => is(Values::TRUE),
                Some((grant, justified)) => self.value(point, grant, way.bases, justified),
            };
            let strikes = point
                .bans
                .iter()
                .map(|(ban, except)| not(&self.strike(point, ban, except, Some(way.bases))));
            let parts = [value, not(&misplaced), not(&held)];
            way.open = sure(&all(parts.into_iter().chain(strikes)));
        }
        ways
    }

    /// A ban at a point or a way strikes it for certain (M9.2).
    fn forbidden(&self, point: &Covered<'_>, ways: &[Open<'_>]) -> Said {
        let strike = |ban: &Ban, except: &[&Strike], way: Option<&[u32]>| sure(&self.strike(point, ban, except, way));
        let of_point = |ban: &Ban| ban.limits.under.is_none() && ban.except.iter().all(|part| part.under.is_none());
        let bans = point.bans.iter().filter(|(ban, _)| of_point(ban));
        let mut causes: Vec<Said> = bans.map(|(ban, except)| strike(ban, except, None)).collect();
        causes.push(sure(&self.held(point)));
        if !ways.is_empty() {
            let struck = |way: &Open<'_>| {
                any(point
                    .bans
                    .iter()
                    .map(|(ban, except)| strike(ban, except, Some(way.bases))))
            };
            causes.push(all(ways.iter().map(struck)));
        }
        any(causes)
    }

    /// ban(x, w) (M8).
    fn strike(&self, point: &Covered<'_>, ban: &Ban, except: &[&Strike], way: Option<&[u32]>) -> Said {
        let applies = |part: &Strike| match (&part.under, way) {
            (None, _) => true,
            (Some(under), Some(bases)) => relates(self.version(), under, bases),
            (Some(_), None) => false,
        };
        if !applies(&ban.limits) {
            return is(Values::FALSE);
        }
        let excepted = except
            .iter()
            .filter(|part| applies(part))
            .map(|part| self.guard(part.guard, Some(point), DEPTH));
        all([self.guard(ban.limits.guard, Some(point), DEPTH), not(&any(excepted))])
    }

    /// A keep under a legal duty forbids erasing as long as it lasts (M8).
    fn held(&self, point: &Covered<'_>) -> Said {
        let duty = |bases: &&Vec<u32>| {
            let mut bases = bases
                .iter()
                .filter_map(|basis| self.version().content.bases.get(*basis as usize));
            bases.any(|basis| basis.legal_duty)
        };
        any(point.holding.iter().map(|(_, grant, justified)| {
            let held = grant
                .ways
                .iter()
                .filter(duty)
                .map(|bases| self.bases(point, grant, bases, *justified));
            let lasting = grant
                .keep
                .as_ref()
                .map_or_else(|| is(Values::FALSE), |keep| self.lasting(keep));
            all([any(held), self.guard(grant.guard, Some(point), DEPTH), lasting])
        }))
    }

    /// val(w) (M7).
    fn value(&self, point: &Covered<'_>, grant: &Grant, bases: &[u32], justified: Justified<'_>) -> Said {
        let guard = self.guard(grant.guard, Some(point), DEPTH);
        let held = self.bases(point, grant, bases, justified);
        let held = match &grant.keep {
            None => held,
            Some(keep) if self.act == Act::Anonymise => any([held, not(&self.lasting(keep))]),
            Some(keep) => all([held, self.lasting(keep)]),
        };
        all([guard, held])
    }

    /// All bases of a way hold, for one of the purposes.
    fn bases(&self, point: &Covered<'_>, grant: &Grant, bases: &[u32], justified: Justified<'_>) -> Said {
        if bases.is_empty() {
            return is(Values::FALSE);
        }
        let for_purpose = |purpose: Option<u32>, reached: Option<Reach>| {
            all(bases
                .iter()
                .map(|basis| self.holds(point, grant, *basis, purpose, reached)))
        };
        if self.act.has_purpose() {
            return for_purpose(point.at[3], None);
        }
        let count = u32::try_from(self.version().content.purposes.len()).unwrap_or(u32::MAX);
        let mut purposes: Vec<Option<u32>> = match justified {
            Some(atoms) => atoms.iter().copied().map(Some).collect(),
            None => (0..count).map(Some).collect(),
        };
        if purposes.is_empty() {
            purposes.push(None);
        }
        let focus = self
            .questions
            .all
            .iter()
            .position(|question| matches!(question, Question::Focus(_)));
        let Some((number, Question::Focus(choices))) = focus.and_then(|at| Some((at, self.questions.all.get(at)?)))
        else {
            return any(self
                .told_apart(purposes, grant)
                .into_iter()
                .map(|purpose| for_purpose(purpose, None)));
        };
        any(choices.iter().enumerate().map(|(choice, focus)| {
            let picked = told(
                number,
                (0..choices.len()).map(|one| Values::of(one == choice)).collect(),
            );
            let each = purposes.iter().map(|purpose| {
                let reached = focus.map(|focus| reach(self.version(), focus.of(self.side), *purpose));
                for_purpose(*purpose, reached)
            });
            all([picked, any(each)])
        }))
    }

    /// Of purposes that nothing tells apart, the first.
    fn told_apart(&self, purposes: Vec<Option<u32>>, grant: &Grant) -> Vec<Option<u32>> {
        if grant.later.is_empty() {
            return purposes.into_iter().take(1).collect();
        }
        purposes
    }

    /// holds(b, p) (M6). `reached`: how the purpose stands to the one that records are about, if they are about one.
    fn holds(
        &self,
        point: &Covered<'_>,
        grant: &Grant,
        basis: u32,
        purpose: Option<u32>,
        reached: Option<Reach>,
    ) -> Said {
        let version = self.version();
        let Some(declared) = version.content.bases.get(basis as usize) else {
            return is(Values::FALSE);
        };
        let when = declared
            .when
            .map_or_else(|| is(Values::TRUE), |guard| self.guard(guard, Some(point), DEPTH));
        if !declared.consent && !declared.objectable {
            return when;
        }
        let since = declared.since.max(self.added(point, grant, basis, purpose));
        let covered = reached.is_none_or(|reached| reached != Reach::Other) && (reached.is_none() || purpose.is_some());
        let ends = |ended: Option<Ended>| match ended {
            None => false,
            Some(Ended::Withdrawn) => declared.consent,
            Some(Ended::Objected) => true,
            Some(Ended::ButFocus) => reached != Some(Reach::Itself),
        };
        let (mut counted, mut lasting, mut ended) = (Vec::new(), Vec::new(), Vec::new());
        for (number, question) in self.questions.all.iter().enumerate() {
            let Question::Basis(pair, choices) = question else {
                continue;
            };
            let Some(own) = pair.of(self.side) else { continue };
            let told = |value: &dyn Fn(&super::worlds::Recorded) -> bool| {
                told(number, choices.iter().map(|one| Values::of(value(one))).collect())
            };
            if own == basis {
                let counts = |one: &_| covered && counts(version, declared, one, since);
                counted.push(told(&counts));
                lasting.push(told(&|one| {
                    counts(one) && lasts(version, declared, one, self.questions.day)
                }));
            }
            if version.orders.is_below(Sort::Basis, basis, own) {
                ended.push(told(&|one| ends(one.end)));
            }
        }
        let ended = any(ended);
        if !declared.consent {
            return all([when, not(&ended)]);
        }
        let (counted, lasting) = (any(counted), any(lasting));
        let held = match grant.keep.is_some() && declared.survives_keep {
            true => any([all([ended.clone(), counted]), all([not(&ended), lasting])]),
            false => all([lasting, not(&ended)]),
        };
        all([when, held])
    }

    /// The day on which a point was added to what a consent covers (M14).
    fn added(&self, point: &Covered<'_>, grant: &Grant, basis: u32, purpose: Option<u32>) -> Option<Day> {
        let justified = |region: &Region| {
            let named = |purpose: u32| {
                region
                    .purpose
                    .as_ref()
                    .is_none_or(|atoms| atoms.binary_search(&purpose).is_ok())
            };
            self.act.has_purpose() || purpose.is_none_or(named)
        };
        let here = grant.later.iter().filter(|later| {
            later.basis == basis
                && super::covered::inside(&later.region, self.act, point.at)
                && justified(&later.region)
        });
        here.map(|later| later.since).max()
    }

    /// now < end (M12).
    fn lasting(&self, keep: &Retention) -> Said {
        let mut lasting = match (&keep.end, keep.at_most) {
            (None, Some(_)) => is(Values::TRUE),
            (None, None) => is(Values::FALSE),
            (Some(end), _) => self.before(end, &[]),
        };
        if let Some(period) = keep.at_least {
            lasting = any([lasting, self.since_collected(&[period])]);
        }
        if let Some(period) = keep.at_most {
            lasting = all([lasting, self.since_collected(&[period])]);
        }
        lasting
    }

    /// It is earlier than an end with so much after it. What comes after the earlier of two ends is the earlier of what comes
    /// after each.
    fn before(&self, end: &End, then: &[Period]) -> Said {
        let offset = self.version().content.zone_offset;
        match end {
            End::Event(event) => match self.fact_question(*event) {
                Some((number, Question::Event(_, times))) => told(
                    number,
                    times
                        .iter()
                        .map(|at| Values::of(at.is_none_or(|at| self.later(at, then))))
                        .collect(),
                ),
                _ => is(Values::EITHER),
            },
            End::Date(day) => {
                let ends = then
                    .iter()
                    .fold(day.begin(offset), |at, period| at.plus(*period, offset));
                is(Values::of(self.questions.day.begin(offset) < ends))
            }
            End::After(period, of) => {
                let longer = [&[*period], then].concat();
                of.as_ref()
                    .map_or_else(|| self.since_collected(&longer), |of| self.before(of, &longer))
            }
            End::Or(ends) => all(ends.iter().map(|end| self.before(end, then))),
            End::And(ends) => any(ends.iter().map(|end| self.before(end, then))),
        }
    }

    /// So much has not passed since the collection.
    fn since_collected(&self, chain: &[Period]) -> Said {
        let collected = |question: &Question| matches!(question, Question::Collected(_));
        match self
            .questions
            .all
            .iter()
            .position(collected)
            .and_then(|at| Some((at, self.questions.all.get(at)?)))
        {
            Some((number, Question::Collected(times))) => told(
                number,
                times.iter().map(|at| Values::of(self.later(*at, chain))).collect(),
            ),
            _ => is(Values::EITHER),
        }
    }

    fn later(&self, at: Time, chain: &[Period]) -> bool {
        let offset = self.version().content.zone_offset;
        let ends = chain
            .iter()
            .fold(at.instant(offset), |at, period| at.plus(*period, offset));
        self.questions.day.begin(offset) < ends
    }

    /// What is kept has to go, may be kept on, and is kept by nothing (M12). Where it is unknown whether a keep applies, each.
    fn kept(&self, point: &Covered<'_>) -> (Said, Said, Said) {
        struct Keep {
            grant: u32,
            here: Said,
            alive: Said,
            blocks: Vec<(u32, Vec<u32>)>,
        }
        let orders = &self.version().orders;
        let data = point.at[1].unwrap_or(u32::MAX);
        let keeps: Vec<Keep> = point
            .grants
            .iter()
            .filter_map(|(number, grant, justified)| {
                let keep = grant.keep.as_ref()?;
                let rests = any(grant
                    .ways
                    .iter()
                    .map(|bases| self.bases(point, grant, bases, *justified)));
                let named = |block: &InBlock| {
                    let nouns = block
                        .nouns
                        .iter()
                        .copied()
                        .filter(|noun| orders.is_below(Sort::Data, data, *noun));
                    (block.block, nouns.collect())
                };
                let mut blocks: Vec<(u32, Vec<u32>)> = keep.blocks.iter().map(named).collect();
                if blocks.is_empty() {
                    blocks.push((u32::MAX - number, Vec::new()));
                }
                Some(Keep {
                    grant: *number,
                    here: loose(&self.guard(grant.guard, Some(point), DEPTH)),
                    alive: loose(&all([self.lasting(keep), rests])),
                    blocks,
                })
            })
            .collect();
        let lesser = |low: &[u32], high: &[u32]| {
            let below = |low: u32, high: u32| low != high && orders.is_below(Sort::Data, low, high);
            !low.is_empty() && high.iter().all(|high| low.iter().any(|low| below(*low, *high)))
        };
        // By block and nouns: whether any keep decides there, and whether one that does lasts.
        type Groups<'k> = BTreeMap<&'k [u32], (Vec<Said>, Vec<Said>)>;
        let mut groups: BTreeMap<u32, Groups<'_>> = BTreeMap::new();
        for keep in &keeps {
            for (block, nouns) in &keep.blocks {
                let others = keeps.iter().filter(|other| other.grant != keep.grant);
                let beaten =
                    others.filter(|other| other.blocks.iter().any(|(of, low)| of == block && lesser(low, nouns)));
                let decides = all([keep.here.clone(), not(&any(beaten.map(|other| other.here.clone())))]);
                let (here, alive) = groups.entry(*block).or_default().entry(nouns).or_default();
                alive.push(all([decides.clone(), keep.alive.clone()]));
                here.push(decides);
            }
        }
        let blocks = groups.into_values().map(|groups| {
            let there = any(groups.values().flat_map(|(here, _)| here.iter().cloned()));
            let each = groups
                .into_values()
                .map(|(here, alive)| any([not(&any(here)), any(alive)]));
            all([there, all(each)])
        });
        let caps = point.caps.iter().map(|cap| {
            let here = loose(&self.guard(cap.guard, Some(point), DEPTH));
            any([not(&here), self.since_collected(&[cap.at_most])])
        });
        let some = any(keeps.iter().map(|keep| keep.here.clone()));
        let hold = all([any(blocks), all(caps)]);
        (all([some.clone(), not(&hold)]), all([some.clone(), hold]), not(&some))
    }

    /// What must be done where a way is relied on (M13).
    fn duties(
        &self,
        point: &Covered<'_>,
        ways: &[Open<'_>],
        relied: &[Said],
        shared: &dyn Fn(Sort, &str) -> String,
    ) -> Vec<(Owed, Option<u64>, Said)> {
        let mut duties = Vec::new();
        let mut add = |then: &[Obligation], when: &Said| {
            duties.extend(
                then.iter()
                    .map(|one| (owed(one, shared), one.within.map(super::announce::hours), when.clone())),
            );
        };
        for (way, relied) in ways.iter().zip(relied) {
            if let Some((grant, _)) = way.grant {
                add(&grant.then, relied);
            }
            for (ban, _) in point.bans.iter().filter(|(ban, _)| !ban.then.is_empty()) {
                let under = ban.limits.under.as_ref();
                if under.is_none_or(|under| relates(self.version(), under, way.bases)) {
                    let guard = self.guard(ban.limits.guard, Some(point), DEPTH);
                    add(&ban.then, &all([relied.clone(), not(&sure(&not(&guard)))]));
                }
            }
        }
        duties
    }

    /// A recipient outside its declared countries (M5).
    fn misplaced(&self, point: &Covered<'_>) -> Said {
        let Some((number, places)) = self.places() else {
            return is(Values::FALSE);
        };
        let recipient = point.at[4].filter(|_| self.act == Act::Share);
        let declared: Vec<Place> = declared(self.version(), recipient).collect();
        let outside = |place: Option<super::worlds::Spoken>| {
            let place = place.map(|place| spoken(place, self.side));
            let out = |place: Place| {
                declared
                    .iter()
                    .all(|one| inside(self.version(), *one, place) == Values::FALSE)
            };
            Values::of(!declared.is_empty() && place.is_some_and(out))
        };
        told(number, places.iter().map(|place| outside(*place)).collect())
    }

    fn places(&self) -> Option<(usize, &'a [Option<super::worlds::Spoken>])> {
        let mut numbered = self.questions.all.iter().enumerate();
        numbered.find_map(|(number, question)| match question {
            Question::Place(places) => Some((number, places.as_slice())),
            _ => None,
        })
    }

    /// A guard (M4). Without a point, that of a class: only what the request says about the place counts there.
    fn guard(&self, number: u32, point: Option<&Covered<'_>>, depth: u32) -> Said {
        let content = &self.version().content;
        let literal = |(literal, sign): &(u32, bool)| {
            let value = content.literals.get(*literal as usize);
            let value = value.map_or_else(|| is(Values::UNKNOWN), |literal| self.literal(*literal, point, depth));
            if *sign { value } else { not(&value) }
        };
        let guard = content.guards.get(number as usize).map_or(&[][..], Vec::as_slice);
        any(guard.iter().map(|conjunction| all(conjunction.iter().map(literal))))
    }

    fn literal(&self, literal: Literal, point: Option<&Covered<'_>>, depth: u32) -> Said {
        match literal {
            Literal::Fact(fact) => match self.fact_question(fact) {
                Some((number, Question::Fact(_))) => told(number, vec![Values::TRUE, Values::FALSE]),
                Some((number, Question::Event(_, times))) => {
                    told(number, times.iter().map(|at| Values::of(at.is_some())).collect())
                }
                _ => is(Values::UNKNOWN),
            },
            Literal::Class(class) => self.class(class, depth),
            Literal::Age(how, years) => {
                let ages = self
                    .questions
                    .all
                    .iter()
                    .enumerate()
                    .find_map(|(number, question)| match question {
                        Question::Age(ages) => Some((number, ages)),
                        _ => None,
                    });
                match ages {
                    Some((number, ages)) => told(
                        number,
                        ages.iter().map(|age| Values::of(how.holds(age, &years))).collect(),
                    ),
                    None => is(Values::UNKNOWN),
                }
            }
            Literal::Date(how, day) => is(Values::of(how.holds(&self.questions.day, &day))),
            Literal::Place(test) => self.place(test, point),
        }
    }

    /// Whether it happens in a place: as told, else where the recipient is, else where the controller is (M5).
    fn place(&self, test: Place, point: Option<&Covered<'_>>) -> Said {
        let version = self.version();
        let untold = point.map_or(Values::UNKNOWN, |point| {
            let recipient = point.at[4].filter(|_| self.act == Act::Share);
            let mut there = declared(version, recipient).map(|place| inside(version, test, place));
            if let Some(first) = there.next() {
                return if there.all(|other| other == first) {
                    first
                } else {
                    Values::UNKNOWN
                };
            }
            let controller = point.at[0].and_then(|by| version.content.controllers.get(by as usize));
            let country = controller
                .and_then(|controller| controller.country)
                .or(version.content.home);
            country.map_or(Values::UNKNOWN, |country| inside(version, test, Place::In(country)))
        });
        match self.places() {
            None => is(untold),
            Some((number, places)) => {
                let value = |place: &Option<super::worlds::Spoken>| match place {
                    None => untold,
                    Some(place) => inside(version, test, spoken(*place, self.side)),
                };
                told(number, places.iter().map(value).collect())
            }
        }
    }

    /// Whether the person is of a class (M5): listed or above one that is, else its guard; else unknown below one that is.
    fn class(&self, class: u32, depth: u32) -> Said {
        let version = self.version();
        let below = |low: u32, high: u32| version.orders.is_below(Sort::Subject, low, high);
        let mut listed: Vec<(u32, Said)> = Vec::new();
        if let Some(first) = self.questions.class.and_then(|pair: Pair| pair.of(self.side)) {
            listed.push((first, is(Values::TRUE)));
        }
        for (number, question) in self.questions.all.iter().enumerate() {
            if let Question::Class(pair) = question
                && let Some(own) = pair.of(self.side)
            {
                listed.push((own, told(number, vec![Values::FALSE, Values::TRUE])));
            }
        }
        let or_above = any(listed
            .iter()
            .filter(|(one, _)| below(*one, class))
            .map(|(_, said)| said.clone()));
        let when = version
            .content
            .subjects
            .get(class as usize)
            .and_then(|class| class.when);
        if let Some(when) = when {
            let guard = depth.checked_sub(1).map_or_else(
                || is(Values::EITHER.with(Values::UNKNOWN)),
                |depth| self.guard(when, None, depth),
            );
            return any([or_above, guard]);
        }
        let under = any(listed
            .iter()
            .filter(|(one, _)| below(class, *one))
            .map(|(_, said)| said.clone()));
        let everyone = version.content.everyone.is_some_and(|everyone| below(everyone, class));
        let nobody = if everyone { Values::TRUE } else { Values::UNKNOWN };
        let some = any(listed.iter().map(|(_, said)| said.clone()));
        any([
            or_above,
            all([some.clone(), under, is(Values::UNKNOWN)]),
            all([not(&some), is(nobody)]),
        ])
    }

    fn fact_question(&self, fact: u32) -> Option<(usize, &'a Question)> {
        let speaker = self.gathering.speaker(Sort::Fact, self.side, fact)?;
        let mut numbered = self.questions.all.iter().enumerate();
        numbered.find(|(_, question)| match question {
            Question::Fact(pair) | Question::Event(pair, _) => *pair == speaker,
            _ => false,
        })
    }
}

/// What an obligation asks for, in names of both versions.
pub fn owed(one: &Obligation, shared: &dyn Fn(Sort, &str) -> String) -> Owed {
    owed_to(&one.what, one.to.iter().map(String::as_str), shared)
}

/// What is owed to whom, in names of both versions: whatever kind of noun it is owed to.
pub fn owed_to<'t>(what: &str, to: impl Iterator<Item = &'t str>, shared: &dyn Fn(Sort, &str) -> String) -> Owed {
    let name = |path: &str| {
        let kinds = [Sort::Recipient, Sort::Subject, Sort::By];
        let names = kinds.into_iter().map(|sort| shared(sort, path));
        names
            .into_iter()
            .find(|name| name != path)
            .unwrap_or_else(|| path.to_owned())
    };
    let mut to: Vec<String> = to.map(name).collect();
    to.sort();
    (what.to_owned(), to)
}
