//! Random small models and requests. A tape of numbers drives every choice, so that proptest can shrink it: zeros make the
//! simplest thing.

use kupuya::model::noun::{
    Basis, Controller, Country, Data, Giver, Id, Location, Noun, Recipient, Source, Subject, Table,
};
use kupuya::model::sentence::{
    Act, Ban, BasisFormula, Block, Disposal, End, Guard, Keep, Literal, Permission, Scope, Slot, Stated,
};
use kupuya::model::{Model, Policy};
use kupuya::source::{Origin, SourceId, Span, Spanned};
use kupuya::syntax::ast::{Comparison, Date, Period, Unit};
use kupuya::syntax::vocabulary::Verb;
use kupuya_runtime::{RecordBy, RecordKind};

use crate::reference::{Ask, PURPOSED, Record};

/// Numbers to choose by.
pub struct Tape<'a> {
    numbers: &'a [u16],
    at: usize,
}

impl<'a> Tape<'a> {
    pub fn new(numbers: &'a [u16]) -> Tape<'a> {
        Tape { numbers, at: 0 }
    }

    /// A number below `bound`; zero at the end of the tape.
    pub fn below(&mut self, bound: usize) -> usize {
        let number = self.numbers.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(number) % bound.max(1)
    }

    /// True once in `times`, but not on a blank tape.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    pub fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    /// One to `most` of them, each once.
    pub fn some<T: Clone + PartialEq>(&mut self, of: &[T], most: usize) -> Vec<T> {
        let mut chosen = Vec::new();
        for _ in 0..=self.below(most) {
            let next = self.one(of);
            if !chosen.contains(&next) {
                chosen.push(next);
            }
        }
        chosen
    }
}

fn span() -> Span {
    Span {
        source: SourceId(0),
        start: 0,
        end: 0,
    }
}

fn at<T>(value: T) -> Spanned<T> {
    Spanned { value, span: span() }
}

pub fn noun<D>(
    table: &mut Table<D>,
    path: &str,
    origin: Origin,
    parent: Option<Id<D>>,
    is: &[Id<D>],
    detail: D,
) -> Id<D> {
    table.add(Noun {
        name: path.rsplit('.').next().unwrap_or(path).to_owned(),
        path: path.to_owned(),
        label: None,
        russian: None,
        english: None,
        parent,
        is: is.to_vec(),
        open: false,
        optional: false,
        origin,
        header: span(),
        name_span: span(),
        span: span(),
        older_number: None,
        was: None,
        notes: Vec::new(),
        detail,
    })
}

/// A tree of a few nouns; `classes` of the taxonomy may be what they are.
fn tree<D: Default>(tape: &mut Tape<'_>, table: &mut Table<D>, name: &str, most: usize, classes: &[Id<D>]) {
    let mut made: Vec<Id<D>> = Vec::new();
    for number in 0..=tape.below(most) {
        let parent = if !made.is_empty() && tape.once_in(2) {
            Some(tape.one(&made))
        } else {
            None
        };
        let path = match parent {
            Some(parent) => format!("{}.{name}{number}", table[parent].path),
            None => format!("{name}{number}"),
        };
        let is = if !classes.is_empty() && tape.once_in(3) {
            vec![tape.one(classes)]
        } else {
            Vec::new()
        };
        made.push(noun(table, &path, Origin::Project, parent, &is, D::default()));
    }
}

pub fn model(tape: &mut Tape<'_>) -> Model {
    let mut m = Model {
        policy: Some(policy(tape)),
        ..Model::default()
    };
    countries(&mut m);
    for number in 0..tape.below(3) {
        let country = if tape.once_in(3) {
            Some(tape.one(&m.countries.ids().collect::<Vec<_>>()))
        } else {
            None
        };
        let detail = Controller {
            country,
            ..Controller::default()
        };
        noun(
            &mut m.controllers,
            &format!("c{number}"),
            Origin::Project,
            None,
            &[],
            detail,
        );
    }
    tree(tape, &mut m.facts, "f", 3, &[]);
    subjects(tape, &mut m);
    let special = noun(&mut m.data, "special", Origin::Taxonomy, None, &[], Data::default());
    tree(tape, &mut m.data, "d", 5, &[special]);
    tree(tape, &mut m.purposes, "p", 4, &[]);
    let person = noun(&mut m.sources, "person", Origin::Taxonomy, None, &[], Source::default());
    tree(tape, &mut m.sources, "s", 2, &[person]);
    recipients(tape, &mut m);
    bases(tape, &mut m);
    for number in 0..=tape.below(2) {
        m.blocks.push(Block {
            name: format!("block{number}"),
            label: None,
            text: None,
            header: span(),
            span: span(),
            permissions: Vec::new(),
            keeps: Vec::new(),
            older_number: None,
            notes: Vec::new(),
        });
    }
    for _ in 0..=tape.below(4) {
        let permission = permission(tape, &m);
        m.blocks[permission.stated.block].permissions.push(m.permissions.len());
        m.permissions.push(permission);
    }
    for _ in 0..tape.below(3) {
        let keep = keep(tape, &m);
        m.blocks[keep.stated.block].keeps.push(m.keeps.len());
        m.keeps.push(keep);
    }
    for _ in 0..tape.below(4) {
        let ban = ban(tape, &m);
        m.bans.push(ban);
    }
    m
}

fn policy(tape: &mut Tape<'_>) -> Policy {
    Policy {
        name: "p".to_owned(),
        title: None,
        header: span(),
        span: span(),
        version: None,
        approved: None,
        approved_by: None,
        effective: tape.once_in(8).then(|| at(day(tape))),
        until: tape.once_in(12).then(|| at(day(tape))),
        covers: Vec::new(),
        published: Vec::new(),
        accepted: Vec::new(),
        changes: Vec::new(),
        change_notice: None,
        prevails: None,
        polite: false,
        belongs_to: Vec::new(),
        basis_documents: Vec::new(),
        purpose: None,
        alias: None,
        zone: "Asia/Bishkek".to_owned(),
        law: None,
        older_number: None,
    }
}

fn countries(m: &mut Model) {
    let group = noun(&mut m.countries, "union", Origin::Pack, None, &[], Country::default());
    let kg = noun(
        &mut m.countries,
        "KG",
        Origin::Taxonomy,
        None,
        &[group],
        Country::default(),
    );
    noun(
        &mut m.countries,
        "RU",
        Origin::Taxonomy,
        None,
        &[group],
        Country::default(),
    );
    noun(&mut m.countries, "DE", Origin::Taxonomy, None, &[], Country::default());
    m.home = Some(kg);
}

fn subjects(tape: &mut Tape<'_>, m: &mut Model) {
    let person = noun(
        &mut m.subjects,
        "person",
        Origin::Taxonomy,
        None,
        &[],
        Subject::default(),
    );
    for number in 0..=tape.below(3) {
        let when = tape.once_in(2).then(|| {
            let mut literals = vec![vec![age(tape)]];
            if tape.once_in(3) {
                literals[0].push(age(tape));
            }
            if tape.once_in(3) {
                literals.push(vec![(Literal::Fact(tape.one(&ids(&m.facts))), !tape.once_in(2))]);
            }
            normal(literals)
        });
        let above = ids(&m.subjects);
        let is = if tape.once_in(2) {
            vec![tape.one(&above)]
        } else {
            vec![person]
        };
        let detail = Subject {
            when: when.filter(|guard| !guard.any.is_empty()),
            ..Subject::default()
        };
        noun(
            &mut m.subjects,
            &format!("u{number}"),
            Origin::Project,
            None,
            &is,
            detail,
        );
    }
}

fn recipients(tape: &mut Tape<'_>, m: &mut Model) {
    let role = |m: &mut Model, name: &str| {
        noun(
            &mut m.recipients,
            name,
            Origin::Taxonomy,
            None,
            &[],
            Recipient::default(),
        )
    };
    let roles = [role(m, "third_party"), role(m, "public")];
    tree(tape, &mut m.recipients, "r", 3, &roles[..1]);
    let mut placed = Table::default();
    for (id, old) in m.recipients.iter() {
        let mut new = old.clone();
        if id.index > 1 && tape.once_in(2) {
            new.detail.locations = (0..=tape.below(2)).map(|_| place(tape, m)).collect();
        }
        placed.add(new);
    }
    m.recipients = placed;
}

fn bases(tape: &mut Tape<'_>, m: &mut Model) {
    let class = |m: &mut Model, name: &str| noun(&mut m.bases, name, Origin::Taxonomy, None, &[], Basis::default());
    let classes = [
        class(m, "contract"),
        class(m, "consent"),
        class(m, "legal_duty"),
        class(m, "legitimate_interest"),
    ];
    for number in 0..=tape.below(4) {
        let of = tape.one(&[classes[0], classes[1], classes[1], classes[2], classes[3]]);
        let consent = of == classes[1];
        let detail = Basis {
            when: tape.once_in(4).then(|| guard(tape, m)),
            objectable: of == classes[3],
            giver: if tape.once_in(4) {
                tape.one(&[Giver::Guardian, Giver::Either])
            } else {
                Giver::Itself
            },
            from: (consent && tape.once_in(3)).then(|| at(day(tape))),
            term: (consent && tape.once_in(3)).then(|| at(period(tape))),
            survives_keep: tape.once_in(3),
            ..Basis::default()
        };
        let parent = m
            .bases
            .of_project()
            .map(|(id, _)| id)
            .next()
            .filter(|_| tape.once_in(4));
        let is = if parent.is_some() { Vec::new() } else { vec![of] };
        noun(
            &mut m.bases,
            &format!("b{number}"),
            Origin::Project,
            parent,
            &is,
            detail,
        );
    }
}

fn permission(tape: &mut Tape<'_>, m: &Model) -> Permission {
    let acts = match tape.below(10) {
        0..=2 => vec![Act::Use],
        3 | 4 => vec![Act::Share],
        5 => vec![Act::Collect],
        6 => vec![tape.one(&[Act::Profile, Act::Publish])],
        7 => vec![tape.one(&[Act::Store, Act::Anonymise, Act::Erase])],
        _ => vec![Act::Collect, Act::Use, Act::Store],
    };
    let purposed = acts.iter().any(|act| PURPOSED.contains(act));
    let of_block = acts == [Act::Collect] && tape.once_in(2);
    let purpose = (purposed && !of_block).then(|| slot(tape, &m.purposes));
    let recipient = (acts == [Act::Share]).then(|| slot(tape, &m.recipients));
    let common = common(tape, m);
    Permission {
        stated: stated(tape, m),
        verb: at(Verb::Use),
        by: by(tape, m),
        data: slot(tape, &m.data),
        about: Vec::new(),
        source: if acts.contains(&Act::Collect) && tape.once_in(2) {
            slot(tape, &m.sources)
        } else {
            all(&m.sources)
        },
        acts,
        recipient,
        purpose,
        bases: common.bases,
        when: Guard::always(),
        place: Vec::new(),
        guard: common.guard,
        then: Vec::new(),
    }
}

fn keep(tape: &mut Tape<'_>, m: &Model) -> Keep {
    let common = common(tape, m);
    let end = (!tape.once_in(3)).then(|| end(tape, m, 2));
    let at_most = (end.is_none() || tape.once_in(3)).then(|| at(period(tape)));
    Keep {
        stated: stated(tape, m),
        by: by(tape, m),
        data: slot(tape, &m.data),
        about: Vec::new(),
        purpose: tape.once_in(2).then(|| slot(tape, &m.purposes)),
        bases: common.bases,
        when: Guard::always(),
        place: Vec::new(),
        guard: common.guard,
        end,
        at_most,
        at_least: tape.once_in(5).then(|| at(period(tape))),
        disposal: tape
            .once_in(2)
            .then(|| tape.one(&[Disposal::Erase, Disposal::Anonymise])),
        then: Vec::new(),
    }
}

fn end(tape: &mut Tape<'_>, m: &Model, depth: usize) -> End {
    let event = |tape: &mut Tape<'_>| End::Event(tape.one(&ids(&m.facts)));
    match tape.below(if depth == 0 { 4 } else { 6 }) {
        0 => End::After(period(tape), None),
        1 | 2 => event(tape),
        3 => End::Date(day(tape)),
        4 => End::After(period(tape), Some(Box::new(event(tape)))),
        _ => {
            let both = vec![end(tape, m, depth - 1), end(tape, m, depth - 1)];
            if tape.once_in(2) { End::And(both) } else { End::Or(both) }
        }
    }
}

struct Common {
    bases: Vec<Vec<Spanned<Id<Basis>>>>,
    guard: Guard,
}

fn common(tape: &mut Tape<'_>, m: &Model) -> Common {
    let declared: Vec<Id<Basis>> = m.bases.of_project().map(|(id, _)| id).collect();
    let mut bases: Vec<Vec<Spanned<Id<Basis>>>> = Vec::new();
    if !tape.once_in(10) {
        for _ in 0..=tape.below(2) {
            bases.push(tape.some(&declared, 2).into_iter().map(at).collect());
        }
    }
    Common {
        bases,
        guard: if tape.once_in(2) {
            guard(tape, m)
        } else {
            Guard::always()
        },
    }
}

fn stated(tape: &mut Tape<'_>, m: &Model) -> Stated {
    Stated {
        block: tape.below(m.blocks.len()),
        span: span(),
        id: None,
        notes: Vec::new(),
    }
}

fn ban(tape: &mut Tape<'_>, m: &Model) -> Ban {
    let acts = match tape.below(6) {
        0 => vec![Act::Use, Act::Profile],
        1 | 2 => vec![Act::Share, Act::Publish],
        3 => vec![Act::Collect],
        _ => vec![
            Act::Collect,
            Act::Use,
            Act::Profile,
            Act::Store,
            Act::Share,
            Act::Publish,
        ],
    };
    let scope = scope(tape, m);
    let only = if tape.once_in(2) {
        (0..=tape.below(2)).map(|_| self::scope(tape, m)).collect()
    } else {
        Vec::new()
    };
    Ban {
        span: span(),
        id: None,
        notes: Vec::new(),
        origin: Origin::Project,
        rule: None,
        enforced: !tape.once_in(8),
        verb: at(Verb::Use),
        acts,
        data: slot(tape, &m.data),
        scope,
        only,
        cap: None,
        then: Vec::new(),
    }
}

fn scope(tape: &mut Tape<'_>, m: &Model) -> Scope {
    Scope {
        by: (!m.controllers.is_empty() && tape.once_in(6)).then(|| slot(tape, &m.controllers)),
        about: Vec::new(),
        source: tape.once_in(6).then(|| slot(tape, &m.sources)),
        recipient: tape.once_in(4).then(|| slot(tape, &m.recipients)),
        purpose: tape.once_in(3).then(|| slot(tape, &m.purposes)),
        under: tape.once_in(3).then(|| formula(tape, m, 2)),
        place: Vec::new(),
        guard: tape.once_in(2).then(|| guard(tape, m)),
    }
}

fn formula(tape: &mut Tape<'_>, m: &Model, depth: usize) -> BasisFormula {
    match tape.below(if depth == 0 { 2 } else { 5 }) {
        0 | 1 => BasisFormula::Basis(tape.one(&ids(&m.bases))),
        2 => BasisFormula::Not(Box::new(formula(tape, m, depth - 1))),
        3 => BasisFormula::And(vec![formula(tape, m, depth - 1), formula(tape, m, depth - 1)]),
        _ => BasisFormula::Or(vec![formula(tape, m, depth - 1), formula(tape, m, depth - 1)]),
    }
}

/// A random guard in normal form that is neither true nor false.
fn guard(tape: &mut Tape<'_>, m: &Model) -> Guard {
    let mut any = Vec::new();
    for _ in 0..=tape.below(2) {
        any.push((0..=tape.below(2)).map(|_| literal(tape, m)).collect());
    }
    let guard = normal(any);
    if guard.any.is_empty() { Guard::always() } else { guard }
}

fn literal(tape: &mut Tape<'_>, m: &Model) -> (Literal, bool) {
    let sign = !tape.once_in(3);
    match tape.below(9) {
        0..=3 => (Literal::Fact(tape.one(&ids(&m.facts))), sign),
        4 | 5 => (Literal::Class(tape.one(&ids(&m.subjects))), sign),
        6 => age(tape),
        7 => (Literal::Date(tape.one(&COMPARISONS), day(tape)), sign),
        _ => (Literal::Place(place(tape, m)), sign),
    }
}

const COMPARISONS: [Comparison; 5] = [
    Comparison::Less,
    Comparison::AtLeast,
    Comparison::AtMost,
    Comparison::Greater,
    Comparison::Equal,
];

fn age(tape: &mut Tape<'_>) -> (Literal, bool) {
    let literal = Literal::Age(tape.one(&COMPARISONS), tape.one(&[18, 14, 0, 65]));
    (literal, !tape.once_in(4))
}

/// The normal form (M4): impossible and absorbed conjunctions dropped, sorted.
pub fn normal(any: Vec<Vec<(Literal, bool)>>) -> Guard {
    let mut kept: Vec<Vec<(Literal, bool)>> = Vec::new();
    for mut all in any {
        all.sort_unstable();
        all.dedup();
        let opposite = all.iter().any(|(literal, sign)| all.contains(&(*literal, !sign)));
        let ages = (0..=200_u32).any(|age| {
            all.iter()
                .all(|(literal, sign)| of_age(*literal, age) == Some(*sign) || of_age(*literal, age).is_none())
        });
        if !opposite && ages {
            kept.push(all);
        }
    }
    kept.sort();
    kept.dedup();
    let absorbed = |all: &Vec<(Literal, bool)>| {
        kept.iter()
            .any(|other| other != all && other.iter().all(|literal| all.contains(literal)))
    };
    Guard {
        any: kept.iter().filter(|all| !absorbed(all)).cloned().collect(),
    }
}

fn of_age(literal: Literal, age: u32) -> Option<bool> {
    let Literal::Age(is, years) = literal else { return None };
    Some(match is {
        Comparison::Less => age < years,
        Comparison::AtMost => age <= years,
        Comparison::Equal => age == years,
        Comparison::AtLeast => age >= years,
        Comparison::Greater => age > years,
        Comparison::In => false,
    })
}

fn place(tape: &mut Tape<'_>, m: &Model) -> Location {
    if tape.once_in(3) {
        Location::Abroad
    } else {
        Location::In(tape.one(&ids(&m.countries)))
    }
}

pub fn day(tape: &mut Tape<'_>) -> Date {
    tape.one(
        &[(2026, 1, 1), (2024, 2, 29), (2025, 6, 15), (2026, 1, 31), (2027, 3, 1)].map(|(year, month, day)| Date {
            year,
            month,
            day,
        }),
    )
}

fn period(tape: &mut Tape<'_>) -> Period {
    Period {
        count: tape.one(&[1, 3, 30]),
        unit: tape.one(&[Unit::Year, Unit::Month, Unit::Day, Unit::Week, Unit::Hour]),
    }
}

fn ids<D>(table: &Table<D>) -> Vec<Id<D>> {
    table.ids().collect()
}

fn all<D>(table: &Table<D>) -> Slot<D> {
    Slot {
        any: true,
        names: Vec::new(),
        except: Vec::new(),
        atoms: ids(table),
        inherited: false,
    }
}

fn by(tape: &mut Tape<'_>, m: &Model) -> Slot<Controller> {
    if m.controllers.is_empty() {
        all(&m.controllers)
    } else {
        slot(tape, &m.controllers)
    }
}

/// Some nouns, perhaps `any`, perhaps with an exception; never empty.
fn slot<D>(tape: &mut Tape<'_>, table: &Table<D>) -> Slot<D> {
    let mut slot = all(table);
    slot.any = tape.once_in(4);
    if !slot.any {
        slot.names = tape.some(&ids(table), 2).into_iter().map(at).collect();
        slot.atoms
            .retain(|atom| slot.names.iter().any(|high| table.below(*atom, high.value)));
    }
    if tape.once_in(4) {
        let out = tape.one(&ids(table));
        let left: Vec<Id<D>> = slot
            .atoms
            .iter()
            .copied()
            .filter(|atom| !table.below(*atom, out))
            .collect();
        if !left.is_empty() {
            slot.except = vec![at(out)];
            slot.atoms = left;
        }
    }
    slot
}

/// A request; two times in three about something that a sentence of the model covers.
pub fn ask(tape: &mut Tape<'_>, m: &Model) -> Ask {
    let mut ask = any_ask(tape, m);
    if tape.once_in(3) {
        return ask;
    }
    let sentence = tape.below(m.permissions.len() + m.keeps.len());
    if let Some(permission) = m.permissions.get(sentence) {
        ask.act = tape.one(&permission.acts);
        ask.by = (!permission.by.atoms.is_empty()).then(|| vec![tape.one(&permission.by.atoms)]);
        ask.data = Some(vec![tape.one(&permission.data.atoms)]);
        ask.source = (ask.act == Act::Collect).then(|| vec![tape.one(&permission.source.atoms)]);
        let purposes = permission
            .purpose
            .as_ref()
            .map_or_else(|| ids(&m.purposes), |slot| slot.atoms.clone());
        ask.purpose = PURPOSED.contains(&ask.act).then(|| vec![tape.one(&purposes)]);
        ask.recipient = permission.recipient.as_ref().map(|slot| vec![tape.one(&slot.atoms)]);
    } else if let Some(keep) = m.keeps.get(sentence - m.permissions.len()) {
        ask.act = tape.one(&[Act::Store, Act::Store, Act::Anonymise, Act::Erase]);
        ask.by = (!keep.by.atoms.is_empty()).then(|| vec![tape.one(&keep.by.atoms)]);
        ask.data = Some(vec![tape.one(&keep.data.atoms)]);
        (ask.source, ask.purpose, ask.recipient) = (None, None, None);
    }
    ask
}

fn any_ask(tape: &mut Tape<'_>, m: &Model) -> Ask {
    let act = match tape.below(12) {
        0..=3 => Act::Use,
        4..=6 => Act::Share,
        7 => Act::Collect,
        8 => Act::Store,
        _ => tape.one(&[Act::Profile, Act::Publish, Act::Anonymise, Act::Erase]),
    };
    let named = tape.below(12);
    let on = day(tape);
    Ask {
        act,
        by: (!m.controllers.is_empty() && named != 1).then(|| tape.some(&ids(&m.controllers), 1)),
        data: (named != 2).then(|| tape.some(&ids(&m.data), 2)),
        source: (act == Act::Collect && named != 3 || named == 11).then(|| tape.some(&ids(&m.sources), 1)),
        purpose: (PURPOSED.contains(&act) && named != 4).then(|| tape.some(&ids(&m.purposes), 2)),
        recipient: (act == Act::Share && named != 5).then(|| tape.some(&ids(&m.recipients), 1)),
        about: if tape.once_in(2) {
            tape.some(&ids(&m.subjects), 2)
        } else {
            Vec::new()
        },
        place: tape.once_in(4).then(|| place(tape, m)),
        age: tape.once_in(3).then(|| {
            let least = tape.one(&[0, 14, 18, 20, 65]);
            (least, tape.once_in(2).then(|| least + tape.one(&[0, 3, 10])))
        }),
        facts: m
            .facts
            .ids()
            .filter_map(|fact| {
                let known = tape.below(5);
                (known < 3).then_some((fact, known < 2))
            })
            .collect(),
        records: (!tape.once_in(5)).then(|| (0..tape.below(5)).map(|_| record(tape, m)).collect()),
        collected: tape
            .once_in(2)
            .then(|| day(tape))
            .filter(|day| *day <= on || named == 10),
        events: if tape.once_in(4) {
            vec![(tape.one(&ids(&m.facts)), tape.once_in(2).then(|| day(tape)))]
        } else {
            Vec::new()
        },
        on,
    }
}

pub fn record(tape: &mut Tape<'_>, m: &Model) -> Record {
    Record {
        kind: tape.one(&[
            RecordKind::Give,
            RecordKind::Give,
            RecordKind::Give,
            RecordKind::Withdraw,
            RecordKind::Object,
        ]),
        basis: if tape.once_in(5) {
            tape.one(&ids(&m.bases))
        } else {
            tape.one(&m.bases.of_project().map(|(id, _)| id).collect::<Vec<_>>())
        },
        purposes: tape.once_in(3).then(|| tape.some(&ids(&m.purposes), 2)),
        at: day(tape),
        by: if tape.once_in(4) {
            RecordBy::Representative
        } else {
            RecordBy::Person
        },
    }
}
