//! Passwords: strong enough (zxcvbn), kept as Argon2id (A8). Slow on purpose; callers run it on the bounded pool.

use std::fmt;

use argon2::{
    ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, Version,
    password_hash::phc::{Output, ParamsString, PasswordHash, Salt},
};
use kernel::Fault;
use zxcvbn::{Score, zxcvbn};

use crate::fault::Refusal;

/// OWASP password storage: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Longer ones are refused before they cost anything.
pub const LONGEST: usize = 128;
/// A hash nobody's password leads to: logging in to nothing costs what logging in to something costs (A4).
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdCE$VE9Pq1y0lbIPiq7oCjC8wGVKmYsVqkUqvUD3DHzl4bQ";

/// Refuses what is easy to guess, given what an attacker knows about the person.
pub fn must_be_strong(password: &str, known: &[&str]) -> Result<(), Refusal> {
    if zxcvbn(password, known).score() >= Score::Three { Ok(()) } else { Err(Refusal::PasswordWeak) }
}

/// What one hashing fills. Kept for the next: asked for anew each time, the allocator would end up keeping some for every thread.
#[derive(Default)]
pub struct Memory {
    blocks: Vec<Block>,
    is_used: bool,
}

impl Memory {
    /// What a password left makes it cheaper to guess: it goes as soon as nobody waits to fill the memory anew.
    pub fn wipe(&mut self) {
        if self.is_used {
            self.blocks.fill(Block::new());
            self.is_used = false;
        }
    }
}

impl fmt::Debug for Memory {
    /// What a password left there is for nobody.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(if self.is_used { "Memory(used)" } else { "Memory(wiped)" })
    }
}

/// The hash in PHC form.
pub fn hash(password: &str, salt: &[u8; 16], memory: &mut Memory) -> Result<String, Fault> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(Fault::internal)?;
    let kept = PasswordHash {
        algorithm: ARGON2ID_IDENT,
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&params).map_err(Fault::internal)?,
        salt: Some(Salt::new(salt).map_err(Fault::internal)?),
        hash: Some(output(password, salt, params, memory)?),
    };
    Ok(kept.to_string())
}

/// Whether the password leads to the hash, by the parameters that stand in it; without a hash the same work is done in vain.
/// What is no hash of ours is a fault of ours.
pub fn verify(password: &str, hash: Option<&str>, memory: &mut Memory) -> Result<bool, Fault> {
    let kept = PasswordHash::new(hash.unwrap_or(NOBODY)).map_err(Fault::internal)?;
    if kept.algorithm != ARGON2ID_IDENT || kept.version != Some(Version::V0x13.into()) || kept.hash.is_none() {
        return Err(Fault::internal("a password's hash of another kind"));
    }
    let salt = kept.salt.ok_or_else(|| Fault::internal("a password's hash without a salt"))?;
    let params = Params::try_from(&kept).map_err(Fault::internal)?;
    let found = output(password, &salt, params, memory)?;
    // Compared in constant time.
    Ok(kept.hash == Some(found) && hash.is_some())
}

fn output(password: &str, salt: &[u8], params: Params, memory: &mut Memory) -> Result<Output, Fault> {
    if memory.blocks.len() < params.block_count() {
        memory.blocks.resize(params.block_count(), Block::new());
    }
    memory.is_used = true;
    let mut bytes = [0; Params::DEFAULT_OUTPUT_LEN];
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    hasher.hash_password_into_with_memory(password.as_bytes(), salt, &mut bytes, &mut memory.blocks).map_err(Fault::internal)?;
    Output::new(&bytes).map_err(Fault::internal)
}

#[cfg(test)]
mod tests {
    use argon2::{PasswordHasher, PasswordVerifier};

    use super::*;

    #[test]
    fn a8_a_hash_says_its_parameters_and_opens_for_its_password_only() {
        let mut memory = Memory::default();
        let kept = hash("correct horse battery staple", &[7; 16], &mut memory).unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(verify("correct horse battery staple", Some(&kept), &mut memory).unwrap());
        assert!(!verify("correct horse battery stable", Some(&kept), &mut memory).unwrap());
    }

    #[test]
    fn a8_a_hash_is_what_the_library_makes_whatever_its_memory_was_filled_with_before() {
        let mut memory = Memory::default();
        let smaller = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(64, 1, 1, None).unwrap());
        let smaller = smaller.hash_password_with_salt(b"of another time", &[9; 16]).unwrap().to_string();
        assert!(verify("of another time", Some(&smaller), &mut memory).unwrap());
        let kept = hash("maembe saba ya bluu", &[7; 16], &mut memory).unwrap();
        assert!(verify("of another time", Some(&smaller), &mut memory).unwrap());
        let known = PasswordHash::new(&kept).unwrap();
        assert!(Argon2::default().verify_password(b"maembe saba ya bluu", &known).is_ok(), "{kept}");
    }

    #[test]
    fn a8_what_is_no_hash_opens_for_nobody() {
        let good = hash("plain", &[7; 16], &mut Memory::default()).unwrap();
        let (other, older) = (good.replace("argon2id", "argon2i"), good.replace("v=19", "v=16"));
        for broken in
            ["", "plain", "$argon2id$v=19$m=19456,t=2,p=1$", "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdCE", &other, &older]
        {
            let refused = verify("plain", Some(broken), &mut Memory::default()).unwrap_err();
            assert_eq!(refused.code(), "internal", "{broken:?}");
        }
    }

    #[test]
    fn a8_nothing_of_a_password_is_left_in_wiped_memory() {
        let mut memory = Memory::default();
        hash("maembe saba ya bluu", &[7; 16], &mut memory).unwrap();
        let is_clean = |memory: &Memory| memory.blocks.iter().flat_map(AsRef::as_ref).all(|word: &u64| *word == 0);
        assert!(!is_clean(&memory));
        memory.wipe();
        assert!(is_clean(&memory) && memory.blocks.len() == 19 * 1024);
        memory.wipe();
        assert!(
            verify("maembe saba ya bluu", Some(&hash("maembe saba ya bluu", &[7; 16], &mut memory).unwrap()), &mut memory)
                .unwrap()
        );
    }

    #[test]
    fn a4_nobodys_hash_is_a_real_one_of_the_same_cost() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let params = Params::try_from(&nobody).unwrap();
        assert_eq!((params.m_cost(), params.t_cost(), params.p_cost()), (MEMORY_KIB, PASSES, LANES));
        assert!(!verify("anything", None, &mut Memory::default()).unwrap());
    }

    #[test]
    fn a8_common_passwords_and_ones_own_name_are_weak() {
        for weak in ["", "password1", "qwertyuiop", "amina1994", "aminajuma@example.com"] {
            assert_eq!(must_be_strong(weak, &["aminajuma@example.com", "Amina Juma"]), Err(Refusal::PasswordWeak), "{weak}");
        }
        assert_eq!(must_be_strong("maembe saba ya bluu", &[]), Ok(()));
    }
}
