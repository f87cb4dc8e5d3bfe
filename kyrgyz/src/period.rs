//! Periods of time: «30 (отуз) календардык күндүн ичинде».

use crate::features::Case;
use crate::numerals::{cardinal_words, grouped};
use crate::phrase::NounPhrase;

/// What a period is counted in.
///
/// ```
/// use kyrgyz::{Period, Unit};
/// assert_eq!(Period::new(10, Unit::WorkingDay).words(), "10 (он) жумуш күнү");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// саат
    Hour,
    /// күн
    Day,
    /// жумуш күнү
    WorkingDay,
    /// календардык күн
    CalendarDay,
    /// жума
    Week,
    /// ай
    Month,
    /// жыл
    Year,
}

impl Unit {
    /// The name of the unit, in the singular as it stands after a number.
    ///
    /// ```
    /// use kyrgyz::Unit;
    /// assert_eq!(Unit::CalendarDay.name(), "календардык күн");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Unit::Hour => "саат",
            Unit::Day => "күн",
            Unit::WorkingDay => "жумуш күнү",
            Unit::CalendarDay => "календардык күн",
            Unit::Week => "жума",
            Unit::Month => "ай",
            Unit::Year => "жыл",
        }
    }
}

/// A number of units; after a number the noun stays in the singular.
///
/// ```
/// use kyrgyz::{Period, Unit};
/// let period = Period::new(30, Unit::CalendarDay);
/// assert_eq!(period.words(), "30 (отуз) календардык күн");
/// assert_eq!(period.within(), "30 (отуз) календардык күндүн ичинде");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// How many.
    pub count: u64,
    /// Of what.
    pub unit: Unit,
}

impl Period {
    /// A period.
    ///
    /// ```
    /// use kyrgyz::{Period, Unit};
    /// assert_eq!(Period::new(3, Unit::Year).count, 3);
    /// ```
    pub fn new(count: u64, unit: Unit) -> Period {
        Period { count, unit }
    }

    /// In figures, with the words in brackets.
    ///
    /// ```
    /// use kyrgyz::{Period, Unit};
    /// assert_eq!(Period::new(3, Unit::Year).words(), "3 (үч) жыл");
    /// ```
    pub fn words(self) -> String {
        self.case(Case::Nominative)
    }

    /// The same in a case.
    ///
    /// ```
    /// use kyrgyz::{Case, Period, Unit};
    /// assert_eq!(Period::new(6, Unit::Month).case(Case::Ablative), "6 (алты) айдан");
    /// ```
    pub fn case(self, case: Case) -> String {
        // жумуш күнү is an izafet; the other units are bare, whatever they end in.
        let unit = NounPhrase::parse(self.unit.name())
            .with_plural(false)
            .with_possessive(self.unit == Unit::WorkingDay)
            .case(case);
        format!("{} ({}) {unit}", grouped(self.count), cardinal_words(self.count))
    }

    /// Within the period: the genitive and ичинде.
    ///
    /// ```
    /// use kyrgyz::{Period, Unit};
    /// assert_eq!(Period::new(10, Unit::WorkingDay).within(), "10 (он) жумуш күнүнүн ичинде");
    /// ```
    pub fn within(self) -> String {
        format!("{} ичинде", self.genitive())
    }

    /// The dative: for how long, or with чейин until when.
    ///
    /// ```
    /// use kyrgyz::{Period, Unit};
    /// assert_eq!(Period::new(72, Unit::Hour).dative(), "72 (жетимиш эки) саатка");
    /// ```
    pub fn dative(self) -> String {
        self.case(Case::Dative)
    }

    /// The genitive.
    ///
    /// ```
    /// use kyrgyz::{Period, Unit};
    /// assert_eq!(Period::new(2, Unit::Week).genitive(), "2 (эки) жуманын");
    /// ```
    pub fn genitive(self) -> String {
        self.case(Case::Genitive)
    }
}
