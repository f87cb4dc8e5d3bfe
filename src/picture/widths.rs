//! How wide text is, measured: the advances of DejaVu Sans, one of the widest fonts in use, rounded up.

/// Advances in thousandths of the size of the font, each with its letters.
const ADVANCES: &[(u32, &str)] = &[
    (300, "'IJijl"),
    (350, " ,./:;\\|’"),
    (400, "()-[]ft"),
    (450, "!r"),
    (500, "\"*_`°–"),
    (550, "?cszгзсэ“„"),
    (600, "FLkvxyвтухчьү•"),
    (650, "$0123456789EPSTYabdeghnopqu{}«»ЁГЕЗРТУабеийклоряёҮө"),
    (700, "ABCKRVXZАБВСХЧЬЭЯднпцң"),
    (750, "NUИЙКъ"),
    (800, "&DGHOQДЛНОПЦмыҢӨ"),
    (850, "#+<=>^w~Ъю"),
    (900, "MМФЫф"),
    (950, "%жшщ"),
    (1000, "@Wm—…"),
    (1050, "№"),
    (1100, "ЖШЩЮ"),
];

/// The advance of every other letter.
const WIDEST: u32 = 1100;

/// The width of a line of text in a size.
#[must_use]
pub fn width(text: &str, size: f64) -> f64 {
    let advance = |letter: char| {
        let row = ADVANCES.iter().find(|(_, letters)| letters.contains(letter));
        f64::from(row.map_or(WIDEST, |(advance, _)| *advance))
    };
    text.chars().map(advance).sum::<f64>() * size / 1000.0
}

/// Text in lines that are no wider than this; a word that is, is cut.
#[must_use]
pub fn wrapped(text: &str, size: f64, widest: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        if let Some(line) = lines.last_mut()
            && width(&format!("{line} {word}"), size) <= widest
        {
            line.push(' ');
            line.push_str(word);
            continue;
        }
        let mut line = String::new();
        for letter in word.chars() {
            if !line.is_empty() && width(&format!("{line}{letter}"), size) > widest {
                lines.push(std::mem::take(&mut line));
            }
            line.push(letter);
        }
        lines.push(line);
    }
    lines
}
