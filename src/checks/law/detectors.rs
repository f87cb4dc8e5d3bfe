//! Classes that are computed: what a rule asks of wording or of an older version, after `is` and `be`.
//!
//! The norm stays in the pack (`each consent must not be irrevocable`); here is only how it is seen. A detector says yes
//! where the text shows it plainly and no where there is no text, so a rule never fails on silence.

use super::fields::Value;
use super::project::Project;
use crate::model::Model;
use crate::model::noun::{AnyNoun, Basis, Id, Label, Noun};
use crate::syntax::vocabulary::Kind;

/// A name with what it means and how it is seen.
pub type Detector = (&'static str, &'static str, fn(&Project<'_>, Value) -> bool);

/// Every detector, by name.
pub const DETECTORS: &[Detector] = &[
    (
        "bundled",
        "one consent covers marketing and other purposes together",
        bundled,
    ),
    (
        "changed_silently",
        "the text says that changes take effect without notice",
        changed_silently,
    ),
    ("face_like", "the label speaks of a picture of a face", face_like),
    (
        "irrevocable",
        "the text says that consent cannot be taken back",
        irrevocable,
    ),
    ("open_list", "the list does not claim to be complete", open_list),
    ("optional_data", "the person may leave it out", optional_data),
    (
        "outside_home",
        "it is declared to be in another country than the law's",
        outside_home,
    ),
    ("plain", "no sentence of its own wording is too long to follow", plain),
    (
        "repealed_act",
        "it rests on an act that is no longer in force",
        repealed_act,
    ),
    ("vague", "the label says nothing definite", vague),
    (
        "widened",
        "it was not allowed by the version before; needs two versions, so `diff` alone sees it",
        never,
    ),
];

/// What a detector says of an element; `None` if there is no such detector.
#[must_use]
pub fn detect(project: &Project<'_>, element: Value, name: &str) -> Option<bool> {
    let (.., see) = DETECTORS.iter().find(|(known, ..)| *known == name)?;
    Some(see(project, element))
}

/// A consent cannot be given freely if marketing comes with the rest.
fn bundled(project: &Project<'_>, element: Value) -> bool {
    let Some(noun) = of_kind(element, Kind::Basis) else {
        return false;
    };
    let table = &project.model.purposes;
    let Some((marketing, _)) = table.iter().find(|(_, purpose)| purpose.path == "marketing") else {
        return false;
    };
    let purposes: Vec<Id<_>> = project
        .around(noun, Kind::Purpose)
        .iter()
        .filter_map(|near| near.id())
        .collect();
    let (with, without): (Vec<_>, Vec<_>) = purposes.into_iter().partition(|id| table.below(*id, marketing));
    !with.is_empty() && !without.is_empty()
}

const SILENT: &[&str] = &[
    "эскертүүсүз",
    "билдирүүсүз",
    "кабарлоосуз",
    "кабар бербестен",
    "билдирбестен",
    "эскертпестен",
    "жайгаштырылган учурдан тартып күчүнө кир",
    "жарыяланган учурдан тартып күчүнө кир",
    "без уведомления",
    "без предварительного уведомления",
];

fn changed_silently(project: &Project<'_>, element: Value) -> bool {
    says(project.model, element, SILENT)
}

const FACES: &[&str] = &["жүзү", "жүздүн", "селфи", "сүрөтү", "selfie", "face", "лица"];
const NOT_FACES: &[&str] = &["профил", "галере", "profile", "gallery"];

fn face_like(project: &Project<'_>, element: Value) -> bool {
    let Some(noun) = of_kind(element, Kind::Data) else {
        return false;
    };
    let data = &project.model.data[Id::new(noun.index)];
    let label = data
        .label
        .as_ref()
        .map_or("", |label| label.value.as_str())
        .to_lowercase();
    let name = data.name.to_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| label.contains(word) || name.contains(word));
    any(FACES) && !any(NOT_FACES)
}

const IRREVOCABLE: &[&str] = &[
    "кайтарылгыс",
    "кайтарып алынбай",
    "кайтарып алууга болбой",
    "чакыртып алынбай",
    "шартсыз макулдук",
    "шартсыз түрдө",
    "кайтарып алынгыс",
    "безотзывн",
];

fn irrevocable(project: &Project<'_>, element: Value) -> bool {
    says(project.model, element, IRREVOCABLE)
}

fn open_list(project: &Project<'_>, element: Value) -> bool {
    flags(project.model, element).0
}

fn optional_data(project: &Project<'_>, element: Value) -> bool {
    flags(project.model, element).1
}

fn outside_home(project: &Project<'_>, element: Value) -> bool {
    let Some(noun) = of_kind(element, Kind::Recipient) else {
        return false;
    };
    let model = project.model;
    let at_home = |country| model.home.is_some_and(|home| model.countries.below(country, home));
    let places = super::super::pairs::locations(model, Id::new(noun.index));
    places.iter().any(|place| !place.country().is_some_and(at_home))
}

/// The most words that a sentence may have, and the most that sentences may have on average.
const LONGEST: usize = 40;
const AVERAGE: usize = 25;

fn plain(project: &Project<'_>, element: Value) -> bool {
    let mut sentences = 0;
    let mut words = 0;
    for text in texts(project.model, element) {
        for sentence in text.value.split(['.', '!', '?', ';', ':', '\n']) {
            let count = sentence.split_whitespace().count();
            if count > LONGEST {
                return false;
            }
            if count > 0 {
                sentences += 1;
                words += count;
            }
        }
    }
    words <= AVERAGE * sentences
}

/// Acts that a pack in force names under `repeals`.
fn repealed_act(project: &Project<'_>, element: Value) -> bool {
    let model = project.model;
    let repealed = model.packs.iter().flat_map(|pack| &pack.repeals);
    let repealed: Vec<String> = repealed.map(|act| act.value.to_lowercase()).collect();
    let repealed: Vec<&str> = repealed.iter().map(String::as_str).collect();
    let documents = model.policy.iter().flat_map(|policy| &policy.basis_documents);
    let cited = model
        .bases
        .of_project()
        .filter_map(|(_, basis)| basis.detail.cites.as_ref());
    let names = |label: &Label| has(label, &repealed);
    match of_kind(element, Kind::Policy) {
        Some(_) => documents.chain(cited).any(names),
        None => of_kind(element, Kind::Basis).is_some_and(|noun| {
            model.bases[Id::new(noun.index)]
                .detail
                .cites
                .as_ref()
                .is_some_and(names)
        }),
    }
}

const VAGUE: &[&str] = &[
    "башка максат",
    "ар кандай максат",
    "бардык максат",
    "мыйзамга каршы келбеген",
    "ички максат",
    "зарыл болгон учурда",
    "ж.б.",
    "жана башкалар",
    "другие цели",
    "иные цели",
];

fn vague(project: &Project<'_>, element: Value) -> bool {
    of_kind(element, Kind::Purpose).is_some_and(|noun| {
        let label = &project.model.purposes[Id::new(noun.index)].label;
        label.as_ref().is_some_and(|label| has(label, VAGUE))
    })
}

fn never(_: &Project<'_>, _: Value) -> bool {
    false
}

fn of_kind(element: Value, kind: Kind) -> Option<AnyNoun> {
    match element {
        Value::Noun(noun) if noun.kind == kind => Some(noun),
        _ => None,
    }
}

/// Whether a list is open, and whether it may be left out.
fn flags(model: &Model, element: Value) -> (bool, bool) {
    fn of<D>(noun: &Noun<D>) -> (bool, bool) {
        (noun.open, noun.optional)
    }
    let Value::Noun(noun) = element else {
        return (false, false);
    };
    match noun.kind {
        Kind::Data => of(&model.data[Id::new(noun.index)]),
        Kind::Purpose => of(&model.purposes[Id::new(noun.index)]),
        Kind::Recipient => of(&model.recipients[Id::new(noun.index)]),
        Kind::Source => of(&model.sources[Id::new(noun.index)]),
        _ => (false, false),
    }
}

/// The wording of a basis, or of the whole document: what its author wrote as prose.
fn texts(model: &Model, element: Value) -> Vec<&Label> {
    match element {
        Value::Noun(noun) if noun.kind == Kind::Basis => of_basis(&model.bases[Id::new(noun.index)]),
        Value::Noun(noun) if noun.kind == Kind::Policy => {
            let bases = model.bases.of_project().flat_map(|(_, basis)| of_basis(basis));
            model
                .clauses
                .iter()
                .flat_map(|clause| &clause.text)
                .chain(bases)
                .collect()
        }
        _ => Vec::new(),
    }
}

fn of_basis(basis: &Noun<Basis>) -> Vec<&Label> {
    let detail = &basis.detail;
    let parts = [&basis.label, &detail.text, &detail.effect, &detail.refusal];
    parts.into_iter().flatten().collect()
}

fn says(model: &Model, element: Value, words: &[&str]) -> bool {
    texts(model, element).into_iter().any(|text| has(text, words))
}

fn has(text: &Label, words: &[&str]) -> bool {
    let text = text.value.to_lowercase();
    words.iter().any(|word| text.contains(word))
}
