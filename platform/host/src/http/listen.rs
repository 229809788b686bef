//! Connections: accepted until the node stops, and let go when their caller never ends the headers of a request.

use std::{net::SocketAddr, time::Duration};

use axum::{Extension, Router, extract::ConnectInfo};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpListener,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::Layer;

/// How long a connection may take for the headers of its next request, waiting for it counted in. Proxies keep idle connections
/// for up to a minute and our own clients for half of one: it is they who let go, never we while they send.
const HEADERS: Duration = Duration::from_secs(75);
/// How long we don't accept after the system refused us a connection: it is out of files, and others must close first.
const REFUSED: Duration = Duration::from_millis(100);

/// Serves until `stop`, then finishes the requests that have begun.
pub(crate) async fn listen(listener: TcpListener, router: Router, stop: CancellationToken) {
    let (open, tasks) = (GracefulShutdown::new(), TaskTracker::new());
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                // An answer is written at once: nothing is gained by waiting for more of it.
                let _is_gone_already = stream.set_nodelay(true);
                tasks.spawn(serve(stream, peer, router.clone(), open.watcher()));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection couldn't be accepted");
                tokio::time::sleep(REFUSED).await;
            }
        }
    }
    drop(listener);
    open.shutdown().await;
}

/// Serves one connection to its end. However it ends, nobody is left who could be told.
async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, peer: SocketAddr, router: Router, open: Watcher) {
    let service = TowerToHyperService::new(Extension(ConnectInfo(peer)).layer(router));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADERS);
    let connection = http.serve_connection(TokioIo::new(stream), service);
    if let Err(error) = open.watch(connection).await {
        tracing::debug!(%error, "a connection ended early");
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex},
        time::Instant,
    };

    use super::*;

    /// A connection, and what ends it.
    fn connect(tasks: &TaskTracker) -> (DuplexStream, GracefulShutdown) {
        let ((ours, theirs), open) = (duplex(1 << 10), GracefulShutdown::new());
        let router = Router::new().route("/", get(async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.to_string()));
        tasks.spawn(serve(theirs, ([192, 0, 2, 1], 7).into(), router, open.watcher()));
        (ours, open)
    }

    #[tokio::test(start_paused = true)]
    async fn x8_headers_that_never_end_are_given_up_and_so_is_an_idle_connection() {
        let (tasks, begun) = (TaskTracker::new(), Instant::now());
        for words in ["GET / HTTP/1.1\r\nHost: ", ""] {
            let (mut caller, _open) = connect(&tasks);
            caller.write_all(words.as_bytes()).await.unwrap();
            let mut heard = String::new();
            caller.read_to_string(&mut heard).await.unwrap();
            assert_eq!(heard, "", "after {words:?}");
        }
        assert_eq!(begun.elapsed().as_secs(), 2 * HEADERS.as_secs());
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_serves_one_request_after_another_until_the_node_stops() {
        let tasks = TaskTracker::new();
        let (mut caller, open) = connect(&tasks);
        let mut heard = vec![0; 1 << 10];
        for _ in 0..2 {
            caller.write_all(b"GET / HTTP/1.1\r\nHost: nexgate\r\n\r\n").await.unwrap();
            let length = caller.read(&mut heard).await.unwrap();
            let heard = String::from_utf8_lossy(&heard[..length]);
            assert!(heard.starts_with("HTTP/1.1 200") && heard.ends_with("192.0.2.1:7"), "{heard}");
        }
        open.shutdown().await;
        assert_eq!(caller.read(&mut heard).await.unwrap(), 0, "closed");
    }
}
