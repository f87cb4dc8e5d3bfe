//! What is offered may stand where it is offered: put in, it gives no new mistake of syntax, kind or place.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use kupuya::diagnostic::Severity;
use kupuya::format::tokens::tokens;
use kupuya::pipeline;
use kupuya::source::{Source, Sources};
use kupuya::syntax::Trees;
use kupuya_lsp::analyst::Analyst;
use kupuya_lsp::document::Document;
use kupuya_lsp::features::completion::complete;
use kupuya_lsp::proto::{CompletionItem, CompletionItemKind, CompletionTextEdit, Uri};
use kupuya_lsp::view::View;
use kupuya_lsp::workspace::State;

use crate::client::{example, folder};
use crate::names::RICH;
use crate::wild::Dice;

struct Project {
    state: State,
    path: std::path::PathBuf,
    text: String,
    trees: Trees,
}

impl Project {
    fn of(folder: &Path, file: &str) -> Project {
        let mut state = State {
            folders: vec![folder.to_owned()],
            ..State::default()
        };
        state.snapshots = Analyst::default().analyse(&state);
        let path = folder.join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        Project {
            state,
            path,
            text,
            trees: Trees::default(),
        }
    }

    /// What is offered at a byte of a text that has not been analysed.
    fn offered(&mut self, text: &str, at: usize) -> Vec<CompletionItem> {
        let document = Document::new(Uri::from_file_path(&self.path).unwrap(), 1, text);
        Arc::make_mut(&mut self.state.documents).insert(self.path.clone(), document);
        let view = View::of(&self.state, &self.path).unwrap();
        let place = view.lines.position(text, at, view.encoding);
        complete(&view, place).items
    }

    /// A text with an item put in at a byte.
    fn with(&self, text: &str, at: usize, item: &CompletionItem) -> String {
        let Some(CompletionTextEdit::Edit(edit)) = &item.text_edit else {
            panic!("{item:?}");
        };
        let view = View::of(&self.state, &self.path).unwrap();
        let (start, end) = (view.offset(edit.range.start), view.offset(edit.range.end));
        assert!(start <= at && at == end, "{item:?}");
        format!("{}{}{}", &text[..start], edit.new_text, &text[end..])
    }

    /// Codes of the errors of syntax, names and kinds that a text has in its project, with their lines.
    fn mistakes(&mut self, text: &str) -> Vec<String> {
        let snapshot = self.state.snapshots.values().next().unwrap();
        let name = self.path.display().to_string();
        let mut sources = Sources::default();
        for (_, source) in snapshot.sources.iter() {
            let text = if source.name == name { text } else { &source.text };
            sources.add(Source::new(source.name.clone(), source.origin, text.as_bytes()));
        }
        let analysis = pipeline::analyze_again(&mut self.trees, &sources, &snapshot.frame.options());
        let wrong = pipeline::meaningless(&analysis).filter(|found| found.severity == Severity::Error);
        wrong.map(|found| found.code.clone()).collect()
    }
}

/// What makes a whole of a word that wants something behind it.
fn completed(half: &str, item: &CompletionItem) -> Option<&'static str> {
    Some(match item.label.as_str() {
        "about" => "buyer",
        "from" => "book",
        "with" => "banks",
        // Behind its purposes a `keep` says how long.
        "for" if half.contains("keep contacts for payments") => "3 years",
        "for" => "offers",
        "under" => "agreed",
        "when" | "until" | "after" => "closed",
        "by" => "firm",
        "in" => "KG",
        "given" => "closed",
        "on" => "2026-01-01",
        "at most" | "at least" | "within" => "3 days",
        "then" => "erase",
        "abroad" | "erase" | "anonymise" | "days" | "hours" | "weeks" | "months" | "years" | "any" => "",
        _ => return None,
    })
}

