//! The bytes of what is ready.

use std::ops::Range;

use host::{Here, objects::Opened};
use kernel::Fault;

use crate::model::key;

/// An object as it may be fetched.
pub struct Served {
    pub mime: &'static str,
    /// Of its content: its ETag.
    pub hash: String,
    pub size: u64,
    key: String,
}

/// What is kept under this key; 404 where there is nothing, or nothing that is ever shown.
pub async fn find(here: &Here, key: String) -> Result<Served, Fault> {
    let file = key.rsplit('/').next().unwrap_or_default();
    let (mime, hash) = key::served(file).map(|(mime, hash)| (mime, hash.to_owned())).ok_or_else(Fault::not_found)?;
    let size = here.objects.size(&key).await?.ok_or_else(Fault::not_found)?;
    Ok(Served { mime, hash, size, key })
}

/// Opens it, or these bytes of it.
pub async fn open(here: &Here, served: &Served, range: Option<Range<u64>>) -> Result<Opened, Fault> {
    here.objects.open(&served.key, range).await?.ok_or_else(Fault::not_found)
}
