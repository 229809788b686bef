//! Keys: everything secret is derived from one master key, and sealed things open only for their purpose.

use std::{fmt, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

use chacha20poly1305::{
    ChaCha20Poly1305, KeyInit,
    aead::{Aead, Payload},
};
use data_encoding::HEXLOWER_PERMISSIVE;
use hmac::{Hmac, Mac};
use kernel::{CursorKey, Fault};
use sha2::Sha256;

use crate::{config::Mode, ids::Ids};

/// The node's keys. Debug shows nothing of them.
#[derive(Clone)]
pub struct Keys {
    master: [u8; 32],
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    pub fn from_master(master: [u8; 32]) -> Self {
        Self { master }
    }

    /// The given key; in development the one in `<data_dir>/master.key`, made at the first start (mode 0600).
    pub(crate) fn load(mode: Mode, given: Option<String>, data_dir: &Path) -> Result<Self, String> {
        match (given, mode) {
            (Some(text), _) => parse(&text).ok_or_else(|| "NEXGATE_MASTER_KEY: 64 hexadecimal digits are expected".into()),
            (None, Mode::Production) => {
                Err("NEXGATE_MASTER_KEY is required: 64 hexadecimal digits, the same on every node".into())
            }
            (None, Mode::Development) => kept(&data_dir.join("master.key")),
        }
    }

    /// A key for one purpose: HMAC-SHA-256 of its name under the master key (RFC 2104).
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        self.mac(purpose.as_bytes())
    }

    /// A keyed hash, for secrets that are looked up but never read back (refresh tokens, codes).
    pub fn hash(&self, purpose: &str, secret: &[u8]) -> [u8; 32] {
        Self { master: self.derive(purpose) }.mac(secret)
    }

    /// The key of list cursors.
    pub fn cursors(&self) -> CursorKey {
        CursorKey::from(self.derive("cursor"))
    }

    /// Encrypts a secret for keeping (ChaCha20-Poly1305, RFC 8439); it opens only with the same `purpose` and `owner`.
    pub fn seal(&self, ids: &Ids, purpose: &str, owner: &[u8], secret: &[u8]) -> Result<Vec<u8>, Fault> {
        let nonce: [u8; 12] = ids.bytes();
        let sealed = self.cipher(purpose).encrypt(&nonce.into(), Payload { msg: secret, aad: owner }).map_err(Fault::internal)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what `seal` made.
    pub fn open(&self, purpose: &str, owner: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Fault> {
        let (nonce, text) = sealed.split_first_chunk::<12>().ok_or_else(|| Fault::internal("a sealed value is cut short"))?;
        self.cipher(purpose).decrypt(&(*nonce).into(), Payload { msg: text, aad: owner }).map_err(Fault::internal)
    }

    fn cipher(&self, purpose: &str) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(&self.derive(purpose).into())
    }

    fn mac(&self, text: &[u8]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new(&self.master.into_key());
        mac.update(text);
        mac.finalize().into_bytes().into()
    }
}

/// A 32-byte key padded to the block HMAC-SHA-256 works on; the padding is what RFC 2104 does anyway.
trait IntoKey {
    fn into_key(self) -> hmac::digest::Key<Hmac<Sha256>>;
}
impl IntoKey for [u8; 32] {
    fn into_key(self) -> hmac::digest::Key<Hmac<Sha256>> {
        let mut block = [0u8; 64];
        for (place, byte) in block.iter_mut().zip(self) {
            *place = byte;
        }
        block.into()
    }
}

fn parse(text: &str) -> Option<Keys> {
    let bytes = HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).ok()?;
    bytes.try_into().ok().map(Keys::from_master)
}

/// Reads the key file, making it first where there is none; two starters at once end with the same key.
fn kept(path: &Path) -> Result<Keys, String> {
    let told = |error: std::io::Error| format!("{}: {error}", path.display());
    if let Some(dir) = path.parent() {
        std::fs::create_dir_all(dir).map_err(told)?;
    }
    match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(mut file) => {
            let key: [u8; 32] = Ids::system(kernel::Clock::system()).bytes();
            file.write_all(HEXLOWER_PERMISSIVE.encode(&key).as_bytes()).and_then(|()| file.sync_all()).map_err(told)?;
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(told(error)),
    }
    let text = std::fs::read_to_string(path).map_err(told)?;
    parse(&text).ok_or_else(|| format!("{}: not a master key", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_secret_opens_only_for_its_purpose_and_owner() {
        let (keys, ids) = (Keys::from_master([1; 32]), Ids::seeded(kernel::Clock::system(), 3));
        let sealed = keys.seal(&ids, "code", b"ord_1", b"123456").unwrap();
        assert_eq!(keys.open("code", b"ord_1", &sealed).unwrap(), b"123456");
        assert!(keys.open("code", b"ord_2", &sealed).is_err());
        assert!(keys.open("token", b"ord_1", &sealed).is_err());
        assert!(keys.open("code", b"ord_1", b"short").is_err());
    }

    #[test]
    fn the_key_file_is_made_once_and_private() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("master.key");
        assert_eq!(kept(&path).unwrap().master, kept(&path).unwrap().master);
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
