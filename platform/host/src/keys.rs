//! Keys: everything secret is derived from a master key, and sealed things open only for their purpose.
//!
//! There is one current master key, which makes whatever is made, and there may be old ones, which are followed by it: what
//! they made is still opened, found and verified. So whatever asks "is this ours?" asks all of them.

use std::{fmt, iter, sync::Arc};

use chacha20poly1305::{
    ChaCha20Poly1305, KeyInit,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use kernel::{CursorKey, Fault};
use sha2::Sha256;

use crate::ids::Ids;

/// The node's keys. Debug shows nothing of them.
#[derive(Clone)]
pub struct Keys {
    current: Key,
    /// None of them is the current one.
    old: Arc<[Key]>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    pub fn from_master(master: [u8; 32]) -> Self {
        Self { current: Key(master), old: Arc::default() }
    }

    /// The same, and what these master keys made counts too.
    #[must_use]
    pub fn accepting(self, old: impl IntoIterator<Item = [u8; 32]>) -> Self {
        let mut accepted = Vec::new();
        for key in self.old.iter().copied().chain(old.into_iter().map(Key)) {
            if key != self.current && !accepted.contains(&key) {
                accepted.push(key);
            }
        }
        Self { current: self.current, old: accepted.into() }
    }

    /// How many old master keys are still accepted.
    pub(crate) fn old(&self) -> usize {
        self.old.len()
    }

    /// A key for one purpose: HMAC-SHA-256 of its name under the current master key (RFC 2104). What it makes is verified under
    /// `derive_all`.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        self.current.derive(purpose).0
    }

    /// The keys of one purpose: the current one, and those that may have made what comes back to us.
    pub fn derive_all(&self, purpose: &str) -> Vec<[u8; 32]> {
        self.all().map(|key| key.derive(purpose).0).collect()
    }

    /// A keyed hash for keeping, of a secret that is looked up but never read back (refresh tokens, codes). It is looked up
    /// by `hashes`.
    pub fn hash(&self, purpose: &str, secret: &[u8]) -> [u8; 32] {
        self.current.derive(purpose).mac(secret)
    }

    /// Every hash the secret may have been kept under, the current one first: for `where hash = any($1)`.
    pub fn hashes(&self, purpose: &str, secret: &[u8]) -> Vec<Vec<u8>> {
        self.all().map(|key| key.derive(purpose).mac(secret).to_vec()).collect()
    }

    /// Whether `mark` is the hash of this text under whichever of our master keys, in the same time wherever it differs.
    pub fn is_hash(&self, purpose: &str, text: &[u8], mark: &[u8]) -> bool {
        let ours = |key: Key| Hmac::<Sha256>::new(&key.derive(purpose).block()).chain_update(text).verify_slice(mark).is_ok();
        self.all().map(ours).fold(false, |any, ours| any | ours)
    }

    /// The key of list cursors.
    pub fn cursors(&self) -> CursorKey {
        let old = self.old.iter().map(|key| key.derive(CURSOR).0);
        CursorKey::from(self.derive(CURSOR)).accepting(old)
    }

    /// Encrypts a secret for keeping (ChaCha20-Poly1305, RFC 8439); it opens only with the same `purpose` and `owner`.
    pub fn seal(&self, ids: &Ids, purpose: &str, owner: &[u8], secret: &[u8]) -> Result<Vec<u8>, Fault> {
        let nonce: [u8; 12] = ids.bytes();
        let cipher = self.current.cipher(purpose);
        let sealed = cipher.encrypt(&nonce.into(), Payload { msg: secret, aad: owner }).map_err(Fault::internal)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what `seal` made, under whichever of our master keys.
    pub fn open(&self, purpose: &str, owner: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Fault> {
        let opened = self.all().find_map(|key| key.open(purpose, owner, sealed));
        opened.ok_or_else(|| Fault::internal(format_args!("{purpose}: a sealed value opens under none of our master keys")))
    }

    /// What `seal` made under an old master key, sealed under the current one; `None` where it is so already. For what is kept
    /// longer than an old key is accepted.
    pub fn reseal(&self, ids: &Ids, purpose: &str, owner: &[u8], sealed: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        if self.current.open(purpose, owner, sealed).is_some() {
            return Ok(None);
        }
        let secret = self.open(purpose, owner, sealed)?;
        self.seal(ids, purpose, owner, &secret).map(Some)
    }

    fn all(&self) -> impl Iterator<Item = Key> {
        iter::once(self.current).chain(self.old.iter().copied())
    }
}

const CURSOR: &str = "cursor";

/// A master key, or one derived of it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key([u8; 32]);

impl Key {
    fn derive(self, purpose: &str) -> Self {
        Self(self.mac(purpose.as_bytes()))
    }

    fn mac(self, text: &[u8]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new(&self.block());
        mac.update(text);
        mac.finalize().into_bytes().into()
    }

    /// Padded to the block HMAC-SHA-256 works on; the padding is what RFC 2104 does anyway.
    fn block(self) -> hmac::digest::Key<Hmac<Sha256>> {
        let mut block = [0u8; 64];
        for (place, byte) in block.iter_mut().zip(self.0) {
            *place = byte;
        }
        block.into()
    }

    fn cipher(self, purpose: &str) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(&self.derive(purpose).0.into())
    }

    fn open(self, purpose: &str, owner: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, text) = sealed.split_first_chunk::<12>()?;
        self.cipher(purpose).decrypt(&(*nonce).into(), Payload { msg: text, aad: owner }).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: [u8; 32] = [1; 32];
    const NEW: [u8; 32] = [2; 32];

    fn ids() -> Ids {
        Ids::seeded(kernel::Clock::system(), 3)
    }

    fn rotated() -> Keys {
        Keys::from_master(NEW).accepting([OLD])
    }

    #[test]
    fn a_sealed_secret_opens_only_for_its_purpose_and_owner() {
        let (keys, ids) = (Keys::from_master(OLD), ids());
        let sealed = keys.seal(&ids, "code", b"ord_1", b"123456").unwrap();
        assert_eq!(keys.open("code", b"ord_1", &sealed).unwrap(), b"123456");
        for keys in [keys, rotated()] {
            assert!(keys.open("code", b"ord_2", &sealed).is_err());
            assert!(keys.open("token", b"ord_1", &sealed).is_err());
            assert!(keys.open("code", b"ord_1", b"short").is_err());
        }
    }

    #[test]
    fn what_an_old_key_sealed_opens_until_it_is_dropped() {
        let (ids, before) = (ids(), Keys::from_master(OLD));
        let sealed = before.seal(&ids, "code", b"ord_1", b"123456").unwrap();
        assert_eq!(rotated().open("code", b"ord_1", &sealed).unwrap(), b"123456");
        assert!(Keys::from_master(NEW).open("code", b"ord_1", &sealed).is_err());
    }

    #[test]
    fn new_secrets_are_made_under_the_current_key() {
        let (ids, after) = (ids(), Keys::from_master(NEW));
        let sealed = rotated().seal(&ids, "code", b"ord_1", b"123456").unwrap();
        assert_eq!(after.open("code", b"ord_1", &sealed).unwrap(), b"123456");
        assert_eq!((rotated().hash("x", b"y"), rotated().derive("x")), (after.hash("x", b"y"), after.derive("x")));
        // A node that doesn't make them yet reads them already.
        assert!(Keys::from_master(OLD).accepting([NEW]).open("code", b"ord_1", &sealed).is_ok());
    }

    #[test]
    fn a_secret_is_looked_up_by_the_hash_of_every_key_the_current_one_first() {
        let (before, after) = (Keys::from_master(OLD).hash("x", b"y"), Keys::from_master(NEW).hash("x", b"y"));
        assert_eq!(rotated().hashes("x", b"y"), [after.to_vec(), before.to_vec()]);
        assert_eq!(rotated().derive_all("x"), [NEW, OLD].map(|master| Keys::from_master(master).derive("x")));
    }

    #[test]
    fn a_mark_is_ours_for_its_text_and_purpose_only() {
        let mark = Keys::from_master(OLD).hash("url", b"one");
        for keys in [Keys::from_master(OLD), rotated()] {
            assert!(keys.is_hash("url", b"one", &mark));
            for (purpose, text, mark) in
                [("url", b"two", &mark[..]), ("cursor", b"one", &mark), ("url", b"one", &mark[1..]), ("url", b"one", b"")]
            {
                assert!(!keys.is_hash(purpose, text, mark));
            }
        }
        assert!(!Keys::from_master(NEW).is_hash("url", b"one", &mark));
    }

    #[test]
    fn what_is_kept_for_long_is_sealed_again_once() {
        let (ids, before) = (ids(), Keys::from_master(OLD));
        let sealed = before.seal(&ids, "seed", b"kid", b"secret").unwrap();
        let again = rotated().reseal(&ids, "seed", b"kid", &sealed).unwrap().unwrap();
        assert_eq!(Keys::from_master(NEW).open("seed", b"kid", &again).unwrap(), b"secret");
        assert_eq!(rotated().reseal(&ids, "seed", b"kid", &again).unwrap(), None);
        assert!(Keys::from_master(NEW).reseal(&ids, "seed", b"kid", &sealed).is_err(), "nobody can read it any more");
    }

    #[test]
    fn a_cursor_of_an_old_key_is_still_one_of_ours() {
        let cursor = Keys::from_master(OLD).cursors().seal("list", &7).unwrap();
        assert_eq!(rotated().cursors().open::<u8>("list", &cursor).unwrap(), 7);
        assert!(Keys::from_master(NEW).cursors().open::<u8>("list", &cursor).is_err());
        let cursor = rotated().cursors().seal("list", &7).unwrap();
        assert!(Keys::from_master(NEW).cursors().open::<u8>("list", &cursor).is_ok());
    }

    #[test]
    fn a_key_counts_once_and_none_is_printed() {
        let keys = rotated().accepting([OLD, NEW, OLD]);
        assert_eq!((keys.old(), keys.hashes("x", b"y").len()), (1, 2));
        assert_eq!(format!("{keys:?}"), "Keys(…)");
    }
}
