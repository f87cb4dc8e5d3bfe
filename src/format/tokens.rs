//! The words, signs, strings and comments of a piece of text, and where blanks stand between them.

use std::ops::Range;

/// A word, dotted name, number, date, string, sign or comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    /// As written, without blanks at its end.
    pub text: &'t str,
    /// Its first byte.
    pub at: usize,
    /// Whether a line ends before it.
    pub breaks: bool,
}

impl Token<'_> {
    /// One past its last byte.
    pub fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// Whether it is `// …`.
    pub fn is_comment(&self) -> bool {
        self.text.starts_with("//")
    }

    /// Whether it is `"…"`.
    pub fn is_string(&self) -> bool {
        self.text.starts_with('"')
    }
}

/// What the grammar takes for blanks, besides line ends.
pub fn is_blank(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\u{00A0}' | '\u{202F}' | '\u{FEFF}')
}

/// Whether a line ends with this letter.
pub fn is_line_end(letter: char) -> bool {
    matches!(letter, '\n' | '\r')
}

/// The tokens of a range of the text.
pub fn tokens(text: &str, range: Range<usize>) -> Vec<Token<'_>> {
    let piece = text.get(range.clone()).unwrap_or("");
    let mut out = Vec::new();
    let mut at = 0;
    let mut breaks = false;
    while let Some(rest) = piece.get(at..)
        && let Some(first) = rest.chars().next()
    {
        if is_blank(first) || is_line_end(first) {
            breaks |= is_line_end(first);
            at += first.len_utf8();
            continue;
        }
        let length = length(rest, first);
        out.push(Token {
            text: rest.get(..length).unwrap_or(rest).trim_end(),
            at: range.start + at,
            breaks: std::mem::take(&mut breaks),
        });
        at += length;
    }
    out
}

fn length(rest: &str, first: char) -> usize {
    if rest.starts_with("//") {
        return rest.find(is_line_end).unwrap_or(rest.len());
    }
    if first == '"' {
        return string(rest);
    }
    if [">=", "<=", ".."].iter().any(|sign| rest.starts_with(sign)) {
        return 2;
    }
    if is_word(first) || first == '@' {
        return word(rest, first);
    }
    first.len_utf8()
}

fn string(rest: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        if is_line_end(letter) {
            return at;
        }
        if letter == '"' && !escaped {
            return at + 1;
        }
        escaped = letter == '\\' && !escaped;
    }
    rest.len()
}

/// Letters beyond ASCII are taken for parts of words: marks that stand behind their letter are no letters themselves.
fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || (!letter.is_ascii() && !is_blank(letter))
}

/// A name with its dots, a number, or a date with its dashes.
fn word(rest: &str, first: char) -> usize {
    let numeric = first.is_ascii_digit();
    let mut letters = rest.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        let next_is_word = letters.peek().is_some_and(|(_, next)| is_word(*next));
        let joins = match letter {
            '.' => !numeric && next_is_word,
            '-' => numeric && next_is_word,
            _ => is_word(letter),
        };
        if !joins {
            return at;
        }
    }
    rest.len()
}

/// Whether a blank stands between two tokens.
pub fn spaced(before: &str, after: &str) -> bool {
    !(matches!(after, "," | ")" | ":" | "..") || matches!(before, "(" | "..") || (before == "{" && after == "}"))
}

/// Tokens in one line.
pub fn joined(tokens: &[Token<'_>]) -> String {
    let mut out = String::new();
    let mut before: Option<&str> = None;
    for token in tokens {
        if before.is_some_and(|before| spaced(before, token.text)) {
            out.push(' ');
        }
        out.push_str(token.text);
        before = Some(token.text);
    }
    out
}

/// How many columns a text takes.
pub fn width(text: &str) -> usize {
    text.chars().count()
}
