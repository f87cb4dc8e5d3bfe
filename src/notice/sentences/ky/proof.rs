//! What a proof-reader must know of Kyrgyz.

use crate::notice::sentences::Proof;

/// For the remarks on a finished text.
pub static PROOF: Proof = Proof {
    variants: &[
        &["жеке маалымат", "жеке дайын", "персоналдык маалымат"],
        &["мобилдик тиркеме", "мобилдик колдонмо"],
        &["купуялык саясат", "купуялуулук саясат"],
        &["жашырын сөз", "сырсөз", "сыр сөз", "пароль"],
        &["макулдукту кайтарып ал", "макулдукту чакырып ал"],
        &["маалыматтарды иштетүү", "маалыматтарды иштеп чыгуу"],
        &["үчүнчү жак", "үчүнчү тарап"],
    ],
    // Proper nouns, and the names that every notice defines.
    known: &["Интернет", "Мыйзам", "Сиз", "Саясат"],
    hence: "мындан ары – ",
    // Cities and streets.
    addresses: &["ш.", "шаар", "көч", "обл"],
    is_genitive,
    guessed: super::guessed,
};

/// Whether a word is the genitive of what is left of it.
fn is_genitive(word: &str) -> bool {
    let letters = word.chars().count();
    let stem: String = word.chars().take(letters.saturating_sub(3)).collect();
    letters > 5 && kyrgyz::NounPhrase::parse(&stem).case(kyrgyz::Case::Genitive) == word
}
