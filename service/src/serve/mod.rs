//! Connections: accepted, perhaps through TLS, served, and ended in good order.

mod tls;

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use crate::app::App;
use crate::routes::router;
use crate::say;

/// How long to wait when no connection can be accepted: there are no more file descriptors, say.
const AGAIN: Duration = Duration::from_millis(100);

/// The service at its address.
pub struct Server {
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    app: Arc<App>,
}

/// What every connection is served with.
#[derive(Clone)]
struct Connections {
    app: Arc<App>,
    router: Router,
    tls: Option<TlsAcceptor>,
}

impl Server {
    /// Takes the address of the settings.
    ///
    /// # Errors
    /// Certificates that cannot be used, or an address that cannot be had, in a sentence.
    pub async fn bind(app: Arc<App>) -> Result<Server, String> {
        let tls = tls::acceptor(&app.settings)?;
        let address = app.settings.listen;
        let listener = TcpListener::bind(address)
            .await
            .map_err(|error| format!("{address}: {error}"))?;
        Ok(Server { listener, tls, app })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// What the system says.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until told to stop; then nobody new is let in, requests that were begun are answered, and connections closed.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let Server { listener, tls, app } = self;
        let connections = Connections {
            router: router(&app),
            app: Arc::clone(&app),
            tls,
        };
        let places = Arc::new(Semaphore::new(app.settings.max_connections.min(Semaphore::MAX_PERMITS)));
        let graceful = GracefulShutdown::new();
        let mut stop = std::pin::pin!(stop);
        loop {
            tokio::select! {
                () = &mut stop => break,
                accepted = accept(&listener, &places) => {
                    if let Some((stream, peer, place)) = accepted {
                        tokio::spawn(connections.clone().connection(stream, peer, place, graceful.watcher()));
                    }
                }
            }
        }
        app.stop();
        drop(listener);
        let limit = Duration::from_secs(app.settings.stop_timeout);
        if tokio::time::timeout(limit, graceful.shutdown()).await.is_err() {
            say::line(&format!(
                "some requests have not ended in {} seconds (stop_timeout)",
                limit.as_secs()
            ));
        }
    }
}

/// The next connection, once there is a place for it.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => Some((stream, peer, place)),
        Err(_) => {
            tokio::time::sleep(AGAIN).await;
            None
        }
    }
}

impl Connections {
    async fn connection(self, stream: TcpStream, peer: SocketAddr, place: OwnedSemaphorePermit, watcher: Watcher) {
        self.app.metrics.connections.inc();
        // Answers are small: none waits to be sent with another.
        let _ = stream.set_nodelay(true);
        match &self.tls {
            None => self.serve(stream, peer, watcher).await,
            Some(tls) => {
                let limit = Duration::from_secs(self.app.settings.header_timeout);
                if let Ok(Ok(stream)) = tokio::time::timeout(limit, tls.accept(stream)).await {
                    self.serve(stream, peer, watcher).await;
                }
            }
        }
        self.app.metrics.connections.dec();
        drop(place);
    }

    async fn serve(
        &self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        peer: SocketAddr,
        watcher: Watcher,
    ) {
        let router = self.router.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().oneshot(request)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(Duration::from_secs(self.app.settings.header_timeout))
            .serve_connection(TokioIo::new(stream), service);
        // A connection that breaks off is its client's affair.
        let _ = watcher.watch(connection).await;
    }
}
