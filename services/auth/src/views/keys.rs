//! The public keys that access tokens may be signed with now.

use host::{Here, token::PublicKey};
use kernel::Fault;
use serde::Serialize;

use crate::model::signing::encoded;

/// For neighbours; the newest key first.
pub async fn public_keys(here: &Here) -> Result<Vec<PublicKey>, Fault> {
    let rows = sqlx::query!("select kid, public from auth.signing_key order by number desc").fetch_all(here.db.reader()).await?;
    Ok(rows.into_iter().map(|row| PublicKey { kid: row.kid, x: encoded(&row.public) }).collect())
}

/// A JWK set (RFC 7517), for everybody else.
#[derive(Debug, Serialize)]
pub struct KeySet {
    keys: Vec<Jwk>,
}

/// An Ed25519 public key (RFC 8037).
#[derive(Debug, Serialize)]
struct Jwk {
    kty: &'static str,
    crv: &'static str,
    x: String,
    kid: String,
    #[serde(rename = "use")]
    purpose: &'static str,
    alg: &'static str,
}

pub async fn key_set(here: &Here) -> Result<KeySet, Fault> {
    let jwk = |key: PublicKey| Jwk { kty: "OKP", crv: "Ed25519", x: key.x, kid: key.kid, purpose: "sig", alg: "EdDSA" };
    Ok(KeySet { keys: public_keys(here).await?.into_iter().map(jwk).collect() })
}
