//! The Kyrgyz of the program: no sentence without it, no line without a sentence, and nothing in it that is not Kyrgyz.
//!
//! What the program says is found by reading its sources: every text in quotes that reads like English, wherever it
//! stands. So nothing new can be said in English alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::sources::{below, root};
use kupuya::checks::RULES;
use kupuya::diagnostic::{Argument, Diagnostic, Text};
use kupuya::messages::{Language, Piece, TABLES, lines, pieces};
use kupuya::source::{Origin, Source, SourceId, Sources};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Rooms whose texts are not said by the program: the notice is written in Kyrgyz, exports in the language of
/// their engine, and these tables document the language.
const ELSEWHERE: &[&str] = &[
    "src/messages",
    "src/notice",
    "src/export/cedar",
    "src/export/rego/data.rs",
    "src/export/rego/ends.rs",
    "src/syntax/vocabulary/",
    "src/checks/law/detectors.rs",
    "src/checks/law/fields.rs",
    "src/diff/terms.rs",
    "src/diff/clauses.rs",
    "src/ask/written.rs",
    "src/picture",
    "src/report/cases",
    "src/scenarios/suggest.rs",
];

/// Pieces of the language, of formats and of names: they are the same in every language.
const NOT_SAID: &[&str] = &[
    "\n{indent}keep {data} for 1 year{under} then erase",
    "law house \"Ички эрежелер\" {}\n\n",
    "scenario \"{}\" {{",
    " and ",
    " at line ",
    "Example: ",
    "duplicate field",
    "missing field",
    "unknown field",
    " and",
    " except ",
    " except {}",
    " for {}",
    " in {}",
    " is ",
    " is {first}",
    " or ",
    " or under {names}",
    " or",
    " then erase",
    " under ",
    " under {}",
    " within {period}",
    "# {code}\n\n{summary}\n",
    "# {code}\n\n{summary}\n\n{of_pack}\n\n```kup\n{text}\n```\n",
    "1 year",
    "::notice title=kupuya::{}",
    "<standard input>",
    "about",
    "age = {age}",
    "allow ",
    "at {at}",
    "by",
    "channel: {}",
    "deny ",
    "deny forbidden",
    "deny invalid",
    "deny no_policy",
    "deny undeclared",
    "deny unmet",
    "each ",
    "effective: {day}",
    "for",
    "from",
    "given {}",
    "in {}",
    "is ",
    "keep {path} for 1 year{} then erase",
    "kupuya meaning 1",
    "kupuya: {}: {told}",
    "kupuya: {}{drawing}",
    "must ",
    "never ",
    "not ",
    "not {name}",
    "on {year:04}-{month:02}-{day:02}",
    "site \"https://…\"",
    "then notify {whom}{within}",
    "with",
    "withdraw: settings at {}",
    "within ",
    "working day",
    "{by} at {at}",
    "{verb} any {rest}",
    "{} {name} \"{label}\" is {path}",
];

/// What takes a template, however short.
const SAYS: &[&str] = &[
    "because", "counted", "either", "heading", "help", "row", "say", "template",
];

/// Kyrgyz texts may hold these outside of backticks.
const LATIN: &[&str] = &["BOM", "Kupuya", "UTF-16", "UTF-8"];

/// What the sources say, with the file that says it first; and what they put together with a macro for formats.
fn said() -> (BTreeMap<String, String>, Vec<String>) {
    let files = below(&root().join("src"));
    let mut all = Said::default();
    for file in files {
        let name = file.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        if !ELSEWHERE.iter().any(|room| name.starts_with(room)) {
            all.file = name;
            all.read(fs::read_to_string(&file).unwrap().parse().unwrap(), Caller::Other);
        }
    }
    (all.texts, all.composed)
}

#[derive(Clone, Copy, PartialEq)]
enum Caller {
    /// Takes a template.
    Says,
    /// A macro for formats.
    Composes,
    Other,
}

#[derive(Default)]
struct Said {
    file: String,
    texts: BTreeMap<String, String>,
    composed: Vec<String>,
}

