//! Sounds: what a suffix needs to know of the end of a word.
//!
//! A Kyrgyz suffix looks at two things only: the last vowel of what stands before it, which sets
//! the suffix vowels ([`Vowel`]), and the kind of the last sound, which sets its first consonant
//! ([`Ending`]). Source: «Кыргыз тилинин жазуу эрежелери», §27 and §32.

/// The colour of the last vowel of a stem; it decides every vowel of the next suffix.
///
/// ```
/// use kyrgyz::sound::Vowel;
/// assert_eq!(Vowel::last("саясат"), Some(Vowel::A));
/// assert_eq!(Vowel::last("пароль"), Some(Vowel::O));
/// assert_eq!(Vowel::U.low(), 'а');
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vowel {
    /// а, я, ы
    A,
    /// о, ё
    O,
    /// у, ю
    U,
    /// е, э, и
    E,
    /// ө
    Oe,
    /// ү
    Ue,
}

impl Vowel {
    /// The vowel that a letter writes, if it writes one.
    ///
    /// ```
    /// use kyrgyz::sound::Vowel;
    /// assert_eq!(Vowel::of('я'), Some(Vowel::A));
    /// assert_eq!(Vowel::of('б'), None);
    /// ```
    pub fn of(letter: char) -> Option<Vowel> {
        match lower(letter) {
            'а' | 'я' | 'ы' => Some(Vowel::A),
            'о' | 'ё' => Some(Vowel::O),
            'у' | 'ю' => Some(Vowel::U),
            'е' | 'э' | 'и' => Some(Vowel::E),
            'ө' => Some(Vowel::Oe),
            'ү' => Some(Vowel::Ue),
            _ => None,
        }
    }

    /// The last vowel of a word as it is read.
    ///
    /// ```
    /// use kyrgyz::sound::Vowel;
    /// assert_eq!(Vowel::last("түзмөк"), Some(Vowel::Oe));
    /// assert_eq!(Vowel::last("КМШ"), None);
    /// ```
    pub fn last(word: &str) -> Option<Vowel> {
        word.chars().rev().find_map(Vowel::of)
    }

    /// The low suffix vowel (А of -ЛАр, -ГА, -ДА) after this vowel. After у it is а, not о.
    ///
    /// ```
    /// use kyrgyz::sound::Vowel;
    /// assert_eq!(Vowel::O.low(), 'о');
    /// ```
    pub fn low(self) -> char {
        match self {
            Vowel::A | Vowel::U => 'а',
            Vowel::O => 'о',
            Vowel::E => 'е',
            Vowel::Oe | Vowel::Ue => 'ө',
        }
    }

    /// The high suffix vowel (Ы of -НЫн, -НЫ, -сЫ) after this vowel.
    ///
    /// ```
    /// use kyrgyz::sound::Vowel;
    /// assert_eq!(Vowel::E.high(), 'и');
    /// ```
    pub fn high(self) -> char {
        match self {
            Vowel::A => 'ы',
            Vowel::O | Vowel::U => 'у',
            Vowel::E => 'и',
            Vowel::Oe | Vowel::Ue => 'ү',
        }
    }
}

/// The kind of the last sound of a stem; it decides the first consonant of the next suffix.
///
/// ```
/// use kyrgyz::sound::Ending;
/// assert_eq!(Ending::of("мыйзам"), Ending::Voiced);
/// assert_eq!(Ending::of("максат"), Ending::Voiceless);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The stem ends in a vowel.
    Vowel,
    /// The stem ends in й or р: as a voiced consonant, but the plural begins with л.
    Glide,
    /// The stem ends in any other voiced consonant, Russian loans included (клуб, фонд).
    Voiced,
    /// The stem ends in к п с т ф х ц ч ш щ.
    Voiceless,
}

impl Ending {
    /// The kind of the last letter that stands for a sound (ь and ъ stand for none).
    ///
    /// ```
    /// use kyrgyz::sound::Ending;
    /// assert_eq!(Ending::of("пароль"), Ending::Voiced);
    /// ```
    pub fn of(word: &str) -> Ending {
        let last = word
            .chars()
            .rev()
            .map(lower)
            .find(|c| c.is_alphabetic() && !is_sign(*c));
        match last {
            Some(c) if Vowel::of(c).is_some() => Ending::Vowel,
            Some('й' | 'р') => Ending::Glide,
            Some('к' | 'п' | 'с' | 'т' | 'ф' | 'х' | 'ц' | 'ч' | 'ш' | 'щ') => Ending::Voiceless,
            _ => Ending::Voiced,
        }
    }
}

/// The soft and the hard sign: letters without a sound of their own.
pub(crate) fn is_sign(letter: char) -> bool {
    matches!(letter, 'ь' | 'ъ')
}

/// The small letter; every letter of Kyrgyz has exactly one.
pub(crate) fn lower(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

/// A letter of the Cyrillic script.
pub(crate) fn is_cyrillic(letter: char) -> bool {
    matches!(letter, '\u{400}'..='\u{481}' | '\u{48A}'..='\u{52F}')
}

/// A letter of the Latin script, with or without marks.
pub(crate) fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphabetic() || matches!(letter, '\u{C0}'..='\u{24F}') && letter.is_alphabetic()
}
