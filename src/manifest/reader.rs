//! From the text of `kupuya.toml` to settings: a key at a time, each with what it takes.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{BAD_SETTING, BAD_TOML, Lint, Manifest, Placed, UNKNOWN_SETTING, keys};
use crate::diagnostic::{Applicability, Argument, Diagnostic, Fix, Severity, Text};
use crate::model::names::nearest_of;
use crate::notice::options::Word;
use crate::source::{Source, SourceId, Span};

type Value<'t> = Spanned<DeValue<'t>>;

/// Reads a text, with what is wrong with it.
pub(super) fn read(id: SourceId, source: &Source) -> (Manifest, Vec<Diagnostic>) {
    let mut reader = Reader { id, found: Vec::new() };
    let manifest = match (DeTable::parse(&source.text), source.bad_bytes.first()) {
        (_, Some(first)) => {
            let at = reader.span(*first as usize..*first as usize + char::REPLACEMENT_CHARACTER.len_utf8());
            let found = reader.error(
                BAD_TOML,
                "this file is not written in UTF-8",
                at,
                "bytes that are no letter stand here",
            );
            found.help = Some("save the file as UTF-8".into());
            Manifest::default()
        }
        (Err(wrong), None) => {
            let at = reader.span(wrong.span().unwrap_or(0..0));
            let message = Text::new("this is no TOML: {error}").with("error", wrong.message().replace('\n', ", "));
            reader.error(BAD_TOML, message, at, "cannot be read from here on");
            Manifest::default()
        }
        (Ok(table), None) => reader.manifest(table.get_ref()),
    };
    (manifest, reader.found)
}

struct Reader {
    id: SourceId,
    found: Vec<Diagnostic>,
}

