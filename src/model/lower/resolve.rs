//! One name to one noun, with its use recorded.

use super::problem::{At, Trouble, alternatives};
use super::{Lower, View};
use crate::diagnostic::Text;
use crate::model::kinded::{Kinded, with_article};
use crate::model::names::Found;
use crate::model::noun::{AnyNoun, Id};
use crate::model::{Use, codes};
use crate::source::{Span, Spanned};
use crate::syntax::ast::Path;
use crate::syntax::vocabulary::Kind;

impl Lower<'_> {
    /// Resolves a name among nouns of these kinds; trouble is noted and gives `None`.
    pub(super) fn resolve(&mut self, path: &Path, kinds: &[Kind], at: At<'_>, view: &View) -> Option<AnyNoun> {
        self.resolve_text(&path.text(), path.span, kinds, at, view, None)
    }

    /// The same, with one noun out of scope: the one whose `is` this stands in.
    pub(super) fn resolve_text(
        &mut self,
        text: &str,
        span: Span,
        kinds: &[Kind],
        at: At<'_>,
        view: &View,
        except: Option<AnyNoun>,
    ) -> Option<AnyNoun> {
        if text.split('.').any(str::is_empty) {
            return None; // A path with a step missing: the syntax has reported it.
        }
        let trouble = match self.names.find(text, kinds, &view.looker, except) {
            Found::One(noun) => {
                self.record(noun, span, view);
                return Some(noun);
            }
            Found::Several(nouns) => Trouble::Ambiguous(nouns),
            Found::OtherKind(noun) => Trouble::OtherKind(noun, wrong_kind(text, noun, kinds, at)),
            Found::Nothing if except.is_some() && self.itself(text, kinds, view, except) => {
                self.is_itself(text, span);
                return None;
            }
            Found::Nothing => Trouble::Unknown,
        };
        self.trouble(text, &view.looker, kinds, trouble, span);
        None
    }

    /// Whether a name means only the noun in whose `is` it stands.
    fn itself(&self, text: &str, kinds: &[Kind], view: &View, own: Option<AnyNoun>) -> bool {
        matches!(self.names.find(text, kinds, &view.looker, None), Found::One(noun) if Some(noun) == own)
    }

    fn is_itself(&mut self, text: &str, span: Span) {
        let message = Text::new("`{name}` is said to be itself").with("name", text);
        let help = Text::new("after `is` stands another noun; neither a law nor the taxonomy declares a `{name}`")
            .with("name", text);
        self.error(codes::CYCLE, message, span, "this means the noun itself")
            .help = Some(help);
    }

    /// Resolves a name to a noun of one kind.
    pub(super) fn one<D: Kinded>(&mut self, path: &Path, at: At<'_>, view: &View) -> Option<Spanned<Id<D>>> {
        let noun = self.resolve(path, &[D::KIND], at, view)?;
        noun.id().map(|value| Spanned { value, span: path.span })
    }

    /// Remembers a use. The mirror of a party counts as a use of the party.
    fn record(&mut self, noun: AnyNoun, span: Span, view: &View) {
        let party = noun.id().and_then(|id| self.model.sources[id].detail.stands_for);
        self.model.uses.push(Use {
            span,
            noun: party.unwrap_or(noun),
            context: view.context,
        });
    }
}

fn wrong_kind(text: &str, noun: AnyNoun, kinds: &[Kind], at: At<'_>) -> Text {
    let text = match at {
        At::After(word) => Text::new("`{name}` is {kind}; after `{word}` comes {wanted}").with("word", word),
        At::Field(word) => Text::new("`{name}` is {kind}; the field `{word}` takes {wanted}").with("word", word),
        At::Prose => Text::new("`{name}` is {kind}; here stands {wanted}"),
    }
    .with("name", text);
    text.with("kind", with_article(noun.kind))
        .with("wanted", alternatives(kinds))
}
