//! A published page as its readers see it: pieces of text in order, each with the id that stands nearest above it. Knows nothing of
//! how our own pages are made, so that style, markup and links may change, and words may not. The page is parsed as browsers parse it;
//! what shows or hides words in ways that cannot be read off the text (pictures, frames, attributes that hide) is named. What our own
//! style treats in a way of its own (tables, lists, chapters of contents, classes) belongs to a piece, as its shape.

mod shape;

use std::collections::BTreeSet;
use std::rc::Rc;

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
    /// What it stands in, as far as a style may treat that in a way of its own: a digest.
    pub shape: [u8; 32],
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
        let mut hasher = blake3::Hasher::new_derive_key("kupuya notice piece 2");
        for part in [&self.id, &self.text] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        hasher.update(&self.shape);
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
/// What a page says of itself by `<meta name>` that nobody is shown.
const SILENT: &[&str] = &[
    "color-scheme",
    "format-detection",
    "referrer",
    "robots",
    "theme-color",
    "viewport",
];
/// Attributes that change nothing of what is read.
const HARMLESS: &[&str] = &[
    "aria-labelledby",
    "class",
    "datetime",
    "href",
    "id",
    "lang",
    "name",
    "rel",
    "role",
    "scope",
    "tabindex",
    "target",
    "xmlns",
];
/// What `http-equiv` may say without changing what is read.
const PRAGMAS: &[&str] = &["content-security-policy", "content-type", "x-ua-compatible"];

/// Reads a page; never fails, whatever the text.
#[must_use]
pub fn read(html: &str) -> Page {
    among(html, None)
}

