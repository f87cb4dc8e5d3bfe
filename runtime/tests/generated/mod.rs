//! A made-up policy of any size, always the same: at scale 1 the size of a payment service's, with 70 categories in a tree,
//! 40 purposes, 12 recipients, 120 permitted flows and 12 prohibitions. Larger scales have more categories, flows and
//! prohibitions; `wide` has more purposes and recipients too.

#![allow(dead_code, missing_docs, clippy::indexing_slicing, clippy::unwrap_used)]

use kupuya_runtime::wire::{
    Act, Ban, Basis, BundleContent, Comparison, Controller, Giver, Grant, Head, Literal, Noun, Origin, Place,
    Recipient, Region, Strike, Subject,
};
use kupuya_runtime::{Age, Bundle, Day, Record, RecordBy, RecordKind, Request, Time};

/// Numbers that only look random.
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Numbers {
        Numbers(seed)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound.max(1)
    }
}

pub struct Made {
    pub bundle: Bundle,
    pub requests: Vec<Request>,
}

impl Made {
    /// The first request that is allowed.
    pub fn allowed(&self) -> &Request {
        let mut allowed = self.requests.iter().filter(|request| self.bundle.allows(request));
        allowed.next().unwrap()
    }
}

fn noun(path: String, above: Option<u32>) -> Noun {
    Noun {
        path,
        origin: Origin::Project,
        open: false,
        above: above.into_iter().collect(),
    }
}

