//! The HTTP client for servers of other people: TLS by rustls on ring, with the certificates Mozilla trusts. It follows no redirects.

use std::{sync::Arc, time::Duration};

use axum::body::HttpBody;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use kernel::Fault;
use rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::CertificateDer};

/// An idle connection is let go after this.
const IDLE: Duration = Duration::from_secs(30);
/// How long a connection may take to open.
const CONNECT: Duration = Duration::from_secs(5);

/// A pool of connections. Time-outs of requests are the caller's.
pub type Outward<B> = Client<HttpsConnector<HttpConnector>, B>;

/// `extra` are certificate authorities to trust besides.
pub fn client<B>(extra: &[CertificateDer<'static>]) -> Result<Outward<B>, Fault>
where
    B: HttpBody + Send + Unpin + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for certificate in extra {
        roots.add(certificate.clone()).map_err(Fault::internal)?;
    }
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let tls = tls.with_safe_default_protocol_versions().map_err(Fault::internal)?;
    let tls = tls.with_root_certificates(roots).with_no_client_auth();
    let mut http = HttpConnector::new();
    http.enforce_http(false);
    http.set_connect_timeout(Some(CONNECT));
    let connector = HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http().enable_http1().wrap_connector(http);
    Ok(Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).pool_idle_timeout(IDLE).build(connector))
}
