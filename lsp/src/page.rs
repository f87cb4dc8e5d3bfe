//! What is told of a name in a small window: Markdown, or plain text for clients that show no other.

/// A text that grows line by line.
#[derive(Clone, Debug)]
pub struct Page {
    text: String,
    markdown: bool,
}

impl Page {
    /// An empty one.
    #[must_use]
    pub fn new(markdown: bool) -> Page {
        Page {
            text: String::new(),
            markdown,
        }
    }

    /// The text.
    #[must_use]
    pub fn done(self) -> String {
        self.text
    }

    /// A piece of the language.
    pub fn code(&mut self, code: &str) {
        self.push(&match self.markdown {
            true => format!("```kup\n{code}\n```\n"),
            false => format!("{code}\n"),
        });
    }

    /// A label.
    pub fn label(&mut self, label: &str) {
        self.push(&match self.markdown {
            true => format!("**{label}**\n"),
            false => format!("{label}\n"),
        });
    }

    /// A sentence.
    pub fn say(&mut self, sentence: &str) {
        self.push(&format!("\n{sentence}\n"));
    }

    /// A word of the language with what stands behind it; nothing, if nothing does.
    pub fn line(&mut self, word: &str, rest: &str) {
        if !rest.is_empty() {
            self.push(&match self.markdown {
                true => format!("\n*{word}* {rest}\n"),
                false => format!("{word} {rest}\n"),
            });
        }
    }

    /// A clause of the notice.
    pub fn clause(&mut self, number: &str, sentence: &str) {
        self.push(&match self.markdown {
            true => format!("\n> {number} {sentence}\n"),
            false => format!("\n{number} {sentence}\n"),
        });
    }

    /// A name inside a line.
    #[must_use]
    pub fn name(&self, name: &str) -> String {
        match self.markdown {
            true => format!("`{name}`"),
            false => name.to_owned(),
        }
    }

    /// Whether nothing has been told.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }
}
