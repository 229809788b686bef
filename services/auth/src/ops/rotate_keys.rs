//! Makes the keys access tokens are signed with, and has them follow each other (A3) and the master key that seals them.

use host::{Here, Tx};
use kernel::Fault;

use crate::{
    model::signing::{self, Follows, Signer},
    store::signing_keys::{self, Aged, New},
};

/// Keys are sealed for this purpose, each under its own id.
const PURPOSE: &str = "auth.signing_key";

/// Makes the first key where there is none, the next where the newest is old, forgets those nobody needs, and seals the others
/// under the current master key.
pub async fn rotate_keys(here: &Here) -> Result<(), Fault> {
    let seed: [u8; 32] = here.ids.bytes();
    let (kid, public) = signing::public_of(&seed);
    let sealed = here.config.keys.seal(&here.ids, PURPOSE, kid.as_bytes(), &seed)?;
    host::write!(here.db, async |tx| { rotate_in(tx, here, &kid, &public, &sealed).await })
}

async fn rotate_in(tx: &mut Tx, here: &Here, kid: &str, public: &[u8], sealed: &[u8]) -> Result<(), Fault> {
    let (now, all) = (tx.now(), signing_keys::load(tx).await?);
    let number = all.first().map_or(1, |newest| newest.number + 1);
    let mut newest = None;
    for key in all {
        if reseal_in(tx, here, &key).await? {
            newest = newest.or(Some(key.made_at));
        }
    }
    if newest.is_none_or(|made_at| signing::is_due(made_at, now)) {
        let follows = if newest.is_some() { Follows::Another } else { Follows::Nobody };
        let signs_from = signing::signs_from(follows, now);
        signing_keys::insert(tx, number, &New { kid, public, sealed, signs_from }).await?;
    }
    signing_keys::delete_followed(tx, signing::forgotten_before(now)).await
}

/// Seals a key under the current master key, so that no old one is needed for it; false where none of ours opens it. Then the
/// one that did was dropped, perhaps because somebody else has it: the key goes at once, and with it the tokens it signed.
async fn reseal_in(tx: &mut Tx, here: &Here, key: &Aged) -> Result<bool, Fault> {
    match here.config.keys.reseal(&here.ids, PURPOSE, key.kid.as_bytes(), &key.sealed) {
        Ok(None) => Ok(true),
        Ok(Some(sealed)) => signing_keys::reseal(tx, &key.kid, &sealed).await.map(|()| true),
        Err(fault) => {
            tracing::warn!(kid = key.kid, %fault, "a signing key is forgotten, and its tokens with it");
            signing_keys::delete(tx, &key.kid).await.map(|()| false)
        }
    }
}

/// Makes a key where none is that could sign, so that nobody is shown, and keeps, an empty list or one of dead keys.
pub async fn make_first(here: &Here) -> Result<(), Fault> {
    signer(here).await.map(drop)
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
    let Ok(seed) = here.config.keys.open(PURPOSE, kept.kid.as_bytes(), &kept.sealed) else { return Ok(None) };
    let seed = seed.try_into().map_err(|_| Fault::internal("a signing key has the wrong length"))?;
    signing::signer(kept.kid, &seed).map(Some)
}