impl Said {
    fn read(&mut self, tokens: TokenStream, caller: Caller) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let word = |at: Option<usize>| match at.and_then(|at| tokens.get(at)) {
            Some(TokenTree::Ident(word)) => word.to_string(),
            Some(TokenTree::Punct(sign)) => sign.to_string(),
            _ => String::new(),
        };
        for (at, token) in tokens.iter().enumerate() {
            let before = |steps: usize| word(at.checked_sub(steps));
            match token {
                // Attributes: comments, the words of `--help`, reasons of lints.
                TokenTree::Group(group)
                    if group.delimiter() == Delimiter::Bracket && is_attribute(&before(1), &before(2)) => {}
                TokenTree::Group(group) if before(1) == "tests" && before(2) == "mod" => {
                    assert_eq!(group.delimiter(), Delimiter::Brace);
                }
                TokenTree::Group(group) => {
                    let inner = match group.delimiter() {
                        Delimiter::Parenthesis if before(1) == "!" => {
                            let composes = ["format", "write", "writeln"].contains(&before(2).as_str());
                            if composes { Caller::Composes } else { Caller::Other }
                        }
                        Delimiter::Parenthesis if before(1) == "new" && before(4) == "Text" => Caller::Says,
                        Delimiter::Parenthesis if SAYS.contains(&before(1).as_str()) => Caller::Says,
                        Delimiter::Parenthesis if !before(1).is_empty() && before(1) != "(" => Caller::Other,
                        _ => caller,
                    };
                    self.read(group.stream(), inner);
                }
                TokenTree::Literal(literal) => {
                    if let Some(text) = value(&literal.to_string()) {
                        self.text(text, caller);
                    }
                }
                _ => {}
            }
        }
    }

    fn text(&mut self, text: String, caller: Caller) {
        if NOT_SAID.contains(&text.as_str()) {
            return;
        }
        let words = has_words(&text);
        if caller == Caller::Composes && words && text.contains(' ') {
            self.composed.push(format!("{}: {text:?}", self.file));
        } else if words && (caller == Caller::Says || text.contains(' ')) {
            self.texts.entry(text).or_insert_with(|| self.file.clone());
        }
    }
}

/// `#[…]` and `#![…]`.
fn is_attribute(before: &str, earlier: &str) -> bool {
    before == "#" || before == "!" && earlier == "#"
}

/// The text of a string literal; `None` for other literals.
fn value(literal: &str) -> Option<String> {
    let inside = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut out = String::new();
    let mut letters = inside.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match letters.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('\n') => while letters.next_if(|next| next.is_whitespace()).is_some() {},
            // Codes of letters are never words.
            Some(other) => out.push(other),
            None => {}
        }
    }
    Some(out)
}

/// Whether there are English words outside of backticks and holes.
fn has_words(text: &str) -> bool {
    let bare = outside(text);
    let mut words = bare.split(|letter: char| !letter.is_ascii_alphabetic());
    words.any(|word| word.len() > 1)
}

/// A template without backticks, what stands in them, and holes.
fn outside(text: &str) -> String {
    let mut out = String::new();
    for (at, part) in text.split('`').enumerate() {
        if at % 2 == 0 {
            out.push_str(part);
        }
        out.push(' ');
    }
    let mut bare = String::new();
    let mut rest = out.as_str();
    while let Some((before, hole)) = rest.split_once('{') {
        bare.push_str(before);
        bare.push(' ');
        match hole.split_once('}') {
            Some((_, after)) => rest = after,
            None => rest = hole,
        }
    }
    bare + rest
}

fn holes(template: &str) -> BTreeSet<&str> {
    let is_name =
        |hole: &&str| !hole.is_empty() && hole.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
    let parts = template.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    parts.map(|(hole, _)| hole).filter(is_name).collect()
}

fn code(template: &str) -> Vec<&str> {
    template.split('`').skip(1).step_by(2).collect()
}

/// The prose of a page, without its title.
fn paragraphs(page: &str) -> Vec<String> {
    let told = |piece| match piece {
        Piece::Heading("#", _) | Piece::Code(_) => None,
        Piece::Heading(_, words) => Some(words.to_owned()),
        Piece::Prose(text) => Some(text),
    };
    pieces(page).into_iter().filter_map(told).collect()
}

#[test]
fn every_sentence_has_its_kyrgyz_and_every_line_its_sentence() {
    let (said, composed) = said();
    let known: BTreeMap<&str, &str> = TABLES.iter().flat_map(|(_, table)| lines(table)).collect();
    let mut wrong = String::new();
    let pages = kupuya::pipeline::codes()
        .into_iter()
        .flat_map(|code| paragraphs(&code.page));
    let said: BTreeMap<String, String> = said
        .into_iter()
        .chain(pages.map(|text| (text, "a page".to_owned())))
        .collect();
    for (text, file) in &said {
        if !known.contains_key(text.as_str()) {
            wrong += &format!("{file}: no Kyrgyz in src/messages/ky: {text:?}\n");
        }
    }
    for text in composed {
        wrong += &format!("{text}: a sentence is a Text with holes, so that it can be said in Kyrgyz\n");
    }
    // Closed words that are chosen at one place and looked up at another.
    let single = |english: &str| english.split_whitespace().count() == 1;
    for (english, _) in known.iter().filter(|(english, _)| !single(english)) {
        if !said.contains_key(*english) {
            wrong += &format!("src/messages/ky: nobody says {english:?}\n");
        }
    }
    assert!(
        wrong.is_empty(),
        "{wrong}A text that is said to nobody stands in NOT_SAID of this test."
    );
}

