//! What the client can do.

use crate::proto::{ClientCapabilities, MarkupKind};

/// What a client has said of itself, as far as it changes what it is told.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is said by the client for itself")]
pub struct Abilities {
    /// It asks for findings: who were told them too would show each twice.
    pub asks: bool,
    /// It can be called to ask again for findings.
    pub findings: bool,
    /// For lenses.
    pub lenses: bool,
    /// For inlay hints.
    pub hints: bool,
    /// For semantic tokens.
    pub tokens: bool,
    /// It shows progress.
    pub progress: bool,
    /// It fills in the holes of what is completed.
    pub snippets: bool,
    /// It shows Markdown beside what is completed.
    pub markdown: bool,
    /// It shows Markdown where something is pointed at; one that does not say is taken to.
    pub hover_markdown: bool,
}

impl Abilities {
    /// What a client says that it can do.
    #[must_use]
    pub fn of(client: &ClientCapabilities) -> Abilities {
        let workspace = client.workspace.as_ref();
        let document = client.text_document.as_ref();
        let window = client.window.as_ref();
        let item = document.and_then(|all| all.completion.as_ref()?.completion_item.as_ref());
        let formats = item.and_then(|item| item.documentation_format.as_ref());
        let hovered = document.and_then(|all| all.hover.as_ref()?.content_format.as_ref());
        Abilities {
            asks: document.is_some_and(|all| all.diagnostic.is_some()),
            findings: workspace.and_then(|all| all.diagnostics.as_ref()?.refresh_support) == Some(true),
            lenses: workspace.and_then(|all| all.code_lens.as_ref()?.refresh_support) == Some(true),
            hints: workspace.and_then(|all| all.inlay_hint.as_ref()?.refresh_support) == Some(true),
            tokens: workspace.and_then(|all| all.semantic_tokens.as_ref()?.refresh_support) == Some(true),
            progress: window.and_then(|all| all.work_done_progress) == Some(true),
            snippets: item.and_then(|item| item.snippet_support) == Some(true),
            hover_markdown: hovered.is_none_or(|all| all.contains(&MarkupKind::Markdown)),
            markdown: formats.is_some_and(|all| all.contains(&MarkupKind::Markdown)),
        }
    }
}
