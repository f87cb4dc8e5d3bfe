//! One long chain of `is`.

use std::fmt::Write;

use crate::project::COMMON;

/// One file in which each of so many data `is` the one before it, used and promised at the far end.
pub fn file(length: usize) -> Vec<(String, String)> {
    let mut text = String::from(COMMON);
    let _ = writeln!(text, "data link_0 \"нөлүнчү маалымат\"");
    for number in 1..length {
        let _ = writeln!(text, "data link_{number} \"{number}-маалымат\" is link_{}", number - 1);
    }
    text.push_str("processing chained \"Чынжыр\" {\n    about: user\n    under: agreement\n");
    text.push_str("    collect link_0 from user for support\n    use link_0 for support\n");
    text.push_str("    keep link_0 for 1 year then erase\n}\n");
    let _ = writeln!(text, "never share link_{} with auditors", length.saturating_sub(1));
    vec![("chain.kup".to_owned(), text)]
}
