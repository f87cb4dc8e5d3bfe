//! The words of a project, beside those that the language library knows.
//!
//! Every label is read by [`phrase`], from many places; the words of the notice that is being written lie where all of
//! them find them, for as long as it is being written.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use kyrgyz::{Entry, Lexicon, NounPhrase};

use crate::notice::options::Word;

thread_local! {
    static WORDS: RefCell<Option<Rc<Lexicon>>> = const { RefCell::new(None) };
}

/// Puts back what was there, however the writing ends.
struct Before(Option<Rc<Lexicon>>);

impl Drop for Before {
    fn drop(&mut self) {
        WORDS.with(|words| *words.borrow_mut() = self.0.take());
    }
}

/// Runs with these words known.
pub(super) fn knowing<R>(words: &BTreeMap<String, Word>, run: impl FnOnce() -> R) -> R {
    let own = (!words.is_empty()).then(|| Rc::new(lexicon(words)));
    let _before = Before(WORDS.with(|known| known.replace(own)));
    run()
}

/// The built-in lexicon with these words.
pub(super) fn lexicon(words: &BTreeMap<String, Word>) -> Lexicon {
    let mut lexicon = Lexicon::default();
    for (lemma, word) in words {
        let mut entry = Entry::new(lemma);
        if let Some(reading) = &word.reading {
            entry = entry.reading(reading);
        }
        if let Some(third) = &word.third {
            entry = entry.third(third);
        }
        if let Some(plural) = &word.plural {
            entry = entry.plural(plural);
        }
        if word.possessive {
            entry = entry.possessive();
        }
        lexicon.add(entry);
    }
    lexicon
}

/// A label as a phrase that inflects.
pub(super) fn phrase(text: &str) -> NounPhrase {
    let own = WORDS.with(|words| words.borrow().clone());
    own.map_or_else(|| NounPhrase::parse(text), |own| NounPhrase::parse_with(text, &own))
}
