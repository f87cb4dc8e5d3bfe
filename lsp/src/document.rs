//! A text that an editor shows, and the changes that it tells.

use std::sync::Arc;

use crate::positions::{Encoding, Lines};
use crate::proto::{TextDocumentContentChangeEvent, Uri};

/// One open text.
#[derive(Clone, Debug)]
pub struct Document {
    /// As the client spells it.
    pub uri: Uri,
    /// The client's count of changes.
    pub version: i32,
    /// The text.
    pub text: Arc<str>,
    /// Its lines.
    pub lines: Arc<Lines>,
}

impl Document {
    /// A text as it was opened.
    #[must_use]
    pub fn new(uri: Uri, version: i32, text: &str) -> Document {
        Document {
            uri,
            version,
            text: text.into(),
            lines: Arc::new(Lines::of(text)),
        }
    }

    /// Makes changes in the order given; each counts in the text that the one before left.
    pub fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        for change in changes {
            let text = match change.range {
                None => change.text,
                Some(range) => {
                    let start = self.lines.offset(&self.text, range.start, encoding);
                    let end = self.lines.offset(&self.text, range.end, encoding).max(start);
                    let mut text = String::with_capacity(self.text.len() + change.text.len());
                    text.push_str(&self.text[..start]);
                    text.push_str(&change.text);
                    text.push_str(&self.text[end..]);
                    text
                }
            };
            self.lines = Arc::new(Lines::of(&text));
            self.text = text.into();
        }
        self.version = version;
    }
}