/// The same where only these ids name pieces: whoever publishes a page may give ids to more of its elements.
#[must_use]
pub fn among(html: &str, ids: Option<&BTreeSet<&str>>) -> Page {
    let mut reader = Reader {
        known: ids,
        ..Reader::default()
    };
    reader.page.style = Some(String::new());
    let text = html.strip_prefix('\u{feff}').unwrap_or(html);
    if text.len() < html.len() {
        reader.page.encoding = Some("utf-8".to_owned());
    }
    let parsed = Html::parse_document(text);
    // Without a document type browsers read styles by older rules.
    let standard = |node: &Node| {
        node.as_doctype()
            .is_some_and(|told| &*told.name == "html" && told.public_id.is_empty() && told.system_id.is_empty())
    };
    if !parsed.tree.root().children().any(|node| standard(node.value())) {
        reader.unread("<!doctype>".to_owned());
    }
    // Left by its parent as soon as it is entered, an element that shows nothing is passed over whole.
    let mut passed = None;
    for edge in parsed.tree.root().traverse() {
        match edge {
            Edge::Open(node) if passed.is_none() => match node.value() {
                Node::Text(text) => reader.text.push_str(text),
                Node::Element(element) => {
                    let inside = || {
                        node.children()
                            .filter_map(|child| child.value().as_text().map(|text| &**text))
                    };
                    let before = || {
                        let elements = node.prev_siblings().filter(|node| node.value().is_element());
                        elements.count()
                    };
                    if !reader.open(element, inside, before) {
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

/// What holds within an element.
#[derive(Clone, Debug, Default)]
struct Around {
    /// The id of the nearest element that has one.
    id: Rc<str>,
    /// What shapes the piece.
    shape: [u8; 32],
}

#[derive(Default)]
struct Reader<'k> {
    page: Page,
    /// The ids that name pieces; `None`: all do.
    known: Option<&'k BTreeSet<&'k str>>,
    seen: BTreeSet<String>,
    open: Vec<Around>,
    text: String,
    /// What shapes parts of the piece that is being read.
    inside: Vec<[u8; 32]>,
}

impl<'k> Reader<'k> {
    /// The piece so far ends.
    fn end(&mut self) {
        let text = std::mem::take(&mut self.text);
        let inside = std::mem::take(&mut self.inside);
        let mut shape = self.around().shape;
        for part in inside {
            shape = shape::shaped(&shape, &part);
        }
        self.piece(&self.around().id, &text, shape);
    }

    fn piece(&mut self, id: &str, text: &str, shape: [u8; 32]) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            let id = id.to_owned();
            self.page.pieces.push(Piece { id, text, shape });
        }
    }

    /// A piece that stands beside the text.
    fn aside(&mut self, id: &str, text: &str) {
        self.piece(id, text, [0; 32]);
    }

    fn around(&self) -> Around {
        self.open.last().cloned().unwrap_or_default()
    }

    /// An element begins; whether what is in it is read.
    fn open<'a, I: Iterator<Item = &'a str>>(
        &mut self,
        element: &'a Element,
        inside: impl Fn() -> I,
        before: impl Fn() -> usize,
    ) -> bool {
        let whole = || inside().collect::<String>();
        match element.name() {
            "head" => return true,
            "title" => {
                self.aside("title-of-window", &whole());
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
                match &mut self.page.style {
                    Some(style) if element.attrs().next().is_none() => style.push_str(&whole()),
                    _ => self.page.style = None,
                }
                return false;
            }
            // Data are no program; what they say is said by the page.
            "script" if element.attr("type").is_some_and(|sort| sort.ends_with("json")) => {
                self.aside("linked-data", &whole());
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
        let mut around = self.around();
        if let Some(shape) = shape::of(element, inline, before) {
            if inline {
                self.inside.push(shape);
            } else {
                around.shape = shape::shaped(&around.shape, &shape);
            }
        }
        let named = |id: &&str| !inline && self.known.is_none_or(|known| known.contains(id));
        if let Some(id) = element.attr("id").filter(named) {
            if !self.seen.insert(id.to_owned()) {
                self.unread(format!("<{} id=\"{id}\">", element.name()));
            }
            around.id = id.into();
        }
        self.open.push(around);
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
        self.open.pop();
    }

    fn unread(&mut self, what: String) {
        let id = self.around().id.to_string();
        self.page.unread.push(Unread { id, what });
    }

    fn meta(&mut self, element: &Element) {
        let content = element.attr("content").unwrap_or_default();
        if let Some(encoding) = element.attr("charset") {
            self.encoding(encoding);
        } else if let Some(pragma) = element.attr("http-equiv") {
            if !PRAGMAS.contains(&pragma.to_ascii_lowercase().as_str()) {
                self.unread(format!("<meta http-equiv=\"{pragma}\">"));
            } else if let Some((_, encoding)) = content.to_ascii_lowercase().split_once("charset=") {
                self.encoding(encoding);
            }
        }
        match element.attr("name") {
            // A second one is one too many, whatever it says.
            Some("kupuya-meaning") if self.page.meaning.is_empty() => self.page.meaning = content.to_owned(),
            Some(name) if name.starts_with("kupuya-") => self.aside(name, content),
            // What search engines and previews show of a page is read too, and our own pages say nothing there.
            _ => {
                let told = ["name", "property", "itemprop"];
                let told = told.iter().find_map(|by| Some((by, element.attr(by)?)));
                let shown = told.filter(|(_, name)| !SILENT.contains(&name.to_ascii_lowercase().as_str()));
                if let Some((by, name)) = shown {
                    self.unread(format!("<meta {by}=\"{name}\">"));
                }
            }
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
                "data-column" => self.aside(&self.around().id, value),
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

    /// What search engines and previews show of a page.
    #[test]
    fn what_others_show_is_told() {
        let page = read(
            "<!doctype html><head><meta charset=utf-8><meta name=viewport content='width=device-width'><meta name=Theme-Color \
             content='#fff'><meta name=description content='a'><meta property='og:title' content='b'><meta \
             name='twitter:card' content='c'><meta itemprop=name content='d'><meta name=author content='e'></head><p>x",
        );
        let told: Vec<&str> = page.unread.iter().map(|unread| unread.what.as_str()).collect();
        assert_eq!(
            told,
            [
                "<meta name=\"description\">",
                "<meta property=\"og:title\">",
                "<meta name=\"twitter:card\">",
                "<meta itemprop=\"name\">",
                "<meta name=\"author\">",
            ]
        );
    }
}
