//! Badges: who asks, in a token that is good for a minute and only for asking.
//!
//! Every calling service has a key of its own, made from the master key that all nodes share; so each node can check the
//! others without asking anybody. While that key changes, a badge made under an old one is as good.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use kernel::{Clock, Fault};
use serde::{Deserialize, Serialize};

use crate::{jwt::Signed, keys::Keys};

const AUDIENCE: &str = "nexgate.ask";
/// Seconds a badge is good for.
const LIFE: i64 = 60;

/// The claims of a badge (JWT, EdDSA).
#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    /// The calling service.
    iss: String,
    aud: String,
    /// Seconds since 1970.
    exp: i64,
}

/// Makes badges, and keeps each for half its life.
#[derive(Clone)]
pub(crate) struct Badges {
    keys: Keys,
    clock: Clock,
    made: Arc<Mutex<HashMap<&'static str, (i64, String)>>>,
}

impl Badges {
    pub fn new(keys: Keys, clock: Clock) -> Self {
        Self { keys, clock, made: Arc::default() }
    }

    /// The badge of a service of ours.
    pub fn of(&self, service: &'static str) -> Result<String, Fault> {
        let now = self.clock.now().as_second();
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((exp, badge)) = made.get(service)
            && *exp - now > LIFE / 2
        {
            return Ok(badge.clone());
        }
        let claims = Claims { iss: service.into(), aud: AUDIENCE.into(), exp: now + LIFE };
        let key = SigningKey::from_bytes(&self.keys.derive(&purpose(service)));
        let der = key.to_pkcs8_der().map_err(Fault::internal)?;
        let header = Header { kid: Some(service.into()), ..Header::new(Algorithm::EdDSA) };
        let badge = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_ed_der(der.as_bytes())).map_err(Fault::internal)?;
        made.insert(service, (claims.exp, badge.clone()));
        Ok(badge)
    }

    /// The service a badge was made for, or 401.
    pub fn read(&self, badge: &str) -> Result<String, Fault> {
        let refused = || Fault::unauthenticated();
        let signed = Signed::read(badge).map_err(|_| refused())?;
        let keys = self.keys.derive_all(&purpose(&signed.kid));
        let claims = keys.iter().find_map(|key| signed.claims::<Claims>(&SigningKey::from_bytes(key).verifying_key()).ok());
        let now = self.clock.now().as_second();
        let claims = claims.filter(|claims| claims.aud == AUDIENCE && claims.iss == signed.kid && claims.exp > now);
        claims.map(|claims| claims.iss).ok_or_else(refused)
    }
}

fn purpose(service: &str) -> String {
    format!("peer.{service}")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use kernel::Timestamp;

    use super::*;

    fn badges(master: u8) -> (Badges, Clock) {
        let clock = Clock::fixed(Timestamp::from_microsecond(1_795_420_800_000_000));
        (Badges::new(Keys::from_master([master; 32]), clock.clone()), clock)
    }

    fn accepting(current: u8, old: u8) -> Badges {
        let clock = Clock::fixed(Timestamp::from_microsecond(1_795_420_800_000_000));
        Badges::new(Keys::from_master([current; 32]).accepting([[old; 32]]), clock)
    }

    #[test]
    fn while_the_master_key_changes_nodes_read_each_others_badges_in_both_directions() {
        let (not_yet, already) = (accepting(1, 2), accepting(2, 1));
        assert_eq!(not_yet.read(&already.of("commerce").unwrap()).unwrap(), "commerce");
        assert_eq!(already.read(&not_yet.of("commerce").unwrap()).unwrap(), "commerce");
        // Before and after: whoever was told first, and whoever was told to forget first.
        assert!(
            badges(1).0.read(&not_yet.of("commerce").unwrap()).is_ok() && not_yet.read(&badges(1).0.of("x").unwrap()).is_ok()
        );
        assert!(
            badges(2).0.read(&already.of("commerce").unwrap()).is_ok() && already.read(&badges(2).0.of("x").unwrap()).is_ok()
        );
        assert!(badges(2).0.read(&not_yet.of("commerce").unwrap()).is_err(), "the old key was dropped");
    }

    #[test]
    fn a_badge_says_who_asks_for_a_minute() {
        let (badges, clock) = badges(1);
        let badge = badges.of("commerce").unwrap();
        assert_eq!(badges.read(&badge).unwrap(), "commerce");
        assert_eq!(badges.of("commerce").unwrap(), badge);
        clock.advance(Duration::from_secs(59));
        assert_eq!(badges.read(&badge).unwrap(), "commerce");
        assert_ne!(badges.of("commerce").unwrap(), badge);
        clock.advance(Duration::from_secs(1));
        assert!(badges.read(&badge).is_err());
    }

    #[test]
    fn a_badge_of_another_house_or_another_service_is_refused() {
        let (ours, theirs) = (badges(1).0, badges(2).0);
        assert!(ours.read(&theirs.of("commerce").unwrap()).is_err());
        assert!(ours.read("nonsense").is_err());
        let badge = ours.of("commerce").unwrap();
        let (_, rest) = badge.split_once('.').unwrap();
        let other = ours.of("payment").unwrap();
        let (header, _) = other.split_once('.').unwrap();
        assert!(ours.read(&format!("{header}.{rest}")).is_err(), "one's claims under another's name");
    }
}