/// At the end of half a line, each thing offered, completed, stands without a mistake.
#[test]
fn parts_of_sentences_fit() {
    let folder = folder(RICH);
    let mut project = Project::of(folder.path(), "work.kup");
    let before = project.text.find("    keep    identity").unwrap();
    let top = project.text.find("@no_partners").unwrap();
    let line = project.text.find("    allow use identity").unwrap();
    let base = project.text.clone();
    let mut tried = 0;
    for (place, half) in [
        (before, "    use identity.passport for payments "),
        (before, "    use identity.passport for offers under agreed "),
        (before, "    use identity.passport for payments when allowed_contacts "),
        (before, "    collect contacts for payments "),
        (before, "    share contacts for payments "),
        (before, "    store contacts "),
        (before, "    publish contacts for offers "),
        (before, "    process contacts for offers "),
        (before, "    keep contacts "),
        (before, "    keep contacts until closed "),
        (before, "    keep contacts for 3 "),
        (before, "    keep contacts for 3 years "),
        (before, "    keep contacts for 3 years after closed "),
        (before, "    keep contacts for payments "),
        (before, "    keep contacts for payments for 3 years "),
        (before, "    keep contacts for 3 years then "),
        (before, "    share contacts with banks for payments then notify buyer "),
        (before, "    erase contacts "),
        (top, "never share contacts "),
        (top, "never use any "),
        (top, "never process contacts "),
        (top, "use contacts only "),
        (top, "use contacts only for offers or "),
        (top, "keep contacts only "),
        (line, "    allow use letters "),
        (line, "    deny unmet share letters for payments "),
    ] {
        let text = format!("{}{half}\n{}", &base[..place], &base[place..]);
        let at = place + half.len();
        let items = project.offered(&text, at);
        let mut labels = BTreeSet::new();
        for item in &items {
            assert!(labels.insert(item.label.clone()), "{half:?}: {} twice", item.label);
            let Some(more) =
                completed(half, item).or_else(|| (item.kind != Some(CompletionItemKind::KEYWORD)).then_some(""))
            else {
                continue;
            };
            // `only` alone bans nothing; what it is told of needs no more.
            let put = project.with(&text, at, item);
            let end = put.len() - (text.len() - at);
            let put = format!("{} {more}{}", put[..end].trim_end(), &put[end..]);
            let mut wrong = project.mistakes(&put);
            // A recipient may be named in a part that comes later.
            wrong.retain(|code| code != "missing_recipient");
            assert_eq!(wrong, [""; 0], "{half:?} + {} {more}", item.label);
            tried += 1;
        }
        assert!(!items.is_empty() || half.contains("then notify"), "{half:?}");
    }
    assert!(tried > 120, "{tried}");
}

/// What stands in a real file is offered where it stands, or something else may stand there: nouns in its place.
#[test]
fn names_fit_where_names_stand() {
    let mut dice = Dice(11);
    let (mut tried, mut places) = (0, 0);
    for (folder, files) in [
        (folder(RICH), &["policy.kup", "work.kup"][..]),
        (
            example("modern"),
            &[
                "processing.kup",
                "retention.kup",
                "protection.kup",
                "bases.kup",
                "recipients.kup",
                "scenarios.kup",
            ],
        ),
    ] {
        for file in files {
            let mut project = Project::of(folder.path(), file);
            let base = project.text.clone();
            assert_eq!(project.mistakes(&base), [""; 0]);
            let all = tokens(&base, 0..base.len());
            let names = all.iter().filter(|token| {
                !token.is_string()
                    && !token.is_comment()
                    && token.text.starts_with(|letter: char| letter.is_alphabetic())
            });
            let names = names.collect::<Vec<_>>();
            for _ in 0..24 {
                let token = names[dice.below(names.len())];
                let text = format!("{}{}", &base[..token.at], &base[token.end()..]);
                let mut items = project.offered(&text, token.at);
                items.retain(|item| item.kind != Some(CompletionItemKind::KEYWORD) && item.data.is_some());
                if items.is_empty() {
                    continue;
                }
                places += 1;
                for _ in 0..2 {
                    let item = &items[dice.below(items.len())];
                    let put = project.with(&text, token.at, item);
                    let mut wrong = project.mistakes(&put);
                    // What the rest of the file says of the old name may no longer fit: that is no matter of the place.
                    let of_place = [
                        "wrong_kind",
                        "class_as_basis",
                        "slot_not_of_verb",
                        "unknown_name",
                        "ambiguous_name",
                    ];
                    wrong.retain(|code| of_place.contains(&code.as_str()) || code.starts_with("expected"));
                    let line = base[..token.at].lines().count();
                    assert_eq!(wrong, [""; 0], "{file}:{line}: {} for {}", item.label, token.text);
                    tried += 1;
                }
            }
        }
    }
    assert!(places >= 50 && tried >= 100, "{tried} at {places}");
}

