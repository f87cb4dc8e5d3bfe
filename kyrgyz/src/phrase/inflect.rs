//! The head of a phrase with its suffixes.

use super::{NounPhrase, Script};
use crate::features::{Case, Features, Number, Possessor};
use crate::head;
use crate::lexicon::Entry;
use crate::reading;
use crate::stem::Stem;

impl NounPhrase {
    /// The head with these features, and whether a suffix was put.
    pub(super) fn inflect(&self, features: Features) -> (String, bool) {
        let Features {
            number,
            possessor,
            case,
            attributive,
        } = features;
        let add_plural = number == Number::Plural && !self.plural;
        // A possessive that is there gives way to another one, and to the plural before it.
        let other = matches!(possessor, Possessor::FirstPlural | Possessor::SecondPolite);
        let rebuild = self.possessive && (other || add_plural);
        let possessor = if self.possessive && !other {
            Possessor::Third
        } else {
            possessor
        };
        let add_possessor = possessor != Possessor::None && (!self.possessive || rebuild);
        if !(add_plural || add_possessor || case != Case::Nominative || attributive) || !self.has_letters() {
            return (self.head.clone(), false);
        }
        let mut stem = if rebuild {
            self.bare_stem()
        } else {
            self.stem(&self.head, self.reading.as_deref())
        };
        if add_plural {
            match self.irregular(|entry| entry.plural.as_deref()) {
                Some(plural) => stem = Stem::word(&plural),
                None => stem.plural(),
            }
        }
        if add_possessor {
            let third = self
                .irregular(|entry| entry.third.as_deref())
                .filter(|_| !add_plural && !self.plural);
            match (third, possessor) {
                (Some(third), Possessor::Third) => stem = Stem::word(&third),
                (Some(third), _) => {
                    stem = Stem::word(&Entry::possessive_stem(&third));
                    stem.possessive(possessor);
                }
                (None, _) => stem.possessive(possessor),
            }
        }
        stem.case(case, possessor == Possessor::Third);
        if attributive {
            stem.attributive();
        }
        (stem.written, true)
    }

    fn stem(&self, head: &str, reading: Option<&str>) -> Stem {
        match (self.script, reading) {
            (Script::Word, None) => Stem::word(head),
            (Script::Word, Some(reading)) => Stem::word_read(head, reading),
            (Script::Fixed, reading) => Stem::fixed(head, reading.unwrap_or(head), None),
            (Script::Latin, reading) => Stem::fixed(head, reading.unwrap_or(head), Some('’')),
        }
    }

    /// The head without its third person possessive.
    fn bare_stem(&self) -> Stem {
        if let Some(entry) = &self.entry
            && !self.plural
            && !entry.possessive
        {
            return self.stem(&self.in_place(&entry.lemma), entry.reading.as_deref());
        }
        let bare = head::without_third(&self.head);
        if reading::is_abbreviation(&bare) {
            return Stem::fixed(&bare, &reading::abbreviation(&bare).spoken, None);
        }
        self.stem(&bare, None)
    }

    /// An irregular form of the lexicon, in place of the head.
    fn irregular(&self, form: impl Fn(&Entry) -> Option<&str>) -> Option<String> {
        let form = self.entry.as_ref().and_then(form)?;
        (self.script == Script::Word).then(|| self.in_place(form))
    }

    /// A form of the entry with the first parts of a compound and the capital of the head.
    fn in_place(&self, form: &str) -> String {
        let (parts, last) = match self.head.rsplit_once('-') {
            Some((parts, last)) if !form.contains('-') => (format!("{parts}-"), last),
            _ => (String::new(), self.head.as_str()),
        };
        let capital = last.chars().next().is_some_and(char::is_uppercase);
        let mut letters = form.chars();
        match letters.next() {
            Some(first) if capital => parts + &first.to_uppercase().to_string() + letters.as_str(),
            _ => parts + form,
        }
    }

    fn has_letters(&self) -> bool {
        self.head.chars().any(|c| c.is_alphanumeric() || c == '%')
    }
}
