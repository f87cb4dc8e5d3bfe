//! What a mistake of syntax has torn: something that seems to be missing near it is not said to be, so that one mistake
//! gives one error.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Lower;
use crate::source::{Origin, SourceId, Sources, Span};
use crate::syntax::ast::{Declaration, File, Item, Node};
use crate::syntax::vocabulary::{self, kind};

/// What the syntax has reported.
#[derive(Clone, Debug, Default)]
pub(super) struct Torn {
    /// The places of errors, by file, in order.
    places: HashMap<SourceId, Vec<Span>>,
    /// Names in declarations that could not be read: they are not missing.
    names: HashSet<String>,
}

impl Torn {
    pub(super) fn of(files: &[(Arc<File>, Origin)], sources: &Sources) -> Torn {
        let broken = || files.iter().filter(|(file, _)| !file.broken.is_empty());
        let mut names = HashSet::new();
        for (file, _) in broken() {
            lost_names(&file.items, sources, &mut names);
        }
        Torn {
            places: broken().map(|(file, _)| (file.source, file.broken.clone())).collect(),
            names,
        }
    }

    /// Whether a name stands in a declaration that could not be read.
    pub(super) fn lost(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// All such names.
    pub(super) fn all_lost(&self) -> impl Iterator<Item = &String> {
        self.names.iter()
    }

    /// Whether a name stands in what has been reported, or is cut off by an error directly behind it: `third-party` is no
    /// `third`, and `three years` no purpose.
    pub(super) fn cuts(&self, name: Span) -> bool {
        let Some(places) = self.places.get(&name.source) else {
            return false;
        };
        let before = places.partition_point(|place| place.start <= name.start);
        let around = before.checked_sub(1).and_then(|at| places.get(at));
        let behind = places.get(before);
        around.is_some_and(|place| place.holds(name)) || behind.is_some_and(|place| place.start == name.end)
    }

    fn within(&self, source: SourceId, start: u32, end: u32) -> bool {
        let Some(places) = self.places.get(&source) else {
            return false;
        };
        let first = places.partition_point(|place| place.start < start);
        places.get(first).is_some_and(|place| place.start <= end)
    }
}

impl Lower<'_> {
    /// Whether something in the lines of a sentence has been reported as an error of syntax. What it says is not known then:
    /// a part may be lost that would narrow it. An unreadable line below that stands further to the right may be a part too.
    pub(super) fn is_torn(&self, span: Span) -> bool {
        if self.torn.places.is_empty() {
            return false;
        }
        let Some(text) = self.sources.get(span.source).map(|source| source.text.as_str()) else {
            return false;
        };
        let line_end = |from: usize| {
            let rest = text.get(from..).unwrap_or_default();
            from + rest.find('\n').unwrap_or(rest.len())
        };
        let within = |start: usize, end: usize| {
            let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            self.torn.within(span.source, place(start), place(end))
        };
        let end = line_end(span.end as usize);
        let next = (end + 1).min(text.len());
        let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
        let before = text.get(..span.start as usize).unwrap_or_default();
        let own = before.rfind('\n').map_or(before, |at| &before[at + 1..]);
        let below = text.get(next..line_end(next)).unwrap_or_default();
        within(span.start as usize, end) || (indent(below) > indent(own) && within(next, line_end(next)))
    }

    /// Whether a field of a block may be lost: one that is misspelt, or a line that could not be read.
    pub(super) fn lost_field(&self, declaration: &Declaration) -> bool {
        let known = |word: &str| kind(declaration.kind).fields.iter().any(|field| field.word == word);
        let lost = |node: &Node| match node {
            Node::Error => true,
            Node::Field(field) => !known(&field.word.value),
            _ => false,
        };
        !self.torn.places.is_empty() && declaration.items.iter().any(|item| lost(&item.node))
    }
}

/// Notes what unreadable declarations (`receiver couriers "…" {`) seem to declare: of the first line the word behind the one
/// that is no kind, of those in its block the first; and whatever stands before a label.
fn lost_names(items: &[Item], sources: &Sources, names: &mut HashSet<String>) {
    for item in items {
        match &item.node {
            Node::Error => {
                for (number, line) in sources.text(item.span).lines().enumerate() {
                    let before_label = line
                        .split_once('"')
                        .and_then(|(before, _)| before.split_whitespace().last());
                    let mut words = line.split_whitespace();
                    let named = words.nth(usize::from(number == 0)).filter(|word| is_name(word));
                    let declares = words
                        .next()
                        .is_none_or(|next| next == "is" || next.starts_with(['"', '{', '/']));
                    names.extend(
                        before_label
                            .into_iter()
                            .chain(named.filter(|_| declares))
                            .map(str::to_owned),
                    );
                }
            }
            Node::Declaration(declaration) => lost_names(&declaration.items, sources, names),
            _ => {}
        }
    }
}

fn is_name(word: &str) -> bool {
    word.chars().all(|letter| letter.is_alphanumeric() || letter == '_') && !vocabulary::is_reserved(word)
}
