//! What auth tells and answers.

use std::fmt;

use kernel::{Id, Locale, Timestamp, User};
use serde::{Deserialize, Serialize};

use crate::ids::Flow;

kernel::named! {
    /// How a message reaches somebody outside the app.
    pub Channel {
        Email = "email",
        Sms = "sms",
    }
}

kernel::named! {
    /// What a code is for.
    pub CodePurpose {
        /// Proves the contact of a sign-up.
        Register = "register",
        /// Logs in.
        Login = "login",
    }
}

/// A code was made for somebody to type in. Heard by notification only (X13).
#[derive(Clone, Serialize, Deserialize)]
pub struct CodeIssued {
    pub flow: Id<Flow>,
    pub purpose: CodePurpose,
    pub channel: Channel,
    /// The e-mail address or E.164 phone number.
    pub to: String,
    pub code: String,
    pub locale: Locale,
    /// After this the code is no good and must not be sent.
    pub expires_at: Timestamp,
}

/// A sign-up was verified: the account is there.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AccountOpened {
    pub user: Id<User>,
    pub version: i64,
    pub at: Timestamp,
}

/// How an account is reached changed. Heard by notification only (X13).
#[derive(Clone, Serialize, Deserialize)]
pub struct ContactsChanged {
    pub user: Id<User>,
    pub version: i64,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub locale: Locale,
}

/// The account may not act any more; what it owes others goes on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AccountLocked {
    pub user: Id<User>,
    pub version: i64,
}

/// The account may act again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AccountUnlocked {
    pub user: Id<User>,
    pub version: i64,
}

/// The account is gone: every service erases what is the person's alone.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AccountErased {
    pub user: Id<User>,
    pub version: i64,
}

// Codes and contacts never reach a log (X14), not by way of `{:?}` either.
impl fmt::Debug for CodeIssued {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CodeIssued").field("flow", &self.flow).finish_non_exhaustive()
    }
}
impl fmt::Debug for ContactsChanged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ContactsChanged").field("user", &self.user).field("version", &self.version).finish_non_exhaustive()
    }
}

crate::facts! {
    CodeIssued = "auth.code_issued.v1", sealed for "notification": ["to", "code"];
    AccountOpened = "auth.account_opened.v1";
    ContactsChanged = "auth.contacts_changed.v1", sealed for "notification": ["email", "phone"];
    AccountLocked = "auth.account_locked.v1";
    AccountUnlocked = "auth.account_unlocked.v1";
    AccountErased = "auth.account_erased.v1";
}

/// Command of the command line: gives an account a role (A9). `who` is an e-mail, a phone number or a user id.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GrantRole {
    pub who: String,
    pub role: kernel::Role,
}

crate::asks! {
    GrantRole = "auth.grant_role.v1" -> Id<User>;
}