fn index(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Groups of seven: one root, two below it, four below those.
fn tree(count: usize) -> Vec<Noun> {
    let mut nouns: Vec<Noun> = Vec::new();
    for number in 0..count {
        let (group, place) = (number / 7, number % 7);
        let parent = match place {
            0 => None,
            1 | 2 => Some(group * 7),
            3 | 4 => Some(group * 7 + 1),
            _ => Some(group * 7 + 2),
        };
        let path = parent.and_then(|parent| nouns.get(parent)).map_or_else(
            || format!("group{group:05}"),
            |parent: &Noun| format!("{}.part{group:05}{place}", parent.path),
        );
        nouns.push(noun(path, parent.map(index)));
    }
    nouns
}

fn head(number: usize) -> Head {
    Head {
        id: format!("{number:06x}"),
        digest: format!("{number:064x}"),
        unit: None,
        written: None,
    }
}

fn below(nouns: &[Noun], high: u32) -> Vec<u32> {
    let mut atoms = vec![high];
    for (number, noun) in (0..).zip(nouns) {
        if noun.above.iter().any(|above| atoms.contains(above)) {
            atoms.push(number);
        }
    }
    atoms.sort_unstable();
    atoms
}

/// The content of the policy.
pub fn content(scale: usize, wide: usize) -> BundleContent {
    generate(scale, wide, 0).0
}

/// The policy's bundle, and requests.
pub fn made(scale: usize, wide: usize, asked: usize) -> Made {
    let (content, requests) = generate(scale, wide, asked);
    Made {
        bundle: Bundle::from_content(&content).unwrap(),
        requests,
    }
}

/// Every seventh flow needs an age, a fact, a place; `scale` multiplies categories and rules, `wide` the other slots.
fn generate(scale: usize, wide: usize, asked: usize) -> (BundleContent, Vec<Request>) {
    let mut n = Numbers::new(7);
    let data = tree(70 * scale);
    let purposes: Vec<Noun> = (0..40 * wide).map(|i| noun(format!("purpose{i:05}"), None)).collect();
    let names = ["KG", "KZ", "RU", "UZ", "TR"];
    let countries: Vec<Noun> = names.iter().map(|name| noun((*name).to_owned(), None)).collect();
    let recipients: Vec<Recipient> = (0..12 * wide)
        .map(|i| Recipient {
            noun: noun(format!("recipient{i:05}"), None),
            places: vec![Place::In(index(i % 4))],
        })
        .collect();
    let bases: Vec<Basis> = (0..6)
        .map(|i| Basis {
            noun: noun(format!("basis{i}"), None),
            consent: i < 2,
            legal_duty: i == 2,
            objectable: i == 3,
            when: None,
            giver: Giver::Person,
            since: None,
            term: None,
            survives_keep: false,
        })
        .collect();
    let mut literals: Vec<Literal> = (0..6).map(Literal::Fact).collect();
    literals.push(Literal::Age(Comparison::AtLeast, 18));
    literals.push(Literal::Age(Comparison::AtLeast, 14));
    literals.push(Literal::Place(Place::In(0)));
    literals.push(Literal::Place(Place::Abroad));
    literals.push(Literal::Class(0));
    // Always; the person is a user and something more.
    let mut guards = vec![vec![Vec::new()], vec![vec![(10, true)]]];
    guards.extend((0..10).map(|literal| vec![vec![(literal, true), (10, true)]]));
    let acts = [Act::Collect, Act::Use, Act::Share, Act::Use];
    let mut grants = Vec::new();
    let mut requests = Vec::new();
    for number in 0..120 * scale {
        let category = index(n.below(data.len()));
        let act = acts[n.below(4)];
        let purpose = index(n.below(purposes.len()));
        let recipient = index(n.below(recipients.len()));
        let basis = index(n.below(6));
        let guard = [1, 0, 2, 1, 8, 1, 10][n.below(7)];
        grants.push(Grant {
            head: head(number),
            regions: vec![Region {
                acts: vec![act],
                data: Some(below(&data, category)),
                purpose: Some(vec![purpose]),
                recipient: Some(vec![recipient]).filter(|_| act == Act::Share),
                ..Region::default()
            }],
            ways: vec![vec![basis]],
            guard,
            then: Vec::new(),
            keep: None,
            later: Vec::new(),
        });
        requests.push((category, act, purpose, recipient, basis));
    }
    let mut bans = Vec::new();
    for number in 0..12 * scale {
        let category = index(n.below(data.len()));
        let verb = acts[n.below(4)];
        let last = index(purposes.len() - 1);
        let mut banned = vec![index(n.below(purposes.len())), last];
        banned.dedup();
        bans.push(Ban {
            head: head(number),
            limits: Strike {
                region: Region {
                    acts: vec![verb],
                    data: Some(below(&data, category)),
                    purpose: Some(banned),
                    ..Region::default()
                },
                under: None,
                guard: [4, 11][number % 2],
            },
            except: Vec::new(),
            then: Vec::new(),
        });
    }
    let requests: Vec<Request> = (0..asked)
        .map(|number| {
            let (category, act, purpose, recipient, basis) = requests[n.below(requests.len())];
            let other = number % 2 == 1;
            let purpose = if other {
                n.below(purposes.len())
            } else {
                purpose as usize
            };
            let path = |nouns: &[Noun], i: usize| Some(vec![nouns[i].path.clone()]);
            let leaf = below(&data, category).last().copied().unwrap_or(0) as usize;
            Request {
                action: act.word().to_owned(),
                data: path(&data, leaf),
                purpose: path(&purposes, purpose),
                recipient: Some(vec![recipients[recipient as usize].noun.path.clone()]).filter(|_| act == Act::Share),
                by: Some(vec!["company".to_owned()]),
                source: Some(vec!["user".to_owned()]).filter(|_| act == Act::Collect),
                about: vec!["user".to_owned()],
                place: Some("KG".to_owned()).filter(|_| act != Act::Share),
                age: Some(Age::Years(30)),
                facts: [("fact0".to_owned(), true), ("fact2".to_owned(), false)].into(),
                records: Some(vec![Record {
                    kind: RecordKind::Give,
                    basis: format!("basis{basis}"),
                    purposes: None,
                    at: Time::Day(Day::new(2026, 1, 1).unwrap()),
                    by: RecordBy::Person,
                }]),
                time: Some(Time::Day(Day::new(2026, 2, 1).unwrap())),
                ..Request::default()
            }
        })
        .collect();
    let content = BundleContent {
        language: 1,
        policy: "generated".to_owned(),
        meaning: "0".repeat(64),
        zone: "Asia/Bishkek".to_owned(),
        zone_offset: 21_600,
        home: Some(0),
        everyone: Some(0),
        controllers: vec![Controller {
            noun: noun("company".to_owned(), None),
            country: Some(0),
        }],
        subjects: vec![Subject {
            noun: noun("user".to_owned(), None),
            when: None,
        }],
        data,
        sources: vec![noun("user".to_owned(), None)],
        purposes,
        bases,
        recipients,
        facts: (0..6).map(|i| noun(format!("fact{i}"), None)).collect(),
        countries,
        literals,
        guards,
        grants,
        bans,
        ..BundleContent::default()
    };
    (content, requests)
}
