//! Access tokens for tests, signed with a key only tests know.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey};
use host::token::{AUDIENCE, Claims, PublicKey};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use kernel::{Id, Role, Session, Timestamp, User};

const KID: &str = "test";

fn key() -> SigningKey {
    SigningKey::from_bytes(&[42; 32])
}

/// What auth would answer to `SigningKeys`.
pub(crate) fn public_keys() -> Vec<PublicKey> {
    vec![PublicKey { kid: KID.into(), x: BASE64URL_NOPAD.encode(key().verifying_key().as_bytes()) }]
}

/// A token as auth would sign it, good for a year of the test's clock.
pub(crate) fn mint(issuer: &str, user: Id<User>, roles: Vec<Role>, now: Timestamp) -> String {
    sign(&claims(issuer, user, roles, now))
}

/// What such a token says.
pub(crate) fn claims(issuer: &str, user: Id<User>, roles: Vec<Role>, now: Timestamp) -> Claims {
    Claims {
        iss: issuer.into(),
        aud: AUDIENCE.into(),
        sub: user,
        sid: Id::<Session>::from_uuid(user.uuid()),
        roles,
        iat: now.as_second(),
        exp: now.as_second() + 365 * 86_400,
    }
}

/// Any claims under the tests' key.
pub(crate) fn sign(claims: &Claims) -> String {
    let header = Header { kid: Some(KID.into()), ..Header::new(Algorithm::EdDSA) };
    let der = key().to_pkcs8_der().unwrap();
    jsonwebtoken::encode(&header, claims, &EncodingKey::from_ed_der(der.as_bytes())).unwrap()
}
