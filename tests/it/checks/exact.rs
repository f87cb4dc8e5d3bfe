//! Conflicts are exact: on random small policies they are those that the definition of M11 gives, taken at its word.
//!
//! The definition is written out here over every point and every world of a small universe, without any of the means
//! that make the check fast.

use proptest::prelude::*;
use proptest::sample::select;

use super::run::{Run, check_over};
use kupuya::checks::pairs::{self, SLOTS};
use kupuya::checks::witness;
use kupuya::checks::worlds::Spot;
use kupuya::meaning::{BanMeaning, Grant, Region, SlotKind, Strike};
use kupuya::model::Model;
use kupuya::model::noun::{Basis, Country, Id, Location, Table};
use kupuya::model::sentence::{Act, BasisFormula, Guard, Literal};
use kupuya::source::{Origin, Source, SourceId};
use kupuya::syntax::ast::{Comparison, Date};
use kupuya::syntax::vocabulary::Kind;
use kupuya_runtime::{Bundle, Verdict, WayThere, Why};

pub(super) const TAXONOMY: &str = r#"
basis consent "c"
basis legal_duty "l"
recipient third_party "t"
recipient public "p"
country KG "k"
country RU "r"
source person "s"
"#;

pub(super) const NOUNS: &str = r#"
data a "a" {
    b "b"
    c "c"
}
data d "d"
purpose p "p"
purpose q "q"
recipient r "r" is third_party in KG
recipient s "s" is third_party in KG, RU
basis k "k" is consent
basis l "l" is legal_duty when f
basis n "n" is legal_duty
basis o "o" is consent { from: 2024-06-01 }
fact f "f"
fact g "g"
subject u "u" {
    v "v"
}
subject m "m" when age < 18
"#;

pub(super) fn data() -> impl Strategy<Value = &'static str> {
    select(vec![
        "a",
        "a.b",
        "a.c",
        "d",
        "a.b, d",
        "any",
        "any except a.b",
        "a except a.c",
    ])
}

/// One of these behind a blank, or nothing.
pub(super) fn maybe(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        1 => select(words).prop_map(|word| format!(" {word}")),
    ]
}

pub(super) const ABOUT: &[&str] = &["about u", "about v", "about m", "about u, m"];
pub(super) const WHEN: &[&str] = &[
    "when f",
    "when not f",
    "when g",
    "when f and not g",
    "when f or g",
    "when age >= 18",
    "when age < 16",
    "when date >= 2024-06-01",
    "when date < 2024-06-01",
];
pub(super) const PLACE: &[&str] = &["in KG", "in RU", "abroad"];
pub(super) const UNDER: &[&str] = &[
    "under k",
    "under l",
    "under n",
    "under o",
    "under k or l",
    "under k and n",
    "under l and o",
];
const ONLY_UNDER: &[&str] = &["under consent", "under l", "under k or n"];
const TO: &[&str] = &["with r", "with s", "with any"];
const FOR: &[&str] = &["for p", "for q", "for p, q"];

fn statement() -> impl Strategy<Value = String> {
    let verb = select(vec!["collect", "use", "store", "share", "process", "publish"]);
    let parts = (data(), maybe(ABOUT), select(TO), select(FOR), select(UNDER));
    (verb, parts, maybe(WHEN), maybe(PLACE)).prop_map(|(verb, (data, about, to, purpose, under), when, place)| {
        let to = if verb == "share" {
            format!(" {to}")
        } else {
            String::new()
        };
        let purpose = if verb == "store" {
            String::new()
        } else {
            format!(" {purpose}")
        };
        format!("{verb} {data}{about}{to}{purpose} {under}{when}{place}")
    })
}

fn scope() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "under k",
        "under consent",
        "under legal_duty",
        "under not k",
        "under k and n",
    ];
    (maybe(ABOUT), maybe(FOR), maybe(WORDS), maybe(WHEN), maybe(PLACE))
        .prop_map(|(about, purpose, under, when, place)| format!("{about}{purpose}{under}{when}{place}"))
}

fn ban() -> impl Strategy<Value = String> {
    let verb = select(vec!["collect", "use", "store", "share", "process", "publish"]);
    let only = prop_oneof![
        Just(String::new()),
        scope().prop_map(|scope| if scope.is_empty() {
            scope
        } else {
            format!(" only{scope}")
        }),
        (select(ONLY_UNDER), select(PLACE)).prop_map(|(under, place)| { format!(" only {under} or {place}") }),
    ];
    (verb, data(), scope(), only).prop_map(|(verb, data, scope, only)| {
        let never = if only.is_empty() { "never " } else { "" };
        format!("{never}{verb} {data}{scope}{only}")
    })
}

