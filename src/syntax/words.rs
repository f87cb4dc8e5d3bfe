//! The nearest word: what the author may have meant.

/// The nearest of some words, if it is near enough to be a slip.
pub(super) fn nearest<'w>(written: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    if written.len() > 80 {
        return None;
    }
    let written = fold(written);
    words
        .map(|word| (strsim::osa_distance(&written, word), word))
        .filter(|(distance, word)| *distance <= allowed(word))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// One slip in a short word, two in a longer one, three in a long one; two letters swapped are one slip.
fn allowed(word: &str) -> usize {
    match word.chars().count() {
        0..=5 => 1,
        6..=8 => 2,
        _ => 3,
    }
}

/// Letters of the one script that look like letters of the other: Latin first.
pub(super) const LOOK_ALIKES: &[(char, char)] = &[
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('i', 'і'),
    ('j', 'ј'),
    ('o', 'о'),
    ('p', 'р'),
    ('s', 'ѕ'),
    ('x', 'х'),
    ('y', 'у'),
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('Y', 'У'),
];

/// Lower case, with Cyrillic letters that look Latin written in Latin.
fn fold(written: &str) -> String {
    written
        .chars()
        .map(|letter| {
            LOOK_ALIKES
                .iter()
                .find(|(_, cyrillic)| *cyrillic == letter)
                .map_or(letter, |(latin, _)| *latin)
        })
        .flat_map(char::to_lowercase)
        .collect()
}