impl Reader {
    fn manifest(&mut self, table: &DeTable<'_>) -> Manifest {
        let mut manifest = Manifest::default();
        let mut lexicon = BTreeMap::new();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "name" => manifest.name = self.name(value),
                "sources" => manifest.sources = Some(self.texts("sources", value)),
                "packs" => manifest.packs = self.texts("packs", value),
                "language" => manifest.language = self.word("language", value, keys::LANGUAGES),
                "lints" => self.table("[lints]", value, |reader, table| {
                    let lints = table.iter().filter_map(|(code, value)| {
                        let code = Placed {
                            value: code.get_ref().to_string(),
                            span: reader.span(code.span()),
                        };
                        reader.lint(code, value)
                    });
                    manifest.lints = lints.collect();
                }),
                "notice" => self.table("[notice]", value, |reader, table| reader.notice(table, &mut manifest)),
                "lexicon" => self.table("[lexicon]", value, |reader, table| {
                    let words = table.iter().filter_map(|(lemma, value)| {
                        let word = reader.lexicon_word(lemma.get_ref(), value)?;
                        Some((lemma.get_ref().to_string(), word))
                    });
                    lexicon = words.collect();
                }),
                other => self.unknown(other, key.span(), NAMED, keys::TOP),
            }
        }
        manifest.notice.lexicon = lexicon;
        manifest
    }

    /// `Wise = "вайз"`, or `"эрин" = { third = "эрди" }`.
    fn lexicon_word(&mut self, lemma: &str, value: &Value<'_>) -> Option<Word> {
        let mut word = Word::default();
        let DeValue::Table(table) = value.get_ref() else {
            word.reading = Some(self.text(lemma, value)?);
            return Some(word);
        };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "reading" => word.reading = self.text("reading", value),
                "third" => word.third = self.text("third", value),
                "plural" => word.plural = self.text("plural", value),
                "possessive" => set(&mut word.possessive, self.flag("possessive", value)),
                other => self.unknown(other, key.span(), "[lexicon]", keys::WORD),
            }
        }
        Some(word)
    }

    fn notice(&mut self, table: &DeTable<'_>, manifest: &mut Manifest) {
        let look = &mut manifest.notice;
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "summary" => set(&mut look.summary, self.flag("summary", value)),
                "overview" => set(&mut look.overview, self.flag("overview", value)),
                "numbering" => set(&mut look.numbering, self.word("numbering", value, keys::NUMBERING)),
                "lists" => set(&mut look.lists, self.word("lists", value, keys::LISTS)),
                "terms" => set(&mut look.terms, self.word("terms", value, keys::TERMS)),
                "order" => {
                    manifest.order = self.texts("order", value);
                    look.order = manifest.order.iter().map(|name| name.value.clone()).collect();
                }
                other => self.unknown(other, key.span(), "[notice]", keys::NOTICE),
            }
        }
    }

    /// `code = "allow"`, or `code = { level = "allow", reason = "…" }`.
    fn lint(&mut self, code: Placed<String>, value: &Value<'_>) -> Option<Lint> {
        let (level, reason) = match value.get_ref() {
            DeValue::Table(table) => {
                let mut level = None;
                let mut reason = None;
                for (key, value) in table {
                    match key.get_ref().as_ref() {
                        "level" => level = Some(self.word("level", value, keys::LEVELS)?),
                        "reason" => reason = Some(self.text("reason", value)?),
                        other => self.unknown(other, key.span(), "[lints]", keys::LINT),
                    }
                }
                if level.is_none() {
                    let message = Text::new("`{code}` has no level").with("code", &code.value);
                    let found = self.error(BAD_SETTING, message, code.span, "what becomes of its findings?");
                    found.help = Some("write it like `{ level = \"allow\", reason = \"…\" }`".into());
                }
                (level?, reason)
            }
            _ => (self.word(&code.value, value, keys::LEVELS)?, None),
        };
        Some(Lint { code, level, reason })
    }

    fn name(&mut self, value: &Value<'_>) -> Option<String> {
        let name = self.text("name", value)?;
        if name.contains(['/', '\\']) || name.trim_matches('.').is_empty() {
            let message = "`name` names the files that are written: it holds no `/` and no `\\`";
            let at = self.span(value.span());
            self.error(BAD_SETTING, message, at, "this is no name of a file");
            return None;
        }
        Some(name)
    }

    fn table(&mut self, key: &'static str, value: &Value<'_>, read: impl FnOnce(&mut Reader, &DeTable<'_>)) {
        match value.get_ref() {
            DeValue::Table(table) => read(self, table),
            _ => {
                let message = Text::new("`{key}` is a table").with("key", key);
                let at = self.span(value.span());
                let found = self.error(BAD_SETTING, message, at, "this is none");
                found.help = Some(Text::new("write `{key}` on a line of its own, and its keys below").with("key", key));
            }
        }
    }

    fn flag(&mut self, key: &str, value: &Value<'_>) -> Option<bool> {
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            other => self.wrong(key, "`true` or `false`", value, other),
        }
    }

    fn text(&mut self, key: &str, value: &Value<'_>) -> Option<String> {
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.to_string()),
            other => self.wrong(key, "a text in quotes", value, other),
        }
    }

    fn texts(&mut self, key: &str, value: &Value<'_>) -> Vec<Placed<String>> {
        let DeValue::Array(all) = value.get_ref() else {
            self.wrong::<()>(key, "a list of texts, such as `[\"…\"]`", value, value.get_ref());
            return Vec::new();
        };
        let texts = all.iter().filter_map(|one| {
            let span = self.span(one.span());
            self.text(key, one).map(|value| Placed { value, span })
        });
        texts.collect()
    }

    /// One of a few words.
    fn word<T: Copy>(&mut self, key: &str, value: &Value<'_>, words: &[(&str, T)]) -> Option<T> {
        let names = words.iter().map(|(word, _)| *word);
        let all = Argument::any_of(names.clone().map(|word| format!("`{word}`")));
        let DeValue::String(written) = value.get_ref() else {
            let expected = Text::new("{words} in quotes").with("words", all);
            return self.wrong(key, expected, value, value.get_ref());
        };
        if let Some((_, known)) = words.iter().find(|(word, _)| *word == written.as_ref()) {
            return Some(*known);
        }
        let message = Text::new("`{key}` takes {words}, not `{written}`")
            .with("key", key)
            .with("words", all);
        let at = self.span(value.span());
        let near = nearest_of(written, &names.collect::<Vec<_>>());
        let found = self.error(
            BAD_SETTING,
            message.with("written", written.as_ref()),
            at,
            "none of these",
        );
        suggest(found, near, at, |near| format!("\"{near}\""));
        None
    }

    fn wrong<T>(
        &mut self,
        key: &str,
        expected: impl Into<Text>,
        value: &Value<'_>,
        written: &DeValue<'_>,
    ) -> Option<T> {
        let message = Text::new("`{key}` takes {expected}")
            .with("key", key)
            .with("expected", expected.into());
        let here = match written {
            DeValue::String(text) if text.trim().is_empty() => "this text is empty",
            DeValue::String(_) => "this is a text",
            DeValue::Integer(_) | DeValue::Float(_) => "this is a number",
            DeValue::Boolean(_) => "this is `true` or `false`",
            DeValue::Datetime(_) => "this is a date",
            DeValue::Array(_) => "this is a list",
            DeValue::Table(_) => "this is a table",
        };
        let at = self.span(value.span());
        self.error(BAD_SETTING, message, at, here);
        None
    }

    fn unknown(&mut self, key: &str, at: Range<usize>, table: &'static str, known: &[&str]) {
        let message = Text::new("`{table}` has no key `{key}`")
            .with("table", table)
            .with("key", key);
        let at = self.span(at);
        let elsewhere = [(NAMED, keys::TOP), ("[notice]", keys::NOTICE)];
        let elsewhere = elsewhere.iter().find(|(_, keys)| keys.contains(&key));
        let near = nearest_of(key, known);
        let all = Argument::listed(known.iter().map(|key| format!("`{key}`")));
        let found = self.error(UNKNOWN_SETTING, message, at, "nothing heeds this");
        match (elsewhere, near) {
            (Some((NAMED, _)), _) => {
                found.help = Some(Text::new("`{key}` stands at the top, before the first `[…]`").with("key", key));
            }
            (Some((table, _)), _) => {
                found.help = Some(
                    Text::new("`{key}` stands below `{table}`")
                        .with("key", key)
                        .with("table", *table),
                );
            }
            (None, Some(_)) => suggest(found, near, at, str::to_owned),
            (None, None) => found.help = Some(Text::new("its keys are {keys}").with("keys", all)),
        }
    }

    fn error(&mut self, code: &str, message: impl Into<Text>, at: Span, here: &'static str) -> &mut Diagnostic {
        self.found
            .push(Diagnostic::new(code, Severity::Error, message, at, here));
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    fn span(&self, range: Range<usize>) -> Span {
        let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Span {
            source: self.id,
            start: offset(range.start),
            end: offset(range.end),
        }
    }
}

/// What the file is called where its top is meant.
const NAMED: &str = super::NAME;

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

fn suggest(found: &mut Diagnostic, near: Option<&str>, at: Span, written: impl Fn(&str) -> String) {
    let Some(near) = near else { return };
    found.help = Some(Text::new("did you mean `{near}`?").with("near", near));
    found.fixes.push(Fix {
        title: Text::new("write `{near}`").with("near", near),
        edits: vec![(at, written(near))],
        applicability: Applicability::NeedsReview,
        within: Vec::new(),
    });
}