fn policy() -> impl Strategy<Value = String> {
    let statements = prop::collection::vec(statement(), 1..4);
    let bans = prop::collection::vec(ban(), 2..5);
    (statements, bans).prop_map(|(statements, bans)| {
        format!(
            "{NOUNS}\nprocessing x \"x\" {{\n    {}\n}}\n{}\n",
            statements.join("\n    "),
            bans.join("\n")
        )
    })
}

/// Everything that may be true of a request: facts f and g, membership of u and v, an age, a day, a place.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    facts: Vec<bool>,
    classes: Vec<bool>,
    age: u32,
    date: Date,
    spot: Spot,
}

/// The last day before anything of a date changes, and the day on which it does.
const DAYS: [Date; 2] = [
    Date {
        year: 2024,
        month: 5,
        day: 31,
    },
    Date {
        year: 2024,
        month: 6,
        day: 1,
    },
];

pub(super) fn worlds(model: &Model) -> Vec<Facts> {
    let mut all = Vec::new();
    for bits in 0..16_u32 {
        for (age, date) in [0, 15, 16, 17, 18]
            .into_iter()
            .flat_map(|age| DAYS.map(|date| (age, date)))
        {
            for spot in places(model) {
                let bit = |at: u32| bits >> at & 1 == 1;
                let facts = vec![bit(0), bit(1)];
                let mut classes = vec![false; model.subjects.len()];
                for (id, class) in model.subjects.iter() {
                    classes[id.index as usize] = match class.name.as_str() {
                        "u" => bit(2),
                        "v" => bit(3),
                        _ => age < 18,
                    };
                }
                // Whoever is v is u.
                if bit(2) || !bit(3) {
                    all.push(Facts {
                        facts,
                        classes,
                        age,
                        date,
                        spot,
                    });
                }
            }
        }
    }
    all
}

fn places(model: &Model) -> Vec<Spot> {
    model.countries.ids().map(Spot::In).chain([Spot::Elsewhere]).collect()
}

fn lies(model: &Model, spot: Spot, location: Location) -> bool {
    let is = |country: Id<Country>, name: &str| model.countries[country].name == name;
    match (spot, location) {
        (Spot::In(here), Location::In(there)) => here == there,
        (Spot::In(here), Location::Abroad) => !is(here, "KG"),
        (Spot::Elsewhere, place) => place == Location::Abroad,
    }
}

fn holds(model: &Model, guard: &Guard, facts: &Facts) -> bool {
    let literal = |literal: &Literal| match *literal {
        Literal::Fact(fact) => facts.facts[usize::from(model.facts[fact].name == "g")],
        Literal::Class(class) => facts.classes[class.index as usize],
        Literal::Age(Comparison::Less, bound) => facts.age < bound,
        Literal::Age(Comparison::AtMost, bound) => facts.age <= bound,
        Literal::Age(Comparison::AtLeast, bound) => facts.age >= bound,
        Literal::Age(Comparison::Greater, bound) => facts.age > bound,
        Literal::Date(Comparison::AtLeast, bound) => facts.date >= bound,
        Literal::Date(Comparison::Less, bound) => facts.date < bound,
        Literal::Place(location) => lies(model, facts.spot, location),
        ref other => panic!("not generated: {other:?}"),
    };
    let mut any = guard.any.iter();
    any.any(|all| all.iter().all(|(one, wanted)| literal(one) == *wanted))
}

fn rel(model: &Model, formula: &BasisFormula, way: &[Id<Basis>]) -> bool {
    match formula {
        BasisFormula::Basis(name) => way.iter().any(|basis| model.bases.below(*basis, *name)),
        BasisFormula::Not(one) => !rel(model, one, way),
        BasisFormula::And(all) => all.iter().all(|one| rel(model, one, way)),
        BasisFormula::Or(any) => any.iter().any(|one| rel(model, one, way)),
    }
}

pub(super) type Point = (Act, [Option<u32>; 5]);

fn slot(region: &Region, at: usize) -> Option<Vec<u32>> {
    fn of<D>(ids: &Option<Vec<Id<D>>>) -> Option<Vec<u32>> {
        ids.as_ref().map(|ids| ids.iter().map(|id| id.index).collect())
    }
    match at {
        0 => of(&region.data),
        1 => of(&region.recipient),
        2 => of(&region.purpose),
        3 => of(&region.source),
        _ => of(&region.by),
    }
}

fn every<D>(table: &Table<D>) -> Vec<u32> {
    table.ids().map(|id| id.index).collect()
}

