//! The policies: a permit for each way of a statement or keep, a forbid for each ban.

use kupuya_runtime::wire::{Act, Grant, Head, Region, Strike};

use super::facts::{self, Scene, belongs, guard};
use super::grounds;
use super::test::{Known, Test, entity, one_of, quoted};
use super::times;
use crate::export::Refused;
use crate::export::closed::{Atoms, Closed, Kind, Striker, count};

/// Where the numbers of bans begin in `@order`: what makes a request unanswerable, points bans, bans that strike every
/// way, bans of which it is not known whether they strike.
const POINT: usize = 1_000;
const EVERY_WAY: usize = 10_000_000;
const NOT_KNOWN: usize = 20_000_000;

/// Writes policies, each with an id of its own.
pub struct Writer<'a> {
    closed: &'a Closed<'a>,
    text: String,
    ids: std::collections::BTreeMap<String, usize>,
}

/// Policy text.
pub fn policies(closed: &Closed<'_>) -> Result<String, Refused> {
    let mut writer = Writer {
        closed,
        text: String::new(),
        ids: std::collections::BTreeMap::new(),
    };
    writer.unanswerable();
    for (rank, way) in closed.ways.iter().enumerate() {
        match way.grant {
            None => {
                let test = writer.struck(rank, Act::Erase, false)?.negated();
                writer.put("permit", "erase", None, rank, "allow", Act::Erase, &test);
            }
            Some(grant) => {
                for (_, region) in closed.boxes_of(grant) {
                    for act in &region.acts {
                        let struck = writer.struck(rank, *act, false)?;
                        let within = writer.within_caps(*act)?;
                        let test = Test::all([writer.way(rank, region, *act)?, struck.negated(), within]);
                        if let Some(grant) = closed.content.grants.get(grant as usize) {
                            writer.put("permit", &grant.head.id, Some(&grant.head), rank, "allow", *act, &test);
                        }
                    }
                }
            }
        }
    }
    for rank in 0..closed.strikers.len() {
        writer.ban(rank)?;
    }
    Ok(writer.text)
}

