//! The data beside the Rego module: what the policy says.

use std::collections::BTreeMap;

use kupuya_runtime::Period;
use kupuya_runtime::wire::{Act, Comparison, Giver, Guard, Literal, Place, Region, Strike, Unit};
use serde::Serialize;

use super::ends;
use crate::export::Refused;
use crate::export::closed::{Closed, Kind, Row, Striker};

/// Further off than any instant.
const NEVER: i64 = 1_000_000_000_000_000;

/// A set of names, as Rego looks them up.
type Keys = BTreeMap<String, bool>;

/// Everything under `data.kupuya.bundle.NAME`.
#[derive(Serialize)]
pub struct Data<'a> {
    policy: &'a str,
    meaning: &'a str,
    zone_offset: i32,
    begins: i64,
    ends: i64,
    home: Option<&'a str>,
    public: Option<&'a str>,
    everyone: Keys,
    verbs: BTreeMap<&'static str, Verb>,
    nouns: BTreeMap<&'static str, Nouns>,
    controllers: BTreeMap<&'a str, &'a str>,
    recipients: BTreeMap<&'a str, Vec<&'a str>>,
    inside: BTreeMap<&'a str, BTreeMap<&'a str, u8>>,
    classes: BTreeMap<&'a str, u32>,
    ages: BTreeMap<&'a str, (u32, u32)>,
    bases: BTreeMap<&'a str, Basis>,
    literals: Vec<Test<'a>>,
    guards: &'a [Guard],
    boxes: Vec<Sides>,
    ways: Vec<Way<'a>>,
    bans: Vec<Ban<'a>>,
    caps: Vec<Cap>,
    rows: Vec<Rows>,
    of: BTreeMap<&'static str, BTreeMap<&'a str, usize>>,
    closing: Option<&'a Unit>,
}

#[derive(Serialize)]
struct Verb {
    source: bool,
    purpose: bool,
    recipient: bool,
    named: Vec<&'static str>,
}

#[derive(Serialize)]
struct Nouns {
    all: Vec<String>,
    rank: BTreeMap<String, usize>,
    names: BTreeMap<String, Option<String>>,
    down: BTreeMap<String, Vec<String>>,
    up: BTreeMap<String, Vec<String>>,
}

#[derive(Serialize)]
struct Basis {
    consent: bool,
    objectable: bool,
    when: Option<u32>,
    givers: &'static [&'static str],
    since: i64,
    term: Option<BTreeMap<&'static str, u64>>,
    survives_keep: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Test<'a> {
    Fact(&'a str),
    Class(&'a str),
    Age((Comparison, u32)),
    Day((Comparison, i32)),
    Place(&'a str),
}

/// A box; `null` is every atom.
#[derive(Serialize)]
struct Sides {
    by: Option<Keys>,
    source: Option<Keys>,
    purpose: Option<Keys>,
    recipient: Option<Keys>,
}

#[derive(Serialize)]
struct Way<'a> {
    key: String,
    clause: Option<&'a str>,
    bases: Vec<String>,
    guard: Option<u32>,
    keep: Option<u32>,
}

#[derive(Serialize)]
struct Ban<'a> {
    clause: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    limits: Option<Part>,
    except: Vec<Part>,
    guard: Option<u32>,
    keep: Option<u32>,
    ways: Vec<Vec<String>>,
}

#[derive(Serialize)]
struct Cap {
    by: Option<Keys>,
    data: Option<Keys>,
    guard: u32,
    most: BTreeMap<&'static str, u64>,
}

#[derive(Serialize)]
struct Part {
    verbs: Keys,
    data: Option<Keys>,
    #[serde(flatten)]
    sides: Sides,
    ways: Option<Keys>,
    guard: u32,
}

#[derive(Serialize)]
struct Rows {
    ways: Vec<(u32, u32)>,
    point_bans: Vec<(u32, Vec<u32>)>,
    way_bans: Vec<(u32, Vec<u32>)>,
}

