//! Access tokens: what they say, and how every service checks them without asking each time.

use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
    time::Duration,
};

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use kernel::{Actor, Ask, Clock, Fault, Id, Kind, Role, Session, Timestamp, User};
use serde::{Deserialize, Serialize};

use crate::{peers::Peers, revoked::Revoked};

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

/// Checks tokens against auth's keys, which it keeps.
#[derive(Clone)]
pub(crate) struct Verifier {
    peers: Peers,
    clock: Clock,
    issuer: String,
    revoked: Revoked,
    kept: Arc<RwLock<Kept>>,
}

#[derive(Default)]
struct Kept {
    keys: HashMap<String, DecodingKey>,
    asked_at: Option<Timestamp>,
}

/// An unknown key id makes us ask auth again, but not more often than this.
const ASK_AGAIN: Duration = Duration::from_secs(5);
/// A key auth has retired is trusted no longer than this.
const KEEP: Duration = Duration::from_mins(5);

impl Verifier {
    pub fn new(peers: Peers, clock: Clock, issuer: String, revoked: Revoked) -> Self {
        Self { peers, clock, issuer, revoked, kept: Arc::default() }
    }

    /// The sessions whose tokens are refused.
    pub fn revoked(&self) -> Revoked {
        self.revoked.clone()
    }

    /// The actor a token speaks for, or 401 `invalid_token`, `token_expired` or `token_revoked`.
    pub async fn actor(&self, token: &str) -> Result<Actor, Fault> {
        let header = jsonwebtoken::decode_header(token).map_err(invalid)?;
        if header.alg != Algorithm::EdDSA {
            return Err(invalid("only EdDSA is taken"));
        }
        let key = self.key(&header.kid.ok_or_else(|| invalid("no key id"))?).await?;
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_audience(&[AUDIENCE]);
        rules.set_issuer(&[&self.issuer]);
        // Expiry is checked below, by the node's own clock.
        rules.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &key, &rules).map_err(invalid)?.claims;
        if claims.exp <= self.clock.now().as_second() {
            return Err(Fault::new(Kind::Unauthenticated, "token_expired", "The access token has expired. Refresh it."));
        }
        if self.revoked.contains(claims.sid) {
            return Err(Fault::new(Kind::Unauthenticated, "token_revoked", "This session has ended. Log in again."));
        }
        Ok(Actor::User { id: claims.sub, session: claims.sid, roles: claims.roles })
    }

    async fn key(&self, kid: &str) -> Result<DecodingKey, Fault> {
        if let Some(key) = self.find(kid) {
            return Ok(key);
        }
        if self.may_ask() {
            let keys = self.peers.ask(SigningKeys {}).await?;
            let decoded =
                keys.iter().map(|key| Ok((key.kid.clone(), DecodingKey::from_ed_components(&key.x).map_err(Fault::internal)?)));
            let decoded = decoded.collect::<Result<HashMap<_, _>, Fault>>()?;
            let mut kept = self.kept.write().map_err(Fault::internal)?;
            *kept = Kept { keys: decoded, asked_at: Some(self.clock.now()) };
        }
        self.find(kid).ok_or_else(|| invalid("unknown key id"))
    }

    fn find(&self, kid: &str) -> Option<DecodingKey> {
        if self.is_older_than(KEEP) { None } else { self.kept.read().ok()?.keys.get(kid).cloned() }
    }

    fn may_ask(&self) -> bool {
        self.is_older_than(ASK_AGAIN)
    }

    fn is_older_than(&self, age: Duration) -> bool {
        let asked_at = self.kept.read().ok().and_then(|kept| kept.asked_at);
        asked_at.is_none_or(|at| self.clock.now().since(at) >= age)
    }
}

fn invalid(cause: impl std::fmt::Display) -> Fault {
    Fault::new(Kind::Unauthenticated, "invalid_token", "The access token is not valid.").because(cause)
}
