//! Who sees what of somebody, for themselves.

use host::Here;
use kernel::{Fault, Id, User};
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::audience::Audience;

/// Who sees what of me.
#[derive(Debug, Serialize, ToSchema)]
pub struct PrivacyView {
    /// Whoever wants to follow asks first, and only followers see what I post.
    pub private: bool,
    /// Who may read who follows me.
    pub followers: Audience,
    /// Who may read whom I follow.
    pub following: Audience,
    /// How many wait for my answer.
    #[schema(example = 2)]
    pub waiting: i64,
}

impl PrivacyView {
    /// With these lists for whom somebody wished; what is no name stays.
    #[must_use]
    pub fn wishing(self, followers: &str, following: &str) -> Self {
        let wished = |name, now| Audience::named(name).unwrap_or(now);
        Self { followers: wished(followers, self.followers), following: wished(following, self.following), ..self }
    }

    pub fn for_followers(&self) -> impl Iterator<Item = Choice> {
        choices(self.followers)
    }

    pub fn for_following(&self) -> impl Iterator<Item = Choice> {
        choices(self.following)
    }
}

/// Whom a list can be for, by name and by the key of its words, and whether it is.
type Choice = (&'static str, &'static str, bool);

fn choices(now: Audience) -> impl Iterator<Item = Choice> {
    let key = |audience| match audience {
        Audience::Everyone => "privacy-everyone",
        Audience::Followers => "privacy-followers",
        Audience::Me => "privacy-me",
    };
    Audience::ALL.iter().map(move |one| (one.name(), key(*one), *one == now))
}

pub async fn privacy(here: &Here, user: Id<User>) -> Result<PrivacyView, Fault> {
    let found = sqlx::query_as!(
        PrivacyView,
        r#"select private, followers_seen_by as "followers: Audience", following_seen_by as "following: Audience",
                  (select count(*) from profile.tie where object = $1 and asks_since is not null) as "waiting!"
             from profile.profile
            where user_id = $1"#,
        user.uuid(),
    );
    found.fetch_optional(here.db.reader()).await?.ok_or_else(Fault::not_found)
}
