//! A flow: a sign-up or a login that waits for its code.

use std::fmt;

use contracts::{auth::CodePurpose, ids::Flow as FlowId};
use jiff::civil::Date;
use kernel::{Id, Locale, User};

use super::contact::Contact;

/// Whoever knows its code has the contact. Debug shows its id only (X14).
pub struct Flow {
    pub id: Id<FlowId>,
    /// Whose account it opens or enters; `None` where nobody has the contact.
    pub user: Option<Id<User>>,
    pub contact: Contact,
    pub locale: Locale,
    /// `None` for a login.
    pub sign_up: Option<SignUp>,
    /// What its codes are counted against.
    pub bucket: Vec<u8>,
}

/// What a sign-up brings.
pub struct SignUp {
    pub display_name: String,
    pub username: Option<String>,
    pub birth_date: Date,
    pub password_hash: Option<String>,
}

impl Flow {
    pub fn purpose(&self) -> CodePurpose {
        if self.sign_up.is_some() { CodePurpose::Register } else { CodePurpose::Login }
    }
}

impl fmt::Debug for Flow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Flow({})", self.id)
    }
}
