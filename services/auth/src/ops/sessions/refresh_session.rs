//! Goes on with a session: takes a refresh token and gives its successor (A3).

use data_encoding::BASE64URL_NOPAD;
use garde::Validate;
use host::{Here, Tx, revoked::SessionsEnded};
use kernel::{Fault, Id, Session as SessionId, Standing};
use serde::Deserialize;
use utoipa::ToSchema;

use super::open_session::{Opened, Tokens, refresh_hash, write_tokens};
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

/// The successor is made from the token by our key, so everybody who brings the same token at the same time, or again
/// after a lost answer, gets the same one; and nobody can make it without our key.
pub async fn refresh_session(here: &Here, cmd: RefreshSession) -> Result<Tokens, Fault> {
    let secret = BASE64URL_NOPAD.decode(cmd.refresh_token.expose().as_bytes()).map_err(|_| Refusal::RefreshInvalid)?;
    let successor = here.config.keys.hash("auth.refresh_successor", &secret);
    let (presented, next) = (refresh_hash(here, &secret), refresh_hash(here, &successor));
    let signer = signer(here).await?;
    let refreshed = host::write!(here.db, async |tx| { refresh_in(tx, &presented, &next).await })?;
    write_tokens(here, &signer, &refreshed?, &successor)
}

/// The end of a family is committed with its refusal: hence a refusal inside the success.
async fn refresh_in(tx: &mut Tx, presented: &[u8], next: &[u8]) -> Result<Result<Opened, Refusal>, Fault> {
    let Some((id, token)) = refresh_tokens::find(tx, presented).await? else { return Ok(Err(Refusal::RefreshInvalid)) };
    let (now, session) = (tx.now(), sessions::lock(tx, id).await?);
    let Some(session) = session else { return Ok(Err(Refusal::SessionRevoked)) };
    match session.family.present(token, now) {
        Outcome::Rotate => rotate_in(tx, id, token, next).await?,
        Outcome::Repeat => {}
        Outcome::Reused => {
            tracing::warn!(session = %id, "an old refresh token came back");
            sessions::end(tx, session.user, id, "reused").await?;
            tx.signal(&SessionsEnded { sessions: vec![id] })?;
            return Ok(Err(Refusal::RefreshReused));
        }
        Outcome::Ended => return Ok(Err(Refusal::SessionRevoked)),
        Outcome::Expired => return Ok(Err(Refusal::RefreshInvalid)),
    }
    go_on_in(tx, id, session).await
}

async fn rotate_in(tx: &mut Tx, id: Id<SessionId>, token: Presented, next: &[u8]) -> Result<(), Fault> {
    let successor = Presented { number: token.number + 1, expires_at: tx.now().plus(LIFE) };
    refresh_tokens::insert(tx, next, id, successor).await?;
    sessions::advance(tx, id, successor.number, successor.expires_at).await
}

/// Roles are read anew each time: a token never carries one that was taken away more than ten minutes ago.
async fn go_on_in(tx: &mut Tx, id: Id<SessionId>, session: Session) -> Result<Result<Opened, Refusal>, Fault> {
    devices::touch(tx, session.device).await?;
    let account = accounts::find(tx, session.user).await?.filter(|account| account.standing == Standing::Open);
    let opened = |roles| Opened { user: session.user, roles, session: id, device: session.device };
    Ok(account.map(|account| opened(account.roles)).ok_or(Refusal::SessionRevoked))
}
