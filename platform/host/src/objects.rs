//! Objects: bytes under a key, in the folder `objects` of the data directory or in an S3-compatible bucket.

use std::{
    fmt,
    ops::Range,
    path::{Path as Folder, PathBuf},
    sync::{Arc, OnceLock},
    time::Duration,
};

use async_trait::async_trait;
pub use axum::body::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use kernel::{Fault, Timestamp};
use object_store::{
    ClientOptions, Error, GetOptions, GetRange, ObjectStore, ObjectStoreExt, RetryConfig,
    aws::AmazonS3Builder,
    client::{
        HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody, HttpResponse, HttpResponseBody,
        HttpService,
    },
    local::LocalFileSystem,
    path::Path,
};
use url::Url;

use crate::{
    config::Config,
    outward::{self, Outward},
};

/// Where the local directory is, below the data directory; backups take it along.
pub(crate) const FOLDER: &str = "objects";
/// How long one request to the bucket may take, and all tries of it together.
const REQUEST: Duration = Duration::from_secs(20);
const TRIES: usize = 3;

/// The node's objects. Cheap to clone; nothing is opened before the first use.
#[derive(Clone)]
pub struct Objects(Arc<Inner>);

struct Inner {
    place: Place,
    store: OnceLock<Arc<dyn ObjectStore>>,
}

enum Place {
    Folder(PathBuf),
    Bucket(Bucket),
}

impl fmt::Debug for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0.place {
            Place::Folder(_) => "Objects(local)",
            Place::Bucket(_) => "Objects(S3)",
        })
    }
}

/// An object, or a part of one, on its way out.
pub struct Opened {
    /// Bytes of the whole object.
    pub size: u64,
    pub range: Range<u64>,
    pub bytes: BoxStream<'static, Result<Bytes, std::io::Error>>,
}

impl Objects {
    pub(crate) fn of(config: &Config) -> Result<Self, Fault> {
        let place = match &config.s3_url {
            Some(url) => Place::Bucket(Bucket::read(url).map_err(Fault::internal)?),
            None => Place::Folder(config.data_dir.join(FOLDER)),
        };
        Ok(Self(Arc::new(Inner { place, store: OnceLock::new() })))
    }

    /// Puts an object in its place, whole or not at all; one of the same key is replaced.
    pub async fn put(&self, key: &str, bytes: Bytes) -> Result<(), Fault> {
        self.store()?.put(&path(key)?, bytes.into()).await.map(drop).map_err(away)
    }

    /// A whole object, `None` where there is none.
    pub async fn read(&self, key: &str) -> Result<Option<Bytes>, Fault> {
        let Some(found) = there(self.store()?.get(&path(key)?).await)? else { return Ok(None) };
        found.bytes().await.map(Some).map_err(away)
    }

    /// Opens an object, or only these bytes of it; `None` where there is none or it has no such bytes.
    pub async fn open(&self, key: &str, range: Option<Range<u64>>) -> Result<Option<Opened>, Fault> {
        let options = GetOptions { range: range.map(GetRange::Bounded), ..GetOptions::default() };
        let Some(found) = there(self.store()?.get_opts(&path(key)?, options).await)? else { return Ok(None) };
        let (size, range) = (found.meta.size, found.range.clone());
        let bytes = found.into_stream().map_err(std::io::Error::from).boxed();
        Ok(Some(Opened { size, range, bytes }))
    }

    /// Bytes of an object, `None` where there is none.
    pub async fn size(&self, key: &str) -> Result<Option<u64>, Fault> {
        Ok(there(self.store()?.head(&path(key)?).await)?.map(|meta| meta.size))
    }

    /// Removes everything below this key; what is gone already is gone.
    pub async fn remove_below(&self, key: &str) -> Result<(), Fault> {
        let store = self.store()?;
        let found: Vec<Path> = store.list(Some(&path(key)?)).map_ok(|meta| meta.location).try_collect().await.map_err(away)?;
        for location in found {
            there(store.delete(&location).await)?;
        }
        Ok(())
    }

    /// The keys below this one that were last written before `then`, at most `limit`.
    pub async fn older_below(&self, key: &str, then: Timestamp, limit: usize) -> Result<Vec<String>, Fault> {
        let found = self.store()?.list(Some(&path(key)?));
        let old = found.try_filter(|meta| std::future::ready(meta.last_modified.timestamp() < then.as_second()));
        old.take(limit).map_ok(|meta| meta.location.to_string()).try_collect().await.map_err(away)
    }

    fn store(&self) -> Result<&Arc<dyn ObjectStore>, Fault> {
        if let Some(store) = self.0.store.get() {
            return Ok(store);
        }
        let opened = match &self.0.place {
            Place::Folder(folder) => local(folder).map_err(Fault::internal)?,
            Place::Bucket(bucket) => bucket.open().map_err(away)?,
        };
        Ok(self.0.store.get_or_init(|| opened))
    }
}

