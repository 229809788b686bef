//! How documents are sealed: each with a key of its own, which is sealed with ours and kept in its row (P6).

use host::{Here, Keys};
use kernel::Fault;
use uuid::Uuid;

use crate::store::petitions::documents;

/// Of the keys, and of what they seal.
const KEY: &str = "profile.document_key";
const DOCUMENT: &str = "profile.document";

/// A document's key, in the clear for as long as it is needed.
pub struct Seal {
    id: Uuid,
    key: [u8; 32],
}

impl Seal {
    pub fn fresh(here: &Here, id: Uuid) -> Self {
        Self { id, key: here.ids.bytes() }
    }

    /// As its row keeps it.
    pub fn of(here: &Here, id: Uuid, sealed_key: &[u8]) -> Result<Self, Fault> {
        let key = here.config.keys.open(KEY, id.as_bytes(), sealed_key)?;
        Ok(Self { id, key: key.try_into().map_err(|_| Fault::internal("a document's key has another size"))? })
    }

    pub fn sealed_key(&self, here: &Here) -> Result<Vec<u8>, Fault> {
        here.config.keys.seal(&here.ids, KEY, self.id.as_bytes(), &self.key)
    }

    pub fn close(&self, here: &Here, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
        Keys::from_master(self.key).seal(&here.ids, DOCUMENT, self.id.as_bytes(), bytes)
    }

    pub fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, Fault> {
        Keys::from_master(self.key).open(DOCUMENT, self.id.as_bytes(), sealed)
    }
}

/// Seals every key under the current master key, so that no old one is needed for it: documents are kept for longer than old ones are
/// accepted. Where none of ours opens it, an operator dropped the one that did, and the document stays shut.
pub async fn reseal_documents(here: &Here) -> Result<(), Fault> {
    let mut after = None;
    loop {
        let page = host::write!(here.db, async |tx| {
            let page = documents::keys_after(tx, after).await?;
            for (id, sealed_key) in &page {
                match here.config.keys.reseal(&here.ids, KEY, id.as_bytes(), sealed_key) {
                    Ok(None) => {}
                    Ok(Some(sealed)) => documents::reseal(tx, *id, &sealed).await?,
                    Err(fault) => tracing::warn!(document = %id, %fault, "a document can't be opened any more"),
                }
            }
            Ok(page.last().map(|(id, _)| *id))
        })?;
        let Some(last) = page else { return Ok(()) };
        after = Some(last);
    }
}
