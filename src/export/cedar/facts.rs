//! Guards (M4, M5): when they are known to hold, and when they are known not to.

use kupuya_runtime::wire::{Act, Comparison, Guard, Literal, Place};

use super::test::{Known, Test, entity, one_of, quoted};
use crate::export::closed::{Atoms, Closed, Kind};

/// Where a guard stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// In a rule about this verb.
    Rule(Act),
    /// Of a class: of the place only what the request says is known.
    Class,
}

/// The value of a guard, by its number.
pub fn guard(closed: &Closed<'_>, number: u32, scene: Scene) -> Known {
    let guard = closed.content.guards.get(number as usize);
    guard.map_or_else(Known::never, |guard| formula(closed, guard, scene))
}

fn formula(closed: &Closed<'_>, guard: &Guard, scene: Scene) -> Known {
    Known::any(guard.iter().map(|all| {
        Known::all(all.iter().map(|(number, sign)| {
            let value = literal(closed, *number, scene);
            if *sign { value } else { value.negated() }
        }))
    }))
}

fn literal(closed: &Closed<'_>, number: u32, scene: Scene) -> Known {
    match closed.content.literals.get(number as usize) {
        Some(Literal::Fact(fact)) => self::fact(closed, *fact),
        Some(Literal::Class(class)) => self::class(closed, *class),
        Some(Literal::Age(is, years)) => age(closed, *is, *years),
        Some(Literal::Date(is, day)) => {
            let sign = if *is == Comparison::Equal { "==" } else { sign(*is) };
            Known::when(Test::when(format!("(context.now.days {sign} {})", day.number())))
        }
        Some(Literal::Place(place)) => self::place(closed, *place, scene),
        None => Known::unknown(),
    }
}

fn sign(is: Comparison) -> &'static str {
    match is {
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Equal => "==",
        Comparison::AtLeast => ">=",
        Comparison::Greater => ">",
    }
}

/// A condition or event.
pub fn fact(closed: &Closed<'_>, fact: u32) -> Known {
    let name = quoted(closed.facts.key(fact));
    let has = format!("context.facts has {name}");
    Known {
        holds: Test::when(format!("({has} && context.facts[{name}])")),
        fails: Test::when(format!("({has} && !context.facts[{name}])")),
    }
}

/// Whether one of these classes is listed.
fn listed(closed: &Closed<'_>, classes: &Atoms) -> Test {
    let classes = classes.iter().map(|class| entity("Class", closed.subjects.key(*class)));
    let classes = classes.collect::<Vec<_>>();
    if classes.is_empty() {
        return Test::Never;
    }
    Test::when(format!("context.about.containsAny([{}])", classes.join(", ")))
}

/// Whether a class is listed, or one below it.
pub fn belongs(closed: &Closed<'_>, class: u32) -> Test {
    listed(closed, closed.subjects.below(class))
}

fn class(closed: &Closed<'_>, class: u32) -> Known {
    let belongs = belongs(closed, class);
    if let Some((_, guard)) = closed.class_guard(class) {
        let own = formula(closed, guard, Scene::Class);
        return Known {
            holds: Test::any([belongs.clone(), own.holds]),
            fails: Test::all([belongs.negated(), own.fails]),
        };
    }
    let none = Test::when("context.about.isEmpty()");
    let everyone = closed.content.everyone;
    let everyone = everyone.is_some_and(|everyone| closed.subjects.above(everyone).contains(&class));
    let related = closed
        .subjects
        .below(class)
        .union(closed.subjects.above(class))
        .copied();
    let related = listed(closed, &related.collect());
    Known {
        holds: Test::any([belongs, if everyone { none.clone() } else { Test::Never }]),
        fails: Test::all([none.negated(), related.negated()]),
    }
}

/// The own guard of a class.
pub fn own_guard(closed: &Closed<'_>, class: u32) -> Option<Known> {
    let (_, guard) = closed.class_guard(class)?;
    Some(formula(closed, guard, Scene::Class))
}

/// Classes with guards, and the ages for which those can be true.
pub fn aged(closed: &Closed<'_>) -> Vec<(u32, (u32, u32))> {
    let all = (0..).zip(&closed.content.subjects);
    all.filter_map(|(class, _)| Some((class, closed.ages(closed.class_guard(class)?.1))))
        .collect()
}

/// Whether the least age possible is at least this.
fn at_least(closed: &Closed<'_>, years: u32) -> Test {
    let classes = aged(closed)
        .into_iter()
        .filter(|(_, (from, _))| *from >= years && years > 0);
    let given = Test::when(format!("(context.age.atLeast >= {years})"));
    Test::any(classes.map(|(class, _)| belongs(closed, class)).chain([given]))
}

/// Whether the greatest age possible is at most this.
fn at_most(closed: &Closed<'_>, years: u32) -> Test {
    let classes = aged(closed).into_iter().filter(|(_, (_, to))| *to <= years);
    let given = Test::when(format!("(context.age.atMost <= {years})"));
    Test::any(classes.map(|(class, _)| belongs(closed, class)).chain([given]))
}

