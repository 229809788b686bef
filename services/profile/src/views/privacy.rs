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
    /// Who may read my bio.
    pub bio: Audience,
    /// Who may read my links.
    pub links: Audience,
    /// Who may read my interests.
    pub interests: Audience,
    /// How many wait for my answer.
    #[schema(example = 2)]
    pub waiting: i64,
}

/// A part of a profile that is for some: its name, the key of its words, and for whom it can be.
type Part = (&'static str, &'static str, Vec<Choice>);

/// Whom a part can be for, by name and by the key of its words, and whether it is.
type Choice = (&'static str, &'static str, bool);

impl PrivacyView {
    /// With each part for whom somebody wished; what is no name stays.
    #[must_use]
    pub fn wishing<'a>(self, wished: impl Fn(&str) -> &'a str) -> Self {
        let wished = |part, now| Audience::named(wished(part)).unwrap_or(now);
        Self {
            followers: wished("followers", self.followers),
            following: wished("following", self.following),
            bio: wished("bio", self.bio),
            links: wished("links", self.links),
            interests: wished("interests", self.interests),
            ..self
        }
    }

    pub fn parts(&self) -> [Part; 5] {
        [
            ("bio", "privacy-who-bio", choices(self.bio)),
            ("links", "privacy-who-links", choices(self.links)),
            ("interests", "privacy-who-interests", choices(self.interests)),
            ("followers", "privacy-who-followers", choices(self.followers)),
            ("following", "privacy-who-following", choices(self.following)),
        ]
    }
}

fn choices(now: Audience) -> Vec<Choice> {
    let key = |audience| match audience {
        Audience::Everyone => "privacy-everyone",
        Audience::Followers => "privacy-followers",
        Audience::Me => "privacy-me",
    };
    Audience::ALL.iter().map(|one| (one.name(), key(*one), *one == now)).collect()
}

pub async fn privacy(here: &Here, user: Id<User>) -> Result<PrivacyView, Fault> {
    let found = sqlx::query_as!(
        PrivacyView,
        r#"select private, followers_seen_by as "followers: Audience", following_seen_by as "following: Audience",
                  bio_seen_by as "bio: Audience", links_seen_by as "links: Audience", interests_seen_by as "interests: Audience",
                  (select count(*) from profile.tie where object = $1 and asks_since is not null) as "waiting!"
             from profile.profile
            where user_id = $1"#,
        user.uuid(),
    );
    found.fetch_optional(here.db.reader()).await?.ok_or_else(Fault::not_found)
}
