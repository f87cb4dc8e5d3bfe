//! Papers say what the policy says: the same units under the same numbers, and each clause cites the policy's.

use std::collections::BTreeMap;

use kupuya::meaning::Meaning;
use kupuya::model::Model;
use kupuya::notice::document::{Block, Document};
use kupuya::notice::plan::Paper;
use kupuya::notice::{self, Options, render};
use kupuya::papers::{Wanted, papers};

use super::{EVERYTHING, POLITE, meant, megapay, one};

fn all(model: &Model) -> Vec<Paper> {
    let kinds = [Wanted::Short, Wanted::Consent(None), Wanted::Transfer(None)];
    let papers = kinds.into_iter().filter_map(|wanted| papers(model, wanted).ok());
    papers.flatten().map(|(_, paper)| paper).collect()
}

fn paper(model: &Model, meaning: &Meaning, paper: Paper) -> Document {
    notice::paper(model, meaning, &Options::default(), paper)
}

#[test]
fn units_and_numbers_are_the_policys() {
    let mut seen = 0;
    for files in [one(EVERYTHING), one(POLITE), megapay()] {
        let (model, meaning) = meant(&files);
        let policy = notice::document(&model, &meaning, &Options::default());
        let known: BTreeMap<&str, (&str, &str)> = policy
            .units()
            .into_iter()
            .map(|(number, unit)| (unit.id.as_str(), (number, unit.sentence.as_str())))
            .collect();
        for kind in all(&model) {
            let written = paper(&model, &meaning, kind);
            for (number, unit) in written.units() {
                let (of_policy, sentence) = known[unit.id.as_str()];
                assert_eq!(number, of_policy, "{kind:?} {}", unit.id);
                // A controller is introduced more shortly.
                if !unit.id.starts_with("controller.") {
                    assert_eq!(unit.sentence, sentence, "{kind:?}");
                }
                seen += 1;
            }
            for block in written.chapters.iter().flat_map(|chapter| &chapter.blocks) {
                if let Block::Paragraph(paragraph) = block
                    && !paragraph.units.is_empty()
                {
                    let cites = paragraph.cites.as_deref().unwrap_or_default();
                    assert!(cites.contains(&format!(" {}-пункт", paragraph.number)), "{cites}");
                }
            }
        }
    }
    assert!(seen > 50, "{seen}");
}

/// Every statement on which a consent is asked stands in its request, unless the law wants lists instead.
#[test]
fn a_request_tells_every_statement_of_its_consent() {
    let (model, meaning) = meant(&one(EVERYTHING));
    for (_, kind) in papers(&model, Wanted::Consent(None)).unwrap() {
        let Paper::Consent(basis) = kind else {
            panic!("{kind:?}")
        };
        let carried = notice::plan::carried(&model, basis);
        let told = paper(&model, &meaning, kind);
        let told: Vec<_> = told.units().iter().map(|(_, unit)| unit.states).collect();
        for at in (0..model.permissions.len()).filter(|at| carried(*at)) {
            let sentence = kupuya::meaning::SentenceRef::Permission(at);
            assert!(told.contains(&notice::document::Stated::Sentence(sentence)), "{at}");
        }
    }
}

#[test]
fn every_format_says_all_of_it() {
    let (model, meaning) = meant(&one(EVERYTHING));
    for kind in all(&model) {
        let written = paper(&model, &meaning, kind);
        // Links stand in the page alone.
        let page = render::html(&written).replace("</a>", "");
        let page: String = page
            .split("<a ")
            .enumerate()
            .map(|(at, part)| if at == 0 { part } else { part.split_once('>').unwrap().1 })
            .collect();
        let text = render::text(&written);
        for block in notice::digest::visible(&written) {
            for words in block.text.split(['\t', '\n']) {
                assert!(text.contains(words), "{words}");
                assert!(page.contains(words.split(['\'', '"', '&']).next().unwrap()), "{words}");
            }
        }
        assert!(!page.contains("<nav"), "a page needs no contents");
        assert!(render::docx(&written).is_ok());
    }
}

#[test]
fn what_a_project_lacks_is_refused() {
    let refused = |text: &str, wanted: Wanted<'_>| {
        let (model, _) = meant(&one(text));
        papers(&model, wanted)
            .unwrap_err()
            .told(kupuya::messages::Language::English)
    };
    let little = "controller c {\n}\ndata d \"d\"\npurpose p \"p\"\nbasis k \"k\" is contract\n\
                  processing x \"x\" {\n    by: c\n    use d for p under k\n}\n";
    assert!(refused(little, Wanted::Consent(None)).contains("there is no consent to ask for"));
    assert!(refused(little, Wanted::Transfer(None)).contains("there is no transfer"));
    assert!(refused("", Wanted::Short).contains("no data"));
}
