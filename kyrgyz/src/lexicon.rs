//! The lexicon: what the rules cannot know.
//!
//! Three kinds of words need an entry: nouns with an irregular form (бала, балдар), abbreviations
//! and names whose reading does not follow from their letters (ЖАК is read ка), and everyday heads
//! of izafet phrases, so that саясаты is known to be саясат with its possessive already on.

mod entries;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::features::Possessor;
use crate::sound::{Vowel, is_cyrillic};
use crate::stem::Stem;

/// One word of the lexicon, with whatever is not regular about it.
///
/// ```
/// use kyrgyz::{Case, Entry, Lexicon, NounPhrase};
/// let mut lexicon = Lexicon::default();
/// lexicon.add(Entry::new("Zulip").reading("зулип"));
/// let name = NounPhrase::parse_with("Zulip", &lexicon);
/// assert_eq!(name.case(Case::Dative), "Zulip’ке");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub(crate) lemma: String,
    pub(crate) reading: Option<String>,
    pub(crate) third: Option<String>,
    pub(crate) plural: Option<String>,
    pub(crate) possessive: bool,
}

impl Entry {
    /// A word in the nominative singular. Without more it says only: this is a noun, and its
    /// regular forms in -Ы and -ЛАр are its own.
    ///
    /// ```
    /// use kyrgyz::{Case, Entry, Lexicon, NounPhrase};
    /// let mut lexicon = Lexicon::default();
    /// lexicon.add(Entry::new("чардак"));
    /// let phrase = NounPhrase::parse_with("ачык чардагы", &lexicon);
    /// assert_eq!(phrase.case(Case::Dative), "ачык чардагына");
    /// ```
    pub fn new(lemma: &str) -> Entry {
        Entry {
            lemma: lemma.to_owned(),
            reading: None,
            third: None,
            plural: None,
            possessive: false,
        }
    }

    /// How it is read, in Cyrillic letters; only the end matters.
    ///
    /// ```
    /// use kyrgyz::Entry;
    /// let entry = Entry::new("ЖАК").reading("ка");
    /// assert_eq!(entry.lemma(), "ЖАК");
    /// ```
    pub fn reading(mut self, reading: &str) -> Entry {
        self.reading = Some(reading.to_owned());
        self
    }

    /// The form with the third person possessive (орун, орду).
    ///
    /// ```
    /// use kyrgyz::Entry;
    /// let entry = Entry::new("орун").third("орду");
    /// assert_eq!(entry.lemma(), "орун");
    /// ```
    pub fn third(mut self, form: &str) -> Entry {
        self.third = Some(form.to_owned());
        self
    }

    /// The plural (бала, балдар).
    ///
    /// ```
    /// use kyrgyz::Entry;
    /// let entry = Entry::new("бала").plural("балдар");
    /// assert_eq!(entry.lemma(), "бала");
    /// ```
    pub fn plural(mut self, form: &str) -> Entry {
        self.plural = Some(form.to_owned());
        self
    }

    /// The lemma itself ends in a third person possessive (аты-жөнү, баары).
    ///
    /// ```
    /// use kyrgyz::{Case, NounPhrase};
    /// assert_eq!(NounPhrase::parse("аты-жөнү").case(Case::Accusative), "аты-жөнүн");
    /// ```
    pub fn possessive(mut self) -> Entry {
        self.possessive = true;
        self
    }

    /// The word itself.
    ///
    /// ```
    /// use kyrgyz::Entry;
    /// assert_eq!(Entry::new("факт").lemma(), "факт");
    /// ```
    pub fn lemma(&self) -> &str {
        &self.lemma
    }
}

/// What the lexicon knows of a word as it stands in a text.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) entry: Entry,
    pub(crate) plural: bool,
    pub(crate) possessive: bool,
}

impl Known {
    /// The declared reading of the word as it stands. A form has its own end, and is read as written.
    pub(crate) fn reading(&self) -> Option<String> {
        let lemma = !self.plural && self.possessive == self.entry.possessive;
        self.entry.reading.clone().filter(|_| lemma)
    }
}

/// A closed list of words. [`Lexicon::default`] is the built-in list; a project adds its own names.
///
/// ```
/// use kyrgyz::{Case, Lexicon, NounPhrase};
/// let phrase = NounPhrase::parse_with("«Альфа Телеком» ЖАК", &Lexicon::default());
/// assert_eq!(phrase.case(Case::Genitive), "«Альфа Телеком» ЖАКнын");
/// ```
#[derive(Clone, Debug)]
pub struct Lexicon {
    entries: BTreeMap<String, Entry>,
    /// Forms in -Ы, -ЛАр and -ЛАрЫ: lemma, is plural, is possessive.
    forms: BTreeMap<String, (String, bool, bool)>,
}

