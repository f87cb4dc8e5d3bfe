//! Noun phrases: a label as an author writes it, and its forms.

mod inflect;
mod parse;

use crate::features::{Case, Features, Number, Possessor};
use crate::lexicon::{Entry, Lexicon};

/// One form of a phrase.
///
/// ```
/// use kyrgyz::{Case, NounPhrase, Number, Possessor};
/// let form = NounPhrase::parse("Kumtor").form(Number::Singular, Possessor::None, Case::Genitive);
/// assert_eq!(form.text, "Kumtor’дун");
/// assert!(form.guessed);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The phrase in that form.
    pub text: String,
    /// The suffix rests on a guess: how an abbreviation or a Latin name is read, or whether the
    /// head already had a possessive. A declared reading or a lexicon entry removes it.
    pub guessed: bool,
}

/// What kind of writing the head word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    /// A Cyrillic word, whose end may change.
    Word,
    /// Letters that stay as they are: abbreviations, figures, names in quotation marks.
    Fixed,
    /// A Latin name: fixed, and ’ before the suffix.
    Latin,
}

/// A noun phrase in the nominative; only its last word, the head, inflects.
///
/// ```
/// use kyrgyz::{Case, NounPhrase};
/// for (label, dative) in [
///     ("Кыргыз Республикасы", "Кыргыз Республикасына"),
///     ("MegaPay мобилдик тиркемеси", "MegaPay мобилдик тиркемесине"),
///     ("телефон китепчесиндеги байланыштар", "телефон китепчесиндеги байланыштарга"),
///     ("«Инфоком» МИ", "«Инфоком» МИге"),
///     ("банктык маалыматтар (төлөм номери)", "банктык маалыматтарга (төлөм номери)"),
/// ] {
///     assert_eq!(NounPhrase::parse(label).case(Case::Dative), dative);
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NounPhrase {
    /// The members of a coordination before the last, each with what joins it to the next.
    earlier: Vec<(NounPhrase, String)>,
    /// What stands before the head in its own member.
    before: String,
    /// The head as it is written, with the closing quotation mark.
    head: String,
    /// What stands after the head: brackets, a full stop.
    after: String,
    script: Script,
    reading: Option<String>,
    reading_guessed: bool,
    entry: Option<Entry>,
    plural: bool,
    possessive: bool,
    shape_guessed: bool,
}

impl NounPhrase {
    /// Reads a label with the built-in lexicon.
    ///
    /// ```
    /// use kyrgyz::{Case, NounPhrase};
    /// assert_eq!(NounPhrase::parse("аты-жөнү").case(Case::Ablative), "аты-жөнүнөн");
    /// ```
    pub fn parse(text: &str) -> NounPhrase {
        NounPhrase::parse_with(text, Lexicon::built_in())
    }

    /// Reads a label with a lexicon of your own.
    ///
    /// ```
    /// use kyrgyz::{Case, Entry, Lexicon, NounPhrase};
    /// let mut lexicon = Lexicon::default();
    /// lexicon.add(Entry::new("Balance.kg").reading("баланс"));
    /// assert_eq!(NounPhrase::parse_with("Balance.kg", &lexicon).case(Case::Locative), "Balance.kg’та");
    /// ```
    pub fn parse_with(text: &str, lexicon: &Lexicon) -> NounPhrase {
        parse::phrase(text, lexicon)
    }

    /// States whether the head already ends in a third person possessive.
    ///
    /// ```
    /// use kyrgyz::{Case, NounPhrase};
    /// let phrase = NounPhrase::parse("«Ала-Тоо» чарбасы").with_possessive(true);
    /// assert_eq!(phrase.case(Case::Accusative), "«Ала-Тоо» чарбасын");
    /// ```
    pub fn with_possessive(mut self, possessive: bool) -> NounPhrase {
        self.possessive = possessive;
        self.shape_guessed = false;
        self
    }

    /// States whether the head is already plural.
    ///
    /// ```
    /// use kyrgyz::{Case, NounPhrase, Number, Possessor};
    /// let phrase = NounPhrase::parse("балдар").with_plural(true);
    /// assert_eq!(phrase.form(Number::Plural, Possessor::None, Case::Genitive).text, "балдардын");
    /// ```
    pub fn with_plural(mut self, plural: bool) -> NounPhrase {
        self.plural = plural;
        self
    }

    /// States how the head is read, in Cyrillic letters.
    ///
    /// ```
    /// use kyrgyz::{Case, NounPhrase};
    /// let phrase = NounPhrase::parse("Wise").with_reading("вайз");
    /// assert_eq!(phrase.case(Case::Ablative), "Wise’дан");
    /// ```
    pub fn with_reading(mut self, reading: &str) -> NounPhrase {
        self.reading = Some(reading.to_owned());
        self.reading_guessed = false;
        self
    }

    /// Whether the head already is plural (маалыматтар).
    ///
    /// ```
    /// use kyrgyz::NounPhrase;
    /// assert!(NounPhrase::parse("үчүнчү жактар").is_plural());
    /// ```
    pub fn is_plural(&self) -> bool {
        self.plural
    }

    /// Whether the head already has a third person possessive (Республикасы).
    ///
    /// ```
    /// use kyrgyz::NounPhrase;
    /// assert!(NounPhrase::parse("купуялык саясаты").is_possessive());
    /// ```
    pub fn is_possessive(&self) -> bool {
        self.possessive
    }

