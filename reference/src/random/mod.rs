//! Random small models and requests. A tape of numbers drives every choice, so that proptest can shrink it: zeros make the
//! simplest thing.

mod edits;
mod guards;
mod nouns;
mod requests;
mod sentences;
mod slots;
mod tape;

use kupuya::model::noun::{Controller, Data, Source};
use kupuya::model::sentence::Block;
use kupuya::model::{Model, Policy};
use kupuya::source::{Origin, SourceId, Span, Spanned};

pub use edits::{caps, duties, edit, relax};
pub use guards::{day, normal};
pub use nouns::noun;
pub use requests::{ask, record};
pub use tape::Tape;

use nouns::{bases, countries, recipients, subjects, tree};
use sentences::{ban, keep, permission};

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
    let count = tape.below(4) + 1;
    permissions(tape, &mut m, count);
    let count = tape.below(3);
    keeps(tape, &mut m, count);
    for _ in 0..tape.below(4) {
        let ban = ban(tape, &m);
        m.bans.push(ban);
    }
    m
}

/// Adds statements to a model.
pub fn permissions(tape: &mut Tape<'_>, m: &mut Model, count: usize) {
    for _ in 0..count {
        let permission = permission(tape, m);
        m.blocks[permission.stated.block].permissions.push(m.permissions.len());
        m.permissions.push(permission);
    }
}

/// Adds keeps to a model.
pub fn keeps(tape: &mut Tape<'_>, m: &mut Model, count: usize) {
    for _ in 0..count {
        let keep = keep(tape, m);
        m.blocks[keep.stated.block].keeps.push(m.keeps.len());
        m.keeps.push(keep);
    }
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
        laws: Vec::new(),
        older_number: None,
    }
}