/// X_w: every atom of every slot that the act has.
pub(super) fn points(model: &Model, region: &Region) -> Vec<Point> {
    let mut all = Vec::new();
    for act in &region.acts {
        let mut open: Vec<[Option<u32>; 5]> = vec![[None; 5]];
        for (at, kind) in SLOTS.into_iter().enumerate() {
            let (has, whole) = match kind {
                Kind::Data => (true, every(&model.data)),
                Kind::Recipient if *act == Act::Publish => (true, public(model)),
                Kind::Recipient => (act.has(SlotKind::Recipient), every(&model.recipients)),
                Kind::Purpose => (act.has(SlotKind::Purpose), every(&model.purposes)),
                Kind::Source => (act.has(SlotKind::Source), every(&model.sources)),
                _ => (true, every(&model.controllers)),
            };
            if !has {
                continue;
            }
            let atoms = slot(region, at).unwrap_or(whole);
            open = open
                .iter()
                .flat_map(|point| {
                    atoms.iter().map(move |atom| {
                        let mut point = *point;
                        point[at] = Some(*atom);
                        point
                    })
                })
                .collect();
        }
        all.extend(open.into_iter().map(|point| (*act, point)));
    }
    all
}

fn public(model: &Model) -> Vec<u32> {
    let mut all = model.recipients.iter();
    all.find(|(_, noun)| noun.path == "public")
        .map(|(id, _)| vec![id.index])
        .unwrap()
}

/// S(x, w): in the box, relying on what it names, guard true.
pub(super) fn matches(model: &Model, part: &Strike, (act, point): &Point, way: &[Id<Basis>], facts: &Facts) -> bool {
    part.region.acts.contains(act)
        && (0..5).all(|at| match (slot(&part.region, at), point[at]) {
            (Some(limits), Some(atom)) => limits.contains(&atom),
            _ => true,
        })
        && part.under.as_ref().is_none_or(|formula| rel(model, formula, way))
        && holds(model, &part.guard, facts)
}

fn banned(model: &Model, ban: &BanMeaning, point: &Point, way: &[Id<Basis>], facts: &Facts) -> bool {
    matches(model, &ban.limits, point, way, facts)
        && !ban.except.iter().any(|part| matches(model, part, point, way, facts))
}

/// A(x) and val(w): the recipient is where it says, and way and guard hold; consents and objections are free.
pub(super) fn possible(model: &Model, grant: &Grant, (act, point): &Point, way: &[Id<Basis>], facts: &Facts) -> bool {
    let recipient = point[1].filter(|_| *act == Act::Share).map(Id::new);
    let there = recipient.is_none_or(|id| {
        let places = &model.recipients[id].detail.locations;
        places.is_empty() || places.iter().any(|place| lies(model, facts.spot, *place))
    });
    let when = |basis: &Id<Basis>| model.bases[*basis].detail.when.as_ref();
    let since = |basis: &Id<Basis>| model.bases[*basis].detail.from.map(|first| first.value);
    there
        && !way.is_empty()
        && holds(model, &grant.guard, facts)
        && way.iter().filter_map(when).all(|guard| holds(model, guard, facts))
        && way.iter().filter_map(since).all(|first| facts.date >= first)
}

/// M11, word for word.
fn conflicts(model: &Model, ban: &BanMeaning, grant: &Grant, worlds: &[Facts]) -> bool {
    grant.regions.iter().any(|region| {
        points(model, region).iter().any(|point| {
            grant.ways.iter().any(|way| {
                let mut here = worlds
                    .iter()
                    .filter(|facts| possible(model, grant, point, way, facts))
                    .peekable();
                here.peek().is_some() && here.all(|facts| banned(model, ban, point, way, facts))
            })
        })
    })
}

/// What the bundle answers to a witness, and whether `decide --why` lists the statement with the ban that strikes it.
fn answer(run: &Run, sentence: &str, ban: &BanMeaning, grant: &Grant) -> (Verdict, bool) {
    let source = Source::new("request", Origin::Project, sentence.as_bytes());
    let (parsed, found) = kupuya::syntax::parse_request(SourceId(0), &source);
    assert!(found.is_empty(), "{sentence}: {found:?}");
    let request = kupuya::ask::request(&parsed.unwrap()).unwrap();
    let content = kupuya::bundle::from_meaning(&run.model, &run.meaning, None);
    let bundle = Bundle::from_content(&content).unwrap();
    let named = bundle.why(&request).iter().any(|why| strikes(why, ban, grant));
    (bundle.decide(&request).verdict, named)
}

