//! What profile tells and answers.

use kernel::{Id, User};
use serde::{Deserialize, Serialize};

/// A profile was opened, or its public face changed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ProfileChanged {
    pub user: Id<User>,
    pub version: i64,
    pub username: String,
    pub display_name: String,
}

/// Somebody began to follow somebody. `version` counts the changes of this pair, following and unfollowing alike.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Followed {
    pub follower: Id<User>,
    pub followee: Id<User>,
    pub version: i64,
}

/// Somebody stopped following somebody.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Unfollowed {
    pub follower: Id<User>,
    pub followee: Id<User>,
    pub version: i64,
}

crate::facts! {
    ProfileChanged = "profile.profile_changed.v1";
    Followed = "profile.followed.v1";
    Unfollowed = "profile.unfollowed.v1";
}

/// Command of auth: opens the profile of a new account. Repeating it changes nothing. A username that is taken or not
/// given gets the nearest free one, never a refusal.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OpenProfile {
    pub user: Id<User>,
    pub username: Option<String>,
    pub display_name: String,
}

/// The profile that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    pub username: String,
}

/// A person as others see them in passing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Card {
    pub id: Id<User>,
    #[schema(example = "amina")]
    pub username: String,
    #[schema(example = "Amina Juma")]
    pub display_name: String,
}

/// Question: the one decision of who sees whom (X6), in one batch. Every target is answered, in the order asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Relationships {
    pub viewer: Option<Id<User>>,
    pub targets: Vec<Id<User>>,
}

/// How `viewer` stands to `target`.
#[expect(clippy::struct_excessive_bools, reason = "four independent answers about one pair")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Relationship {
    pub target: Id<User>,
    /// Whether the viewer may know that the target exists.
    pub visible: bool,
    /// Whether the viewer may see what the target posts.
    pub content: bool,
    pub following: bool,
    pub followed_by: bool,
}

/// Question of whoever shows people: how `viewer` stands to them and how they look, in one batch. Every target is answered, in
/// the order asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct People {
    pub viewer: Option<Id<User>>,
    pub targets: Vec<Id<User>>,
}

/// Somebody, as the viewer stands to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Met {
    pub relationship: Relationship,
    /// Of those the viewer may know of.
    pub card: Option<Card>,
}

/// Whether the viewer of these answers may know that `target` exists. Nobody is there who wasn't answered for.
pub fn sees(related: &[Relationship], target: Id<User>) -> bool {
    related.iter().any(|one| one.target == target && one.visible)
}

crate::asks! {
    OpenProfile = "profile.open_profile.v1" -> Opened;
    People = "profile.people.v1" -> Vec<Met>;
    Relationships = "profile.relationships.v1" -> Vec<Relationship>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x6_only_who_was_answered_for_and_is_visible_is_seen() {
        let [amina, baraka, chiku] = [1, 2, 3].map(|number| Id::from_uuid(uuid::Uuid::from_u128(number)));
        let stand = |target, visible| Relationship { target, visible, content: true, following: true, followed_by: true };
        let related = [stand(amina, true), stand(baraka, false)];
        assert_eq!([amina, baraka, chiku].map(|target| sees(&related, target)), [true, false, false]);
    }
}
