//! Every way auth says no.

use kernel::{Fault, Kind};

/// What is refused, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The pointer to the field that gave it.
    ContactInvalid {
        at: &'static str,
    },
    OneContactExpected,
    BirthDateInvalid,
    TooYoung,
    PasswordWeak,
    WrongCredentials,
    /// Too many failures; seconds to wait.
    Throttled(u32),
    CodeWrong,
    CodeExpired,
    CodeLocked,
    CodeUsed,
    /// A code may be sent again only later; seconds to wait.
    CodeTooSoon(u32),
    AccountLocked,
    AccountState,
    /// The refresh token isn't one of ours, or has expired.
    RefreshInvalid,
    RefreshReused,
    SessionRevoked,
    /// Every place to hash a password is taken.
    Busy,
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::ContactInvalid { at } => {
                Fault::field(at, "auth.contact_invalid", "Give an e-mail address, or a phone number with its country code.")
            }
            Refusal::OneContactExpected => {
                Fault::field("/email", "auth.one_contact_expected", "Give either an e-mail address or a phone number.")
            }
            Refusal::BirthDateInvalid => Fault::field("/birth_date", "auth.birth_date_invalid", "Nobody was born on this day."),
            Refusal::TooYoung => Fault::new(Kind::Invalid, "auth.too_young", "You need to be at least 13 to sign up."),
            Refusal::PasswordWeak => {
                Fault::new(Kind::Invalid, "auth.password_weak", "This password is easy to guess. Take a longer one.")
            }
            Refusal::WrongCredentials => {
                Fault::new(Kind::Unauthenticated, "auth.wrong_credentials", "The name or the password is wrong.")
            }
            Refusal::Throttled(seconds) => {
                too_many("auth.throttled", "Too many failed attempts. Wait, or log in with a code.", seconds)
            }
            Refusal::CodeWrong => Fault::new(Kind::Invalid, "auth.code_wrong", "The code is wrong."),
            Refusal::CodeExpired => Fault::new(Kind::Invalid, "auth.code_expired", "The code has expired. Ask for a new one."),
            Refusal::CodeLocked => {
                Fault::new(Kind::Invalid, "auth.code_locked", "The code was wrong too often. Ask for a new one.")
            }
            Refusal::CodeUsed => Fault::new(Kind::Conflict, "auth.code_used", "The code has been used. Log in again."),
            Refusal::CodeTooSoon(seconds) => too_many("auth.code_too_soon", "Wait before you ask for another code.", seconds),
            Refusal::AccountLocked => {
                Fault::new(Kind::Forbidden, "auth.account_locked", "The account is locked. Write to support.")
            }
            Refusal::AccountState => Fault::new(Kind::Conflict, "auth.account_state", "The account's state doesn't allow this."),
            Refusal::RefreshInvalid => {
                Fault::new(Kind::Unauthenticated, "auth.refresh_invalid", "The refresh token is not valid. Log in again.")
            }
            Refusal::RefreshReused => Fault::new(
                Kind::Unauthenticated,
                "auth.refresh_reused",
                "An old refresh token came back, so this session was ended. Log in again.",
            ),
            Refusal::SessionRevoked => {
                Fault::new(Kind::Unauthenticated, "auth.session_revoked", "This session has ended. Log in again.")
            }
            Refusal::Busy => {
                Fault::new(Kind::Unavailable, "auth.busy", "Too many people log in right now. Try again shortly.").retry_after(1)
            }
        }
    }
}

fn too_many(code: &'static str, detail: &'static str, seconds: u32) -> Fault {
    Fault::new(Kind::TooMany, code, detail).retry_after(seconds)
}