    /// Whether plurality or possession was read off the spelling alone and may be wrong.
    ///
    /// ```
    /// use kyrgyz::NounPhrase;
    /// assert!(!NounPhrase::parse("купуялык саясаты").is_guessed());
    /// assert!(NounPhrase::parse("дыйкан чарбасы").is_guessed());
    /// ```
    pub fn is_guessed(&self) -> bool {
        self.shape_guessed || self.reading_guessed
    }

    /// The form with these features.
    ///
    /// What the phrase has, stays: a plural phrase is plural in the singular too, and
    /// [`Possessor::None`] leaves an izafet as it is. Nothing is put twice. [`Possessor::FirstPlural`]
    /// and [`Possessor::SecondPolite`] take the place of a third person possessive.
    ///
    /// ```
    /// use kyrgyz::{Case, NounPhrase, Number, Possessor};
    /// let policy = NounPhrase::parse("купуялык саясаты");
    /// assert_eq!(policy.form(Number::Singular, Possessor::Third, Case::Locative).text, "купуялык саясатында");
    /// assert_eq!(policy.form(Number::Plural, Possessor::None, Case::Dative).text, "купуялык саясаттарына");
    /// assert_eq!(policy.form(Number::Singular, Possessor::FirstPlural, Case::Accusative).text, "купуялык саясатыбызды");
    /// ```
    pub fn form(&self, number: Number, possessor: Possessor, case: Case) -> Form {
        self.with(Features::new(number, possessor, case))
    }

    /// The form with the features of a suffix; see [`Features::recognise`].
    ///
    /// ```
    /// use kyrgyz::{Features, NounPhrase};
    /// let features = Features::recognise("га").unwrap();
    /// assert_eq!(NounPhrase::parse("Улуттук банкы").with(features).text, "Улуттук банкына");
    /// ```
    pub fn with(&self, features: Features) -> Form {
        let (head, changed) = self.inflect(features);
        let mut text = String::new();
        for (member, joint) in &self.earlier {
            text.push_str(&member.nominative());
            text.push_str(joint);
        }
        for part in [&self.before, &head, &self.after] {
            text.push_str(part);
        }
        Form {
            text,
            guessed: changed && self.is_guessed(),
        }
    }

    /// The phrase as it is declared, in a case.
    ///
    /// ```
    /// use kyrgyz::{Case, NounPhrase};
    /// assert_eq!(NounPhrase::parse("документтин сериясы жана номери").case(Case::Accusative),
    ///            "документтин сериясы жана номерин");
    /// ```
    pub fn case(&self, case: Case) -> String {
        self.form(Number::Singular, Possessor::None, case).text
    }

    /// The phrase as it is declared, with -ДАгЫ: what is in it or on it.
    ///
    /// ```
    /// use kyrgyz::NounPhrase;
    /// assert_eq!(NounPhrase::parse("сайт").attributive(), "сайттагы");
    /// assert_eq!(NounPhrase::parse("MegaPay").with_reading("мегапей").attributive(), "MegaPay’деги");
    /// assert_eq!(NounPhrase::parse("MegaPay колдонмосу").attributive(), "MegaPay колдонмосундагы");
    /// ```
    pub fn attributive(&self) -> String {
        self.with(Features::attributive(Number::Singular, Possessor::None)).text
    }

    /// The members of a coordination (joined by a comma, жана or же); one if there is none.
    ///
    /// ```
    /// use kyrgyz::NounPhrase;
    /// assert_eq!(NounPhrase::parse("чогултуу, сактоо жана жок кылуу").conjuncts().len(), 3);
    /// ```
    pub fn conjuncts(&self) -> Vec<NounPhrase> {
        let last = NounPhrase {
            earlier: Vec::new(),
            ..self.clone()
        };
        self.earlier
            .iter()
            .map(|(member, _)| member.clone())
            .chain([last])
            .collect()
    }

    /// As [`NounPhrase::with`], but every member of a coordination inflects that has the shape of
    /// the last one (number and possession); the others are taken for its attributes.
    ///
    /// ```
    /// use kyrgyz::{Case, Features, NounPhrase, Number, Possessor};
    /// let dative = Features::new(Number::Singular, Possessor::None, Case::Dative);
    /// let phrase = NounPhrase::parse("документтин сериясы жана номери");
    /// assert_eq!(phrase.with_each(dative).text, "документтин сериясына жана номерине");
    /// let phrase = NounPhrase::parse("жеке жана банктык маалыматтар");
    /// assert_eq!(phrase.with_each(dative).text, "жеке жана банктык маалыматтарга");
    /// ```
    pub fn with_each(&self, features: Features) -> Form {
        let mut text = String::new();
        let mut guessed = false;
        for (member, joint) in &self.earlier {
            let alike = (member.plural, member.possessive) == (self.plural, self.possessive);
            let form = member.with(if alike { features } else { Features::default() });
            guessed |= form.guessed;
            text.push_str(&form.text);
            text.push_str(joint);
        }
        let last = NounPhrase {
            earlier: Vec::new(),
            ..self.clone()
        }
        .with(features);
        text.push_str(&last.text);
        Form {
            text,
            guessed: guessed || last.guessed,
        }
    }

    fn nominative(&self) -> String {
        format!("{}{}{}", self.before, self.head, self.after)
    }
}
