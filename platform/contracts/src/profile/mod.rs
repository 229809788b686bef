//! What profile tells and answers.

mod moderation;

use kernel::{Id, Locale, Timestamp, User};
use serde::{Deserialize, Serialize};

use crate::files::PictureView;

pub use moderation::*;

kernel::named! {
    /// What of somebody's doings a mute keeps out of sight.
    pub Surface {
        Posts = "posts",
        Messages = "messages",
        Notifications = "notifications",
    }
}

/// A profile was opened, or its public face changed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ProfileChanged {
    pub user: Id<User>,
    pub version: i64,
    pub username: String,
    pub display_name: String,
    /// In which language they are written to, and where they are, as the time zone database calls it; where they have said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
}

/// Somebody is called something else. Ids and links stay (X9); the old name leads to them for a while.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UsernameChanged {
    pub user: Id<User>,
    pub version: i64,
    pub before: String,
    pub username: String,
}

/// An account went private, or public again. `version` is the profile's.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PrivacyChanged {
    pub user: Id<User>,
    pub version: i64,
    /// Whether only followers see what they post.
    pub private: bool,
}

/// Somebody began to follow somebody. `version` counts every change of how the one stands to the other: follows, requests, blocks and mutes.
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

/// Somebody asks to follow a private account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FollowRequested {
    pub follower: Id<User>,
    pub followee: Id<User>,
    pub version: i64,
}

/// A request was accepted; [`Followed`] is told besides.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RequestAccepted {
    pub follower: Id<User>,
    pub followee: Id<User>,
    pub version: i64,
}

/// Whom somebody blocks or mutes, as it is from now on. Views ask ([`Relationships`]); a copy serves what nobody looks at: fan-out,
/// counts, and the check before something is sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BlockChanged {
    pub subject: Id<User>,
    pub object: Id<User>,
    pub version: i64,
    pub blocks: bool,
    pub mutes: Vec<Surface>,
    /// When the mute ends; for good where there is no end.
    pub mutes_until: Option<Timestamp>,
}

/// Somebody mentions somebody in their bio, for the first time. `version` is the profile's.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Mentioned {
    pub user: Id<User>,
    pub mentioned: Id<User>,
    pub version: i64,
}

/// What is shown of a seller's trust has changed. `version` counts these changes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TrustUpdated {
    pub user: Id<User>,
    pub version: i64,
    /// 0 to 100; none while they are new.
    pub score: Option<i64>,
    /// Completed deals that count.
    pub completed: i64,
}

crate::facts! {
    ProfileChanged = "profile.profile_changed.v1";
    UsernameChanged = "profile.username_changed.v1";
    Followed = "profile.followed.v1";
    Unfollowed = "profile.unfollowed.v1";
    PrivacyChanged = "profile.privacy_changed.v1";
    FollowRequested = "profile.follow_requested.v1";
    RequestAccepted = "profile.request_accepted.v1";
    BlockChanged = "profile.block_changed.v1";
    Mentioned = "profile.mentioned.v1";
    TrustUpdated = "profile.trust_updated.v1";
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
    /// At its smallest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar: Option<PictureView>,
    /// What is verified of them under this name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub badge: Option<Badge>,
}

/// Question: the one decision of who sees whom (X6), in one batch. Every target is answered, in the order asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Relationships {
    pub viewer: Option<Id<User>>,
    pub targets: Vec<Id<User>>,
}

/// How `viewer` stands to `target`. What the target has done about the viewer shows in it by its effects alone: who is blocked
/// finds nobody, and who is muted or restricted never learns of it.
#[expect(clippy::struct_excessive_bools, reason = "independent answers about one pair")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relationship {
    pub target: Id<User>,
    /// Whether the viewer may know that the target exists.
    pub visible: bool,
    /// Whether the viewer may see what the target posts.
    pub content: bool,
    pub following: bool,
    pub followed_by: bool,
    /// Whether the viewer has asked to follow the target and waits for an answer. This and what follows isn't said where it isn't so:
    /// who asks may be older.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub requested: bool,
    /// Whether the target has asked to follow the viewer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub requested_by: bool,
    /// Whether the viewer blocks the target.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub blocking: bool,
    /// What of the target's the viewer doesn't want to see now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub muting: Vec<Surface>,
    /// Whether the viewer restricts the target: what they write to the viewer is seen by the two of them only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub restricting: bool,
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

/// Command of an operator: makes all trust anew from the stored deals.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RecomputeTrust {}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustReport {
    pub sellers: u64,
    /// Those whose score is another one than before, to the last bit.
    pub changed: u64,
}

/// Whether the viewer of these answers may know that `target` exists. Nobody is there who wasn't answered for.
pub fn sees(related: &[Relationship], target: Id<User>) -> bool {
    related.iter().any(|one| one.target == target && one.visible)
}

crate::asks! {
    OpenProfile = "profile.open_profile.v1" -> Opened;
    People = "profile.people.v1" -> Vec<Met>;
    Relationships = "profile.relationships.v1" -> Vec<Relationship>;
    RecomputeTrust = "profile.recompute_trust.v1" -> TrustReport;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x6_only_who_was_answered_for_and_is_visible_is_seen() {
        let [amina, baraka, chiku] = [1, 2, 3].map(|number| Id::from_uuid(uuid::Uuid::from_u128(number)));
        let stand = |target, visible| Relationship {
            target,
            visible,
            content: true,
            following: true,
            followed_by: true,
            requested: false,
            requested_by: false,
            blocking: false,
            muting: Vec::new(),
            restricting: false,
        };
        let related = [stand(amina, true), stand(baraka, false)];
        assert_eq!([amina, baraka, chiku].map(|target| sees(&related, target)), [true, false, false]);
    }
}
