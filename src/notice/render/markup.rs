//! Text among marks, for HTML and XML: the signs that open and close marks are written as entities.

/// A text for content and for attributes in double quotes. Signs that are no marks go to `put`, since formats differ in
/// which they forbid.
pub(super) fn escaped(text: &str, put: impl Fn(char, &mut String)) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => put(other, &mut out),
        }
    }
    out
}
