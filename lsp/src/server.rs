//! The protocol's methods, each handed on to where it is answered.
//!
//! A notification changes the workspace before its first await: the loop polls handlers in the order in which messages
//! came, and after an await nothing is in order.

use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc;

use crate::analyst;
use crate::capabilities::capabilities;
use crate::features::{
    actions, completion, definition, diagnostics, folding, format, highlight, hover, lenses, references, rename,
    selection, symbols, tokens,
};
use crate::positions::Encoding;
use crate::proto::{
    Client, CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionItem, CompletionParams,
    CompletionResponse, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DocumentDiagnosticParams, DocumentDiagnosticReport,
    DocumentDiagnosticReportResult, DocumentFormattingParams, DocumentHighlight, DocumentHighlightParams,
    DocumentSymbolParams, DocumentSymbolResponse, FoldingRange, FoldingRangeParams, FullDocumentDiagnosticReport,
    GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverParams, InitializeParams, InitializeResult,
    InitializedParams, LanguageServer, Location, LspService, PrepareRenameResponse, ReferenceParams,
    RelatedFullDocumentDiagnosticReport, RenameParams, Result, SelectionRange, SelectionRangeParams,
    SemanticTokensParams, SemanticTokensRangeParams, SemanticTokensRangeResult, SemanticTokensResult, Server,
    ServerInfo, TextDocumentPositionParams, TextEdit, WorkspaceEdit, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use crate::view::View;
use crate::workspace::{State, Workspace, path_of};

/// Requests that may be under way at once. Everything, cancellations too, waits behind a full house.
const AT_ONCE: usize = 256;

/// Serves one client until it says goodbye or the input ends.
pub async fn serve(input: impl AsyncRead + Unpin, output: impl AsyncWrite) {
    let (service, socket) = LspService::new(Backend::new);
    Server::new(input, output, socket)
        .concurrency_level(AT_ONCE)
        .serve(service)
        .await;
}

/// The server of one client.
#[derive(Debug)]
pub struct Backend {
    client: Client,
    workspace: Arc<Workspace>,
}

impl Backend {
    /// A server without texts.
    #[must_use]
    pub fn new(client: Client) -> Backend {
        Backend {
            client,
            workspace: Arc::new(Workspace::default()),
        }
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        self.workspace.shut();
    }
}

/// Tells the findings of every open document, each time an analysis has ended.
async fn publish(client: Client, workspace: Arc<Workspace>, mut told: mpsc::UnboundedReceiver<u64>) {
    while told.recv().await.is_some() {
        // Of several analyses only the last matters.
        while told.try_recv().is_ok() {}
        let state = workspace.now();
        for (path, document) in state.documents.iter() {
            let Some(view) = View::of(&state, path).filter(View::is_current) else {
                continue;
            };
            let found = diagnostics::of_document(&view);
            client
                .publish_diagnostics(document.uri.clone(), found, Some(document.version))
                .await;
        }
    }
}

fn folders(parameters: &InitializeParams) -> Vec<std::path::PathBuf> {
    parameters
        .workspace_folders
        .iter()
        .flatten()
        .map(|folder| path_of(&folder.uri))
        .collect()
}

impl LanguageServer for Backend {
    async fn initialize(&self, parameters: InitializeParams) -> Result<InitializeResult> {
        let general = parameters.capabilities.general.as_ref();
        let encoding = Encoding::chosen(general.and_then(|general| general.position_encodings.as_deref()));
        let folders = folders(&parameters);
        self.workspace.change(|state: &mut State| {
            state.encoding = encoding;
            state.folders = folders;
        });
        let (tell, told) = mpsc::unbounded_channel();
        tokio::spawn(analyst::work(Arc::clone(&self.workspace), tell));
        tokio::spawn(publish(self.client.clone(), Arc::clone(&self.workspace), told));
        Ok(InitializeResult {
            capabilities: capabilities(encoding),
            server_info: Some(ServerInfo {
                name: "kupuya-lsp".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            offset_encoding: None,
        })
    }

    async fn initialized(&self, _: InitializedParams) {}

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
        // What is closed has nothing to show; what the project says of it, workspace diagnostics tell.
        self.client.publish_diagnostics(uri, Vec::new(), None).await;
    }

    async fn did_change_watched_files(&self, _: DidChangeWatchedFilesParams) {
        self.workspace.change(|_| {});
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
        let view = self.workspace.fresh(&parameters.text_document.uri).await;
        let items = view.map(|view| diagnostics::of_document(&view)).unwrap_or_default();
        let report = RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: None, items },
        };
        Ok(DocumentDiagnosticReportResult::Report(DocumentDiagnosticReport::Full(
            report,
        )))
    }

    async fn hover(&self, parameters: HoverParams) -> Result<Option<Hover>> {
        let at = parameters.text_document_position_params;
        let view = self.workspace.view(&at.text_document.uri).await;
        Ok(view.and_then(|view| hover::hover(&view, at.position)))
    }

    async fn goto_definition(&self, parameters: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let at = parameters.text_document_position_params;
        let view = self.workspace.view(&at.text_document.uri).await;
        Ok(view
            .and_then(|view| definition::definition(&view, at.position))
            .map(GotoDefinitionResponse::Scalar))
    }

    async fn references(&self, parameters: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let at = parameters.text_document_position;
        let view = self.workspace.fresh(&at.text_document.uri).await;
        Ok(view.and_then(|view| references::references(&view, at.position, parameters.context.include_declaration)))
    }

    async fn document_highlight(&self, parameters: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let at = parameters.text_document_position_params;
        let view = self.workspace.view(&at.text_document.uri).await;
        Ok(view.and_then(|view| highlight::highlight(&view, at.position)))
    }

    async fn document_symbol(&self, parameters: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let view = self.workspace.fresh(&parameters.text_document.uri).await;
        Ok(view.map(|view| DocumentSymbolResponse::Nested(symbols::of_document(&view))))
    }

    async fn symbol(&self, parameters: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        let state = self.workspace.settled().await;
        let found = View::one_a_project(&state)
            .iter()
            .flat_map(|view| symbols::of_project(view, &parameters.query))
            .collect();
        Ok(Some(WorkspaceSymbolResponse::Nested(found)))
    }

    async fn completion(&self, parameters: CompletionParams) -> Result<Option<CompletionResponse>> {
        let at = parameters.text_document_position;
        let view = self.workspace.view(&at.text_document.uri).await;
        Ok(view.map(|view| CompletionResponse::List(completion::complete(&view, at.position))))
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        let uri = item.data.as_ref().and_then(|data| data["uri"].as_str()?.parse().ok());
        let Some(uri) = uri else { return Ok(item) };
        match self.workspace.view(&uri).await {
            Some(view) => Ok(completion::resolve(&view, item)),
            None => Ok(item),
        }
    }

    async fn prepare_rename(&self, at: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        match self.workspace.fresh(&at.text_document.uri).await {
            Some(view) => rename::prepare(&view, at.position),
            None => Ok(None),
        }
    }

    async fn rename(&self, parameters: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let at = parameters.text_document_position;
        match self.workspace.fresh(&at.text_document.uri).await {
            Some(view) => rename::rename(&view, at.position, &parameters.new_name),
            None => Ok(None),
        }
    }

    async fn folding_range(&self, parameters: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        let view = self.workspace.fresh(&parameters.text_document.uri).await;
        Ok(view.map(|view| folding::folds(&view)))
    }

    async fn selection_range(&self, parameters: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let view = self.workspace.fresh(&parameters.text_document.uri).await;
        Ok(view.map(|view| selection::selections(&view, &parameters.positions)))
    }

    async fn code_action(&self, parameters: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let view = self.workspace.fresh(&parameters.text_document.uri).await;
        Ok(view.map(|view| actions::actions(&view, parameters.range, parameters.context.only.as_deref())))
    }

    async fn code_lens(&self, parameters: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let view = self.workspace.fresh(&parameters.text_document.uri).await;
        Ok(view.map(|view| lenses::lenses(&view)))
    }

    async fn semantic_tokens_full(&self, parameters: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let view = self.workspace.view(&parameters.text_document.uri).await;
        Ok(view.map(|view| SemanticTokensResult::Tokens(tokens::semantic(&view, None))))
    }

    async fn semantic_tokens_range(
        &self,
        parameters: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let view = self.workspace.view(&parameters.text_document.uri).await;
        Ok(view.map(|view| SemanticTokensRangeResult::Tokens(tokens::semantic(&view, Some(parameters.range)))))
    }

    async fn formatting(&self, parameters: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let state = self.workspace.now();
        let path = path_of(&parameters.text_document.uri);
        let Some(document) = state.documents.get(&path).cloned() else {
            return Ok(None);
        };
        let edits = tokio::task::spawn_blocking(move || format::whole(&document, state.encoding)).await;
        Ok(edits.ok())
    }
}
