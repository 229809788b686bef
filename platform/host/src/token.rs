//! Access tokens: what they say, and how every service checks them without asking each time.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::VerifyingKey;
use kernel::{Actor, Ask, Clock, Fault, Id, Kind, Role, Session, Timestamp, User};
use quick_cache::sync::Cache;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;

use crate::{jwt::Signed, peers::Peers, revoked::Revoked};

/// Who our access tokens are for (RFC 7519, section 4.1.3).
pub const AUDIENCE: &str = "nexgate";

/// The claims of an access token (JWT, EdDSA).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    pub iss: String,
    pub aud: String,
    pub sub: Id<User>,
    pub sid: Id<Session>,
    pub roles: Vec<Role>,
    /// Seconds since 1970.
    pub iat: i64,
    /// Seconds since 1970.
    pub exp: i64,
}

/// One public key tokens are signed with.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PublicKey {
    pub kid: String,
    /// The Ed25519 public key, base64url (RFC 8037).
    pub x: String,
}

/// Question to auth: the keys that tokens may be signed with now.
#[derive(Debug, Serialize, Deserialize)]
pub struct SigningKeys {}
impl Ask for SigningKeys {
    const NAME: &'static str = "auth.signing_keys.v1";
    type Answer = Vec<PublicKey>;
}

/// Command to auth: go on with the session of this refresh token. Refused as `auth/token/refresh` is.
#[derive(Serialize, Deserialize)]
pub struct RenewSession {
    pub refresh_token: String,
}
impl Ask for RenewSession {
    const NAME: &'static str = "auth.renew_session.v1";
    type Answer = Renewed;
}

/// The session's next tokens.
#[derive(Serialize, Deserialize)]
pub struct Renewed {
    pub access_token: String,
    /// Seconds the access token is good for.
    pub expires_in: u64,
    pub refresh_token: String,
}

// Tokens never reach a log (X14).
impl fmt::Debug for RenewSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RenewSession(…)")
    }
}
impl fmt::Debug for Renewed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Renewed(…)")
    }
}

/// Checks tokens against auth's keys, which it keeps.
#[derive(Clone)]
pub(crate) struct Verifier {
    peers: Peers,
    clock: Clock,
    issuer: String,
    revoked: Revoked,
    kept: Arc<RwLock<Kept>>,
    /// What was signed, by the token's SHA-256: a signature is checked once, everything that may change at every look.
    verified: Arc<Cache<[u8; 32], Arc<Verified>>>,
    /// Held by the one request that asks auth.
    asking: Arc<Mutex<()>>,
}

#[derive(Default)]
struct Kept {
    keys: HashMap<String, VerifyingKey>,
    answered_at: Option<Timestamp>,
    /// Auth was asked after that, and didn't answer.
    failed_at: Option<Timestamp>,
}

/// What a token says whose signature was good.
struct Verified {
    /// The key that signed it; auth never gives its name to another.
    kid: String,
    claims: Claims,
}

/// Tokens remembered; each costs about half a kilobyte.
const REMEMBERED: usize = 20_000;
/// Kept keys older than this are asked for again, by one request at a time: a key auth has retired goes at the next answer.
const FRESH: Duration = Duration::from_secs(150);
/// While auth doesn't answer, kept keys are good for so long. Auth retires a key by schedule, when its last token has run out,
/// never because it leaked (then all nodes are started anew), so an old one does no harm; and a new one is published an hour
/// before it signs.
const KEEP: Duration = Duration::from_hours(1);
/// An unknown key id makes us ask auth again, but not more often than this.
const ASK_AGAIN: Duration = Duration::from_secs(5);
/// Auth is left alone for so long when it hasn't answered.
const PAUSE: Duration = Duration::from_secs(1);

impl Verifier {
    pub fn new(peers: Peers, clock: Clock, issuer: String, revoked: Revoked) -> Self {
        Self {
            peers,
            clock,
            issuer,
            revoked,
            kept: Arc::default(),
            verified: Arc::new(Cache::new(REMEMBERED)),
            asking: Arc::default(),
        }
    }

    /// The sessions whose tokens are refused.
    pub fn revoked(&self) -> Revoked {
        self.revoked.clone()
    }

