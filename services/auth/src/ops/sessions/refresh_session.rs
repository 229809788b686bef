//! Goes on with a session: takes a refresh token and gives its successor (A3).

use data_encoding::BASE64URL_NOPAD;
use garde::Validate;
use host::{Here, Tx, http::checked, revoked::SessionsEnded};
use kernel::{Fault, Id, Session as SessionId, Standing};
use serde::Deserialize;
use utoipa::ToSchema;

use super::open_session::{Opened, Tokens, refresh_hash, refresh_hashes, write_tokens};
use crate::{
    fault::Refusal,
    model::{
        refresh::{LIFE, Outcome, Presented},
        secret::Secret,
    },
    ops::rotate_keys::signer,
    store::{
        accounts, devices, refresh_tokens,
        sessions::{self, Session},
    },
};

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct RefreshSession {
    #[garde(length(chars, max = 200))]
    #[schema(value_type = String, example = "bmV4Z2F0ZS1yZWZyZXNoLXRva2VuLW9mLTMyLWJ5dGU")]
    pub refresh_token: Secret,
}

/// What a successor is made of its token for.
const SUCCESSOR: &str = "auth.refresh_successor";

/// The same for the pages, whose tokens come in cookies.
pub async fn renew_session(here: &Here, refresh_token: String) -> Result<Tokens, Fault> {
    refresh_session(here, checked(RefreshSession { refresh_token: refresh_token.into() })?).await
}

/// The successor is made from the token by our key, so everybody who brings the same token at the same time, or again
/// after a lost answer, gets the same one; and nobody can make it without our key.
pub async fn refresh_session(here: &Here, cmd: RefreshSession) -> Result<Tokens, Fault> {
    let secret = BASE64URL_NOPAD.decode(cmd.refresh_token.expose().as_bytes()).map_err(|_| Refusal::RefreshInvalid)?;
    let signer = signer(here).await?;
    let (opened, successor) = host::write!(here.db, async |tx| { refresh_in(tx, here, &secret).await })??;
    write_tokens(here, &signer, &opened, &successor)
}

/// The end of a family is committed with its refusal: hence a refusal inside the success.
async fn refresh_in(tx: &mut Tx, here: &Here, secret: &[u8]) -> Result<Result<(Opened, Vec<u8>), Refusal>, Fault> {
    let found = refresh_tokens::find(tx, &refresh_hashes(here, secret)).await?;
    let Some((id, token)) = found else { return Ok(Err(Refusal::RefreshInvalid)) };
    let (now, session) = (tx.now(), sessions::lock(tx, id).await?);
    let Some(session) = session else { return Ok(Err(Refusal::SessionRevoked)) };
    let successor = match session.family.present(token, now) {
        Outcome::Rotate => Some(rotate_in(tx, here, id, token, secret).await?),
        Outcome::Repeat => made_in(tx, here, secret).await?,
        Outcome::Reused => {
            tracing::warn!(session = %id, "an old refresh token came back");
            sessions::end(tx, session.user, id, "reused").await?;
            tx.signal(&SessionsEnded { sessions: vec![id] })?;
            return Ok(Err(Refusal::RefreshReused));
        }
        Outcome::Ended => return Ok(Err(Refusal::SessionRevoked)),
        Outcome::Expired => return Ok(Err(Refusal::RefreshInvalid)),
    };
    // The master key that made it was dropped.
    let Some(successor) = successor else { return Ok(Err(Refusal::RefreshInvalid)) };
    let opened = go_on_in(tx, id, session).await?;
    Ok(opened.map(|opened| (opened, successor)))
}

async fn rotate_in(tx: &mut Tx, here: &Here, id: Id<SessionId>, token: Presented, secret: &[u8]) -> Result<Vec<u8>, Fault> {
    let successor = here.config.keys.hash(SUCCESSOR, secret);
    let next = Presented { number: token.number + 1, expires_at: tx.now().plus(LIFE) };
    refresh_tokens::insert(tx, &refresh_hash(here, &successor), id, next).await?;
    sessions::advance(tx, id, next.number, next.expires_at).await?;
    Ok(successor.to_vec())
}

/// The successor that was made, which is the one that is kept: before our key changed, or on a node where it hasn't yet, another
/// key made it.
async fn made_in(tx: &mut Tx, here: &Here, secret: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
    for successor in here.config.keys.hashes(SUCCESSOR, secret) {
        if refresh_tokens::find(tx, &refresh_hashes(here, &successor)).await?.is_some() {
            return Ok(Some(successor));
        }
    }
    Ok(None)
}

/// Roles are read anew each time: a token never carries one that was taken away more than ten minutes ago.
async fn go_on_in(tx: &mut Tx, id: Id<SessionId>, session: Session) -> Result<Result<Opened, Refusal>, Fault> {
    devices::touch(tx, session.device, session.user).await?;
    let account = accounts::find(tx, session.user).await?.filter(|account| account.standing == Standing::Open);
    let opened = |roles| Opened { user: session.user, roles, session: id, device: session.device };
    Ok(account.map(|account| opened(account.roles)).ok_or(Refusal::SessionRevoked))
}
