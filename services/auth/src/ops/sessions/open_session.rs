//! Opens a session on a device, and writes its tokens (A3, A5).

use std::fmt;

use contracts::ids::Device;
use data_encoding::BASE64URL_NOPAD;
use host::{
    Here, Tx,
    token::{AUDIENCE, Claims},
};
use jsonwebtoken::{Algorithm, Header};
use kernel::{Fault, Id, Role, Session, User};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Origin,
    prove_device::{device_token, proven_device},
};
use crate::{
    model::{
        account::must_let_in,
        device::{Look, look},
        refresh::{LIFE, Presented},
        secret::Secret,
        signing::{Signer, TOKEN_LIFE},
    },
    ops::rotate_keys::signer,
    store::{accounts::Account, devices, refresh_tokens, sessions},
};

/// What a login gives. Debug shows nothing of it.
#[derive(Serialize, ToSchema)]
pub struct Tokens {
    #[schema(example = "eyJ0eXAiOiJKV1QiLCJhbGciOiJFZERTQSJ9.eyJhdWQiOiJuZXhnYXRlIn0.c2lnbmF0dXJl")]
    pub access_token: String,
    #[schema(example = "Bearer")]
    pub token_type: &'static str,
    /// Seconds the access token is good for.
    #[schema(example = 600)]
    pub expires_in: u64,
    /// Good for 30 days and for one use; the answer to it brings the next one.
    #[schema(example = "bmV4Z2F0ZS1yZWZyZXNoLXRva2VuLW9mLTMyLWJ5dGU")]
    pub refresh_token: String,
    pub user_id: Id<User>,
    pub session_id: Id<Session>,
    pub device_id: Id<Device>,
    /// Proves this device at its next login; keep it when logging out.
    #[schema(example = "AZKPfNmoewC-DGtoHSsZc6lqbGnVxzqCj8ZGaWlvbgABAgMEBQYHCAkKCwwNDg8Q")]
    pub device: String,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tokens of {}", self.session_id)
    }
}

/// Everything a session needs that must be made before its transaction.
pub(in crate::ops) struct NewSession {
    id: Id<Session>,
    secret: [u8; 32],
    secret_hash: [u8; 32],
    proven: Option<Id<Device>>,
    fresh: Id<Device>,
    look: Look,
    signer: Signer,
}

/// Who is in, and where.
#[derive(Debug)]
pub(in crate::ops) struct Opened {
    pub user: Id<User>,
    pub roles: Vec<Role>,
    pub session: Id<Session>,
    pub device: Id<Device>,
}

impl NewSession {
    pub async fn prepare(here: &Here, device: Option<&Secret>, origin: &Origin) -> Result<Self, Fault> {
        let secret = here.ids.bytes();
        Ok(Self {
            id: here.ids.next(),
            secret_hash: refresh_hash(here, &secret),
            secret,
            proven: proven_device(here, device),
            fresh: here.ids.next(),
            look: look(origin.user_agent.as_deref()),
            signer: signer(here).await?,
        })
    }
}

/// A refresh token as it is kept from now on.
pub(in crate::ops) fn refresh_hash(here: &Here, secret: &[u8]) -> [u8; 32] {
    here.config.keys.hash(REFRESH, secret)
}

/// A refresh token as it may have been kept.
pub(in crate::ops) fn refresh_hashes(here: &Here, secret: &[u8]) -> Vec<Vec<u8>> {
    here.config.keys.hashes(REFRESH, secret)
}

const REFRESH: &str = "auth.refresh";

/// Opens a session for whoever may act, on the device that proved itself or on a new one: no login is without a device.
pub(in crate::ops) async fn open_in(tx: &mut Tx, account: Account, new: &NewSession) -> Result<Opened, Fault> {
    must_let_in(account.standing)?;
    let (user, expires_at) = (account.user, tx.now().plus(LIFE));
    let device = device_in(tx, user, new).await?;
    sessions::insert(tx, new.id, user, device, expires_at).await?;
    refresh_tokens::insert(tx, &new.secret_hash, new.id, Presented { number: 0, expires_at }).await?;
    Ok(Opened { user, roles: account.roles, session: new.id, device })
}

/// A device belongs to one person; where another logs in on it, it counts as another.
async fn device_in(tx: &mut Tx, user: Id<User>, new: &NewSession) -> Result<Id<Device>, Fault> {
    if let Some(device) = new.proven
        && devices::touch(tx, device, user).await?
    {
        return Ok(device);
    }
    devices::insert(tx, new.fresh, user, &new.look).await.map(|()| new.fresh)
}

/// The answer to a login.
pub(in crate::ops) fn tokens(here: &Here, new: &NewSession, opened: &Opened) -> Result<Tokens, Fault> {
    write_tokens(here, &new.signer, opened, &new.secret)
}

/// Signs an access token for whoever is in, beside this refresh token.
pub(in crate::ops) fn write_tokens(here: &Here, signer: &Signer, opened: &Opened, refresh: &[u8]) -> Result<Tokens, Fault> {
    let now = here.clock.now();
    let claims = Claims {
        iss: here.config.public_url.clone(),
        aud: AUDIENCE.into(),
        sub: opened.user,
        sid: opened.session,
        roles: opened.roles.clone(),
        iat: now.as_second(),
        exp: now.plus(TOKEN_LIFE).as_second(),
    };
    let header = Header { kid: Some(signer.kid.clone()), ..Header::new(Algorithm::EdDSA) };
    Ok(Tokens {
        access_token: jsonwebtoken::encode(&header, &claims, &signer.key).map_err(Fault::internal)?,
        token_type: "Bearer",
        expires_in: TOKEN_LIFE.as_secs(),
        refresh_token: BASE64URL_NOPAD.encode(refresh),
        user_id: opened.user,
        session_id: opened.session,
        device_id: opened.device,
        device: device_token(here, opened.device),
    })
}