fn age(closed: &Closed<'_>, is: Comparison, years: u32) -> Known {
    let below = || years.checked_sub(1).map_or(Test::Never, |years| at_most(closed, years));
    let above = || {
        years
            .checked_add(1)
            .map_or(Test::Never, |years| at_least(closed, years))
    };
    let (holds, fails) = match is {
        Comparison::AtLeast => (at_least(closed, years), below()),
        Comparison::Greater => (above(), at_most(closed, years)),
        Comparison::Less => (below(), at_least(closed, years)),
        Comparison::AtMost => (at_most(closed, years), above()),
        Comparison::Equal => (
            Test::all([at_least(closed, years), at_most(closed, years)]),
            Test::any([above(), below()]),
        ),
    };
    Known { holds, fails }
}

/// Every place that a request can name.
pub fn places(closed: &Closed<'_>) -> Vec<Place> {
    let countries = (0..).zip(&closed.content.countries).map(|(index, _)| Place::In(index));
    countries.chain([Place::Abroad]).collect()
}

/// Whether the place given is one for which the test has this value.
fn given(closed: &Closed<'_>, wanted: impl Fn(Place) -> bool) -> Test {
    let places = places(closed)
        .into_iter()
        .filter(|place| wanted(*place))
        .collect::<Vec<_>>();
    let is = one_of(
        "context.place",
        "Country",
        places.iter().map(|place| closed.place_key(*place)),
    );
    Test::all([Test::when("context has place"), is])
}

fn place(closed: &Closed<'_>, test: Place, scene: Scene) -> Known {
    let by_place = |value: bool| given(closed, |place| closed.inside(test, place) == Some(value));
    if scene == Scene::Class {
        return Known {
            holds: by_place(true),
            fails: by_place(false),
        };
    }
    let side = |value: bool| {
        let declared = declared(closed, scene, test, value);
        Test::any([
            by_place(value),
            Test::all([Test::when("!(context has place)"), declared]),
        ])
    };
    Known {
        holds: side(true),
        fails: side(false),
    }
}

/// As the recipient declares, else the controller, else home.
fn declared(closed: &Closed<'_>, scene: Scene, test: Place, value: bool) -> Test {
    let content = closed.content;
    let at_home = |country: Option<u32>| {
        let country = country.or(content.home);
        country.is_some_and(|country| closed.inside(test, Place::In(country)) == Some(value))
    };
    let by = if content.controllers.is_empty() {
        if at_home(None) { Test::Always } else { Test::Never }
    } else {
        let controllers = (0..).zip(&content.controllers);
        let controllers = controllers.filter(|(_, controller)| at_home(controller.country));
        let controllers = controllers.map(|(index, _)| index).collect::<Vec<_>>();
        whole_or_one_of("principal", "Controller", &closed.controllers, &controllers)
    };
    if scene != Scene::Rule(Act::Share) {
        return by;
    }
    let placed = (0..)
        .zip(&content.recipients)
        .filter(|(_, recipient)| !recipient.places.is_empty());
    let placed = placed.collect::<Vec<_>>();
    let right = placed.iter().filter(|(_, recipient)| {
        recipient
            .places
            .iter()
            .all(|place| closed.inside(test, *place) == Some(value))
    });
    let right = right
        .map(|(index, _)| closed.recipients.key(*index))
        .collect::<Vec<_>>();
    let all = placed
        .iter()
        .map(|(index, _)| closed.recipients.key(*index))
        .collect::<Vec<_>>();
    Test::any([
        one_of("context.recipient", "Recipient", right),
        Test::all([one_of("context.recipient", "Recipient", all).negated(), by]),
    ])
}

fn whole_or_one_of(what: &str, of: &str, kind: &Kind, atoms: &[u32]) -> Test {
    if atoms.len() == kind.keys.len() {
        Test::Always
    } else {
        one_of(what, of, atoms.iter().map(|atom| kind.key(*atom)))
    }
}

/// A recipient outside its declared countries (M5).
pub fn misplaced(closed: &Closed<'_>) -> Test {
    let mut by_places: std::collections::BTreeMap<&[Place], Vec<&str>> = std::collections::BTreeMap::new();
    for (index, recipient) in (0..).zip(&closed.content.recipients) {
        if !recipient.places.is_empty() {
            by_places
                .entry(&recipient.places)
                .or_default()
                .push(closed.recipients.key(index));
        }
    }
    Test::any(by_places.into_iter().map(|(declared, recipients)| {
        let outside = |place| {
            declared
                .iter()
                .all(|declared| closed.inside(*declared, place) == Some(false))
        };
        Test::all([
            given(closed, outside),
            one_of("context.recipient", "Recipient", recipients),
        ])
    }))
}
