//! A published page as its readers see it: pieces of text in order, each with the id that stands nearest above it. Knows nothing of
//! how our own pages are made, so that style, markup and links may change, and words may not. The page is parsed as browsers parse it;
//! what shows or hides words in ways that cannot be read off the text (pictures, frames, attributes that hide) is named.

use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

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
    /// The encoding that it says it is in; a mark at its beginning counts as UTF-8.
    pub encoding: Option<String>,
    /// What is read on it: first what its head says to readers and programs, then the text.
    pub pieces: Vec<Piece>,
    /// Its style sheets, as far as they stand in it; `None` if others are linked, or elements have a style of their own.
    pub style: Option<String>,
    /// It has a script, which can change what is read.
    pub scripted: bool,
    /// What may change what is read, and cannot be compared.
    pub unread: Vec<Unread>,
}

/// An element or an attribute that may show or hide words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The id of the nearest element around it that has one; empty if none has.
    pub id: String,
    /// The element, with the attribute if it is that: `<img>`, `<p hidden>`.
    pub what: String,
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
    "a", "abbr", "b", "cite", "code", "dfn", "em", "i", "kbd", "mark", "small", "span", "strong", "sub", "sup", "time",
    "u", "wbr",
];
/// Elements that show their text as it stands, from top to bottom.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "body",
    "br",
    "caption",
    "col",
    "colgroup",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Attributes that change nothing of what is read.
const HARMLESS: &[&str] = &[
    "aria-labelledby",
    "class",
    "colspan",
    "datetime",
    "href",
    "id",
    "lang",
    "rel",
    "role",
    "rowspan",
    "scope",
    "style",
    "target",
];

/// Reads a page; never fails, whatever the text.
#[must_use]
pub fn read(html: &str) -> Page {
    let mut reader = Reader::default();
    reader.page.style = Some(String::new());
    let text = html.strip_prefix('\u{feff}').unwrap_or(html);
    if text.len() < html.len() {
        reader.page.encoding = Some("utf-8".to_owned());
    }
    // Left by its parent as soon as it is entered, an element that shows nothing is passed over whole.
    let mut passed = None;
    for edge in Html::parse_document(text).tree.root().traverse() {
        match edge {
            Edge::Open(node) if passed.is_none() => match node.value() {
                Node::Text(text) => reader.text.push_str(text),
                Node::Element(element) => {
                    let inside = || {
                        node.children()
                            .filter_map(|child| child.value().as_text().map(|text| &**text))
                    };
                    if !reader.open(element, inside) {
                        passed = Some(node.id());
                    }
                }
                _ => {}
            },
            Edge::Close(node) if passed == Some(node.id()) => passed = None,
            Edge::Close(node) if passed.is_none() => {
                if let Node::Element(element) = node.value() {
                    reader.close(element);
                }
            }
            _ => {}
        }
    }
    reader.end();
    reader.page
}

#[derive(Default)]
struct Reader {
    page: Page,
    /// The ids of open elements; those of elements inside a line name nothing above them.
    ids: Vec<Option<String>>,
    text: String,
}

impl Reader {
    /// The piece so far ends.
    fn end(&mut self) {
        let text = std::mem::take(&mut self.text);
        self.piece(self.id(), &text);
    }

