//! The parser that pest makes of `grammar/kupuya.pest`, and the two helpers through which the rest reads its pairs.

use pest::Parser as _;
use pest::iterators::{Pair, Pairs};
use pest_derive::Parser;

/// The generated parser; its rules carry the sentences of the grammar.
#[derive(Parser)]
#[grammar = "../grammar/kupuya.pest"]
struct Grammar;

/// A matched piece of text.
pub(super) type Node<'t> = Pair<'t, Rule>;

/// Matches a whole text. `None` only if pest's own guard stops it, which the limits on size keep from happening.
pub(super) fn lines(text: &str) -> Option<Pairs<'_, Rule>> {
    Grammar::parse(Rule::file, text).ok()?.next().map(Pair::into_inner)
}

/// The parts of a piece, without comments.
pub(super) fn inner<'t>(node: &Node<'t>) -> impl Iterator<Item = Node<'t>> + use<'t> {
    node.clone().into_inner().filter(|part| part.as_rule() != Rule::COMMENT)
}
