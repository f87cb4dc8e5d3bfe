//! The participle in -ган and its negation: what conditions are made of.

use crate::stem::Stem;

/// A clause that ends in a participle, denied; `None` if it ends in none.
///
/// The negation -БА stands between stem and -ГАн, and both follow the sound before them. A participle that is denied
/// already loses its negation. Source: the grammars; «Кыргыз тилинин жазуу эрежелери», §27 and §32, for the sounds.
///
/// ```
/// use kyrgyz::negated_participle;
/// assert_eq!(negated_participle("Колдонуучу уруксат берген").unwrap(), "Колдонуучу уруксат бербеген");
/// assert_eq!(negated_participle("профиль өчүрүлгөн").unwrap(), "профиль өчүрүлбөгөн");
/// assert_eq!(negated_participle("келишим түзүлбөгөн").unwrap(), "келишим түзүлгөн");
/// assert_eq!(negated_participle("карызы бар"), None);
/// ```
#[must_use]
pub fn negated_participle(clause: &str) -> Option<String> {
    let clause = clause.trim_end();
    let stem = participle_stem(clause)?;
    let mut letters: Vec<char> = stem.chars().collect();
    if matches!(letters.pop(), Some('а' | 'е' | 'о' | 'ө')) && matches!(letters.pop(), Some('б' | 'п')) {
        let verb: String = letters.iter().collect();
        let mut positive = Stem::word(&verb);
        positive.push("GAн");
        let mut denied = Stem::word(&verb);
        denied.push("BA");
        denied.push("GAн");
        let word = verb.split_whitespace().last().unwrap_or("");
        if denied.written == clause && word.chars().count() > 1 {
            return Some(positive.written);
        }
    }
    let mut denied = Stem::word(stem);
    denied.push("BA");
    denied.push("GAн");
    Some(denied.written)
}

/// Whether a clause ends in the participle -ган.
///
/// ```
/// use kyrgyz::is_participle;
/// assert!(is_participle("Абонент макулдук берген"));
/// assert!(!is_participle("макулдук бар экен"));
/// ```
#[must_use]
pub fn is_participle(clause: &str) -> bool {
    participle_stem(clause.trim_end()).is_some()
}

/// The clause without -ГАн, if it ends so and the suffix fits its stem.
fn participle_stem(clause: &str) -> Option<&str> {
    const ENDS: [&str; 8] = ["ган", "ген", "гон", "гөн", "кан", "кен", "кон", "көн"];
    let word = clause.split_whitespace().last()?;
    let end = ENDS.into_iter().find(|end| word.ends_with(end))?;
    let stem = clause.strip_suffix(end)?;
    let bare = word.strip_suffix(end)?;
    let mut made = Stem::word(stem);
    made.push("GAн");
    (bare.chars().count() > 1 && made.written == clause).then_some(stem)
}