impl Writer<'_> {
    /// One policy; what can never hold is not written.
    #[expect(clippy::too_many_arguments, reason = "the parts of a policy's head")]
    fn put(&mut self, effect: &str, id: &str, head: Option<&Head>, order: usize, verdict: &str, act: Act, test: &Test) {
        if *test == Test::Never {
            return;
        }
        let times = self.ids.entry(id.to_owned()).or_insert(0);
        *times += 1;
        let own = if *times == 1 {
            id.to_owned()
        } else {
            format!("{id}.{times}")
        };
        let mut lines = vec![format!("@id({})", quoted(&own))];
        if let Some(head) = head {
            lines.push(format!("@clause({})", quoted(&head.id)));
            if let Some(unit) = &head.unit {
                lines.push(format!("@paragraph({})", quoted(&unit.paragraph)));
            }
        }
        lines.push(format!("@order(\"{order}\")"));
        lines.push(format!("@verdict({})", quoted(verdict)));
        lines.push(format!(
            "{effect} (principal, action == {}, resource)",
            entity("Action", act.word())
        ));
        if let Test::When(text) = test {
            lines.push(format!("when {{ {text} }}"));
        }
        self.text.push_str(&lines.join("\n"));
        self.text.push_str(";\n\n");
    }

    /// No version in force, a request that contradicts itself, a recipient outside its countries (M5, M9.1).
    fn unanswerable(&mut self) {
        let closed = self.closed;
        let days = |is: &str, day: kupuya_runtime::Day| Test::when(format!("(context.now.days {is} {})", day.number()));
        let outside = Test::any([
            closed.content.begins.map_or(Test::Never, |day| days("<", day)),
            closed.content.until.map_or(Test::Never, |day| days(">", day)),
        ]);
        let invalid = self.invalid();
        let misplaced = facts::misplaced(closed);
        for act in Act::ALL {
            self.put("forbid", "not_in_force", None, 0, "no_policy", act, &outside);
            self.put("forbid", "contradiction", None, 1, "invalid", act, &invalid);
        }
        self.put("forbid", "misplaced", None, 2, "undeclared", Act::Share, &misplaced);
    }

    fn invalid(&self) -> Test {
        let closed = self.closed;
        let aged = facts::aged(closed);
        let mut tests = vec![Test::when("(context.age.atLeast > context.age.atMost)")];
        for (class, (from, to)) in &aged {
            let of = belongs(closed, *class);
            let age = Test::when(format!("(context.age.atLeast > {to} || context.age.atMost < {from})"));
            tests.push(Test::all([of.clone(), age]));
            for (other, (_, other_to)) in &aged {
                if from > other_to {
                    tests.push(Test::all([of.clone(), belongs(closed, *other)]));
                }
            }
            let fails = facts::own_guard(closed, *class).map_or(Test::Never, |own| own.fails);
            tests.push(Test::all([of, fails]));
        }
        Test::any(tests)
    }

    /// Whether a point of this verb lies in a box, whatever its data.
    fn rest(&self, region: &Region, act: Act) -> Test {
        let closed = self.closed;
        let sides = [
            (true, "principal", "Controller", &closed.controllers, &region.by),
            (
                act.has_purpose(),
                "context.purpose",
                "Purpose",
                &closed.purposes,
                &region.purpose,
            ),
            (
                act.has_source(),
                "context.source",
                "Source",
                &closed.sources,
                &region.source,
            ),
            (
                act.has_recipient(),
                "context.recipient",
                "Recipient",
                &closed.recipients,
                &region.recipient,
            ),
        ];
        let mut tests = Vec::new();
        for (has, what, of, kind, atoms) in sides {
            tests.extend(has.then(|| side(what, of, kind, atoms.as_ref())));
        }
        if act == Act::Publish {
            let public = closed.content.public;
            let holds = region
                .recipient
                .as_ref()
                .is_none_or(|side| public.is_some_and(|public| side.contains(&public)));
            tests.push(if holds { Test::Always } else { Test::Never });
        }
        Test::all(tests)
    }

    /// Whether a point of this verb lies in a box.
    fn within(&self, region: &Region, act: Act) -> Test {
        if !region.acts.contains(&act) {
            return Test::Never;
        }
        let data = side("resource", "Data", &self.closed.data, region.data.as_ref());
        Test::all([data, self.rest(region, act)])
    }

    fn grant_of(&self, way: usize) -> Option<&Grant> {
        let grant = self.closed.ways.get(way)?.grant?;
        self.closed.content.grants.get(grant as usize)
    }

    /// val(w) = T, in one box of the way (M7).
    fn way(&self, way: usize, region: &Region, act: Act) -> Result<Test, Refused> {
        let (Some(grant), Some(of)) = (self.grant_of(way), self.closed.ways.get(way)) else {
            return Ok(Test::Never);
        };
        let holds = guard(self.closed, grant.guard, Scene::Rule(act)).holds;
        let bases = grounds::bases(self.closed, &of.bases, grant.keep.is_some(), region, act)?;
        let held = match &grant.keep {
            None => bases.holds,
            Some(keep) => {
                let lasting = self.lasting(grant, keep)?;
                match act {
                    Act::Anonymise => Test::any([bases.holds, lasting.fails]),
                    _ => Test::all([bases.holds, lasting.holds]),
                }
            }
        };
        Ok(Test::all([self.within(region, act), holds, held]))
    }

    fn lasting(&self, grant: &Grant, keep: &kupuya_runtime::wire::Retention) -> Result<Known, Refused> {
        times::lasting(self.closed, keep).map_err(Refused::period(format!("keep {}", grant.head.id)))
    }

    /// Whether no cap on storing has passed (M12).
    fn within_caps(&self, act: Act) -> Result<Test, Refused> {
        let closed = self.closed;
        let mut tests = Vec::new();
        for cap in closed.content.caps.iter().filter(|_| act == Act::Store) {
            let applies = Known::when(self.within(&cap.region, act));
            let here = Known::all([applies, guard(closed, cap.guard, Scene::Rule(act))]);
            let before = times::collected(Some(cap.at_most));
            let before = before.map_err(Refused::period(format!("keep {}", cap.head.id)))?;
            tests.push(Known::any([here.negated(), before]).holds);
        }
        Ok(Test::all(tests))
    }

    /// A ban at a point, for a way: limits and what is excepted (M8).
    fn strikes(&self, limits: &Strike, except: &[Strike], way: Option<usize>, act: Act) -> Known {
        let applies = |part: &Strike| match (self.closed.ways_of(part), way) {
            (None, _) => self.within(&part.region, act),
            (Some(ways), Some(way)) if ways.iter().any(|one| *one as usize == way) => self.within(&part.region, act),
            _ => Test::Never,
        };
        let value = |part: &Strike| {
            let applies = applies(part);
            if applies == Test::Never {
                return Known::never();
            }
            Known::all([Known::when(applies), guard(self.closed, part.guard, Scene::Rule(act))])
        };
        Known::all([value(limits), Known::any(except.iter().map(value)).negated()])
    }

    /// Whether a ban that depends on the way strikes this one, known to or perhaps.
    fn struck(&self, way: usize, act: Act, surely: bool) -> Result<Test, Refused> {
        let mut tests = Vec::new();
        for striker in &self.closed.strikers {
            let Striker::Ban { ban, point: false } = striker else {
                continue;
            };
            let Some(ban) = self.closed.content.bans.get(*ban as usize) else {
                continue;
            };
            let value = self.strikes(&ban.limits, &ban.except, Some(way), act);
            tests.push(if surely { value.holds } else { value.fails.negated() });
        }
        Ok(Test::any(tests))
    }

    fn ban(&mut self, rank: usize) -> Result<(), Refused> {
        let closed = self.closed;
        match closed.strikers.get(rank) {
            Some(Striker::Ban { ban, point }) => {
                let Some(ban) = closed.content.bans.get(*ban as usize) else {
                    return Ok(());
                };
                for act in &ban.limits.region.acts {
                    if *point {
                        let value = self.strikes(&ban.limits, &ban.except, None, *act);
                        self.forbid(&ban.head, rank, *act, &value);
                    } else {
                        let test = self.every_way(rank, *act)?;
                        self.put(
                            "forbid",
                            &ban.head.id,
                            Some(&ban.head),
                            EVERY_WAY + rank,
                            "forbidden",
                            *act,
                            &test,
                        );
                    }
                }
            }
            Some(Striker::Keep { grant, ways }) => {
                let Some(rule) = closed.content.grants.get(*grant as usize) else {
                    return Ok(());
                };
                let Some(keep) = &rule.keep else { return Ok(()) };
                let act = Act::Erase;
                let lasting = self.lasting(rule, keep)?;
                for (_, region) in closed
                    .boxes_of(*grant)
                    .filter(|(_, region)| region.acts.contains(&Act::Store))
                {
                    let mut held = Vec::new();
                    for way in ways.iter().filter_map(|way| closed.ways.get(*way as usize)) {
                        held.push(grounds::bases(closed, &way.bases, true, region, act)?);
                    }
                    let data = side("resource", "Data", &closed.data, region.data.as_ref());
                    let value = Known::all([
                        Known::when(Test::all([data, self.rest(region, act)])),
                        Known::any(held),
                        guard(closed, rule.guard, Scene::Rule(act)),
                        lasting.clone(),
                    ]);
                    self.forbid(&rule.head, rank, act, &value);
                }
            }
            None => {}
        }
        Ok(())
    }

    fn forbid(&mut self, head: &Head, rank: usize, act: Act, value: &Known) {
        self.put(
            "forbid",
            &head.id,
            Some(head),
            POINT + rank,
            "forbidden",
            act,
            &value.holds,
        );
        let perhaps = value.fails.clone().negated();
        if perhaps != value.holds {
            let id = format!("{}.not_known", head.id);
            self.put("forbid", &id, Some(head), NOT_KNOWN + rank, "unmet", act, &perhaps);
        }
    }

    /// A ban that strikes a way, where every way is struck by some ban (M9.2).
    fn every_way(&self, rank: usize, act: Act) -> Result<Test, Refused> {
        let closed = self.closed;
        let Some(Striker::Ban { ban, .. }) = closed.strikers.get(rank) else {
            return Ok(Test::Never);
        };
        let Some(ban) = closed.content.bans.get(*ban as usize) else {
            return Ok(Test::Never);
        };
        let mut strikes = Vec::new();
        let mut others = Vec::new();
        for (way, of) in closed.ways.iter().enumerate() {
            let covers = match of.grant {
                None if act == Act::Erase => Test::Always,
                None => Test::Never,
                Some(grant) => Test::any(closed.boxes_of(grant).map(|(_, region)| self.within(region, act))),
            };
            if covers == Test::Never {
                continue;
            }
            let value = self.strikes(&ban.limits, &ban.except, Some(way), act);
            strikes.push(Test::all([covers.clone(), value.holds]));
            let struck = self.struck(way, act, true)?;
            others.push(Test::any([covers.negated(), struck]));
        }
        Ok(Test::all([Test::any(strikes), Test::all(others)]))
    }
}

/// One side of a box: the highest nouns whose denotations it holds, and what is left.
fn side(what: &str, of: &str, kind: &Kind, atoms: Option<&Vec<u32>>) -> Test {
    let Some(atoms) = atoms else { return Test::Always };
    let atoms = atoms.iter().copied().collect::<Atoms>();
    if atoms.len() == count(&kind.keys) as usize && !atoms.is_empty() {
        return Test::Always;
    }
    let whole = |noun: u32| kind.below(noun).is_subset(&atoms);
    let covered = |noun: u32| kind.above(noun).iter().any(|high| *high != noun && whole(*high));
    let highest = atoms.iter().copied().filter(|noun| whole(*noun) && !covered(*noun));
    let (leaves, trees): (Vec<u32>, Vec<u32>) = highest.partition(|noun| kind.below(*noun).len() == 1);
    let trees = trees
        .iter()
        .map(|noun| Test::when(format!("({what} in {})", entity(of, kind.key(*noun)))));
    let rest = atoms.iter().copied().filter(|noun| !whole(*noun) && !covered(*noun));
    let single = leaves.into_iter().chain(rest).map(|noun| kind.key(noun));
    Test::any(trees.chain([one_of(what, of, single)]))
}
