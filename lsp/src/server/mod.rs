//! The server of one client: what it holds, and the ways in which a request is answered.

mod input;
mod methods;
mod publish;

use std::sync::{Arc, OnceLock};

use tokio::io::{AsyncRead, AsyncWrite};

use crate::document::Document;
use crate::own;
use crate::positions::Encoding;
use crate::proto::{
    Client, ClientCapabilities, LSPAny, LspService, Position, Result, Server, SetTraceParams,
    TextDocumentPositionParams, Uri,
};
use crate::told::Told;
use crate::trace::Trace;
use crate::view::View;
use crate::workspace::{Workspace, path_of};

/// Requests that may be under way at once. Everything, cancellations too, waits behind a full house.
const AT_ONCE: usize = 256;

/// So many bytes of messages wait to be decoded.
const BUFFER: usize = 1 << 16;

/// Serves one client until it says goodbye or the input ends.
pub async fn serve(input: impl AsyncRead + Unpin, output: impl AsyncWrite) {
    let (service, socket) = LspService::build(Backend::new)
        .custom_method("kupuya/notice", Backend::notice)
        .custom_method("kupuya/graph", Backend::graph)
        .custom_method("kupuya/decide", Backend::decide)
        .custom_method("kupuya/explain", Backend::explain)
        .custom_method("$/setTrace", Backend::set_trace)
        .finish();
    let (messages, sorted) = tokio::io::duplex(BUFFER);
    let server = Server::new(sorted, output, socket).concurrency_level(AT_ONCE);
    let pump = async {
        input::pump(input, messages).await;
        // The end of the input has been handed on: the server ends by it.
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = server.serve(service) => {}
        () = pump => {}
    }
}

/// What a feature answers about a place.
type AtPlace<T> = fn(&View, Position) -> Option<T>;

/// The server of one client.
#[derive(Debug)]
pub struct Backend {
    client: Client,
    workspace: Arc<Workspace>,
    told: Arc<Told>,
    trace: Arc<Trace>,
    /// What the client can do, once it has said so.
    said: OnceLock<ClientCapabilities>,
}

impl Backend {
    /// A server without texts.
    #[must_use]
    pub fn new(client: Client) -> Backend {
        Backend {
            client,
            workspace: Arc::new(Workspace::default()),
            told: Arc::default(),
            trace: Arc::default(),
            said: OnceLock::new(),
        }
    }

    /// Answers from a document with the newest snapshot there is, off the loop that reads messages.
    async fn now<T: Send + 'static>(&self, uri: &Uri, answer: impl FnOnce(&View) -> T + Send + 'static) -> Option<T> {
        off_the_loop(self.workspace.view(uri).await?, answer).await
    }

    /// The same with a snapshot that knows all that was typed before.
    async fn fresh<T: Send + 'static>(&self, uri: &Uri, answer: impl FnOnce(&View) -> T + Send + 'static) -> Option<T> {
        off_the_loop(self.workspace.fresh(uri).await?, answer).await
    }

    /// Answers about a place in a document.
    async fn at<T: Send + 'static>(&self, at: TextDocumentPositionParams, answer: AtPlace<T>) -> Option<T> {
        let found = self.now(&at.text_document.uri, move |view| answer(view, at.position));
        found.await.flatten()
    }

    /// The same with a snapshot that knows all that was typed before.
    async fn at_fresh<T: Send + 'static>(&self, at: TextDocumentPositionParams, answer: AtPlace<T>) -> Option<T> {
        let found = self.fresh(&at.text_document.uri, move |view| answer(view, at.position));
        found.await.flatten()
    }

    /// Answers about an item that was told before, by the document that it carries.
    async fn about<T: Send + 'static>(
        &self,
        data: Option<LSPAny>,
        answer: impl FnOnce(&View) -> Option<T> + Send + 'static,
    ) -> Option<T> {
        self.fresh(&asked_from(data.as_ref())?, answer).await.flatten()
    }

    /// Answers from an open text alone: never waits for an analysis.
    async fn text<T: Send + 'static>(
        &self,
        uri: &Uri,
        answer: impl FnOnce(&Document, Encoding) -> T + Send + 'static,
    ) -> Option<T> {
        let state = self.workspace.now();
        let document = state.documents.get(&path_of(uri)).cloned()?;
        tokio::task::spawn_blocking(move || answer(&document, state.encoding))
            .await
            .ok()
    }

    async fn notice(&self, params: own::notice::Params) -> Result<Option<own::notice::Notice>> {
        Ok(self
            .fresh(&params.text_document.uri, move |view| {
                own::notice::notice(view, params.format)
            })
            .await)
    }

    async fn graph(&self, params: own::graph::Params) -> Result<Option<own::graph::Graph>> {
        let depth = params.depth.unwrap_or(2);
        let around = move |view: &View| own::graph::around(view, params.position, depth);
        Ok(self.fresh(&params.text_document.uri, around).await.flatten())
    }

    async fn decide(&self, params: own::decide::Params) -> Result<Option<own::decide::Decision>> {
        let uri = params.text_document.uri;
        Ok(self
            .fresh(&uri, move |view| own::decide::decide(view, &params.request))
            .await)
    }

    async fn explain(&self, params: own::explain::Params) -> Result<Option<own::explain::Page>> {
        Ok(own::explain::explain(&params))
    }

    async fn set_trace(&self, params: SetTraceParams) {
        self.trace.set(params.value);
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        self.workspace.shut();
    }
}

/// Work that takes long enough to be felt is done on a thread of its own. One that fails, which none should, answers nothing.
async fn off_the_loop<T: Send + 'static>(view: View, answer: impl FnOnce(&View) -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(move || answer(&view)).await.ok()
}

/// The document that an item was asked from, which the item carries.
fn asked_from(data: Option<&LSPAny>) -> Option<Uri> {
    data?["uri"].as_str()?.parse().ok()
}
