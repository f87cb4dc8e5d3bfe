//! Nouns: trees, countries, classes of people, recipients, bases.

use kupuya::model::Model;
use kupuya::model::noun::{Basis, Country, Giver, Id, Noun, Recipient, Subject, Table};
use kupuya::model::sentence::Literal;
use kupuya::source::Origin;

use super::Tape;
use super::guards::{age, day, guard, normal, period, place};
use super::slots::ids;
use super::{at, span};

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
        dpv: None,
        fides: None,
        since: None,
        replaced_by: None,
        notes: Vec::new(),
        detail,
    })
}

/// A tree of a few nouns; `classes` of the taxonomy may be what they are.
pub(super) fn tree<D: Default>(tape: &mut Tape<'_>, table: &mut Table<D>, name: &str, most: usize, classes: &[Id<D>]) {
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

pub(super) fn countries(m: &mut Model) {
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

pub(super) fn subjects(tape: &mut Tape<'_>, m: &mut Model) {
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

pub(super) fn recipients(tape: &mut Tape<'_>, m: &mut Model) {
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

pub(super) fn bases(tape: &mut Tape<'_>, m: &mut Model) {
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
