//! Summary and overview: views that say nothing which the clauses do not.

use std::collections::BTreeSet;

use kupuya::model::Model;
use kupuya::model::noun::{Basis, Data, Id, Purpose, Recipient};
use kupuya::model::sentence::Permission;
use kupuya::notice::plan::{Cell, overview};

use super::{EVERYTHING, EXAMPLES, POLITE, document, example, meant, megapay, one};

/// What a row may claim: each combination must be said by one statement, or by two where somebody else receives the data.
type Claim = (Id<Data>, Option<Id<Purpose>>, Vec<Id<Basis>>, Option<Id<Recipient>>);

/// The small policies of the tests, and all examples.
fn policies() -> impl Iterator<Item = Vec<(String, String)>> {
    let small = [one(EVERYTHING), one(POLITE)].into_iter();
    small.chain(EXAMPLES.iter().map(|name| example(name)))
}

fn said(model: &Model) -> BTreeSet<Claim> {
    let mut found = BTreeSet::new();
    for one in &model.permissions {
        let data = one.data.names.iter().map(|name| name.value);
        let purposes: Vec<Option<_>> = match &one.purpose {
            Some(slot) => slot.names.iter().map(|name| Some(name.value)).collect(),
            None => continue,
        };
        let recipients: Vec<Option<_>> = match &one.recipient {
            // What is published has no recipient.
            Some(slot) if !slot.names.is_empty() => slot.names.iter().map(|name| Some(name.value)).collect(),
            _ => vec![None],
        };
        let ways = one.bases.iter().map(|way| way.iter().map(|b| b.value).collect());
        let mut ways: Vec<Vec<_>> = ways.filter(|way: &Vec<_>| !way.is_empty()).collect();
        if ways.is_empty() {
            ways.push(Vec::new());
        }
        for data in data {
            for purpose in &purposes {
                for recipient in &recipients {
                    found.extend(ways.iter().map(|way| (data, *purpose, way.clone(), *recipient)));
                }
            }
        }
    }
    found
}

fn nouns<D>(cells: &[Cell<Id<D>>]) -> Option<Vec<Id<D>>> {
    let one = |cell: &Cell<Id<D>>| match cell {
        Cell::Noun(id) => Some(*id),
        Cell::Slot(_) => None,
    };
    cells.iter().map(one).collect()
}

#[test]
fn each_row_holds_in_all_its_combinations() {
    let mut looked_at = 0;
    for files in policies() {
        let (model, _) = meant(&files);
        let said = said(&model);
        // However terms read: a row must not lean on them.
        for row in overview(&model, |_| ()) {
            let (Some(data), Some(purposes), Some(recipients)) =
                (nouns(&row.data), nouns(&row.purposes), nouns(&row.recipients))
            else {
                continue;
            };
            let recipients: Vec<Option<_>> = match recipients.as_slice() {
                [] => vec![None],
                all => all.iter().map(|id| Some(*id)).collect(),
            };
            for data in data {
                // Of a statement without a purpose, the block's other purposes are shown.
                let named = |one: &Permission| one.data.names.iter().any(|name| name.value == data);
                let open = model.permissions.iter().any(|one| one.purpose.is_none() && named(one));
                let ways = if row.bases.is_empty() {
                    vec![Vec::new()]
                } else {
                    row.bases.clone()
                };
                for purpose in &purposes {
                    for (recipient, way) in recipients.iter().flat_map(|to| ways.iter().map(move |way| (to, way))) {
                        looked_at += 1;
                        let claim = (data, Some(*purpose), way.clone(), *recipient);
                        assert!(said.contains(&claim) || open, "{claim:?}");
                    }
                }
            }
        }
    }
    assert!(looked_at > 50, "{looked_at}");
}

/// Every statement about data shows in some row.
#[test]
fn no_statement_is_left_out() {
    for files in policies() {
        let (model, _) = meant(&files);
        let rows = overview(&model, <[usize]>::to_vec);
        let shown: BTreeSet<(Id<Data>, Option<Id<Recipient>>)> = rows
            .iter()
            .flat_map(|row| {
                let data = nouns(&row.data).unwrap_or_default();
                let mut to: Vec<Option<_>> = nouns(&row.recipients)
                    .unwrap_or_default()
                    .into_iter()
                    .map(Some)
                    .collect();
                to.push(None);
                data.into_iter()
                    .flat_map(move |data| to.clone().into_iter().map(move |to| (data, to)))
            })
            .collect();
        for (data, _, _, recipient) in said(&model) {
            assert!(shown.contains(&(data, recipient)), "{data:?} {recipient:?}");
        }
    }
}

/// The terms of a row are those of each of its data, and all of them.
#[test]
fn terms_are_of_that_data() {
    let mut looked_at = 0;
    for files in policies() {
        let (model, _) = meant(&files);
        for row in overview(&model, <[usize]>::to_vec) {
            for data in row.data.iter().filter_map(|cell| nouns(&[*cell])).flatten() {
                let atoms = model.data.denotation(data);
                for (at, keep) in model.keeps.iter().enumerate() {
                    let people = row
                        .about
                        .iter()
                        .flat_map(|one| keep.about.iter().map(move |other| (*one, other.value)));
                    let theirs = |(a, b)| model.subjects.below(a, b) || model.subjects.below(b, a);
                    let anybody = row.about.is_empty() || keep.about.is_empty();
                    let kept = keep.data.atoms.iter().any(|atom| atoms.contains(atom));
                    let meant = kept && (anybody || people.into_iter().any(theirs));
                    assert_eq!(meant, row.keeps.contains(&at), "{:?} {at}", model.data[data].path);
                    looked_at += usize::from(meant);
                }
            }
        }
    }
    assert!(looked_at > 50, "{looked_at}");
}

#[test]
fn six_lines() {
    for files in [one(EVERYTHING), one(POLITE), megapay()] {
        let document = document(&files);
        let summary = document.summary.unwrap();
        assert_eq!(summary.lines.len(), 6, "{summary:?}");
        for line in &summary.lines {
            assert!(!line.answer.is_empty() && !line.answer.contains("  "), "{line:?}");
            let see = line.see.as_ref().map(|link| link.anchor.clone());
            assert!(see.is_none_or(|anchor| document.chapters.iter().any(|chapter| chapter.anchor == anchor)));
        }
        for row in &document.overview.unwrap().rows {
            assert_eq!(row.len(), 5);
            assert!(row.iter().all(|cell| !cell.is_empty()));
        }
    }
}

/// A policy that declares nothing has no views.
#[test]
fn nothing_to_see() {
    let document = document(&one("policy p \"Саясат\" {\n}\n"));
    assert!(document.summary.is_none() && document.overview.is_none());
}
