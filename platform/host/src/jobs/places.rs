//! The places of a node's workers: each holds one job, and is given away again as soon as that has ended.

use std::collections::HashMap;

use tokio::task::{Id, JoinError, JoinSet};
use uuid::Uuid;

/// Jobs worked on at once: one that waited in line would lose its lease waiting.
const ALL: usize = 8;
/// Places one kind of job may have: one that waits for a slow neighbour leaves the rest to the others.
const OF_ONE_KIND: usize = ALL / 2;

/// Service and name of a job.
pub(super) type Kind = (String, String);

/// Who has a place.
#[derive(Default)]
pub(super) struct Places {
    running: JoinSet<Option<Uuid>>,
    kinds: HashMap<Id, Kind>,
    /// Jobs that ended well; their rows still stand.
    pub done: Vec<Uuid>,
}

impl Places {
    pub fn free(&self) -> usize {
        ALL.saturating_sub(self.kinds.len())
    }

    /// Whether nobody has a place.
    pub fn are_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// How many more a kind of job may have.
    pub fn free_for(&self, service: &str, name: &str) -> usize {
        let taken = self.kinds.values().filter(|(of, called)| of == service && called == name).count();
        OF_ONE_KIND.saturating_sub(taken).min(self.free())
    }

    /// Gives a place to a job, which ends in its id where it is done.
    pub fn take(&mut self, kind: Kind, work: impl Future<Output = Option<Uuid>> + Send + 'static) {
        self.kinds.insert(self.running.spawn(work).id(), kind);
    }

    /// Until somebody has given a place back; for ever where nobody has one.
    pub async fn one_is_given_back(&mut self) {
        match self.running.join_next_with_id().await {
            Some(ended) => self.give_back(ended),
            None => std::future::pending().await,
        }
        while let Some(ended) = self.running.try_join_next_with_id() {
            self.give_back(ended);
        }
    }

    fn give_back(&mut self, ended: Result<(Id, Option<Uuid>), JoinError>) {
        let (id, done) = ended.unwrap_or_else(|died| (died.id(), None));
        self.kinds.remove(&id);
        self.done.extend(done);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str) -> Kind {
        ("toy".to_owned(), name.to_owned())
    }

    #[tokio::test]
    async fn a_kind_of_job_has_half_of_the_places_and_whoever_ends_gives_its_place_back_however_it_ends() {
        let mut places = Places::default();
        for _ in 0..3 {
            places.take(kind("slow"), std::future::pending());
        }
        places.take(kind("slow"), async { panic!("as it should") });
        assert_eq!((places.free(), places.free_for("toy", "slow"), places.free_for("toy", "quick")), (4, 0, 4));
        places.one_is_given_back().await;
        assert_eq!((places.free(), places.free_for("toy", "slow")), (5, 1));
        for number in 0..3 {
            places.take(kind("quick"), std::future::ready(Some(Uuid::from_u128(number))));
        }
        assert_eq!((places.free_for("toy", "other"), places.free_for("toy", "quick")), (2, 1));
        places.take(kind("other"), std::future::pending());
        assert_eq!(places.free_for("toy", "other"), 1, "no more than there are");
    }

    #[tokio::test]
    async fn which_jobs_are_done_is_known_when_everybody_has_ended() {
        let mut places = Places::default();
        for number in 0..4 {
            places.take(kind("quick"), async move {
                tokio::task::yield_now().await;
                (number > 1).then_some(Uuid::from_u128(number))
            });
        }
        while !places.are_empty() {
            places.one_is_given_back().await;
        }
        places.done.sort();
        assert_eq!((places.free(), places.done), (ALL, vec![Uuid::from_u128(2), Uuid::from_u128(3)]));
    }
}