impl<'a> Data<'a> {
    /// The data of a bundle.
    pub fn new(closed: &'a Closed<'a>) -> Result<Data<'a>, Refused> {
        let content = closed.content;
        let offset = content.zone_offset;
        let (of_rows, rows) = closed.rows();
        let mut of: BTreeMap<&'static str, BTreeMap<&str, usize>> = BTreeMap::new();
        for ((act, data), row) in of_rows {
            of.entry(act.word()).or_default().insert(closed.data.key(data), row);
        }
        let mut boxes = closed
            .boxes
            .iter()
            .map(|(_, region)| sides(closed, region))
            .collect::<Vec<_>>();
        boxes.push(sides(closed, &Region::default()));
        Ok(Data {
            policy: &content.policy,
            meaning: &content.meaning,
            zone_offset: offset,
            begins: content.begins.map_or(-NEVER, |day| day.begin(offset).0),
            ends: content.until.map_or(NEVER, |day| day.next().begin(offset).0),
            home: content.home.map(|home| closed.countries.key(home)),
            public: content.public.map(|public| closed.recipients.key(public)),
            everyone: everyone(closed),
            verbs: Act::ALL.into_iter().map(|act| (act.word(), verb(act))).collect(),
            nouns: BTreeMap::from([
                ("controllers", nouns(&closed.controllers)),
                ("subjects", nouns(&closed.subjects)),
                ("data", nouns(&closed.data)),
                ("sources", nouns(&closed.sources)),
                ("purposes", nouns(&closed.purposes)),
                ("bases", nouns(&closed.bases)),
                ("recipients", nouns(&closed.recipients)),
                ("facts", nouns(&closed.facts)),
                ("countries", nouns(&closed.countries)),
            ]),
            controllers: (0..)
                .zip(&content.controllers)
                .filter_map(|(index, controller)| {
                    Some((closed.controllers.key(index), closed.countries.key(controller.country?)))
                })
                .collect(),
            recipients: (0..)
                .zip(&content.recipients)
                .filter(|(_, recipient)| !recipient.places.is_empty())
                .map(|(index, recipient)| {
                    let places = recipient.places.iter().map(|place| closed.place_key(*place));
                    (closed.recipients.key(index), places.collect())
                })
                .collect(),
            inside: inside(closed),
            classes: (0..)
                .zip(&content.subjects)
                .filter_map(|(index, subject)| Some((closed.subjects.key(index), subject.when?)))
                .collect(),
            ages: (0..)
                .zip(&content.subjects)
                .filter_map(|(index, _)| {
                    let (_, guard) = closed.class_guard(index)?;
                    Some((closed.subjects.key(index), closed.ages(guard)))
                })
                .collect(),
            bases: bases(closed)?,
            literals: content.literals.iter().map(|literal| test(closed, *literal)).collect(),
            guards: &content.guards,
            boxes,
            ways: (0..).zip(&closed.ways).map(|(number, _)| way(closed, number)).collect(),
            bans: closed
                .strikers
                .iter()
                .filter_map(|striker| ban(closed, striker))
                .collect(),
            caps: caps(closed)?,
            rows: rows.into_iter().map(row).collect(),
            of,
            closing: content.closing.as_ref(),
        })
    }
}

fn row(row: Row) -> Rows {
    Rows {
        ways: row.ways,
        point_bans: row.point_bans,
        way_bans: row.way_bans,
    }
}

fn verb(act: Act) -> Verb {
    let mut named = Vec::new();
    if act.has_purpose() {
        named.push("purpose");
    }
    if act.has_recipient() || act == Act::Publish {
        named.push("recipient");
    }
    if act.has_source() {
        named.push("source");
    }
    Verb {
        source: act.has_source(),
        purpose: act.has_purpose(),
        recipient: act.has_recipient(),
        named,
    }
}

fn nouns(kind: &Kind) -> Nouns {
    let keys = || kind.keys.iter().cloned();
    let sets = |all: &[crate::export::closed::Atoms]| keys().zip(all.iter().map(|set| kind.all_keys(set))).collect();
    Nouns {
        all: kind.keys.clone(),
        rank: keys().enumerate().map(|(rank, key)| (key, rank)).collect(),
        names: kind
            .names
            .iter()
            .map(|(name, noun)| (name.clone(), noun.map(|noun| kind.key(noun).to_owned())))
            .collect(),
        down: sets(&kind.down),
        up: sets(&kind.up),
    }
}

/// Classes that everyone belongs to of whom no class is listed.
fn everyone(closed: &Closed<'_>) -> Keys {
    let everyone = closed.content.everyone.into_iter();
    let above = everyone.flat_map(|class| closed.subjects.above(class));
    above
        .map(|class| (closed.subjects.key(*class).to_owned(), true))
        .collect()
}

/// The value of each test of a place where a place is known: 0 false, 1 unknown, 2 true.
fn inside<'a>(closed: &'a Closed<'a>) -> BTreeMap<&'a str, BTreeMap<&'a str, u8>> {
    let content = closed.content;
    let literals = content.literals.iter().filter_map(|literal| match literal {
        Literal::Place(place) => Some(*place),
        _ => None,
    });
    let declared = content.recipients.iter().flat_map(|recipient| &recipient.places);
    let tests = literals.chain(declared.copied());
    let places = || {
        let countries = (0..).zip(&content.countries);
        let countries = countries.map(|(index, _)| Place::In(index));
        countries.chain([Place::Abroad])
    };
    let value = |test, place| match closed.inside(test, place) {
        Some(true) => 2,
        Some(false) => 0,
        None => 1,
    };
    let row = |test| {
        places()
            .map(|place| (closed.place_key(place), value(test, place)))
            .collect()
    };
    tests.map(|test| (closed.place_key(test), row(test))).collect()
}

