//! Proves which device a login comes from, by what an earlier login gave it.

use contracts::ids::Device;
use data_encoding::BASE64URL_NOPAD;
use host::Here;
use kernel::Id;

use crate::model::secret::{Secret, same};

/// A device's id under our keyed hash: what the client keeps and shows at its next login.
pub(in crate::ops) fn device_token(here: &Here, id: Id<Device>) -> String {
    let mark = here.config.keys.hash(DEVICE, id.uuid().as_bytes());
    BASE64URL_NOPAD.encode(&[id.uuid().as_bytes().as_slice(), &mark].concat())
}

/// The device such a token was made for; one that isn't ours proves nothing.
pub(in crate::ops) fn proven_device(here: &Here, token: Option<&Secret>) -> Option<Id<Device>> {
    let bytes = BASE64URL_NOPAD.decode(token?.expose().as_bytes()).ok()?;
    let (id, given) = bytes.split_first_chunk::<16>()?;
    let is_ours = here.config.keys.hashes(DEVICE, id).iter().any(|mark| same(mark, given));
    is_ours.then(|| Id::from_uuid(uuid::Uuid::from_bytes(*id)))
}

/// What a device's id is hashed for.
const DEVICE: &str = "auth.device";
