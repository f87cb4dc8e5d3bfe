//! What each word is, for colouring: from the tree's own tokens and from what names mean.

use kupuya::format::tokens::{Token, tokens};
use kupuya::syntax::vocabulary::{self, Kind};

use crate::proto::{Range, SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokensLegend};
use crate::view::View;

const TYPES: &[SemanticTokenType] = &[
    SemanticTokenType::KEYWORD,
    SemanticTokenType::STRING,
    SemanticTokenType::COMMENT,
    SemanticTokenType::NUMBER,
    SemanticTokenType::OPERATOR,
    SemanticTokenType::DECORATOR,
    SemanticTokenType::PROPERTY,
    SemanticTokenType::CLASS,
    SemanticTokenType::VARIABLE,
    SemanticTokenType::FUNCTION,
    SemanticTokenType::INTERFACE,
    SemanticTokenType::ENUM_MEMBER,
];

const MODIFIERS: &[SemanticTokenModifier] = &[
    SemanticTokenModifier::DECLARATION,
    SemanticTokenModifier::DEFAULT_LIBRARY,
];

/// The types and modifiers that tokens refer to by their place.
#[must_use]
pub fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: TYPES.to_vec(),
        token_modifiers: MODIFIERS.to_vec(),
    }
}

/// The tokens of the document as it is now, or of a part of it.
#[must_use]
pub fn semantic(view: &View, part: Option<Range>) -> Vec<SemanticToken> {
    let bytes = match part {
        Some(range) => view.offset(range.start)..view.offset(range.end),
        None => 0..view.text.len(),
    };
    let mut data = Vec::new();
    let mut last = (0, 0);
    // Tokens are read from the start of a line, so that no string is entered in its middle.
    let start = view.text[..bytes.start].rfind('\n').map_or(0, |newline| newline + 1);
    let all = tokens(&view.text, start..view.text.len());
    for (place, token) in all.iter().enumerate() {
        if token.at >= bytes.end {
            break;
        }
        let Some((kind, modifiers)) = class(view, &all, place) else {
            continue;
        };
        // A token ends with its line: what is longer is an open string, and an error.
        let position = view.lines.position(&view.text, token.at, view.encoding);
        let length = view.encoding.length(token.text);
        let delta_line = position.line - last.0;
        let delta_start = if delta_line == 0 {
            position.character - last.1
        } else {
            position.character
        };
        last = (position.line, position.character);
        data.push(SemanticToken {
            delta_line,
            delta_start,
            length,
            token_type: kind,
            token_modifiers_bitset: modifiers,
        });
    }
    data
}

fn of(wanted: &SemanticTokenType) -> u32 {
    let place = TYPES.iter().position(|kind| kind == wanted).unwrap_or(0);
    u32::try_from(place).unwrap_or(0)
}

fn class(view: &View, all: &[Token<'_>], place: usize) -> Option<(u32, u32)> {
    let token = all.get(place)?;
    let first = token.text.chars().next()?;
    let next = all.get(place + 1).filter(|next| !next.breaks).map(|next| next.text);
    let plain = |kind: SemanticTokenType| Some((of(&kind), 0));
    if token.is_comment() {
        return plain(SemanticTokenType::COMMENT);
    }
    if token.is_string() {
        return plain(SemanticTokenType::STRING);
    }
    if first.is_ascii_digit() {
        return plain(SemanticTokenType::NUMBER);
    }
    if first == '@' {
        return plain(SemanticTokenType::DECORATOR);
    }
    if ["<", "<=", "=", ">=", ">", ".."].contains(&token.text) {
        return plain(SemanticTokenType::OPERATOR);
    }
    if !(first.is_alphabetic() || first == '_') {
        return None;
    }
    if next == Some(":") {
        return plain(SemanticTokenType::PROPERTY);
    }
    // A dotted name has the colour of what it names: its last step.
    let byte = view.byte_at(token.end());
    let last = token.text.rsplit('.').next().unwrap_or(token.text);
    if let Some(one) = byte.and_then(|byte| view.snapshot.at(view.source, byte))
        && view.snapshot.sources.text(one.span) == last
    {
        let own = view
            .snapshot
            .analysis
            .model
            .noun(one.noun)
            .is_some_and(|common| common.origin == kupuya::source::Origin::Project);
        let modifiers = u32::from(one.declares) | (u32::from(!own) << 1);
        return Some((of(&noun(one.noun.kind)), modifiers));
    }
    vocabulary::is_reserved(token.text).then(|| (of(&SemanticTokenType::KEYWORD), 0))
}

fn noun(kind: Kind) -> SemanticTokenType {
    match kind {
        Kind::Controller | Kind::Recipient | Kind::Subject | Kind::Source => SemanticTokenType::CLASS,
        Kind::Purpose => SemanticTokenType::FUNCTION,
        Kind::Basis | Kind::Ground | Kind::Right => SemanticTokenType::INTERFACE,
        Kind::Fact | Kind::Country | Kind::Channel => SemanticTokenType::ENUM_MEMBER,
        _ => SemanticTokenType::VARIABLE,
    }
}
