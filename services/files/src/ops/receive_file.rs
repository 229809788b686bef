//! Takes in one file: says what it is, and puts its bytes where the work on them begins.

use host::{Here, objects::Bytes};
use kernel::Fault;
use sha2::{Digest, Sha256};

use crate::{
    fault::Refusal,
    model::{
        key,
        media::{Came, MediaFormat, MediaKind, Visibility},
    },
};

/// Looks at the content alone, never at what its sender calls it (F2). The inner result is the file's.
pub async fn receive_file(here: &Here, visibility: Visibility, bytes: Bytes) -> Result<Result<Came, Refusal>, Fault> {
    let format = match pictures::sniff(&bytes) {
        Ok(format) => MediaFormat::from(format),
        Err(refusal) => return Ok(Err(refusal.into())),
    };
    if format.kind() == MediaKind::Document && visibility == Visibility::Public {
        return Ok(Err(Refusal::DocumentIsPrivate));
    }
    let size = i64::try_from(bytes.len()).map_err(Fault::internal)?;
    let came = Came { id: here.ids.next(), format, bytes: size, sha256: Sha256::digest(&bytes).to_vec() };
    here.objects.put(&key::incoming(came.id), bytes).await?;
    Ok(Ok(came))
}
