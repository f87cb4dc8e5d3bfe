//! Who may ask: bearer tokens (RFC 6750).

use crate::settings::Settings;

/// The digests of the tokens; comparing those takes the same time whatever is wrong with a token.
#[derive(Debug, Default)]
pub struct Tokens(Vec<blake3::Hash>);

impl Tokens {
    /// Those of the settings and of their file; empty lines and lines that begin with `#` are none.
    ///
    /// # Errors
    /// An empty token, or a file that cannot be read or has no token, in a sentence.
    pub fn read(settings: &Settings) -> Result<Tokens, String> {
        if settings.tokens.iter().any(|token| token.trim().is_empty()) {
            return Err("tokens: one of them is empty".to_owned());
        }
        let mut tokens: Vec<blake3::Hash> = settings.tokens.iter().map(|token| hash(token)).collect();
        if let Some(file) = &settings.tokens_file {
            let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
            let lines = text.lines().map(str::trim);
            tokens.extend(
                lines
                    .filter(|line| !line.is_empty() && !line.starts_with('#'))
                    .map(hash),
            );
            if tokens.is_empty() {
                return Err(format!("{}: there is no token in it", file.display()));
            }
        }
        Ok(Tokens(tokens))
    }

    /// Whether a token must be shown.
    #[must_use]
    pub fn asked(&self) -> bool {
        !self.0.is_empty()
    }

    /// Whether an `Authorization` header lets its sender in.
    #[must_use]
    pub fn let_in(&self, header: Option<&[u8]>) -> bool {
        if !self.asked() {
            return true;
        }
        let Some((scheme, token)) = header
            .and_then(|header| std::str::from_utf8(header).ok())
            .and_then(|header| header.split_once(' '))
        else {
            return false;
        };
        let shown = hash(token.trim());
        // All are looked at: which one fits is not told by the time it takes.
        let fits = self.0.iter().fold(false, |fits, token| fits | (*token == shown));
        scheme.eq_ignore_ascii_case("bearer") && fits
    }
}

fn hash(token: &str) -> blake3::Hash {
    blake3::hash(token.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::Tokens;
    use crate::settings::Settings;

    #[test]
    fn only_a_known_token_lets_in() {
        assert!(Tokens::default().let_in(None));
        let settings = Settings {
            tokens: vec!["one".to_owned(), "two".to_owned()],
            ..Settings::default()
        };
        let tokens = Tokens::read(&settings).unwrap();
        for (header, fits) in [
            ("Bearer one", true),
            ("bearer two", true),
            ("Bearer  two ", true),
            ("Bearer three", false),
            ("Basic one", false),
            ("Bearer", false),
            ("Bearer ", false),
            ("one", false),
        ] {
            assert_eq!(tokens.let_in(Some(header.as_bytes())), fits, "{header}");
        }
        let empty = Settings {
            tokens: vec!["one".to_owned(), " ".to_owned()],
            ..Settings::default()
        };
        assert_eq!(Tokens::read(&empty).unwrap_err(), "tokens: one of them is empty");
        assert!(!tokens.let_in(None) && !tokens.let_in(Some(b"\xff")));
    }
}
