//! Articles as a lawyer writes them: `9; 5; 15` is «9, 5 жана 15-беренелер», `24; № 759 токтом` is «24-берене, № 759 токтом».

use super::{Argument, Text};

/// The articles that a rule cites, in words. What does not begin with a number is an act and keeps its own name.
#[must_use]
pub fn articles(cited: &str) -> Text {
    let (numbers, acts): (Vec<&str>, Vec<&str>) = pieces(cited)
        .into_iter()
        .partition(|piece| piece.starts_with(|first: char| first.is_ascii_digit()));
    let acts = Argument::listed(acts.iter().copied());
    let articles = match numbers.as_slice() {
        [] => return Text::new("{acts}").with("acts", acts),
        [one] if !is_range(one) => Text::new("article {article}").with("article", *one),
        several => {
            let several = several.iter().map(|one| match is_range(one) {
                true => one.replace('-', "–"),
                false => (*one).to_owned(),
            });
            Text::new("articles {articles}").with("articles", Argument::all_of(several))
        }
    };
    match acts {
        Argument::List(_, all) if all.is_empty() => articles,
        acts => Text::new("{articles}, {acts}")
            .with("articles", articles)
            .with("acts", acts),
    }
}

/// What is cited, one by one. Behind a comma a number is another article, a bracket another part of the same.
fn pieces(cited: &str) -> Vec<&str> {
    let mut all = Vec::new();
    for part in cited.split(';').map(str::trim) {
        let mut from = 0;
        for (at, _) in part.match_indices(", ") {
            if part[at + 2..].starts_with(|next: char| next.is_ascii_digit()) {
                all.push(&part[from..at]);
                from = at + 2;
            }
        }
        all.push(&part[from..]);
    }
    all
}

/// `11-13`.
fn is_range(piece: &str) -> bool {
    let number = |part: &str| !part.is_empty() && part.chars().all(|digit| digit.is_ascii_digit());
    piece
        .split_once('-')
        .is_some_and(|(first, last)| number(first) && number(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Language;

    #[test]
    fn articles_are_cited_as_in_print() {
        let told = |cited, language| articles(cited).told(language);
        for (cited, kyrgyz, english) in [
            ("79(5)", "79(5)-берене", "article 79(5)"),
            ("9; 5; 15", "9, 5 жана 15-беренелер", "articles 9, 5 and 15"),
            ("90; 84(3)", "90 жана 84(3)-беренелер", "articles 90 and 84(3)"),
            ("13(1)(f), 46", "13(1)(f) жана 46-беренелер", "articles 13(1)(f) and 46"),
            ("89(1), (3)", "89(1), (3)-берене", "article 89(1), (3)"),
            ("82(4)-(6)", "82(4)-(6)-берене", "article 82(4)-(6)"),
            ("11-13", "11–13-беренелер", "articles 11–13"),
            (
                "24; № 759 токтом",
                "24-берене, № 759 токтом",
                "article 24, № 759 токтом",
            ),
            ("№ 759 токтом", "№ 759 токтом", "№ 759 токтом"),
        ] {
            assert_eq!(told(cited, Language::Kyrgyz), kyrgyz);
            assert_eq!(told(cited, Language::English), english);
        }
    }
}
