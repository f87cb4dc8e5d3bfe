//! XML: escaping, and the names of bookmarks.

use crate::notice::render::markup::escaped;

/// The head of every part.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The namespace of WordprocessingML, as an attribute.
pub(super) const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// Text for content and for attributes in double quotes; signs that XML forbids are left out.
pub(super) fn escape(text: &str) -> String {
    escaped(text, |sign, out| match sign {
        '\n' | '\t' => out.push(' '),
        c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
        c => out.push(c),
    })
}

/// The name of an anchor's bookmark: letters and figures only, at most 40 of them, the same wherever the anchor stands.
pub(super) fn bookmark(anchor: &str) -> String {
    let digest = blake3::hash(anchor.as_bytes()).to_hex();
    format!("k_{}", &digest[..16])
}

/// A run of text with properties (`<w:rPr>…`), or none.
pub(super) fn run(properties: &str, text: &str) -> String {
    let properties = match properties {
        "" => String::new(),
        some => format!("<w:rPr>{some}</w:rPr>"),
    };
    // «5.7-пункт»: no line ends between a figure and the word that its hyphen ties to it.
    let mut parts: Vec<String> = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices('-') {
        if text[..at].ends_with(|c: char| c.is_ascii_digit()) && text[at + 1..].starts_with(char::is_alphabetic) {
            parts.push(escape(&text[from..at]));
            from = at + 1;
        }
    }
    parts.push(escape(&text[from..]));
    let text = parts.join("</w:t><w:noBreakHyphen/><w:t xml:space=\"preserve\">");
    format!("<w:r>{properties}<w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// A field whose result is computed when the file is opened.
pub(super) fn field(instruction: &str) -> String {
    let sign = |kind: &str, dirty: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"{dirty}/></w:r>");
    format!(
        "{}<w:r><w:instrText xml:space=\"preserve\"> {} </w:instrText></w:r>{}<w:r><w:t></w:t></w:r>{}",
        sign("begin", " w:dirty=\"true\""),
        escape(instruction),
        sign("separate", ""),
        sign("end", "")
    )
}
