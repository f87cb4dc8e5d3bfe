//! The shape of a piece of a page: what our own style treats in a way of its own, and what it is to programs.

use scraper::node::Element;

/// Elements that a style treats in a way of its own: they belong to the shape of what stands in them.
const SHAPING: &[&str] = &[
    "caption", "dd", "dl", "dt", "li", "nav", "ol", "small", "sub", "sup", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
];
/// Elements that are counted: an empty one before them moves what stands in them.
const COUNTED: &[&str] = &["li", "td", "th", "tr"];
/// Attributes that say what an element is to programs.
const SAYING: &[&str] = &["aria-labelledby", "data-rule", "data-unit", "role"];
/// The classes of our own style.
const CLASSES: &[&str] = &[
    "clause", "form", "number", "numbered", "overview", "see", "skip", "subtitle", "summary", "tick",
];
/// A part of a shape added to what is around it.
pub(super) fn shaped(around: &[u8; 32], part: &[u8; 32]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key("kupuya notice shape 1");
    hasher.update(around);
    hasher.update(part);
    *hasher.finalize().as_bytes()
}

/// What of an element belongs to the shape of what stands in it: its kind, its place among others, the classes of our own style,
/// what it is to programs; an anchor inside a line. `None`: nothing.
pub(super) fn of(element: &Element, inline: bool, before: impl Fn() -> usize) -> Option<[u8; 32]> {
    let mut said = String::new();
    if SHAPING.contains(&element.name()) {
        said += element.name();
    }
    if COUNTED.contains(&element.name()) {
        said += &format!(" {}", before());
    }
    for class in element.attr("class").unwrap_or_default().split_whitespace() {
        if CLASSES.iter().any(|own| own.eq_ignore_ascii_case(class)) {
            said += &format!(" .{}", class.to_ascii_lowercase());
        }
    }
    for name in SAYING {
        if let Some(value) = element.attr(name) {
            said += &format!(" {name}={value}");
        }
    }
    if let Some(id) = element.attr("id").filter(|_| inline) {
        said += &format!(" #{id}");
    }
    (!said.is_empty()).then(|| *blake3::hash(said.as_bytes()).as_bytes())
}
