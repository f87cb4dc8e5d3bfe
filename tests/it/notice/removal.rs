//! A statement taken out takes its unit with it; what every other unit says stays.

use std::collections::BTreeMap;

use kupuya::meaning::SentenceRef;
use kupuya::notice;
use kupuya::notice::document::{Document, Stated};

use super::{EVERYTHING, meant, megapay, one};

/// What each unit but one says.
fn sentences(document: &Document, except: Stated) -> BTreeMap<Stated, String> {
    let others = document.units().into_iter().filter(|(_, unit)| unit.states != except);
    others.map(|(_, unit)| (unit.states, unit.sentence.clone())).collect()
}

fn check(files: &[(String, String)]) {
    let (model, meaning) = meant(files);
    let whole = notice::document(&model, &meaning, &notice::Options::default());
    for removed in 0..model.permissions.len() {
        let gone = Stated::Sentence(SentenceRef::Permission(removed));
        let mut less = model.clone();
        for block in &mut less.blocks {
            block.permissions.retain(|at| *at != removed);
        }
        let document = notice::document(&less, &meaning, &notice::Options::default());
        assert!(document.units().iter().all(|(_, unit)| unit.states != gone));
        assert_eq!(sentences(&whole, gone), sentences(&document, gone), "{removed}");
    }
}

#[test]
fn a_statement_removed_takes_its_unit_alone() {
    check(&megapay());
    check(&one(EVERYTHING));
}