#[test]
fn tables_are_clean() {
    let mut seen = BTreeMap::new();
    let mut wrong = String::new();
    for (name, table) in TABLES {
        for (number, line) in table.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let place = format!("{name}:{}", number + 1);
            let [english, kyrgyz] = line.split('\t').collect::<Vec<_>>()[..] else {
                wrong += &format!("{place}: not two texts with a tab between them\n");
                continue;
            };
            if let Some(first) = seen.insert(english, place.clone()) {
                wrong += &format!("{place}: stands at {first} already\n");
            }
            if holes(english) != holes(kyrgyz) {
                wrong += &format!("{place}: holes {:?} and {:?}\n", holes(english), holes(kyrgyz));
            }
            let (mut left, right) = (code(kyrgyz), code(english));
            for piece in right {
                match left.iter().position(|known| *known == piece) {
                    Some(at) => drop(left.remove(at)),
                    None => wrong += &format!("{place}: `{piece}` is lost\n"),
                }
            }
            let clean = LATIN.iter().fold(outside(kyrgyz), |text, word| text.replace(word, " "));
            let clean = clean.replace("(kupuya check --waived)", "");
            let clean = clean
                .replace("(kupuya render --format text)", "")
                .replace("(kupuya decide)", "")
                .replace("(kupuya test)", "");
            if let Some(letter) = clean
                .chars()
                .find(char::is_ascii_alphabetic)
                .filter(|_| *name != "answers.tsv")
            {
                wrong += &format!("{place}: Latin `{letter}` outside of backticks: {kyrgyz}\n");
            }
            if !kyrgyz::look_alikes(kyrgyz).is_empty() {
                wrong += &format!("{place}: letters of two scripts: {kyrgyz}\n");
            }
            if kyrgyz.contains("  ") || kyrgyz.trim() != kyrgyz.trim_start() {
                wrong += &format!("{place}: blanks\n");
            }
        }
    }
    assert!(seen.len() > 900, "{}", seen.len());
    assert!(wrong.is_empty(), "{wrong}");
}

/// Every text of a finding.
fn texts(found: &Diagnostic) -> Vec<&Text> {
    let mut all = vec![&found.message];
    all.extend(found.labels.iter().map(|label| &label.text));
    all.extend(found.why.iter().chain(&found.help));
    all.extend(found.fixes.iter().map(|fix| &fix.title));
    all
}

fn templates<'t>(text: &'t Text, all: &mut Vec<&'t Text>) {
    fn of_argument<'t>(argument: &'t Argument, all: &mut Vec<&'t Text>) {
        match argument {
            Argument::Plain(_) | Argument::Either { .. } => {}
            Argument::Words(text) => templates(text, all),
            Argument::List(_, list) => list.iter().for_each(|one| of_argument(one, all)),
        }
    }
    all.push(text);
    text.arguments
        .iter()
        .for_each(|(_, argument)| of_argument(argument, all));
}

/// Plain arguments that are words of the program would stay English: what is plain stands in the source, or is code.
fn english_left(text: &Text, written: impl Fn(&str) -> bool) -> Option<String> {
    let mut all = Vec::new();
    templates(text, &mut all);
    for part in &all {
        if has_words(part.template) && Language::Kyrgyz.translation(part.template).is_none() {
            return Some(format!("no Kyrgyz: {}", part.template));
        }
    }
    let told = text.told(Language::Kyrgyz);
    if holes(&told)
        .iter()
        .any(|hole| text.template.contains(&format!("{{{hole}}}")))
    {
        return Some(format!("an open hole: {told}"));
    }
    let bare = outside(&told);
    let mut words = bare.split(|letter: char| !letter.is_ascii_alphabetic() && letter != '_');
    let strange = words.find(|word| word.len() > 2 && !written(word) && !LATIN.join(" ").contains(word));
    strange.map(|word| format!("`{word}` in: {told}"))
}

fn cases(folder: &str) -> Vec<String> {
    let folder = root().join("tests/it").join(folder);
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let texts = paths.filter(|path| path.extension().is_some_and(|ending| ending == "kup"));
    texts.map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// The findings of all cases, and of the blocks of the pages, with the text in which they are.
fn findings() -> Vec<(Diagnostic, String)> {
    let mut all = Vec::new();
    for text in cases("syntax/cases") {
        let source = Source::new("case.kup", Origin::Project, text.as_bytes());
        let (_, found) = kupuya::syntax::parse(SourceId(0), &source);
        all.extend(found.into_iter().map(|found| (found, text.clone())));
    }
    let pages = RULES.iter().flat_map(|rule| rule.page.split("```kup\n").skip(1));
    let blocks = pages.map(|block| block.split("```").next().unwrap().to_owned());
    let whole = ["model/cases", "checks/cases"]
        .map(cases)
        .into_iter()
        .flatten()
        .chain(blocks);
    for text in whole {
        let (_, analysis) = crate::report::analyze(&text);
        all.extend(analysis.findings.into_iter().map(|found| (found, text.clone())));
    }
    all
}

#[test]
fn findings_leave_no_english() {
    let mut packs = Sources::default();
    kupuya::laws::add_to(&mut packs);
    let packs = packs.iter().map(|(_, source)| source.text.as_str()).collect::<String>();
    let mut wrong = BTreeSet::new();
    let mut told = 0;
    for (found, case) in findings() {
        let written = |word: &str| case.contains(word) || packs.contains(word);
        for text in texts(&found) {
            told += 1;
            wrong.extend(english_left(text, written).map(|what| format!("{}: {what}", found.code)));
        }
    }
    assert!(told > 1000, "{told}");
    assert!(wrong.is_empty(), "{:#?}", wrong);
}
