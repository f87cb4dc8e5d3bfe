//! The reader's own things. Labels of rights and duties speak of whoever has them, «өз маалыматтарын»; a notice that says
//! «Сиз» says «өз маалыматтарыңызды».

/// Stems of what is the reader's own where nobody else is named as the owner.
const OWN: &[&str] = &["маалыматтар", "дайындар", "макулдуг", "профил", "укуктар", "өз"];

/// High vowels of suffixes, each with the low one that follows it.
const VOWELS: &[(char, char)] = &[('ы', 'а'), ('и', 'е'), ('у', 'а'), ('ү', 'ө')];

/// The label as it is said to the reader.
pub(super) fn yours(label: &str) -> String {
    let mut owned = false;
    let words = label.split(' ').map(|word| {
        let said = if owned { None } else { own(word) };
        owned |= !word.starts_with("өз") && is_owner(word);
        said.unwrap_or_else(|| word.to_owned())
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A form with the third person's possessive, with the polite one instead.
fn own(word: &str) -> Option<String> {
    let end = word.trim_end_matches(|letter: char| !letter.is_alphabetic());
    let rest = word.strip_prefix(end)?;
    let (stem, suffix) = OWN
        .iter()
        .find_map(|stem| Some((*stem, end.to_lowercase().strip_prefix(stem)?.to_owned())))?;
    let polite = VOWELS.iter().find_map(|(high, low)| {
        let cases = [
            (String::new(), String::new()),
            (format!("н{high}н"), format!("д{high}н")),
            (format!("н{low}"), format!("г{low}")),
            ("н".to_owned(), format!("д{high}")),
            (format!("нд{low}"), format!("д{low}")),
            (format!("н{low}н"), format!("д{low}н")),
        ];
        let case = suffix.strip_prefix(*high)?;
        let (_, case) = cases.into_iter().find(|(third, _)| third == case)?;
        Some(format!("{high}ң{high}з{case}"))
    })?;
    let stem: String = end.chars().take(stem.chars().count()).collect();
    Some(format!("{stem}{polite}{rest}"))
}

/// Whether a word looks like a genitive: what follows is that one's.
fn is_owner(word: &str) -> bool {
    let letters: Vec<char> = word.chars().rev().collect();
    matches!(
        letters.as_slice(),
        ['н', 'ы' | 'и' | 'у' | 'ү', 'н' | 'д' | 'т', _, _, ..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_readers_own_is_said_to_him() {
        for (label, said) in [
            (
                "өз маалыматтарын жана алардын көчүрмөсүн алуу",
                "өз маалыматтарыңызды жана алардын көчүрмөсүн алуу",
            ),
            (
                "маалыматтары кантип иштетилерин билүү",
                "маалыматтарыңыз кантип иштетилерин билүү",
            ),
            ("өзүнө тиешелүү маалыматтар", "өзүңүзгө тиешелүү маалыматтар"),
            (
                "өзүнүн жеке маалыматтарын өзгөртүү",
                "өзүңүздүн жеке маалыматтарыңызды өзгөртүү",
            ),
            (
                "макулдугун каалаган убакта кайтарып алуу",
                "макулдугуңузду каалаган убакта кайтарып алуу",
            ),
            ("MegaPay’деги өз профилин өчүрүү", "MegaPay’деги өз профилиңизди өчүрүү"),
            (
                "үчүнчү жактардын маалыматтарын сактоо",
                "үчүнчү жактардын маалыматтарын сактоо",
            ),
            (
                "маалыматтарды жок кылууну талап кылуу",
                "маалыматтарды жок кылууну талап кылуу",
            ),
            ("өзгөртүүлөр менен таанышуу", "өзгөртүүлөр менен таанышуу"),
        ] {
            assert_eq!(yours(label), said);
        }
        let crate_says = kyrgyz::NounPhrase::parse("маалымат").form(
            kyrgyz::Number::Plural,
            kyrgyz::Possessor::SecondPolite,
            kyrgyz::Case::Dative,
        );
        assert_eq!(yours("маалыматтарына"), crate_says.text);
    }
}
