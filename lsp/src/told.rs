//! What was told before, so that only what is new is told again: tokens by document.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::proto::{
    SemanticToken, SemanticTokens, SemanticTokensDelta, SemanticTokensEdit, SemanticTokensFullDeltaResult,
};

/// The tokens last told of each document, under the id they were told with.
#[derive(Debug, Default)]
pub struct Told {
    tokens: Mutex<Tokens>,
}

#[derive(Debug, Default)]
struct Tokens {
    /// The number of the last id.
    ids: u64,
    by_document: BTreeMap<String, (String, Vec<SemanticToken>)>,
}

impl Told {
    /// Keeps the tokens of a document, and gives them their id.
    pub fn whole(&self, document: &str, data: Vec<SemanticToken>) -> SemanticTokens {
        let mut told = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        told.ids += 1;
        let id = told.ids.to_string();
        told.by_document.insert(document.to_owned(), (id.clone(), data.clone()));
        SemanticTokens {
            result_id: Some(id),
            data,
        }
    }

    /// What is new since the tokens of an id: one edit between the parts that are alike. All, if the id is not the last.
    pub fn since(&self, document: &str, before: &str, data: Vec<SemanticToken>) -> SemanticTokensFullDeltaResult {
        let known = {
            let told = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
            told.by_document
                .get(document)
                .filter(|(id, _)| id == before)
                .map(|(_, data)| data.clone())
        };
        let whole = self.whole(document, data);
        let Some(known) = known else {
            return SemanticTokensFullDeltaResult::Tokens(whole);
        };
        SemanticTokensFullDeltaResult::TokensDelta(SemanticTokensDelta {
            result_id: whole.result_id,
            edits: edit(&known, &whole.data).into_iter().collect(),
        })
    }

    /// Forgets a document that was closed.
    pub fn forget(&self, document: &str) {
        let mut told = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        told.by_document.remove(document);
    }
}

/// Numbers in which the protocol counts a token.
const NUMBERS: usize = 5;

/// The edit that makes one list of tokens another, counted in numbers; `None` if they are the same.
fn edit(old: &[SemanticToken], new: &[SemanticToken]) -> Option<SemanticTokensEdit> {
    let alike = |pairs: &mut dyn Iterator<Item = (&SemanticToken, &SemanticToken)>| {
        pairs.take_while(|(one, other)| one == other).count()
    };
    let start = alike(&mut old.iter().zip(new));
    let least = old.len().min(new.len()) - start;
    let end = alike(&mut old.iter().rev().zip(new.iter().rev())).min(least);
    let count = |tokens: usize| u32::try_from(tokens * NUMBERS).unwrap_or(u32::MAX);
    let changed = new.get(start..new.len() - end).unwrap_or_default();
    let edit = SemanticTokensEdit {
        start: count(start),
        delete_count: count(old.len() - end - start),
        data: (!changed.is_empty()).then(|| changed.to_vec()),
    };
    (edit.delete_count > 0 || edit.data.is_some()).then_some(edit)
}