static BUILT_IN: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon {
        entries: BTreeMap::new(),
        forms: BTreeMap::new(),
    };
    for head in entries::HEADS.split_whitespace() {
        lexicon.add(Entry::new(head));
    }
    for noun in entries::BARE.split_whitespace() {
        lexicon.add(Entry::new(noun));
    }
    for (lemma, third, plural) in entries::IRREGULAR {
        let mut entry = Entry::new(lemma);
        entry.third = (!third.is_empty()).then(|| (*third).to_owned());
        entry.plural = (!plural.is_empty()).then(|| (*plural).to_owned());
        lexicon.add(entry);
    }
    for lemma in entries::POSSESSIVE {
        lexicon.add(Entry::new(lemma).possessive());
    }
    for (lemma, reading) in entries::READINGS {
        lexicon.add(Entry::new(lemma).reading(reading));
    }
    lexicon
});

impl Default for Lexicon {
    fn default() -> Lexicon {
        BUILT_IN.clone()
    }
}

impl Lexicon {
    /// The built-in list, without a copy.
    pub(crate) fn built_in() -> &'static Lexicon {
        &BUILT_IN
    }

    /// Adds a word; an earlier entry for the same lemma gives way.
    ///
    /// ```
    /// use kyrgyz::{Case, Entry, Lexicon, NounPhrase};
    /// let mut lexicon = Lexicon::default();
    /// lexicon.add(Entry::new("ИДП").reading("пы"));
    /// assert_eq!(NounPhrase::parse_with("ИДП", &lexicon).case(Case::Genitive), "ИДПнын");
    /// ```
    pub fn add(&mut self, entry: Entry) {
        let lemma = entry.lemma.clone();
        // Abbreviations and Latin names have no forms to be recognised by.
        let noun = lemma.ends_with(|c: char| is_cyrillic(c) && c.is_lowercase());
        if noun && !entry.possessive {
            let stem = Stem::word_read(&lemma, entry.reading.as_deref().unwrap_or(&lemma));
            let (mut third, mut plural) = (stem.clone(), stem);
            third.possessive(Possessor::Third);
            plural.plural();
            let third = entry.third.clone().unwrap_or(third.written);
            let plural = entry.plural.clone().unwrap_or(plural.written);
            let mut plural_third = Stem::word(&plural);
            plural_third.possessive(Possessor::Third);
            self.forms.insert(third, (lemma.clone(), false, true));
            self.forms.insert(plural, (lemma.clone(), true, false));
            self.forms.insert(plural_third.written, (lemma.clone(), true, true));
        }
        self.entries.insert(lemma, entry);
    }

    /// What is known of a word: as it is written, else in small letters.
    pub(crate) fn find(&self, word: &str) -> Option<Known> {
        self.find_exactly(word)
            .or_else(|| self.find_exactly(&word.to_lowercase()))
    }

    fn find_exactly(&self, word: &str) -> Option<Known> {
        if let Some(entry) = self.entries.get(word) {
            return Some(Known {
                entry: entry.clone(),
                plural: false,
                possessive: entry.possessive,
            });
        }
        let (lemma, plural, possessive) = self.forms.get(word)?;
        let entry = self.entries.get(lemma)?.clone();
        Some(Known {
            entry,
            plural: *plural,
            possessive: *possessive,
        })
    }
}

impl Entry {
    /// The stem before a possessive other than the third person: орду gives орд, убактысы убакты.
    pub(crate) fn possessive_stem(third: &str) -> String {
        let mut letters: Vec<char> = third.chars().collect();
        let last = letters.pop();
        if last == Some('ю') {
            letters.push('й');
        }
        if letters.last() == Some(&'с') && letters.iter().rev().nth(1).is_some_and(|c| Vowel::of(*c).is_some()) {
            letters.pop();
        }
        letters.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_recognised() {
        for (word, lemma, plural, possessive) in [
            ("саясаты", "саясат", false, true),
            ("отчету", "отчет", false, true),
            ("отчеттор", "отчет", true, false),
            ("Дареги", "дарек", false, true),
            ("балдар", "бала", true, false),
            ("балдары", "бала", true, true),
            ("ордун", "", false, false),
            ("актылары", "акт", true, true),
        ] {
            let known = Lexicon::built_in().find(word);
            assert_eq!(known.as_ref().map_or("", |k| k.entry.lemma()), lemma, "{word}");
            if let Some(known) = known {
                assert_eq!((known.plural, known.possessive), (plural, possessive), "{word}");
            }
        }
    }

    #[test]
    fn possessive_stems() {
        assert_eq!(Entry::possessive_stem("орду"), "орд");
        assert_eq!(Entry::possessive_stem("убактысы"), "убакты");
        assert_eq!(Entry::possessive_stem("ою"), "ой");
    }
}