    /// The actor a token speaks for, or 401 `invalid_token`, `token_expired` or `token_revoked`.
    pub async fn actor(&self, token: &str) -> Result<Actor, Fault> {
        let verified = self.verified(token).await?;
        let claims = &verified.claims;
        if claims.exp <= self.clock.now().as_second() {
            return Err(Fault::new(Kind::Unauthenticated, "token_expired", "The access token has expired. Refresh it."));
        }
        if self.revoked.contains(claims.sid) {
            return Err(Fault::new(Kind::Unauthenticated, "token_revoked", "This session has ended. Log in again."));
        }
        Ok(Actor::User { id: claims.sub, session: claims.sid, roles: claims.roles.clone() })
    }

    /// Goes on with a session whose access token has run out.
    pub async fn renewed(&self, session: RenewSession) -> Result<Renewed, Fault> {
        self.peers.ask(session).await
    }

    /// What a token says, if one of auth's keys signed it.
    async fn verified(&self, token: &str) -> Result<Arc<Verified>, Fault> {
        let digest = Sha256::digest(token).into();
        if let Some(verified) = self.verified.get(&digest) {
            self.key(&verified.kid).await?;
            return Ok(verified);
        }
        let signed = Signed::read(token).map_err(invalid)?;
        let key = self.key(&signed.kid).await?;
        let claims: Claims = signed.claims(&key).map_err(invalid)?;
        if claims.aud != AUDIENCE || claims.iss != self.issuer {
            return Err(invalid("it is by or for somebody else"));
        }
        let verified = Arc::new(Verified { kid: signed.kid, claims });
        self.verified.insert(digest, verified.clone());
        Ok(verified)
    }

    /// The key of this id. Who finds it kept waits for nobody, except the one of them who asks whether it still is.
    async fn key(&self, kid: &str) -> Result<VerifyingKey, Fault> {
        let Some(key) = self.find(kid) else { return self.new_key(kid).await };
        if self.kept(|kept| self.is_within(FRESH, kept.answered_at)) {
            return Ok(key);
        }
        let Ok(_asking) = self.asking.try_lock() else { return Ok(key) };
        if self.has_paused()
            && let Err(fault) = self.ask().await
        {
            tracing::warn!(%fault, "auth doesn't say which keys sign tokens: those it said last are believed");
        }
        self.find(kid).ok_or_else(unknown)
    }

    /// A key that isn't kept: auth may have made it just now. Whoever waited here for the answer finds it.
    async fn new_key(&self, kid: &str) -> Result<VerifyingKey, Fault> {
        let _asking = self.asking.lock().await;
        if let Some(key) = self.find(kid) {
            return Ok(key);
        }
        if !self.kept(|kept| self.is_within(ASK_AGAIN, kept.answered_at)) {
            if !self.has_paused() {
                return Err(Fault::unavailable(1, "auth hasn't said just now which keys sign tokens"));
            }
            self.ask().await?;
        }
        self.find(kid).ok_or_else(unknown)
    }

    async fn ask(&self) -> Result<(), Fault> {
        let answer = self.peers.ask(SigningKeys {}).await.and_then(|keys| decoded(&keys));
        let mut kept = self.kept.write().map_err(Fault::internal)?;
        let now = Some(self.clock.now());
        match answer {
            Ok(keys) => *kept = Kept { keys, answered_at: now, failed_at: None },
            Err(fault) => {
                kept.failed_at = now;
                return Err(fault);
            }
        }
        Ok(())
    }

    fn find(&self, kid: &str) -> Option<VerifyingKey> {
        self.kept(|kept| kept.keys.get(kid).filter(|_| self.is_within(KEEP, kept.answered_at)).copied())
    }

    fn has_paused(&self) -> bool {
        !self.kept(|kept| self.is_within(PAUSE, kept.failed_at))
    }

    fn is_within(&self, age: Duration, at: Option<Timestamp>) -> bool {
        at.is_some_and(|at| self.clock.now().since(at) < age)
    }

    fn kept<T>(&self, look: impl FnOnce(&Kept) -> T) -> T {
        look(&self.kept.read().unwrap_or_else(PoisonError::into_inner))
    }
}

fn decoded(keys: &[PublicKey]) -> Result<HashMap<String, VerifyingKey>, Fault> {
    let decoded = keys.iter().map(|key| {
        let bytes = BASE64URL_NOPAD.decode(key.x.as_bytes()).map_err(Fault::internal)?;
        let public = VerifyingKey::try_from(&bytes[..]).map_err(Fault::internal)?;
        Ok((key.kid.clone(), public))
    });
    decoded.collect()
}

fn unknown() -> Fault {
    invalid("unknown key id")
}

fn invalid(cause: impl std::fmt::Display) -> Fault {
    Fault::new(Kind::Unauthenticated, "invalid_token", "The access token is not valid.").because(cause)
}
