//! Lists in a sentence.

/// The word between the last two members.
///
/// ```
/// use kyrgyz::{Conjunction, list};
/// let members = ["аты".to_owned(), "дареги".to_owned()];
/// assert_eq!(list(&members, Conjunction::Or), "аты же дареги");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Conjunction {
    /// жана
    And,
    /// же
    Or,
}

/// Joins members: «A, B жана C» (CLDR 48, ky).
///
/// If a member has a comma, a semicolon, жана or же in it, nobody could tell the members apart;
/// then all are joined by «; » and no conjunction is put. Inflect the members before joining.
///
/// ```
/// use kyrgyz::{Conjunction, list};
/// let members: Vec<String> = ["фамилиясы", "аты", "атасынын аты"].map(String::from).to_vec();
/// assert_eq!(list(&members, Conjunction::And), "фамилиясы, аты жана атасынын аты");
/// let members: Vec<String> = ["сериясы жана номери", "мөөнөтү"].map(String::from).to_vec();
/// assert_eq!(list(&members, Conjunction::And), "сериясы жана номери; мөөнөтү");
/// ```
pub fn list(members: &[String], conjunction: Conjunction) -> String {
    let word = match conjunction {
        Conjunction::And => "жана",
        Conjunction::Or => "же",
    };
    let inner = |member: &String| {
        member.contains([',', ';']) || member.split_whitespace().any(|word| matches!(word, "жана" | "же"))
    };
    match members {
        [] => String::new(),
        [only] => only.clone(),
        _ if members.iter().any(inner) => members.join("; "),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}
