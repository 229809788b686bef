//! What neighbours and the command line ask.

use contracts::auth::GrantRole;
use host::{
    Here,
    revoked::{Ended, EndedSessions},
    token::{PublicKey, RenewSession, Renewed, SigningKeys},
};
use kernel::{Fault, Id, User};

use crate::{ops, views};

pub async fn grant_role(here: Here, ask: GrantRole) -> Result<Id<User>, Fault> {
    ops::accounts::grant_role::grant_role(&here, &ask).await
}

pub async fn signing_keys(here: Here, _: SigningKeys) -> Result<Vec<PublicKey>, Fault> {
    ops::rotate_keys::make_first(&here).await?;
    views::keys::public_keys(&here).await
}

pub async fn renew_session(here: Here, ask: RenewSession) -> Result<Renewed, Fault> {
    let tokens = ops::sessions::refresh_session::renew_session(&here, ask.refresh_token).await?;
    Ok(Renewed { access_token: tokens.access_token, expires_in: tokens.expires_in, refresh_token: tokens.refresh_token })
}

pub async fn ended_sessions(here: Here, ask: EndedSessions) -> Result<Vec<Ended>, Fault> {
    views::sessions::ended_since(&here, ask.since).await
}
