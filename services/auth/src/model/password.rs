//! Passwords: strong enough (zxcvbn), kept as Argon2id (A8). Slow on purpose; callers run it on the bounded pool.

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
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

/// The hash in PHC form.
pub fn hash(password: &str, salt: &[u8; 16]) -> Result<String, Fault> {
    let hash = hasher()?.hash_password_with_salt(password.as_bytes(), salt).map_err(Fault::internal)?;
    Ok(hash.to_string())
}

/// Whether the password leads to the hash; without a hash the same work is done in vain.
pub fn verify(password: &str, hash: Option<&str>) -> Result<bool, Fault> {
    let is_right = hasher()?.verify_password(password.as_bytes(), hash.unwrap_or(NOBODY)).is_ok();
    Ok(is_right && hash.is_some())
}

fn hasher() -> Result<Argon2<'static>, Fault> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(Fault::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a8_a_hash_says_its_parameters_and_opens_for_its_password_only() {
        let kept = hash("correct horse battery staple", &[7; 16]).unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(verify("correct horse battery staple", Some(&kept)).unwrap());
        assert!(!verify("correct horse battery stable", Some(&kept)).unwrap());
    }

    #[test]
    fn a4_nobodys_hash_is_a_real_one_of_the_same_cost() {
        let nobody = argon2::PasswordHash::new(NOBODY).unwrap();
        let params = Params::try_from(&nobody).unwrap();
        assert_eq!((params.m_cost(), params.t_cost(), params.p_cost()), (MEMORY_KIB, PASSES, LANES));
        assert!(!verify("anything", None).unwrap());
    }

    #[test]
    fn a8_common_passwords_and_ones_own_name_are_weak() {
        for weak in ["", "password1", "qwertyuiop", "amina1994", "aminajuma@example.com"] {
            assert_eq!(must_be_strong(weak, &["aminajuma@example.com", "Amina Juma"]), Err(Refusal::PasswordWeak), "{weak}");
        }
        assert_eq!(must_be_strong("maembe saba ya bluu", &[]), Ok(()));
    }
}