/// A crash loses nothing that was answered: files and their folders are flushed.
fn local(folder: &Folder) -> Result<Arc<dyn ObjectStore>, String> {
    if folder.parent().is_none_or(|data_dir| data_dir.as_os_str().is_empty()) {
        return Err("objects need a data directory".into());
    }
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| error.to_string())?;
    Ok(Arc::new(store.with_fsync(true).with_automatic_cleanup(true)))
}

/// A bucket as `NEXGATE_S3_URL` names it. Debug shows nothing of it.
struct Bucket {
    endpoint: String,
    name: String,
    region: String,
    key: String,
    secret: String,
}

impl Bucket {
    /// `https://KEY:SECRET@host/bucket?region=eu-west-1`; what isn't a letter or a digit in the secret is percent-encoded.
    fn read(text: &str) -> Result<Self, String> {
        // Nothing of what was given is repeated: it holds a secret.
        let said = || "NEXGATE_S3_URL is not like https://KEY:SECRET@host/bucket?region=eu-west-1".to_owned();
        let url = Url::parse(text).map_err(|_| said())?;
        let host = url.host_str().filter(|_| matches!(url.scheme(), "http" | "https")).ok_or_else(said)?;
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        let name = url.path().trim_matches('/').to_owned();
        let decoded = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8().map(std::borrow::Cow::into_owned);
        let (key, secret) = (decoded(url.username()), decoded(url.password().unwrap_or_default()));
        let (Ok(key), Ok(secret)) = (key, secret) else { return Err(said()) };
        if name.is_empty() || name.contains('/') || key.is_empty() || secret.is_empty() {
            return Err(said());
        }
        let region =
            url.query_pairs().find(|(name, _)| name == "region").map_or("us-east-1".into(), |(_, region)| region.into_owned());
        Ok(Self { endpoint: format!("{}://{host}{port}", url.scheme()), name, region, key, secret })
    }

    fn open(&self) -> Result<Arc<dyn ObjectStore>, Error> {
        let retry = RetryConfig { max_retries: TRIES, retry_timeout: REQUEST, ..RetryConfig::default() };
        let bucket = AmazonS3Builder::new()
            .with_endpoint(&self.endpoint)
            .with_bucket_name(&self.name)
            .with_region(&self.region)
            .with_access_key_id(&self.key)
            .with_secret_access_key(&self.secret)
            .with_allow_http(true)
            .with_http_connector(Connector)
            .with_retry(retry);
        Ok(Arc::new(bucket.build()?))
    }
}

/// Has the bucket called by our own client.
#[derive(Debug)]
struct Connector;

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        let client = outward::client(&[]).map_err(|fault| Error::Generic { store: "S3", source: fault.into() })?;
        Ok(HttpClient::new(Caller(client)))
    }
}

struct Caller(Outward<HttpRequestBody>);

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Caller(…)")
    }
}

#[async_trait]
impl HttpService for Caller {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let answered = tokio::time::timeout(REQUEST, self.0.request(request)).await;
        let response = answered.map_err(|late| HttpError::new(HttpErrorKind::Timeout, late))?;
        let response = response.map_err(|error| {
            let kind = if error.is_connect() { HttpErrorKind::Connect } else { HttpErrorKind::Unknown };
            HttpError::new(kind, error)
        })?;
        let body =
            |body: Incoming| HttpResponseBody::new(body.map_err(|error| HttpError::new(HttpErrorKind::Interrupted, error)));
        Ok(response.map(body))
    }
}

fn path(key: &str) -> Result<Path, Fault> {
    Path::parse(key).map_err(|_| Fault::not_found())
}

/// `None` where there is no such object, or not so much of it.
fn there<T>(result: Result<T, Error>) -> Result<Option<T>, Fault> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(away(error)),
    }
}

/// Whether it was done isn't known; nothing of the address is said.
fn away(error: Error) -> Fault {
    Fault::unavailable(2, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_read_from_its_address_and_no_mistake_repeats_the_secret() {
        let bucket = Bucket::read("http://key:s%2Fcret@127.0.0.1:9000/media?region=eu-west-1").unwrap();
        assert_eq!(
            (bucket.endpoint.as_str(), bucket.name.as_str(), bucket.region.as_str(), bucket.secret.as_str()),
            ("http://127.0.0.1:9000", "media", "eu-west-1", "s/cret")
        );
        for wrong in ["hidden", "ftp://key:hidden@host/media", "https://key:hidden@host", "https://hidden@host/media"] {
            assert!(Bucket::read(wrong).err().is_some_and(|said| !said.contains("hidden")), "{wrong}");
        }
    }
}