/// Whether the ban strikes the whole point, or just this statement there.
fn strikes(why: &Why<'_>, ban: &BanMeaning, grant: &Grant) -> bool {
    let named = |rules: &[kupuya_runtime::Rule<'_>]| rules.iter().any(|rule| rule.id == ban.id.printed);
    let of_statement = |way: &&WayThere<'_>| way.way.rule.as_ref().is_some_and(|rule| rule.id == grant.id.printed);
    named(&why.struck_by) || why.ways.iter().filter(of_statement).any(|way| named(&way.struck_by))
}

fn agree(run: &Run) -> Result<usize, TestCaseError> {
    let model = &run.model;
    let worlds = worlds(model);
    let mut found = 0;
    for ban in run.meaning.bans.iter().chain(&run.meaning.checked) {
        for grant in &run.meaning.grants {
            let told = pairs::conflict(model, ban, grant);
            let expected = conflicts(model, ban, grant, &worlds);
            prop_assert_eq!(told.is_some(), expected, "{:?} {:?}", ban.sentence, grant.sentence);
            let Some(conflict) = told else { continue };
            found += 1;
            let request = witness::sentence(model, &conflict);
            let (verdict, told) = answer(run, &request, ban, grant);
            let alone = run.meaning.grants.len() == 1 && grant.ways.len() == 1;
            prop_assert!(
                !matches!(verdict, Verdict::Invalid | Verdict::NoPolicy),
                "{request}: {verdict:?}"
            );
            prop_assert!(!alone || verdict == Verdict::Forbidden, "{request}: {verdict:?}");
            // `decide --why` names the ban, where the witness leaves no slot to choose the worst of.
            let named = |(slot, atom): (&Kind, &Option<u32>)| atom.is_some() || !pairs::has(conflict.act, *slot);
            if SLOTS.iter().zip(&conflict.point).all(named) {
                prop_assert!(told, "`decide --why` of {request} does not name the ban");
            }
            // The witness is one: nothing that it leaves open lets the statement hold without the ban.
            let point = (conflict.act, whole(model, grant, conflict.act, conflict.point));
            let fits = |facts: &&Facts| {
                let known = |at: bool, name: &str| {
                    let mut asked = conflict.world.facts.iter();
                    asked.all(|(fact, value)| model.facts[*fact].name != name || *value == at)
                };
                let class = |(id, value): &(Id<_>, bool)| facts.classes[id.index as usize] == *value;
                known(facts.facts[0], "f")
                    && known(facts.facts[1], "g")
                    && conflict.world.classes.iter().all(class)
                    && conflict.world.age.is_none_or(|age| age == facts.age)
                    && conflict.world.date.is_none_or(|date| alike(date, facts.date))
                    && conflict.world.spot.is_none_or(|spot| spot == facts.spot)
            };
            let mut same = worlds
                .iter()
                .filter(fits)
                .filter(|facts| possible(model, grant, &point, &conflict.way, facts))
                .peekable();
            prop_assert!(
                same.peek().is_some(),
                "the statement holds in the witness {:?}",
                request
            );
            prop_assert!(
                same.all(|facts| banned(model, ban, &point, &conflict.way, facts)),
                "the ban holds in the witness {:?}",
                request
            );
        }
    }
    Ok(found)
}

/// Whether no comparison of these policies tells two days apart.
fn alike(a: Date, b: Date) -> bool {
    (a >= DAYS[1]) == (b >= DAYS[1])
}

/// A witness leaves out a slot of which both sentences mean all: any atom of it will do.
fn whole(model: &Model, grant: &Grant, act: Act, point: [Option<u32>; 5]) -> [Option<u32>; 5] {
    let all = grant.regions.iter().flat_map(|region| points(model, region));
    let mut fitting =
        all.filter(|(other, full)| *other == act && (0..5).all(|at| point[at].is_none() || point[at] == full[at]));
    fitting.next().map(|(_, full)| full).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn conflicts_are_those_of_the_definition(text in policy()) {
        let run = check_over(TAXONOMY, &text);
        agree(&run).map_err(|wrong| TestCaseError::fail(format!("{wrong}\n{text}")))?;
    }
}

#[test]
fn conflicts_occur_among_the_random_policies() {
    let text = format!(
        "{NOUNS}\nprocessing x \"x\" {{\n    share a with r for p under k when f\n}}\nnever share a.b about any\nshare a only under l\nshare a only abroad\nnever share a when not f\n"
    );
    let run = check_over(TAXONOMY, &text);
    assert_eq!(agree(&run).unwrap(), 3, "{}", run.told());
}
