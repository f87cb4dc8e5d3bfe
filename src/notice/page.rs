//! A published page as its readers see it: pieces of text in order, each with the id that stands nearest above it. Knows nothing of
//! how our own pages are made, so that style, markup and links may change, and words may not.

/// A piece of visible text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The id of the nearest element around it that has one; empty if none has.
    pub id: String,
    /// Its text, blanks run together; where a link leads off the page, the address stands behind it.
    pub text: String,
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The language that it says it is in.
    pub language: String,
    /// The meaning that it says it has (M15), in hexadecimal.
    pub meaning: String,
    /// What is read on it.
    pub pieces: Vec<Piece>,
    /// It has a script, which can change what is read.
    pub scripted: bool,
}

impl Piece {
    /// The digest of the piece.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_derive_key("kupuya notice piece 1");
        for part in [&self.id, &self.text] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        *hasher.finalize().as_bytes()
    }
}

/// Elements that stand inside a line: they end no piece.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "u", "wbr",
];
/// Elements without an end tag.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
];
/// Elements whose content is not read as text.
const UNREAD: &[&str] = &["script", "style", "template", "title"];

/// Reads a page; never fails, whatever the text.
#[must_use]
pub fn read(html: &str) -> Page {
    let mut reader = Reader::default();
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        reader.text(text);
        rest = match after {
            comment if comment.starts_with("!--") => comment.split_once("-->").map_or("", |(_, rest)| rest),
            tag => {
                let (tag, after) = tag.split_at(end_of_tag(tag));
                let after = after.strip_prefix('>').unwrap_or(after);
                reader.tag(tag, after)
            }
        };
    }
    reader.text(rest);
    reader.end();
    reader.page
}

/// Where a tag ends: at the first sign that is not inside quotes.
fn end_of_tag(tag: &str) -> usize {
    let mut quote = None;
    for (at, letter) in tag.char_indices() {
        match (quote, letter) {
            (None, '>') => return at,
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
    }
    tag.len()
}

#[derive(Default)]
struct Reader {
    page: Page,
    /// Open elements with their ids.
    open: Vec<(String, Option<String>)>,
    /// Where open links lead off the page.
    links: Vec<Option<String>>,
    text: String,
}

impl Reader {
    fn text(&mut self, text: &str) {
        self.text.push_str(&unescaped(text));
    }

    /// The piece so far ends.
    fn end(&mut self) {
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.text.clear();
        if !text.is_empty() {
            let id = self.open.iter().rev().find_map(|(_, id)| id.clone());
            self.page.pieces.push(Piece {
                id: id.unwrap_or_default(),
                text,
            });
        }
    }

    /// A tag, and what follows it; gives what is still to be read.
    fn tag<'a>(&mut self, tag: &str, after: &'a str) -> &'a str {
        let closing = tag.starts_with('/');
        let body = tag.trim_start_matches('/');
        let length = body.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(body.len());
        let (name, attributes) = body.split_at(length);
        let name = name.to_ascii_lowercase();
        let inline = INLINE.contains(&name.as_str());
        if !inline {
            self.end();
        }
        if closing {
            if name == "a"
                && let Some(Some(address)) = self.links.pop()
            {
                self.text.push_str(&format!(" <{address}>"));
            }
            if let Some(at) = self.open.iter().rposition(|(open, _)| *open == name) {
                self.open.truncate(at);
            }
            return after;
        }
        match name.as_str() {
            "html" => self.page.language = value(attributes, "lang").unwrap_or_default(),
            "meta" if value(attributes, "name").as_deref() == Some("kupuya-meaning") => {
                self.page.meaning = value(attributes, "content").unwrap_or_default();
            }
            // Data are no program.
            "script" => {
                let data = value(attributes, "type").is_some_and(|sort| sort.ends_with("json"));
                self.page.scripted |= !data;
            }
            "a" => self
                .links
                .push(value(attributes, "href").filter(|address| !address.starts_with('#'))),
            _ => {}
        }
        if UNREAD.contains(&name.as_str()) {
            let close = format!("</{name}");
            let at = after.to_ascii_lowercase().find(&close).unwrap_or(after.len());
            return after.get(at..).unwrap_or_default();
        }
        if !VOID.contains(&name.as_str()) && !name.starts_with('!') && !tag.ends_with('/') {
            // An anchor inside a line names nothing above it.
            let id = value(attributes, "id").filter(|_| !inline);
            self.open.push((name, id));
        }
        after
    }
}

/// The value of an attribute.
fn value(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let length = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let (found, after) = rest.split_at_checked(length).filter(|(found, _)| !found.is_empty())?;
        let Some(after) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
            rest = after;
            continue;
        };
        let (value, after) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inside = after.get(1..).unwrap_or_default();
                inside.split_once(quote).unwrap_or((inside, ""))
            }
            _ => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
        };
        if found.eq_ignore_ascii_case(name) {
            return Some(unescaped(value));
        }
        rest = after;
    }
}

/// Text with its references replaced; what is none stays as it is.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let named = after.split_once(';').filter(|(name, _)| name.len() < 9);
        let letter = named.and_then(|(name, _)| match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some('\u{a0}'),
            _ => {
                let number = name.strip_prefix('#')?;
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(code)
            }
        });
        match (letter, named) {
            (Some(letter), Some((_, after))) => {
                out.push(letter);
                rest = after;
            }
            _ => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn pieces_are_what_is_read() {
        let page = read(
            "<!doctype html><html lang=ky><head><title>x</title><style>p > a {}</style><meta name=\"kupuya-meaning\" \
             content='ab'></head><body><!-- <p>no</p> --><div id=\"one\"><p>A <b>bold</b> &lt;word&gt; &#1082;\n &amp; <a \
             href='https://x.example?a>b'>link</a></p><ul><li id=two>first<br>line<li>second</ul></div>tail &bogus; <",
        );
        let pieces: Vec<(&str, &str)> = page.pieces.iter().map(|p| (p.id.as_str(), p.text.as_str())).collect();
        assert_eq!(
            (page.language.as_str(), page.meaning.as_str(), page.scripted),
            ("ky", "ab", false)
        );
        assert_eq!(
            pieces,
            [
                ("one", "A bold <word> к & link <https://x.example?a>b>"),
                ("two", "first"),
                ("two", "line"),
                ("two", "second"),
                ("", "tail &bogus;"),
            ]
        );
        assert!(read("<p>a</p><script>1</script>").scripted);
    }
}