fn labels(project: &mut Project, text: &str) -> Vec<String> {
    let at = text.find('¦').unwrap();
    let text = text.replace('¦', "");
    let items = project.offered(&text, at);
    items.into_iter().map(|item| item.label).collect()
}

#[test]
fn places_that_were_silent_speak() {
    let folder = folder(RICH);
    let mut policy = Project::of(folder.path(), "policy.kup");
    let base = policy.text.clone();
    for (from, to, wanted, unwanted) in [
        ("kg, house", "kg, ¦", "house", "kg"),
        (
            "purpose offers",
            "waive ¦\npurpose offers",
            "unused_noun",
            "unknown_name",
        ),
        ("[firm] [buyer]нун", "[firm] [тел¦]", "contacts.телефон", "and"),
        ("is third_party in KG", "is ¦", "processor", "optional"),
        ("is third_party in KG", "is third_party ¦", "abroad", "is"),
        ("is contract", "is ¦", "objectable", "order"),
        (
            "    onward:    banks for payments",
            "    onward:    banks ¦",
            "for",
            "banks",
        ),
        ("tap at app_shop", "tap at ¦", "app_shop", "banks"),
    ] {
        let text = base.replacen(from, to, 1);
        assert_ne!(text, base);
        let found = labels(&mut policy, &text);
        assert!(found.iter().any(|one| one == wanted), "{to}: {found:?}");
        assert!(!found.iter().any(|one| one == unwanted), "{to}: {found:?}");
    }
    let mut work = Project::of(folder.path(), "work.kup");
    let base = work.text.clone();
    for (from, to, wanted, unwanted) in [
        ("under agreed or order when", "under ¦ when", "agreed", "contract"),
        ("until closed", "until ¦", "closed", "buyer"),
        ("after closed", "after ¦", "closed", "buyer"),
        ("any except letters", "any except ¦", "letters", "any"),
        (
            "use     identity.passport.series, letters",
            "use     identity.¦, letters",
            "identity.passport",
            "any",
        ),
        (
            "for payments, offers when",
            "for payments, ¦ when",
            "offers",
            "payments",
        ),
        ("for 3 years after", "for 3 ¦", "years", "payments"),
        ("deny unmet use", "deny unmet ¦ use", "allowed_contacts", "banks"),
        ("from banks for payments", "from ¦ for payments", "buyer", "payments"),
        (
            "use     identity.passport.series, letters.series for",
            "use     letters.series ¦for",
            "under",
            "from",
        ),
        (
            "use     identity.passport.series, letters.series for",
            "use     letters.series ¦for",
            "when",
            "for",
        ),
    ] {
        let text = base.replacen(from, to, 1);
        assert_ne!(text, base);
        let found = labels(&mut work, &text);
        assert!(found.iter().any(|one| one == wanted), "{to}: {found:?}");
        assert!(!found.iter().any(|one| one == unwanted), "{to}: {found:?}");
    }
    let mut house = Project::of(folder.path(), "house.kup");
    let base = house.text.clone();
    for (to, wanted) in [
        ("    each ¦", "controller"),
        ("    each ¦", "consent"),
        ("    each consent ¦", "must"),
        ("    each consent must ¦", "have"),
        ("    each consent must have ¦", "withdraw"),
        ("    each controller must have ¦", "phone"),
    ] {
        let text = base.replacen("    each controller must have phone", to, 1);
        let found = labels(&mut house, &text);
        assert!(found.iter().any(|one| one == wanted), "{to}: {found:?}");
    }
    let text = base.replacen("verified text", "verified ¦", 1);
    assert_eq!(labels(&mut house, &text), ["final", "text", "second", "memory"]);
}
