//! The pages of the codes that no rule reports: of syntax, of names, of waivers, of what depends on the day. What is drawn
//! in *Found* is what is found, *Better* is free of it, and neither shows another mistake.

use std::path::PathBuf;

use kupuya::codes::Known;
use kupuya::diagnostic::Diagnostic;
use kupuya::pipeline;
use kupuya::source::{Origin, Source, SourceId, Sources};
use kupuya::{checks, meaning, model, notice, proofread, syntax, today, waivers};

use super::pages::{blocks, drawn};
use super::run::check;

/// What stands for something that a page cannot show: `‹U+202E›` a character, `‹FF›` a byte, `‹x × 3›` a repetition, in
/// which `¶` is the end of a line.
fn bytes(block: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = block;
    while let Some((before, sign)) = rest.split_once('‹') {
        let (sign, after) = sign.split_once('›').unwrap();
        out.extend(before.bytes());
        if let Some((text, times)) = sign.split_once(" × ") {
            out.extend(text.replace('¶', "\n").repeat(times.parse().unwrap()).bytes());
        } else if let Some(point) = sign.strip_prefix("U+") {
            let letter = char::from_u32(u32::from_str_radix(point, 16).unwrap()).unwrap();
            out.extend(letter.to_string().bytes());
        } else {
            out.push(u8::from_str_radix(sign, 16).unwrap());
        }
        rest = after;
    }
    out.extend(rest.bytes());
    out
}

/// The findings of syntax in a block.
fn read(block: &str) -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let source = Source::new("example.kup", Origin::Project, &bytes(block));
    let found = syntax::parse(SourceId(0), &source).1;
    sources.add(source);
    (sources, found)
}

/// The findings of all stages but waivers in a block.
fn checked(block: &str) -> (Sources, Vec<Diagnostic>) {
    let run = check(block);
    (run.sources, run.found)
}

/// The findings of a block as the program makes them, on a day in 2026.
fn analyzed(block: &str) -> (Sources, Vec<Diagnostic>) {
    let (sources, analysis) = crate::report::analyze(block);
    (sources, analysis.findings)
}

/// What a proof-reader would mark in the notice of a block.
fn marked(block: &str) -> (Sources, Vec<Diagnostic>) {
    let run = check(&String::from_utf8(bytes(block)).unwrap());
    let options = notice::Options::default();
    let document = notice::document(&run.model, &meaning::from_model(&run.model), &options);
    (run.sources, proofread::notes(&run.model, &document, &options))
}

/// Line and columns of a finding, as a page draws them.
fn place(sources: &Sources, found: &Diagnostic) -> (usize, usize, usize) {
    let span = found.place().unwrap();
    let source = sources.get(span.source).unwrap();
    let (line, start) = source.line_column(span.start);
    let width = source.text[span.start as usize..span.end as usize]
        .lines()
        .next()
        .unwrap_or("")
        .chars()
        .count();
    (line, start, start + width.max(1))
}

/// What is wrong with the page of a code, beside mistakes of `stages` that its blocks must not show.
fn wrong(known: &Known, stages: &[&[Known]], findings: fn(&str) -> (Sources, Vec<Diagnostic>)) -> String {
    let mut wrong = String::new();
    for (heading, has_findings) in [("Found", true), ("Better", false)] {
        let blocks = blocks(known.page, heading);
        assert!(!blocks.is_empty(), "{}: a block under {heading}", known.code);
        for block in blocks {
            let (sources, found) = findings(block);
            let own: Vec<_> = found.iter().filter(|one| one.code == known.code).collect();
            let places: Vec<_> = own.iter().map(|one| place(&sources, one)).collect();
            let told: Vec<String> = found
                .iter()
                .map(|one| format!("{} {:?} {}", one.code, place(&sources, one), one.message.english()))
                .collect();
            let drawn = drawn(block, known.code);
            let fits = match block.contains('‹') {
                true => !own.is_empty(),
                false => drawn == places && drawn.is_empty() != has_findings,
            };
            let beside = found.iter().any(|one| {
                let of_stage = stages
                    .iter()
                    .any(|stage| stage.iter().any(|other| other.code == one.code));
                of_stage && one.code != known.code && known.code != syntax::codes::TOO_MANY_ERRORS
            });
            if !fits || beside {
                wrong += &format!("{}:\n{block}{drawn:?} drawn, found:\n{told:#?}\n", known.code);
            }
        }
    }
    wrong
}

#[test]
fn the_pages_of_syntax_show_their_mistakes() {
    let all = syntax::codes::ALL.iter();
    let wrong: String = all.map(|known| wrong(known, &[syntax::codes::ALL], read)).collect();
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_pages_of_names_waivers_and_days_show_their_mistakes() {
    let mut told = String::new();
    let findings: [(_, fn(&str) -> _); 4] = [
        (model::codes::ALL, checked),
        (waivers::ALL, analyzed),
        (today::ALL, analyzed),
        (proofread::ALL, marked),
    ];
    for (stage, findings) in findings {
        let own = stage.iter().filter(|known| checks::rule_named(known.code).is_none());
        told.extend(own.map(|known| wrong(known, &[syntax::codes::ALL, model::codes::ALL], findings)));
    }
    assert!(told.is_empty(), "{told}");
}

#[test]
fn every_page_has_its_parts_and_every_file_its_code() {
    let folder = |path: &str| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    let mut files = Vec::new();
    for path in [
        "src/syntax/pages",
        "src/model/pages",
        "src/waivers",
        "src/today",
        "src/proofread",
        "src/manifest/pages",
    ] {
        let entries = std::fs::read_dir(folder(path))
            .unwrap()
            .map(|entry| entry.unwrap().path());
        files.extend(entries.map(|page| page.file_stem().unwrap().to_str().unwrap().to_owned()));
    }
    files.sort();
    let codes = pipeline::codes();
    let own = codes.iter().filter(|code| checks::rule_named(&code.code).is_none());
    assert_eq!(files, own.clone().map(|code| code.code.clone()).collect::<Vec<_>>());
    for code in own {
        let title = format!("# {}\n\n{}\n\n## Why it matters\n", code.code, code.summary);
        assert!(code.page.starts_with(&title), "{}", code.code);
        assert!(blocks(&code.page, "When to waive").is_empty(), "{}", code.code);
    }
    let source = Source::new("a", Origin::Project, &bytes("‹U+0041›‹FF›‹b¶ × 2›"));
    assert_eq!(source.text, "A\u{FFFD}b\nb\n");
    assert_eq!(source.bad_bytes.len(), 1, "{:?}", SourceId(0));
}
