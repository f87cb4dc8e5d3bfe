//! Links inside a text: addresses in the network, and numbers of clauses of this very document.

use std::collections::BTreeMap;

use linkify::{LinkFinder, LinkKind};

use crate::notice::document::{Block, Document};

/// A stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stretch<'a> {
    /// Words.
    Text(&'a str),
    /// Words that lead to an anchor of the document.
    Clause(&'a str, &'a str),
    /// An address as it is written, and where it leads.
    Address(&'a str, String),
}

/// The anchors of a document by their numbers, and the words that stand behind a number which means one.
pub(super) struct Links<'a> {
    anchors: BTreeMap<&'a str, &'a str>,
    words: &'a [String],
    joint: &'a str,
}

impl<'a> Links<'a> {
    pub(super) fn of(document: &'a Document) -> Links<'a> {
        let mut anchors = BTreeMap::new();
        for chapter in &document.chapters {
            anchors.insert(chapter.number.as_str(), chapter.anchor.as_str());
            for block in &chapter.blocks {
                let (number, anchor, cites) = match block {
                    Block::Paragraph(it) => (&it.number, &it.anchor, &it.cites),
                    Block::Table(it) => (&it.number, &it.anchor, &it.cites),
                    Block::Heading(_) | Block::Form(_) => continue,
                };
                if cites.is_none() {
                    anchors.insert(number, anchor);
                }
            }
        }
        anchors.remove("");
        Links {
            anchors,
            words: &document.words.references,
            joint: &document.words.joint,
        }
    }

    /// The text in stretches; together they are the text.
    pub(super) fn stretches<'t>(&'t self, text: &'t str) -> Vec<Stretch<'t>> {
        let mut found = self.clauses(text);
        found.extend(addresses(text));
        found.sort_by_key(|(from, ..)| *from);
        let mut stretches = Vec::new();
        let mut done = 0;
        for (from, to, stretch) in found {
            if from < done {
                continue;
            }
            if from > done {
                stretches.push(Stretch::Text(&text[done..from]));
            }
            stretches.push(stretch);
            done = to;
        }
        if done < text.len() || stretches.is_empty() {
            stretches.push(Stretch::Text(&text[done..]));
        }
        stretches
    }

    /// Numbers before a word that means a clause: «6 жана 8–10-бөлүмдөрдө». The last is linked with the word.
    fn clauses<'t>(&'t self, text: &'t str) -> Vec<(usize, usize, Stretch<'t>)> {
        let mut found = Vec::new();
        for word in self.words {
            for (at, _) in text.match_indices(word.as_str()) {
                let end = at + word.len();
                if text[end..].starts_with(char::is_alphabetic) {
                    continue;
                }
                let listed = |c: char| figure(c) || matches!(c, '.' | ',' | '–' | ' ' | '\u{a0}');
                let before = &text[..at];
                let mut begin = before.trim_end_matches(listed).len();
                if let Some(first) = before[..begin].strip_suffix(self.joint).filter(|_| begin < at) {
                    begin = first.trim_end_matches(listed).len();
                }
                let mut from = begin;
                while from < at {
                    let rest = &text[from..at];
                    let length = rest.find(|c: char| !figure(c) && c != '.').unwrap_or(rest.len());
                    let number = rest[..length].trim_end_matches('.');
                    let to = if from + number.len() == at {
                        end
                    } else {
                        from + number.len()
                    };
                    if let Some(anchor) = self.anchors.get(number) {
                        found.push((from, to, Stretch::Clause(&text[from..to], anchor)));
                    }
                    from += length.max(rest.chars().next().map_or(1, char::len_utf8));
                }
            }
        }
        found
    }
}

const fn figure(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X' | 'L' | 'C')
}

/// Addresses of sites and of mail; what is no address of the network, such as a script, is left as it is.
fn addresses(text: &str) -> Vec<(usize, usize, Stretch<'_>)> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url, LinkKind::Email]);
    let links = finder.links(text).filter_map(|link| {
        let target = match link.kind() {
            LinkKind::Email => format!("mailto:{}", link.as_str()),
            _ => link.as_str().to_owned(),
        };
        let known = ["http://", "https://", "mailto:"]
            .iter()
            .any(|scheme| target.starts_with(scheme));
        known.then(|| (link.start(), link.end(), Stretch::Address(link.as_str(), target)))
    });
    links.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let words = ["-пунктта", "-пункттарда", "-бөлүмдөрдө"].map(str::to_owned);
        let links = Links {
            anchors: [("5.1", "a"), ("5.2", "b"), ("6", "c"), ("8", "d")]
                .into_iter()
                .collect(),
            words: &words,
            joint: "жана",
        };
        let stretches = links.stretches(text).into_iter();
        let marked = stretches.map(|stretch| match stretch {
            Stretch::Text(words) => words.to_owned(),
            Stretch::Clause(words, anchor) => format!("[{words}]({anchor})"),
            Stretch::Address(words, target) => format!("<{words}>({target})"),
        });
        marked.collect()
    }

    #[test]
    fn clauses_of_this_document_are_found_and_others_are_not() {
        assert_eq!(read("5.1–5.2-пункттарда").concat(), "[5.1](a)–[5.2-пункттарда](b)");
        assert_eq!(read("6, 8–10-бөлүмдөрдө").concat(), "[6](c), [8](d)–10-бөлүмдөрдө");
        assert_eq!(
            read("5.1, 6 жана 8-бөлүмдөрдө").concat(),
            "[5.1](a), [6](c) жана [8-бөлүмдөрдө](d)"
        );
        assert_eq!(read("6 ай жана 8-бөлүмдөрдө").concat(), "6 ай жана [8-бөлүмдөрдө](d)");
        assert_eq!(read("Мыйзамдын 5.1-пунктунда").concat(), "Мыйзамдын 5.1-пунктунда");
        assert_eq!(read("15.1-пунктта").concat(), "15.1-пунктта");
    }

    #[test]
    fn addresses_are_found_and_scripts_are_not() {
        let text = "https://a.example, info@a.example. javascript:alert(1)";
        assert_eq!(
            read(text).concat(),
            "<https://a.example>(https://a.example), <info@a.example>(mailto:info@a.example). javascript:alert(1)"
        );
    }
}
