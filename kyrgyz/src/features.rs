//! Grammatical features: number, possessor and case, and the three of them together.

use std::fmt;
use std::str::FromStr;

/// Singular or plural.
///
/// ```
/// use kyrgyz::{Case, NounPhrase, Number, Possessor};
/// let data = NounPhrase::parse("маалымат");
/// assert_eq!(data.form(Number::Plural, Possessor::None, Case::Nominative).text, "маалыматтар");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Number {
    /// One, or after a numeral any number of them (30 күн).
    #[default]
    Singular,
    /// -ЛАр
    Plural,
}

/// Whose it is: the possessive suffixes that a policy needs.
///
/// ```
/// use kyrgyz::{Case, NounPhrase, Number, Possessor};
/// let site = NounPhrase::parse("веб-сайт");
/// assert_eq!(site.form(Number::Singular, Possessor::FirstPlural, Case::Locative).text, "веб-сайтыбызда");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Possessor {
    /// No possessive suffix (one that the phrase has of itself stays).
    #[default]
    None,
    /// -Ы, -сЫ: his, her, its, their; also the second part of an izafet.
    Third,
    /// -(Ы)бЫз: our.
    FirstPlural,
    /// -(Ы)ңЫз: your, polite.
    SecondPolite,
}

/// The six cases.
///
/// ```
/// use kyrgyz::{Case, NounPhrase};
/// assert_eq!(NounPhrase::parse("дарек").case(Case::Dative), "дарекке");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Case {
    /// атооч: no suffix.
    #[default]
    Nominative,
    /// илик: -НЫн.
    Genitive,
    /// барыш: -ГА.
    Dative,
    /// табыш: -НЫ.
    Accusative,
    /// жатыш: -ДА.
    Locative,
    /// чыгыш: -ДАн.
    Ablative,
}

impl Case {
    /// All cases in the order of the grammars.
    pub const ALL: [Case; 6] = [
        Case::Nominative,
        Case::Genitive,
        Case::Dative,
        Case::Accusative,
        Case::Locative,
        Case::Ablative,
    ];
}

/// The features of one form.
///
/// Written short as in corpora: `NUMBER.POSSESSOR.CASE`, where the number is `sg` or `pl`, the
/// possessor `-`, `3`, `1p` or `2f`, and the case `nom`, `gen`, `dat`, `acc`, `loc`, `abl` or
/// `attr` (the form in -дагы).
///
/// ```
/// use kyrgyz::{Case, Features, Number, Possessor};
/// let features: Features = "pl.3.acc".parse().unwrap();
/// assert_eq!(features, Features::new(Number::Plural, Possessor::Third, Case::Accusative));
/// assert_eq!(features.to_string(), "pl.3.acc");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Features {
    /// Singular or plural.
    pub number: Number,
    /// The possessive suffix.
    pub possessor: Possessor,
    /// The case.
    pub case: Case,
    /// True for the attributive form -ДАгЫ, which is made from the locative.
    pub attributive: bool,
}

impl Features {
    /// The features of a plain case form.
    ///
    /// ```
    /// use kyrgyz::{Case, Features, Number, Possessor};
    /// assert!(!Features::new(Number::Singular, Possessor::None, Case::Dative).attributive);
    /// ```
    pub const fn new(number: Number, possessor: Possessor, case: Case) -> Features {
        Features {
            number,
            possessor,
            case,
            attributive: false,
        }
    }

    /// The features of the attributive form -ДАгЫ (маалыматтагы).
    ///
    /// ```
    /// use kyrgyz::{Case, Features, Number, Possessor};
    /// let features = Features::attributive(Number::Singular, Possessor::None);
    /// assert_eq!(features.case, Case::Locative);
    /// ```
    pub const fn attributive(number: Number, possessor: Possessor) -> Features {
        Features {
            number,
            possessor,
            case: Case::Locative,
            attributive: true,
        }
    }
}

impl fmt::Display for Features {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = match self.number {
            Number::Singular => "sg",
            Number::Plural => "pl",
        };
        let possessor = match self.possessor {
            Possessor::None => "-",
            Possessor::Third => "3",
            Possessor::FirstPlural => "1p",
            Possessor::SecondPolite => "2f",
        };
        let case = match self.case {
            _ if self.attributive => "attr",
            Case::Nominative => "nom",
            Case::Genitive => "gen",
            Case::Dative => "dat",
            Case::Accusative => "acc",
            Case::Locative => "loc",
            Case::Ablative => "abl",
        };
        write!(f, "{number}.{possessor}.{case}")
    }
}

/// The text is not `NUMBER.POSSESSOR.CASE`.
///
/// ```
/// use kyrgyz::Features;
/// assert!("sg.9.nom".parse::<Features>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFeatures(pub String);

impl fmt::Display for UnknownFeatures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown features `{}`; expected e.g. `sg.3.dat`", self.0)
    }
}

impl std::error::Error for UnknownFeatures {}

impl FromStr for Features {
    type Err = UnknownFeatures;

    fn from_str(text: &str) -> Result<Features, UnknownFeatures> {
        let unknown = || UnknownFeatures(text.to_owned());
        let mut parts = text.split('.');
        let number = match parts.next() {
            Some("sg") => Number::Singular,
            Some("pl") => Number::Plural,
            _ => return Err(unknown()),
        };
        let possessor = match parts.next() {
            Some("-") => Possessor::None,
            Some("3") => Possessor::Third,
            Some("1p") => Possessor::FirstPlural,
            Some("2f") => Possessor::SecondPolite,
            _ => return Err(unknown()),
        };
        let case = match parts.next() {
            Some("nom") => Case::Nominative,
            Some("gen") => Case::Genitive,
            Some("dat") => Case::Dative,
            Some("acc") => Case::Accusative,
            Some("loc") => Case::Locative,
            Some("abl") => Case::Ablative,
            Some("attr") => return Ok(Features::attributive(number, possessor)),
            _ => return Err(unknown()),
        };
        Ok(Features::new(number, possessor, case))
    }
}
