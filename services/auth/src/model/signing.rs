//! Keys that access tokens are signed with: Ed25519, made from a seed, changed every 30 days (A3).

use std::{fmt, time::Duration};

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey};
use jsonwebtoken::EncodingKey;
use kernel::{Fault, Timestamp};

/// How long an access token is good for.
pub const TOKEN_LIFE: Duration = Duration::from_mins(10);
/// A key is followed by the next after this long.
const ROTATION: Duration = Duration::from_hours(24 * 30);
/// A new key is published this long before it signs: every node and every cache has it by then.
const NOTICE: Duration = Duration::from_hours(1);
/// For clocks that don't agree.
const LEEWAY: Duration = Duration::from_mins(5);

/// The private half. Debug shows nothing of it.
pub struct Signer {
    pub kid: String,
    pub key: EncodingKey,
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.kid)
    }
}

/// The key a seed makes: its id is the beginning of the public half, so it names this key and no other.
pub fn public_of(seed: &[u8; 32]) -> (String, [u8; 32]) {
    let public = SigningKey::from_bytes(seed).verifying_key().to_bytes();
    let kid: String = HEXLOWER.encode(&public).chars().take(16).collect();
    (kid, public)
}

pub fn signer(kid: String, seed: &[u8; 32]) -> Result<Signer, Fault> {
    let der = SigningKey::from_bytes(seed).to_pkcs8_der().map_err(Fault::internal)?;
    Ok(Signer { kid, key: EncodingKey::from_ed_der(der.as_bytes()) })
}

/// A public key as JSON carries it (RFC 8037).
pub fn encoded(public: &[u8]) -> String {
    BASE64URL_NOPAD.encode(public)
}

/// Whom a new key takes over from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follows {
    /// It is the very first.
    Nobody,
    Another,
}

/// When a key made now may begin to sign.
pub fn signs_from(follows: Follows, now: Timestamp) -> Timestamp {
    match follows {
        Follows::Nobody => now,
        Follows::Another => now.plus(NOTICE),
    }
}

/// Whether the newest key is old enough to be followed.
pub fn is_due(made_at: Timestamp, now: Timestamp) -> bool {
    now.since(made_at) >= ROTATION
}

/// Keys that were followed by one that signs since before this can go: their last token is out of date.
pub fn forgotten_before(now: Timestamp) -> Timestamp {
    now.minus(TOKEN_LIFE + LEEWAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc_8032_test_1_gives_its_public_key() {
        let seed = HEXLOWER.decode(b"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60").unwrap();
        let (kid, public) = public_of(&seed.try_into().unwrap());
        assert_eq!(HEXLOWER.encode(&public), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        assert_eq!(
            (kid.as_str(), encoded(&public).as_str()),
            ("d75a980182b10ab7", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
        );
        assert_eq!(format!("{:?}", signer(kid, &[1; 32]).unwrap()), "Signer(d75a980182b10ab7)");
    }

    #[test]
    fn a3_a_key_is_published_before_it_signs_and_stays_until_its_tokens_are_out_of_date() {
        let now = Timestamp::from_microsecond(1_795_420_800_000_000);
        assert_eq!(signs_from(Follows::Nobody, now), now);
        assert_eq!(signs_from(Follows::Another, now).since(now).as_secs(), 3600);
        assert!(is_due(now, now.plus(ROTATION)) && !is_due(now, now.plus(ROTATION).minus(Duration::from_secs(1))));
        assert!(forgotten_before(now) < now.minus(TOKEN_LIFE));
    }
}
