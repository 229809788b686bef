//! The bytes of what is ready.

use std::ops::Range;

use host::{Here, objects::Opened};
use kernel::Fault;

use super::signed;
use crate::model::{key, media::Visibility};

/// An object as it may be fetched.
pub struct Served {
    pub mime: &'static str,
    /// Of its content: its ETag.
    pub hash: String,
    pub size: u64,
    key: String,
}

/// What everybody may fetch.
pub async fn public(here: &Here, media: &str, file: &str) -> Result<Served, Fault> {
    find(here, format!("{}/{media}/{file}", Visibility::Public.name())).await
}

/// What whoever has a good address may fetch.
pub async fn private(here: &Here, media: &str, file: &str, until: i64, mark: &str) -> Result<Served, Fault> {
    let key = format!("{}/{media}/{file}", Visibility::Private.name());
    signed::must_be_good(here, &key, until, mark)?;
    find(here, key).await
}

/// What is kept under this key; 404 where there is nothing, or nothing that is ever shown.
async fn find(here: &Here, key: String) -> Result<Served, Fault> {
    let file = key.rsplit('/').next().unwrap_or_default();
    let (mime, hash) = key::served(file).map(|(mime, hash)| (mime, hash.to_owned())).ok_or_else(Fault::not_found)?;
    let size = here.objects.size(&key).await?.ok_or_else(Fault::not_found)?;
    Ok(Served { mime, hash, size, key })
}

/// Opens it, or these bytes of it.
pub async fn open(here: &Here, served: &Served, range: Option<Range<u64>>) -> Result<Opened, Fault> {
    here.objects.open(&served.key, range).await?.ok_or_else(Fault::not_found)
}
