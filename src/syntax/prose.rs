//! References in prose and strings: `[name]suffix`.

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProsePart {
    /// Plain text, from byte `start` of the whole.
    Text {
        /// The text, as written.
        text: String,
        /// Where it begins.
        start: usize,
    },
    /// `[path]suffix`: a noun, with any form of the suffix that it should take.
    Reference {
        /// What stands between the brackets, without blanks at its ends.
        path: String,
        /// The letters glued to the closing bracket; empty for the bare name.
        suffix: String,
        /// Where the opening bracket stands.
        start: usize,
        /// One past the last letter of the suffix.
        end: usize,
    },
}

/// The parts of a text, in order. A bracket that does not hold a name is plain text.
#[must_use]
pub fn references(text: &str) -> Vec<ProsePart> {
    let mut out = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('[')) {
        let start = at + found;
        match reference(text, start) {
            Some((part, end)) => {
                push_plain(&mut out, text, plain, start);
                out.push(part);
                plain = end;
                at = end;
            }
            None => at = start + 1,
        }
    }
    push_plain(&mut out, text, plain, text.len());
    out
}

fn push_plain(out: &mut Vec<ProsePart>, text: &str, start: usize, end: usize) {
    if let Some(plain) = text.get(start..end)
        && !plain.is_empty()
    {
        out.push(ProsePart::Text {
            text: plain.to_owned(),
            start,
        });
    }
}

fn reference(text: &str, start: usize) -> Option<(ProsePart, usize)> {
    let inside_start = start + 1;
    // A reference is short: looking no further keeps a text of brackets linear.
    let window: String = text.get(inside_start..)?.chars().take(200).collect();
    let length = window.find([']', '[', '\n', '\r'])?;
    if !window.get(length..)?.starts_with(']') {
        return None;
    }
    let path = window.get(..length)?.trim();
    let is_name = |step: &str| {
        let mut letters = step.chars();
        letters
            .next()
            .is_some_and(|first| first.is_alphabetic() || first == '_')
            && letters.all(|letter| letter.is_alphanumeric() || letter == '_')
    };
    if !path.split('.').all(is_name) {
        return None;
    }
    let after = inside_start + length + 1;
    let suffix: String = text
        .get(after..)?
        .chars()
        .take_while(|letter| letter.is_alphabetic())
        .collect();
    let end = after + suffix.len();
    Some((
        ProsePart::Reference {
            path: path.to_owned(),
            suffix,
            start,
            end,
        },
        end,
    ))
}
