//! Three edited versions of a published policy: one in other words, one with a recipient abroad, one with a longer term.

use std::path::{Path, PathBuf};

use kupuya::diff::{Diff, Fate, Kind, Verdict};

use super::{Edit, compared, of_folder, told, witnesses_hold};
use crate::sources::root;

/// The same in other words and in another order.
pub const COSMETIC: &[Edit] = &[
    ("sharing.kup", "антивирустук программалар", "вируска каршы программалар"),
    ("sharing.kup", "@face_to_identify", "@face_only_to_identify"),
    (
        "processing.kup",
        "        collect own_data from provided for services\n        collect messages_data from provided for answering, client_service\n",
        "        // another order\n        collect messages_data from provided for answering, client_service\n        collect own_data from provided for services\n",
    ),
];

/// With a recipient abroad.
pub const ABROAD: &[Edit] = &[
    (
        "sharing.kup",
        "    recipient antivirus ",
        "    recipient cloud \"чет өлкөлүк булут кызматы\" is third_party in US\n    recipient antivirus ",
    ),
    (
        "sharing.kup",
        "        share protection_data with antivirus",
        "        share contact_data, technical_data with cloud for running\n        share protection_data with antivirus",
    ),
];

/// With a longer term.
pub const LONGER: &[Edit] = &[
    (
        "retention.kup",
        "until use_over and consent_revoked",
        "until use_over and consent_revoked at least 3 years",
    ),
    (
        "retention.kup",
        "until consent_revoked or use_over",
        "until consent_revoked or use_over at least 3 years",
    ),
];

/// An edited version of OGOGO.
fn edited(name: &str, edits: &[Edit]) -> PathBuf {
    super::edited("ogogo", name, edits)
}

fn found(new: &Path) -> Diff {
    let (before, after) = (of_folder(&root().join("examples/ogogo")), of_folder(new));
    let there = compared(&before, &after);
    witnesses_hold(&there, &before, &after);
    assert_eq!(told(&there, false), told(&compared(&after, &before), true));
    there
}

fn verdict_for(found: &Diff, subject: &str) -> Verdict {
    let person = found
        .people
        .iter()
        .find(|person| person.subject.as_deref() == Some(subject));
    person.unwrap().verdict
}

#[test]
fn other_words_ask_for_nothing() {
    let found = found(&edited("cosmetic", COSMETIC));
    assert_eq!((found.verdict, found.changes.len()), (Verdict::Nothing, 0));
    assert!(found.same_meaning && !found.same_text);
    let fates: Vec<Fate> = found.clauses.iter().map(|clause| clause.fate).collect();
    assert!(
        fates.contains(&Fate::Worded) && !fates.contains(&Fate::New) && !fates.contains(&Fate::Gone),
        "{fates:?}"
    );
    assert!(found.people.iter().all(|person| person.verdict == Verdict::Nothing));
}

#[test]
fn a_recipient_abroad_asks_for_a_new_consent() {
    let found = found(&edited("abroad", ABROAD));
    assert_eq!((found.verdict, found.changes.len()), (Verdict::Reconsent, 1));
    let change = &found.changes[0];
    assert_eq!((change.kind, change.verb), (Kind::Widened, "share"));
    let place = &change.places[0];
    assert_eq!(place.data, ["contact_data", "technical_data"]);
    assert_eq!(
        (place.recipient.join(" "), place.about.join(" ")),
        ("cloud".to_owned(), "user".to_owned())
    );
    assert_eq!(change.bases_after, ["agreed"]);
    // Whom it does not concern is not asked; nor is anybody for another purpose.
    assert_eq!(verdict_for(&found, "user"), Verdict::Reconsent);
    assert_eq!(verdict_for(&found, "user.client"), Verdict::Reconsent);
    assert_eq!(verdict_for(&found, "child"), Verdict::Nothing);
    assert_eq!(verdict_for(&found, "listed_person"), Verdict::Nothing);
    let user = found
        .people
        .iter()
        .find(|person| person.subject.as_deref() == Some("user"))
        .unwrap();
    let anew = user
        .consents
        .iter()
        .filter(|covered| covered.verdict == Verdict::Reconsent);
    assert_eq!(
        anew.map(|covered| covered.purpose.as_str()).collect::<Vec<_>>(),
        ["running"]
    );
}

#[test]
fn a_longer_term_asks_for_a_new_consent() {
    let found = found(&edited("longer", LONGER));
    let kinds: Vec<Kind> = found.changes.iter().map(|change| change.kind).collect();
    assert_eq!((found.verdict, kinds), (Verdict::Reconsent, vec![Kind::KeptLonger]));
    assert_eq!(found.changes[0].places[0].data, ["own_data.face_photo"]);
    assert_eq!(verdict_for(&found, "user"), Verdict::Reconsent);
    assert_eq!(verdict_for(&found, "child"), Verdict::Nothing);
}
