//! Terminal, plain text, GitHub annotations, limits and the closing lines.

use super::{MANY, analyze, readable};
use kupuya::diagnostic::{Diagnostic, Severity, Text};
use kupuya::messages::Language;
use kupuya::report::{self, github, limit, plain, terminal};
use kupuya::source::{Origin, Source, Sources, Span};

const STYLE: terminal::Style = terminal::Style {
    colours: false,
    width: 100,
    language: Language::English,
};

#[test]
fn plain_text_draws_nothing() {
    let (sources, analysis) = analyze(MANY);
    for found in &analysis.findings {
        let text = plain::render(&sources, found, Language::English);
        let drawn = |c: char| ('\u{2190}'..='\u{2BFF}').contains(&c) || c == '\u{1b}';
        assert!(!text.contains(drawn), "{text}");
        assert!(text.contains(&found.code) && text.contains(", line "), "{text}");
        assert!(text.contains(&found.message.english()), "{text}");
    }
}

#[test]
fn a_terminal_shows_severity_and_code_first_and_places_as_links() {
    let (sources, analysis) = analyze(MANY);
    for found in &analysis.findings {
        let text = terminal::render(&sources, found, STYLE);
        let word = report::severity_word(found.severity);
        assert!(text.starts_with(&format!("{word}[{}]: ", found.code)), "{text}");
        assert!(text.ends_with("\n\n") && !text.ends_with("\n\n\n"), "{text}");
        assert!(!text.contains('\u{1b}') && !text.contains("Advice"), "{text}");
        for label in &found.labels {
            let source = sources.get(label.span.source).unwrap();
            assert!(text.contains(&format!("╭─ {}:", source.name)), "{text}");
        }
        let (line, column) = sources
            .get(found.place().unwrap().source)
            .unwrap()
            .line_column(found.place().unwrap().start);
        assert!(
            text.contains(&format!("policy.kup:{line}:{column}\n")),
            "{line}:{column} in {text}"
        );
    }
}

/// One finding in a file of a difficult name, over two lines.
fn awkward() -> (Sources, Diagnostic) {
    let mut sources = Sources::default();
    let id = sources.add(Source::new(
        "a,b:c%.kup",
        Origin::Project,
        "биринчи\nэкинчи\n".as_bytes(),
    ));
    let span = Span {
        source: id,
        start: 0,
        end: 20,
    };
    let message = Text::new("100% of\r\nit: a, b");
    (
        sources,
        Diagnostic::new("conflict", Severity::Note, message, span, "here").help("next\nline"),
    )
}

#[test]
fn annotations_escape_what_ends_a_command() {
    let (sources, found) = awkward();
    assert_eq!(
        github::line(&sources, &found, Language::English),
        "::notice file=a%2Cb%3Ac%25.kup,line=1,endLine=2,title=conflict::100%25 of%0D%0Ait: a, b%0Ahelp: next%0Aline"
    );
}

#[test]
fn a_limit_keeps_the_heaviest_and_counts_the_others() {
    let (sources, found) = awkward();
    let mut all = vec![found; 7];
    all[5].severity = Severity::Error;
    let (shown, more) = limit::limited(&sources, &all, 3);
    assert_eq!(shown.len(), 3);
    assert!(shown.iter().any(|found| found.severity == Severity::Error));
    assert_eq!(more, [("a,b:c%.kup".to_owned(), 4)]);
    assert_eq!(limit::limited(&sources, &all, 0).0.len(), 7);
    assert!(limit::limited(&sources, &all, 7).1.is_empty());
}

#[test]
fn rules_that_only_look_for_presence_are_counted() {
    // After an error in a sentence what seems to be missing waits.
    let sentences = readable()
        .replace("delivry", "delivery")
        .replace("with nobody ", "with couriers ");
    let (_, analysis) = analyze(&(sentences.replace("2024-01-01", "2026-03-01") + "recipient couriers \"Жеткирүү\"\n"));
    let presence = analysis.model.rules.iter().filter(|rule| rule.presence).count();
    let said = report::reservations(&analysis.model, &analysis.findings)
        .unwrap()
        .english();
    assert!(
        said.starts_with(&format!("{presence} of {} rules", analysis.model.rules.len())),
        "{said}"
    );
    assert!(said.contains("from a second source or from memory"), "{said}");
    let marked = analysis.findings.iter().filter(|found| {
        let notes = report::notes(found, Language::English);
        notes
            .iter()
            .any(|(word, text)| *word == "law" && text.contains("looks only whether"))
    });
    let marked = marked.map(|found| found.code.as_str()).collect::<Vec<_>>();
    assert!(!marked.is_empty());
    for rule in analysis
        .model
        .rules
        .iter()
        .filter(|rule| marked.contains(&rule.code.as_str()))
    {
        assert!(rule.presence, "{}", rule.code);
    }
}
