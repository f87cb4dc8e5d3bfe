//! The two legal registers of one term: «маалыматтар» of the law of 2008 and «дайындар» of the Digital Code.
//!
//! Patterns and labels are written with the first; a notice that speaks as the Code does is turned as a whole, so that
//! the two never stand beside each other. «Маалымат» that only means information stays, and so do names in «».

use crate::notice::document::{Block, CellLine, Document, Field, Item, Unit};

/// Speaks as the Digital Code does.
pub(super) fn speak_as_the_code(document: &mut Document) {
    let turn = |text: &mut String| *text = of_the_code(text);
    turn(&mut document.title);
    document.subtitle.iter_mut().for_each(turn);
    if let Some(summary) = &mut document.summary {
        turn(&mut summary.heading);
        for line in &mut summary.lines {
            turn(&mut line.question);
            turn(&mut line.answer);
        }
    }
    for chapter in &mut document.chapters {
        turn(&mut chapter.heading);
        chapter.blocks.iter_mut().for_each(block);
    }
    if let Some(overview) = &mut document.overview {
        turn(&mut overview.heading);
        turn(&mut overview.caption);
        overview.head.iter_mut().for_each(turn);
        for line in overview.rows.iter_mut().flatten().flatten() {
            if let CellLine::Text(text) = line {
                turn(text);
            }
        }
    }
}

fn block(block: &mut Block) {
    let turn = |text: &mut String| *text = of_the_code(text);
    match block {
        Block::Heading(text) => turn(text),
        Block::Form(fields) => fields.iter_mut().for_each(|field| match field {
            Field::Blank(text) | Field::Tick(text) => turn(text),
        }),
        Block::Paragraph(paragraph) => {
            turn(&mut paragraph.text);
            units(&mut paragraph.units);
            items(&mut paragraph.items);
        }
        Block::Table(table) => {
            turn(&mut table.caption);
            table.head.iter_mut().for_each(turn);
            for row in &mut table.rows {
                row.cells.iter_mut().for_each(turn);
                units(&mut row.units);
            }
        }
    }
}

fn items(all: &mut [Item]) {
    for item in all {
        item.text = of_the_code(&item.text);
        units(&mut item.units);
        items(&mut item.items);
    }
}

fn units(all: &mut [Unit]) {
    for unit in all {
        unit.sentence = of_the_code(&unit.sentence);
    }
}

/// The text with «жеке маалымат» and «маалыматтар» in all their forms as «жеке дайын» and «дайындар».
fn of_the_code(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut depth, mut before) = (0usize, String::new());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        if end == 0 {
            match letter {
                '«' => depth += 1,
                '»' => depth = depth.saturating_sub(1),
                _ => {}
            }
            out.push(letter);
            rest = &rest[letter.len_utf8()..];
            continue;
        }
        let (word, next) = rest.split_at(end);
        out.push_str(
            &(depth == 0)
                .then(|| turned(word, &before))
                .flatten()
                .unwrap_or_else(|| word.to_owned()),
        );
        before = word.to_lowercase();
        rest = next;
    }
    out
}

/// A form of «маалымат» as that of «дайын», if it means data. Both have back vowels, so only the first letter of the
/// suffix changes: after a voiced consonant it is voiced.
fn turned(word: &str, before: &str) -> Option<String> {
    let (stem, suffix) = match word.strip_prefix("маалымат") {
        Some(suffix) => ("дайын", suffix),
        None => ("Дайын", word.strip_prefix("Маалымат")?),
    };
    let data = suffix.starts_with("тар") || before == "жеке";
    let voiced = match suffix.chars().next() {
        Some('т') => format!("д{}", suffix.strip_prefix('т').unwrap_or_default()),
        Some('к') => format!("г{}", suffix.strip_prefix('к').unwrap_or_default()),
        _ => suffix.to_owned(),
    };
    data.then(|| format!("{stem}{voiced}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_turn_and_information_stays() {
        for (of_2008, code) in [
            ("жеке маалыматтарды коргоо", "жеке дайындарды коргоо"),
            ("жеке маалыматка кирүү", "жеке дайынга кирүү"),
            ("Маалыматтардын ээси", "Дайындардын ээси"),
            ("паспорттук маалыматтарыңызга", "паспорттук дайындарыңызга"),
            ("бул жөнүндө маалымат берүү", "бул жөнүндө маалымат берүү"),
            ("маалыматтык ресурстар", "маалыматтык ресурстар"),
            (
                "«Жеке маалымат жөнүндө» Мыйзам жана жеке маалыматтан",
                "«Жеке маалымат жөнүндө» Мыйзам жана жеке дайындан",
            ),
        ] {
            assert_eq!(of_the_code(of_2008), code);
            let dative = kyrgyz::NounPhrase::parse("жеке дайын").case(kyrgyz::Case::Dative);
            assert_eq!(of_the_code("жеке маалыматка"), dative);
        }
    }
}
