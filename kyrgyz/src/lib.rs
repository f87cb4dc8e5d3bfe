//! Kyrgyz (Cyrillic) inflection for programs that print Kyrgyz text.
//!
//! Give it a label as an author writes it, ask for a form:
//!
//! ```
//! use kyrgyz::{Case, NounPhrase, Number, Possessor};
//!
//! let state = NounPhrase::parse("Кыргыз Республикасы");
//! assert_eq!(state.case(Case::Genitive), "Кыргыз Республикасынын");
//!
//! let data = NounPhrase::parse("жеке маалымат");
//! let form = data.form(Number::Plural, Possessor::SecondPolite, Case::Dative);
//! assert_eq!(form.text, "жеке маалыматтарыңызга");
//! ```
//!
//! # How it works
//!
//! Kyrgyz words are built by putting suffixes one after another, and each suffix looks only at the
//! sound that stands right before it. So there are no paradigms here but a small algebra:
//!
//! 1. A **stem** has two properties: its last vowel ([`sound::Vowel`]) and the kind of its last
//!    sound ([`sound::Ending`]). They are taken from how the word is *read*, which for «КР» (эр),
//!    `MegaPay` (мегапей) or 50% (пайыз) is not how it is written.
//! 2. A **suffix** is a template such as `DAн`; its capitals are settled by those two properties.
//! 3. The suffix becomes part of the stem, and the next one looks at the new end: plural, then
//!    possessive, then case ([`Features`]).
//!
//! What an algebra cannot know is kept apart: the [`Lexicon`] has the irregular words, and reading
//! a label ([`NounPhrase::parse`]) decides which word is the head and what it carries already.
//! Where that was a guess, the [`Form`] says so.
//!
//! Everything else stands on these: numbers, dates, periods and money are stems with a reading;
//! lists join finished forms; typography works on finished text.
//!
//! The modules, in the order in which they are best read:

pub mod sound;

mod features;

mod stem;

mod lexicon;

mod reading;

mod latin;

mod head;

mod phrase;

mod suffixes;

mod verbal_noun;

mod participle;

pub mod numerals;

mod date;

mod period;

mod money;

mod list;

pub mod typography;

mod look_alikes;

pub mod table;

pub use date::{Date, NotADate};
pub use features::{Case, Features, Number, Possessor, UnknownFeatures};
pub use lexicon::{Entry, Lexicon};
pub use list::{Conjunction, list};
pub use look_alikes::{LookAlike, look_alikes, repair};
pub use money::Money;
pub use participle::{is_participle, negated_participle};
pub use period::{Period, Unit};
pub use phrase::{Form, NounPhrase};
pub use verbal_noun::{is_verbal_noun, verbal_noun};

/// The examples of the README, as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
