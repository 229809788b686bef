//! Whether all is heard and nothing is broken, as the databases' owner sees it.

use std::time::{Duration, Instant};

use super::Split;
use crate::place::PATIENCE;

/// A fact's id and name, and whom alone it is for.
type Told = (uuid::Uuid, String, Option<String>);

impl Split {
    /// The first thing that isn't as it should be. Hearing a fact leaves work behind: all must be heard before we look, and none
    /// be told while we do.
    pub(super) async fn broken(&self, checks: &[(&str, &'static str)]) -> Option<String> {
        let told = self.told().await;
        if let Some(unheard) = self.unheard_of(&told).await {
            return Some(unheard);
        }
        for (broken, query) in checks {
            for database in [&self.shared, &self.notification] {
                // A query about services that live in the other database has no tables here.
                let found = match sqlx::query_scalar::<_, i64>(*query).fetch_one(&database.owner).await {
                    Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("42P01") => continue,
                    found => found.unwrap(),
                };
                if found != 0 {
                    return Some(format!("{broken}: {found}"));
                }
            }
        }
        (self.told().await.len() != told.len()).then(|| "facts are being told".to_owned())
    }

    /// Waits until everything that has been told so far is heard.
    pub async fn until_all_is_heard(&self) {
        let told = self.told().await;
        let (until, mut pause) = (Instant::now() + PATIENCE, tokio::time::interval(Duration::from_millis(50)));
        loop {
            pause.tick().await;
            let Some(found) = self.unheard_of(&told).await else { return };
            assert!(Instant::now() < until, "{found}");
        }
    }

    async fn told(&self) -> Vec<Told> {
        sqlx::query_as("select id, name, only_for from kernel.outbox").fetch_all(&self.shared.owner).await.unwrap()
    }

    /// A fact somebody hears that isn't in their inbox yet: it is at the broker.
    async fn unheard_of(&self, told: &[Told]) -> Option<String> {
        for service in nexgate::services() {
            let names: Vec<&str> = service.heard().collect();
            let is_theirs = |name: &str, only_for: &Option<String>| {
                names.contains(&name) && only_for.as_deref().is_none_or(|one| one == service.name())
            };
            let theirs: Vec<uuid::Uuid> =
                told.iter().filter(|(_, name, only_for)| is_theirs(name, only_for)).map(|(id, ..)| *id).collect();
            let heard: i64 = sqlx::query_scalar("select count(*) from kernel.inbox where service = $1 and fact = any($2)")
                .bind(service.name())
                .bind(&theirs)
                .fetch_one(self.owner(service.name()))
                .await
                .unwrap();
            let heard = usize::try_from(heard).unwrap();
            if heard < theirs.len() {
                return Some(format!("{} hasn't heard {} facts", service.name(), theirs.len() - heard));
            }
        }
        None
    }
}
