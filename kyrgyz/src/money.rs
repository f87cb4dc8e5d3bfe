//! Sums of money in som and tyiyn.

use crate::features::Case;
use crate::numerals::{cardinal_words, grouped};
use crate::phrase::NounPhrase;

/// A sum: 1 сом is 100 тыйын.
///
/// ```
/// use kyrgyz::{Case, Money};
/// let sum = Money::new(1250, 0);
/// assert_eq!(sum.figures(Case::Dative), "1\u{a0}250\u{a0}сомго");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    som: u64,
    tyiyn: u8,
}

impl Money {
    /// A sum; a hundred tyiyn and more are carried over to the som.
    ///
    /// ```
    /// use kyrgyz::{Case, Money};
    /// assert_eq!(Money::new(4, 150), Money::new(5, 50));
    /// ```
    pub fn new(som: u64, tyiyn: u8) -> Money {
        Money {
            som: som.saturating_add(u64::from(tyiyn / 100)),
            tyiyn: tyiyn % 100,
        }
    }

    /// In figures, in a case; tyiyn only if there are any.
    ///
    /// ```
    /// use kyrgyz::{Case, Money};
    /// assert_eq!(Money::new(20, 50).figures(Case::Accusative), "20\u{a0}сом 50\u{a0}тыйынды");
    /// ```
    pub fn figures(self, case: Case) -> String {
        self.written(case, |count| format!("{}\u{a0}", grouped(count)))
    }

    /// In figures with the words in brackets, in a case.
    ///
    /// ```
    /// use kyrgyz::{Case, Money};
    /// assert_eq!(Money::new(500, 0).words(Case::Nominative), "500 (беш жүз) сом");
    /// ```
    pub fn words(self, case: Case) -> String {
        self.written(case, |count| format!("{} ({}) ", grouped(count), cardinal_words(count)))
    }

    fn written(self, case: Case, count: impl Fn(u64) -> String) -> String {
        let unit = |name: &str, case| NounPhrase::parse(name).case(case);
        if self.tyiyn == 0 {
            return count(self.som) + &unit("сом", case);
        }
        // Only the last word takes the case.
        let tyiyn = count(u64::from(self.tyiyn)) + &unit("тыйын", case);
        if self.som == 0 {
            tyiyn
        } else {
            format!("{}сом {tyiyn}", count(self.som))
        }
    }
}
