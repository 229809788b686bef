//! Makes the keys access tokens are signed with, and has them follow each other (A3).

use host::{Here, Tx};
use kernel::Fault;

use crate::{
    model::signing::{self, Follows, Signer},
    store::signing_keys::{self, New},
};

/// Keys are sealed for this purpose, each under its own id.
const PURPOSE: &str = "auth.signing_key";

/// Makes the first key where there is none, the next where the newest is old, and forgets those nobody needs.
pub async fn rotate_keys(here: &Here) -> Result<(), Fault> {
    let seed: [u8; 32] = here.ids.bytes();
    let (kid, public) = signing::public_of(&seed);
    let sealed = here.config.keys.seal(&here.ids, PURPOSE, kid.as_bytes(), &seed)?;
    host::write!(here.db, async |tx| { rotate_in(tx, &kid, &public, &sealed).await })
}

async fn rotate_in(tx: &mut Tx, kid: &str, public: &[u8], sealed: &[u8]) -> Result<(), Fault> {
    let (now, newest) = (tx.now(), signing_keys::find_newest(tx).await?);
    if newest.is_none_or(|(_, made_at)| signing::is_due(made_at, now)) {
        let follows = if newest.is_some() { Follows::Another } else { Follows::Nobody };
        let signs_from = signing::signs_from(follows, now);
        let number = newest.map_or(1, |(number, _)| number + 1);
        signing_keys::insert(tx, number, &New { kid, public, sealed, signs_from }).await?;
    }
    signing_keys::delete_followed(tx, signing::forgotten_before(now)).await
}

/// Makes the first key where there is none, so that nobody is shown, and keeps, an empty list.
pub async fn make_first(here: &Here) -> Result<(), Fault> {
    match host::write!(here.db, async |tx| { signing_keys::find_newest(tx).await })? {
        Some(_) => Ok(()),
        None => rotate_keys(here).await,
    }
}

/// The key that signs now; the first login of all makes the first one.
pub(super) async fn signer(here: &Here) -> Result<Signer, Fault> {
    if let Some(signer) = find(here).await? {
        return Ok(signer);
    }
    rotate_keys(here).await?;
    find(here).await?.ok_or_else(|| Fault::internal("there is no key to sign with"))
}

async fn find(here: &Here) -> Result<Option<Signer>, Fault> {
    let Some(kept) = host::write!(here.db, async |tx| { signing_keys::find_signing(tx).await })? else { return Ok(None) };
    let seed = here.config.keys.open(PURPOSE, kept.kid.as_bytes(), &kept.sealed)?;
    let seed = seed.try_into().map_err(|_| Fault::internal("a signing key has the wrong length"))?;
    signing::signer(kept.kid, &seed).map(Some)
}
