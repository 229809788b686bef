//! Who is asking.

use crate::{Fault, Id, Prefix};

/// The person behind an account; every service knows people by this id only.
#[derive(Debug, Clone, Copy, utoipa::ToSchema)]
pub struct User;
impl Prefix for User {
    const PREFIX: &'static str = "usr";
}

/// One login of a person on one device.
#[derive(Debug, Clone, Copy, utoipa::ToSchema)]
pub struct Session;
impl Prefix for Session {
    const PREFIX: &'static str = "ses";
}

crate::named! {
    /// What an account may do beyond its own things (A9).
    pub Role {
        User = "user",
        Moderator = "moderator",
        Admin = "admin",
        Compliance = "compliance",
    }
}

crate::named! {
    /// What an account may do, as auth tells every service; each keeps it for the people it knows (A9).
    pub Standing {
        Open = "open",
        /// May not act; what it owes and is owed goes on.
        Locked = "locked",
        /// Gone for good; only the id stays.
        Erased = "erased",
    }
}

/// Who a request comes from, as the access token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    Anonymous,
    User { id: Id<User>, session: Id<Session>, roles: Vec<Role> },
}

impl Actor {
    /// The signed-in user, or 401.
    pub fn user(&self) -> Result<Id<User>, Fault> {
        self.viewer().ok_or_else(Fault::unauthenticated)
    }

    /// The signed-in user, where anybody may look.
    pub fn viewer(&self) -> Option<Id<User>> {
        match self {
            Actor::User { id, .. } => Some(*id),
            Actor::Anonymous => None,
        }
    }

    /// The signed-in user's session, or 401.
    pub fn session(&self) -> Result<Id<Session>, Fault> {
        match self {
            Actor::User { session, .. } => Ok(*session),
            Actor::Anonymous => Err(Fault::unauthenticated()),
        }
    }

    /// Lets only holders of `role` pass: 401 for the anonymous, 404 for everybody else, as such routes don't exist for them.
    pub fn must_be(&self, role: Role) -> Result<Id<User>, Fault> {
        match self {
            Actor::User { id, roles, .. } if roles.contains(&role) => Ok(*id),
            Actor::User { .. } => Err(Fault::not_found()),
            Actor::Anonymous => Err(Fault::unauthenticated()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;

    fn actor(roles: Vec<Role>) -> Actor {
        Actor::User { id: Id::from_uuid(uuid::Uuid::from_u128(1)), session: Id::from_uuid(uuid::Uuid::from_u128(2)), roles }
    }

    #[test]
    fn nobody_is_asked_to_sign_in_and_the_wrong_person_finds_nothing() {
        let kind = |actor: &Actor| actor.must_be(Role::Admin).map_err(|fault| fault.kind()).map(drop);
        assert_eq!(kind(&Actor::Anonymous), Err(Kind::Unauthenticated));
        assert_eq!(kind(&actor(vec![Role::User, Role::Moderator])), Err(Kind::NotFound));
        assert_eq!(kind(&actor(vec![Role::User, Role::Admin])), Ok(()));
        assert!(Actor::Anonymous.user().is_err() && Actor::Anonymous.session().is_err() && Actor::Anonymous.viewer().is_none());
    }
}
