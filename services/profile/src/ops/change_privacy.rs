//! Says who sees what of the actor (P3).

use contracts::profile::PrivacyChanged;
use garde::Validate;
use host::Here;
use kernel::{Actor, Fault, Id, Job, Timestamp, User};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ties::answer_request::{Answer, settle_in};
use crate::{
    fault::Refusal,
    model::audience::Audience,
    ops::must_be_open,
    store::{
        locks,
        profiles::{self, Privacy},
        requests,
        ties::Pair,
    },
};

kernel::named! {
    /// What becomes of the requests that wait when an account goes public.
    pub Waiting {
        Accept = "accept",
        Decline = "decline",
    }
}

/// Who sees what; what isn't given stays.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePrivacy {
    /// Whoever wants to follow asks first, and only followers see what I post.
    #[garde(skip)]
    #[schema(example = true)]
    pub private: Option<bool>,
    /// Who may read who follows me.
    #[garde(skip)]
    pub followers: Option<Audience>,
    /// Who may read whom I follow.
    #[garde(skip)]
    pub following: Option<Audience>,
    /// Who may read my bio.
    #[garde(skip)]
    pub bio: Option<Audience>,
    /// Who may read my links.
    #[garde(skip)]
    pub links: Option<Audience>,
    /// Who may read my interests.
    #[garde(skip)]
    pub interests: Option<Audience>,
    /// What becomes of those who wait for my answer when I go public.
    #[garde(skip)]
    pub waiting: Option<Waiting>,
}

impl ChangePrivacy {
    /// By the names of what was chosen; what has none stays.
    pub fn chosen<'a>(private: bool, waiting: &str, audience: impl Fn(&str) -> &'a str) -> Self {
        let audience = |part| Audience::named(audience(part));
        Self {
            private: Some(private),
            followers: audience("followers"),
            following: audience("following"),
            bio: audience("bio"),
            links: audience("links"),
            interests: audience("interests"),
            waiting: Waiting::named(waiting),
        }
    }
}

/// Changes it. Going public while somebody waits needs a word about them; they are settled soon after, oldest first.
pub async fn change_privacy(here: &Here, actor: &Actor, cmd: ChangePrivacy) -> Result<(), Fault> {
    let user = actor.user()?;
    host::write!(here.db, async |tx| {
        locks::person(tx, user).await?;
        must_be_open(tx, user).await?;
        let before = profiles::privacy(tx, user).await?;
        let now = Privacy {
            private: cmd.private.unwrap_or(before.private),
            followers: cmd.followers.unwrap_or(before.followers),
            following: cmd.following.unwrap_or(before.following),
            bio: cmd.bio.unwrap_or(before.bio),
            links: cmd.links.unwrap_or(before.links),
            interests: cmd.interests.unwrap_or(before.interests),
        };
        if before.private
            && !now.private
            && let Some(until) = requests::newest(tx, user).await?
        {
            let accept = cmd.waiting.ok_or(Refusal::RequestsWaiting)? == Waiting::Accept;
            tx.enqueue(&SettleRequests { user, accept, until }, tx.now())?;
        }
        let version = profiles::set_privacy(tx, user, now).await?;
        if before.private == now.private {
            return Ok(());
        }
        tx.publish(&PrivacyChanged { user, version, private: now.private })
    })
}

/// Work for after an account went public: answers those who asked before.
#[derive(Debug, Serialize, Deserialize)]
pub struct SettleRequests {
    user: Id<User>,
    accept: bool,
    /// Who asks later, because the account is private again, waits for an answer of its own.
    until: Timestamp,
}
impl Job for SettleRequests {
    const NAME: &'static str = "settle_requests";
}

/// Settles as many as one transaction should, and leaves the rest for the next.
pub async fn settle_requests(here: &Here, job: &SettleRequests) -> Result<(), Fault> {
    let answer = if job.accept { Answer::Accept } else { Answer::Decline };
    host::write!(here.db, async |tx| {
        locks::person(tx, job.user).await?;
        let waiting = requests::oldest(tx, job.user, job.until).await?;
        for subject in &waiting {
            let pair = Pair { subject: *subject, object: job.user };
            if requests::end(tx, &[pair]).await? > 0 {
                settle_in(tx, pair, answer).await?;
            }
        }
        if waiting.is_empty() { Ok(()) } else { tx.enqueue(job, tx.now()) }
    })
}