fn bases<'a>(closed: &'a Closed<'a>) -> Result<BTreeMap<&'a str, Basis>, Refused> {
    let offset = closed.content.zone_offset;
    let each = (0..).zip(&closed.content.bases).map(|(index, basis)| {
        let term = |term: Period| ends::parts(term).map(|part| BTreeMap::from([part]));
        let term = basis.term.map(term).transpose();
        let declared = Basis {
            consent: basis.consent,
            objectable: basis.objectable,
            when: basis.when,
            givers: match basis.giver {
                Giver::Person => &["self"],
                Giver::Guardian => &["representative"],
                Giver::Either => &["self", "representative"],
            },
            since: basis.since.map_or(-NEVER, |day| day.begin(offset).0),
            term: term.map_err(Refused::period(format!("basis {}", basis.noun.path)))?,
            survives_keep: basis.survives_keep,
        };
        Ok((closed.bases.key(index), declared))
    });
    each.collect()
}

fn caps(closed: &Closed<'_>) -> Result<Vec<Cap>, Refused> {
    let each = closed.content.caps.iter().map(|cap| {
        let most = ends::parts(cap.at_most).map_err(Refused::period(format!("keep {}", cap.head.id)))?;
        Ok(Cap {
            by: keys(&closed.controllers, cap.region.by.as_ref()),
            data: keys(&closed.data, cap.region.data.as_ref()),
            guard: cap.guard,
            most: BTreeMap::from([most]),
        })
    });
    each.collect()
}

fn test<'a>(closed: &'a Closed<'a>, literal: Literal) -> Test<'a> {
    match literal {
        Literal::Fact(fact) => Test::Fact(closed.facts.key(fact)),
        Literal::Class(class) => Test::Class(closed.subjects.key(class)),
        Literal::Age(is, years) => Test::Age((is, years)),
        Literal::Date(is, day) => Test::Day((is, day.number())),
        Literal::Place(place) => Test::Place(closed.place_key(place)),
    }
}

fn keys(kind: &Kind, atoms: Option<&Vec<u32>>) -> Option<Keys> {
    atoms.map(|atoms| atoms.iter().map(|atom| (kind.key(*atom).to_owned(), true)).collect())
}

fn sides(closed: &Closed<'_>, region: &Region) -> Sides {
    Sides {
        by: keys(&closed.controllers, region.by.as_ref()),
        source: keys(&closed.sources, region.source.as_ref()),
        purpose: keys(&closed.purposes, region.purpose.as_ref()),
        recipient: keys(&closed.recipients, region.recipient.as_ref()),
    }
}

fn way<'a>(closed: &'a Closed<'a>, number: u32) -> Way<'a> {
    let way = closed.ways.get(number as usize);
    let index = way.and_then(|way| way.grant);
    let grant = index.and_then(|index| closed.content.grants.get(index as usize));
    let mut bases = closed.bases.all_keys(way.into_iter().flat_map(|way| &way.bases));
    bases.sort();
    Way {
        key: number.to_string(),
        clause: grant.map(|grant| grant.head.id.as_str()),
        bases,
        guard: grant.map(|grant| grant.guard),
        keep: index.filter(|_| grant.is_some_and(|grant| grant.keep.is_some())),
    }
}

fn ban<'a>(closed: &'a Closed<'a>, striker: &Striker) -> Option<Ban<'a>> {
    Some(match striker {
        Striker::Ban { ban, .. } => {
            let ban = closed.content.bans.get(*ban as usize)?;
            let mut limits = part(closed, &ban.limits);
            // Only data in the ban's own rows are looked at.
            limits.data = None;
            Ban {
                clause: &ban.head.id,
                limits: Some(limits),
                except: ban.except.iter().map(|one| part(closed, one)).collect(),
                guard: None,
                keep: None,
                ways: Vec::new(),
            }
        }
        Striker::Keep { grant, ways } => {
            let rule = closed.content.grants.get(*grant as usize)?;
            let ways = ways.iter().filter_map(|way| closed.ways.get(*way as usize));
            Ban {
                clause: &rule.head.id,
                limits: None,
                except: Vec::new(),
                guard: Some(rule.guard),
                keep: Some(*grant),
                ways: ways.map(|way| closed.bases.all_keys(&way.bases)).collect(),
            }
        }
    })
}

fn part(closed: &Closed<'_>, strike: &Strike) -> Part {
    let ways = closed.ways_of(strike);
    Part {
        verbs: strike
            .region
            .acts
            .iter()
            .map(|act| (act.word().to_owned(), true))
            .collect(),
        data: keys(&closed.data, strike.region.data.as_ref()),
        sides: sides(closed, &strike.region),
        ways: ways.map(|ways| ways.iter().map(|way| (way.to_string(), true)).collect()),
        guard: strike.guard,
    }
}
