//! The places in the sources that title an edit.

use std::collections::BTreeSet;
use std::fs;

use crate::sources::{below, root};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One place that titles an edit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// File and function.
    pub name: String,
    /// The template of the title.
    pub title: String,
    /// The codes that the function names; empty if it does not say.
    pub codes: BTreeSet<String>,
    /// The messages that it may tell; empty if another function tells it.
    pub messages: BTreeSet<String>,
}

/// The functions that make an edit out of a title that they are given.
const MAKERS: &[&str] = &["edit", "safe"];

/// Every place that titles an edit.
pub fn all() -> BTreeSet<Place> {
    let files = below(&root().join("src"));
    let mut found = BTreeSet::new();
    for file in files {
        let name = file.strip_prefix(root()).unwrap().display().to_string();
        // Findings are told there, not made.
        if !name.starts_with("src/report") {
            functions(&name, fs::read_to_string(&file).unwrap().parse().unwrap(), &mut found);
        }
    }
    found
}

/// Looks at the body of each function.
fn functions(file: &str, tokens: TokenStream, found: &mut BTreeSet<Place>) {
    let mut name = None;
    let mut before = String::new();
    for token in tokens {
        match &token {
            TokenTree::Ident(word) if before == "fn" => name = Some(word.to_string()),
            TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => match name.take() {
                Some(name) => function(&format!("{file} {name}"), body.stream(), found),
                None => functions(file, body.stream(), found),
            },
            TokenTree::Punct(end) if end.as_char() == ';' => name = None,
            _ => {}
        }
        before = token.to_string();
    }
}

fn function(name: &str, body: TokenStream, found: &mut BTreeSet<Place>) {
    let mut words = Vec::new();
    flat(body, &mut words);
    let is_maker = MAKERS.iter().any(|maker| name.ends_with(&format!(" {maker}")));
    let texts = || words.iter().filter_map(|word| text(word));
    let mut codes = BTreeSet::new();
    for at in words.windows(4) {
        if at[0] == "codes" && at[1] == ":" && at[2] == ":" {
            codes.insert(at[3].to_lowercase());
        }
    }
    codes.extend(texts().filter(|text| kupuya::checks::rule_named(text).is_some()));
    let says = ["error", "finding", "base"]
        .iter()
        .any(|maker| words.windows(2).any(|at| at[0] == *maker && at[1] == "("))
        || words.windows(4).any(|at| at.concat() == "Diagnostic::new");
    let messages = if says { texts().collect() } else { BTreeSet::new() };
    for (at, word) in words.iter().enumerate() {
        let next = |steps: usize| words.get(at + steps).map_or("", String::as_str);
        let first = at > 1 && words[at - 2] == "Fix" && words[at - 1] == "{";
        let title = match word.as_str() {
            "title" if first && !is_maker => Some(2),
            "edit" | "safe" if next(1) == "(" && !is_maker => Some(2),
            "suggest" if next(1) == "(" => {
                found.insert(place(name, "write `{near}`", &codes, &messages));
                None
            }
            _ => None,
        };
        let Some(from) = title else { continue };
        // `"…"` or `Text::new("…")`.
        let title = text(next(from)).or_else(|| (next(from) == "Text").then(|| text(next(from + 5)))?);
        let title = title.unwrap_or_else(|| panic!("{name}: the title of an edit is written where the edit is made"));
        found.insert(place(name, &title, &codes, &messages));
    }
}

fn place(name: &str, title: &str, codes: &BTreeSet<String>, messages: &BTreeSet<String>) -> Place {
    Place {
        name: name.to_owned(),
        title: title.to_owned(),
        codes: codes.clone(),
        messages: messages.clone(),
    }
}

/// All tokens in order, brackets among them.
fn flat(tokens: TokenStream, words: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                words.push(open.to_owned());
                flat(group.stream(), words);
                words.push(close.to_owned());
            }
            other => words.push(other.to_string()),
        }
    }
}

/// The text of a string literal.
fn text(word: &str) -> Option<String> {
    let inside = word.strip_prefix('"')?.strip_suffix('"')?;
    Some(inside.replace("\\\"", "\""))
}