    fn piece(&mut self, id: String, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.page.pieces.push(Piece { id, text });
        }
    }

    fn id(&self) -> String {
        self.ids.iter().rev().find_map(Option::clone).unwrap_or_default()
    }

    /// An element begins; whether what is in it is read.
    fn open<'a, I: Iterator<Item = &'a str>>(&mut self, element: &'a Element, inside: impl Fn() -> I) -> bool {
        let whole = || inside().collect::<String>();
        match element.name() {
            "head" => return true,
            "title" => {
                self.piece("title-of-window".to_owned(), &whole());
                return false;
            }
            "meta" => {
                self.meta(element);
                return false;
            }
            "link" => {
                if element
                    .attr("rel")
                    .is_some_and(|rel| rel.to_ascii_lowercase().contains("stylesheet"))
                {
                    self.page.style = None;
                }
                return false;
            }
            "style" => {
                if let Some(style) = &mut self.page.style {
                    style.push_str(&whole());
                }
                return false;
            }
            // Data are no program; what they say is said by the page.
            "script" if element.attr("type").is_some_and(|sort| sort.ends_with("json")) => {
                let text = whole();
                let value: Option<serde_json::Value> = serde_json::from_str(&text).ok();
                self.piece("linked-data".to_owned(), &value.map_or(text, |value| value.to_string()));
                return false;
            }
            "script" => {
                self.page.scripted = true;
                return false;
            }
            "html" => self.page.language = element.attr("lang").unwrap_or_default().to_owned(),
            _ => {}
        }
        let inline = INLINE.contains(&element.name());
        if !inline {
            self.end();
        }
        if !inline && !BLOCKS.contains(&element.name()) {
            self.unread(format!("<{}>", element.name()));
        }
        // An anchor inside a line names nothing above it.
        self.ids.push(element.attr("id").filter(|_| !inline).map(str::to_owned));
        self.attributes(element);
        true
    }

    fn close(&mut self, element: &Element) {
        if element.name() == "head" {
            return;
        }
        if !INLINE.contains(&element.name()) {
            self.end();
        }
        if element.name() == "a"
            && let Some(address) = element.attr("href").filter(|address| !address.starts_with('#'))
        {
            self.text.push_str(&format!(" <{address}>"));
        }
        self.ids.pop();
    }

    fn unread(&mut self, what: String) {
        self.page.unread.push(Unread { id: self.id(), what });
    }

    fn meta(&mut self, element: &Element) {
        let content = element.attr("content").unwrap_or_default();
        if let Some(encoding) = element.attr("charset") {
            self.encoding(encoding);
        } else if let Some(pragma) = element.attr("http-equiv") {
            match content.to_ascii_lowercase().split_once("charset=") {
                Some((_, encoding)) if pragma.eq_ignore_ascii_case("content-type") => self.encoding(encoding),
                _ => self.unread(format!("<meta http-equiv=\"{pragma}\">")),
            }
        }
        match element.attr("name") {
            Some("kupuya-meaning") => self.page.meaning = content.to_owned(),
            Some(name) if name.starts_with("kupuya-") => self.piece(name.to_owned(), content),
            _ => {}
        }
    }

    /// The first that is said counts, as in a browser.
    fn encoding(&mut self, encoding: &str) {
        let said = || encoding.trim().to_ascii_lowercase();
        self.page.encoding.get_or_insert_with(said);
    }

    fn attributes(&mut self, element: &Element) {
        for (name, value) in element.attrs() {
            let address = name == "href" && !value.trim_start().to_ascii_lowercase().starts_with("javascript:");
            match name {
                // Our own style shows it beside the cell on a narrow screen.
                "data-column" => self.piece(self.id(), value),
                // Our own style moves it off the page until a keyboard reaches it.
                "class" if element.name() != "a" && value.split_whitespace().any(|class| class == "skip") => {
                    self.unread(format!("<{} class=\"skip\">", element.name()));
                }
                "style" => self.page.style = None,
                "dir" if value.eq_ignore_ascii_case("ltr") => {}
                _ if name.starts_with("on") || name == "href" && !address => self.page.scripted = true,
                _ if HARMLESS.contains(&name) || name.starts_with("data-") => {}
                _ => self.unread(format!("<{} {name}>", element.name())),
            }
        }
    }
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
                ("title-of-window", "x"),
                ("one", "A bold <word> к & link <https://x.example?a>b>"),
                ("two", "first"),
                ("two", "line"),
                ("one", "second"),
                ("", "tail &bogus; <"),
            ]
        );
        assert!(read("<p>a</p><script>1</script>").scripted);
    }
}
