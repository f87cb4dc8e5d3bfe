//! The protocol's methods, each handed on to where it is answered.
//!
//! A notification changes the workspace before its first await: the loop polls handlers in the order in which messages
//! came, and after an await nothing is in order.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::{mpsc, watch};

use super::publish;
use super::{Backend, asked_from};
use crate::abilities::Abilities;
use crate::analyst;
use crate::capabilities::{capabilities, registrations};
use crate::document::Document;
use crate::features::{
    actions, calls, commands, completion, definition, diagnostics, files, folding, format, hierarchy, highlight, hover,
    implementation, inlay, lenses, linked, links, references, rename, selection, signature, symbols, tokens,
    type_definition,
};
use crate::positions::Encoding;
use crate::progress;
use crate::proto::*;
use crate::view::View;
use crate::workspace::{Settings, State, path_of};

/// The folders that a client works in; before there were several, it named one root.
#[allow(deprecated)]
fn folders(parameters: &InitializeParams) -> Vec<PathBuf> {
    let several = parameters.workspace_folders.as_ref();
    match (several, &parameters.root_uri) {
        (None, Some(root)) => vec![path_of(root)],
        (several, _) => several
            .into_iter()
            .flatten()
            .map(|folder| path_of(&folder.uri))
            .collect(),
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, parameters: InitializeParams) -> Result<InitializeResult> {
        let general = parameters.capabilities.general.as_ref();
        let encoding = Encoding::chosen(general.and_then(|general| general.position_encodings.as_deref()));
        let folders = folders(&parameters);
        self.trace.set(parameters.trace.unwrap_or_default());
        let settings = parameters.initialization_options.map(Settings::told);
        let abilities = Abilities::of(&parameters.capabilities);
        // A client says hello once.
        let _ = self.said.set(parameters.capabilities);
        self.workspace.change(|state: &mut State| {
            state.encoding = encoding;
            state.abilities = abilities;
            state.folders = folders;
            state.settings = settings.unwrap_or_default();
        });
        let (tell, told) = mpsc::unbounded_channel();
        let (step, steps) = watch::channel(None);
        let workspace = || Arc::clone(&self.workspace);
        tokio::spawn(analyst::work(workspace(), tell, step));
        if abilities.progress {
            tokio::spawn(progress::show(self.client.clone(), workspace(), steps));
        }
        let trace = Arc::clone(&self.trace);
        tokio::spawn(publish::publish(self.client.clone(), workspace(), trace, told));
        Ok(InitializeResult {
            capabilities: capabilities(encoding),
            server_info: Some(ServerInfo {
                name: "kupuya-lsp".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            offset_encoding: None,
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        let wanted = self.said.get().map(registrations).unwrap_or_default();
        if !wanted.is_empty() {
            // A client that refuses is served without.
            let _ = self.client.register_capability(wanted).await;
        }
    }

    async fn shutdown(&self) -> Result<()> {
        self.workspace.shut();
        Ok(())
    }

    async fn did_open(&self, parameters: DidOpenTextDocumentParams) {
        let document = parameters.text_document;
        self.workspace.open(document.uri, document.version, &document.text);
    }

    async fn did_change(&self, parameters: DidChangeTextDocumentParams) {
        let document = parameters.text_document;
        self.workspace
            .edit(&document.uri, document.version, parameters.content_changes);
    }

    async fn did_close(&self, parameters: DidCloseTextDocumentParams) {
        let uri = parameters.text_document.uri;
        self.workspace.close(&uri);
        self.told.forget(uri.as_str());
        // What is closed has nothing to show; what the project says of it, workspace diagnostics tell.
        if !self.workspace.now().abilities.asks {
            self.client.publish_diagnostics(uri, Vec::new(), None).await;
        }
    }

    async fn did_change_configuration(&self, parameters: DidChangeConfigurationParams) {
        let settings = Settings::told(parameters.settings);
        self.workspace.change(|state| state.settings = settings);
    }

    async fn did_change_watched_files(&self, _: DidChangeWatchedFilesParams) {
        self.workspace.look_again();
    }

    async fn did_create_files(&self, _: CreateFilesParams) {
        self.workspace.look_again();
    }

    async fn will_rename_files(&self, parameters: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        let state = self.workspace.now();
        let found = tokio::task::spawn_blocking(move || files::will_rename(&state, &parameters.files));
        Ok(found.await.ok().flatten())
    }

    async fn did_rename_files(&self, _: RenameFilesParams) {
        self.workspace.look_again();
    }

    async fn did_delete_files(&self, _: DeleteFilesParams) {
        self.workspace.look_again();
    }

    async fn did_change_workspace_folders(&self, parameters: DidChangeWorkspaceFoldersParams) {
        self.workspace.change(|state| {
            let gone = parameters.event.removed.iter().map(|folder| path_of(&folder.uri));
            let gone = gone.collect::<Vec<_>>();
            state.folders.retain(|folder| !gone.contains(folder));
            let new = parameters.event.added.iter().map(|folder| path_of(&folder.uri));
            state.folders.extend(new);
        });
    }

    async fn diagnostic(&self, parameters: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let uri = &parameters.text_document.uri;
        let items = match self.fresh(uri, diagnostics::of_document).await {
            Some(found) => found,
            None => diagnostics::of_settings_at(&self.workspace.now(), &path_of(uri)).unwrap_or_default(),
        };
        let name = diagnostics::name(&items);
        let report = if parameters.previous_result_id.as_ref() == Some(&name) {
            DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: name },
            })
        } else {
            DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
                related_documents: None,
                full_document_diagnostic_report: FullDocumentDiagnosticReport {
                    result_id: Some(name),
                    items,
                },
            })
        };
        Ok(DocumentDiagnosticReportResult::Report(report))
    }

    async fn workspace_diagnostic(
        &self,
        parameters: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        let state = self.workspace.settled().await;
        let found =
            tokio::task::spawn_blocking(move || diagnostics::of_workspace(&state, &parameters.previous_result_ids));
        let items = found.await.unwrap_or_default();
        Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport {
            items,
        }))
    }

    async fn hover(&self, parameters: HoverParams) -> Result<Option<Hover>> {
        Ok(self.at(parameters.text_document_position_params, hover::hover).await)
    }

    async fn signature_help(&self, parameters: SignatureHelpParams) -> Result<Option<SignatureHelp>> {
        Ok(self
            .at(parameters.text_document_position_params, signature::signature)
            .await)
    }

    async fn goto_definition(&self, parameters: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        Ok(self
            .at(parameters.text_document_position_params, definition::definition)
            .await
            .map(GotoDefinitionResponse::Scalar))
    }

    async fn goto_declaration(&self, parameters: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        Ok(self
            .at(parameters.text_document_position_params, definition::definition)
            .await
            .map(GotoDefinitionResponse::Scalar))
    }

    async fn goto_type_definition(&self, parameters: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        Ok(self
            .at(
                parameters.text_document_position_params,
                type_definition::type_definition,
            )
            .await
            .map(GotoDefinitionResponse::Scalar))
    }

    async fn goto_implementation(&self, parameters: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        Ok(self
            .at_fresh(
                parameters.text_document_position_params,
                implementation::implementations,
            )
            .await
            .map(GotoDefinitionResponse::Array))
    }

    async fn document_highlight(&self, parameters: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        Ok(self
            .at(parameters.text_document_position_params, highlight::highlight)
            .await)
    }

    async fn linked_editing_range(&self, parameters: LinkedEditingRangeParams) -> Result<Option<LinkedEditingRanges>> {
        Ok(self
            .at_fresh(parameters.text_document_position_params, linked::linked)
            .await)
    }

    async fn prepare_call_hierarchy(
        &self,
        parameters: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        Ok(self
            .at_fresh(parameters.text_document_position_params, calls::prepare)
            .await)
    }

    async fn prepare_type_hierarchy(
        &self,
        parameters: TypeHierarchyPrepareParams,
    ) -> Result<Option<Vec<TypeHierarchyItem>>> {
        Ok(self
            .at_fresh(parameters.text_document_position_params, hierarchy::prepare)
            .await)
    }

    async fn incoming_calls(
        &self,
        parameters: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        Ok(self
            .about(parameters.item.data.clone(), move |view| {
                calls::incoming(view, &parameters.item)
            })
            .await)
    }

    async fn outgoing_calls(
        &self,
        parameters: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        Ok(self
            .about(parameters.item.data.clone(), move |view| {
                calls::outgoing(view, &parameters.item)
            })
            .await)
    }

    async fn supertypes(&self, parameters: TypeHierarchySupertypesParams) -> Result<Option<Vec<TypeHierarchyItem>>> {
        Ok(self
            .about(parameters.item.data.clone(), move |view| {
                hierarchy::above(view, &parameters.item)
            })
            .await)
    }

    async fn subtypes(&self, parameters: TypeHierarchySubtypesParams) -> Result<Option<Vec<TypeHierarchyItem>>> {
        Ok(self
            .about(parameters.item.data.clone(), move |view| {
                hierarchy::below(view, &parameters.item)
            })
            .await)
    }

    async fn references(&self, parameters: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let at = parameters.text_document_position;
        let with = parameters.context.include_declaration;
        let found = self.fresh(&at.text_document.uri, move |view| {
            references::references(view, at.position, with)
        });
        Ok(found.await.flatten())
    }

    async fn document_symbol(&self, parameters: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        Ok(self
            .fresh(&parameters.text_document.uri, |view| {
                DocumentSymbolResponse::Nested(symbols::of_document(view))
            })
            .await)
    }

    async fn document_link(&self, parameters: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        Ok(self.now(&parameters.text_document.uri, links::links).await)
    }

    async fn folding_range(&self, parameters: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        Ok(self.fresh(&parameters.text_document.uri, folding::folds).await)
    }

    async fn code_lens(&self, parameters: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        Ok(self.fresh(&parameters.text_document.uri, lenses::lenses).await)
    }

    async fn selection_range(&self, parameters: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        Ok(self
            .fresh(&parameters.text_document.uri, move |view| {
                selection::selections(view, &parameters.positions)
            })
            .await)
    }

    async fn inlay_hint(&self, parameters: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        Ok(self
            .fresh(&parameters.text_document.uri, move |view| {
                inlay::hints(view, parameters.range)
            })
            .await)
    }

    async fn symbol(&self, parameters: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        let state = self.workspace.settled().await;
        let found = tokio::task::spawn_blocking(move || {
            View::one_a_project(&state)
                .iter()
                .flat_map(|view| symbols::of_project(view, &parameters.query))
                .collect()
        });
        Ok(found.await.ok().map(WorkspaceSymbolResponse::Nested))
    }

    async fn completion(&self, parameters: CompletionParams) -> Result<Option<CompletionResponse>> {
        let at = parameters.text_document_position;
        let found = self.now(&at.text_document.uri, move |view| {
            completion::complete(view, at.position)
        });
        Ok(found.await.map(CompletionResponse::List))
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        let Some(uri) = asked_from(item.data.as_ref()) else {
            return Ok(item);
        };
        let bare = item.clone();
        let resolved = self.now(&uri, move |view| completion::resolve(view, item)).await;
        Ok(resolved.unwrap_or(bare))
    }

    async fn prepare_rename(&self, at: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        let found = self.fresh(&at.text_document.uri, move |view| rename::prepare(view, at.position));
        found.await.unwrap_or(Ok(None))
    }

    async fn rename(&self, parameters: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let at = parameters.text_document_position;
        let new = parameters.new_name;
        let found = self.fresh(&at.text_document.uri, move |view| {
            rename::rename(view, at.position, &new)
        });
        found.await.unwrap_or(Ok(None))
    }

    async fn code_action(&self, parameters: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let (range, only) = (parameters.range, parameters.context.only);
        let found = self.fresh(&parameters.text_document.uri, move |view| {
            actions::actions(view, range, only.as_deref())
        });
        Ok(found.await)
    }

    async fn execute_command(&self, parameters: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        if parameters.command != commands::RUN_SCENARIO {
            return Err(Error::invalid_params(format!(
                "there is no command `{}`",
                parameters.command
            )));
        }
        let mut arguments = parameters.arguments.into_iter();
        let uri = arguments.next().and_then(|uri| uri.as_str()?.parse::<Uri>().ok());
        let label = arguments.next().and_then(|label| Some(label.as_str()?.to_owned()));
        let (Some(uri), Some(label)) = (uri, label) else {
            return Err(Error::invalid_params(
                "the address of a document and the label of a scenario are asked for",
            ));
        };
        let ran = self.fresh(&uri, move |view| commands::run_scenario(view, &label)).await;
        ran.transpose()
    }

    async fn semantic_tokens_full(&self, parameters: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let (uri, told) = (parameters.text_document.uri, Arc::clone(&self.told));
        let document = uri.as_str().to_owned();
        let found = self.fresh(&uri, move |view| told.whole(&document, tokens::semantic(view, None)));
        Ok(found.await.map(SemanticTokensResult::Tokens))
    }

    async fn semantic_tokens_full_delta(
        &self,
        parameters: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let (uri, told) = (parameters.text_document.uri, Arc::clone(&self.told));
        let document = uri.as_str().to_owned();
        let before = parameters.previous_result_id;
        let found = self.fresh(&uri, move |view| {
            told.since(&document, &before, tokens::semantic(view, None))
        });
        Ok(found.await)
    }

    async fn semantic_tokens_range(
        &self,
        parameters: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let range = Some(parameters.range);
        let found = self.fresh(&parameters.text_document.uri, move |view| SemanticTokens {
            result_id: None,
            data: tokens::semantic(view, range),
        });
        Ok(found.await.map(SemanticTokensRangeResult::Tokens))
    }

    async fn formatting(&self, parameters: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        Ok(self.text(&parameters.text_document.uri, format::whole).await)
    }

    async fn range_formatting(&self, parameters: DocumentRangeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let part = move |document: &Document, encoding| format::part(document, encoding, parameters.range);
        Ok(self.text(&parameters.text_document.uri, part).await)
    }

    async fn on_type_formatting(&self, parameters: DocumentOnTypeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let at = parameters.text_document_position;
        let typed = move |document: &Document, encoding| format::typed(document, encoding, at.position, &parameters.ch);
        Ok(self.text(&at.text_document.uri, typed).await)
    }
}
