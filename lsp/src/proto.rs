//! The protocol: the only module that names the crate its types come from.

pub use tower_lsp::jsonrpc as rpc;
pub use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
pub use tower_lsp::ls_types::notification::Notification;
pub use tower_lsp::ls_types::request::Request;
pub use tower_lsp::ls_types::*;
pub use tower_lsp::{Client, ClientSocket, LanguageServer, LspService, Server};
