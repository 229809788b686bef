//! A page of posts that is filled in rounds, because not every post that is read may be shown.

use contracts::ids::Post;
use kernel::{Id, Timestamp};

/// Where a post stands in every list: newest first, and among posts of one instant the greater id first.
pub type Place = (Timestamp, Id<Post>);

/// A post in a list, before it is known whether it may be shown.
pub trait Listed {
    fn place(&self) -> Place;
}

/// After so many rounds the page is answered as it is, with a cursor: what is hidden may slow a list, never end it.
const ROUNDS: u8 = 8;

/// The page so far. It looks for one post more than it shows, which says whether the list goes on.
#[derive(Debug)]
pub struct Filling<T> {
    limit: usize,
    after: Option<Place>,
    kept: Vec<T>,
    rounds: u8,
    ended: bool,
}

impl<T: Listed> Filling<T> {
    pub fn new(limit: u16, after: Option<Place>) -> Self {
        Self { limit: limit.into(), after, kept: Vec::new(), rounds: 0, ended: false }
    }

    /// Whether another round must be read: [`Self::batch`] posts after [`Self::after`].
    pub fn wants_more(&self) -> bool {
        !self.ended && self.kept.len() <= self.limit && self.rounds < ROUNDS
    }

    pub fn after(&self) -> Option<Place> {
        self.after
    }

    pub fn batch(&self) -> usize {
        self.limit + 1
    }

    /// Takes what may be shown of what was read; fewer posts than a batch are the end of the list.
    pub fn take(&mut self, read: Vec<T>, is_shown: impl FnMut(&T) -> bool) {
        self.rounds += 1;
        self.ended = read.len() < self.batch();
        self.after = read.last().map(T::place).or(self.after);
        self.kept.extend(read.into_iter().filter(is_shown));
    }

    /// The posts to show, and the place after which the next page begins.
    pub fn finish(mut self) -> (Vec<T>, Option<Place>) {
        if self.kept.len() > self.limit {
            self.kept.truncate(self.limit);
            let next = self.kept.last().map(T::place);
            return (self.kept, next);
        }
        (self.kept, self.after.filter(|_| !self.ended))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use kernel::User;
    use proptest::{collection::vec, prelude::*};

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    struct Spot {
        author: Id<User>,
        published_at: Timestamp,
        id: Id<Post>,
    }

    impl Listed for Spot {
        fn place(&self) -> Place {
            (self.published_at, self.id)
        }
    }

    fn id<T>(number: u128) -> Id<T> {
        Id::from_uuid(uuid::Uuid::from_u128(number))
    }

    /// A list of posts as (author, second), its ids unique, in the order of every list.
    fn list(posts: &[(u128, i64)]) -> Vec<Spot> {
        let spot = |(number, (author, second)): (u128, &(u128, i64))| Spot {
            author: id(*author),
            published_at: Timestamp::from_microsecond(second * 1_000_000),
            id: id(number),
        };
        let mut list: Vec<Spot> = (0..).zip(posts).map(spot).collect();
        list.sort_by_key(|spot| std::cmp::Reverse(spot.place()));
        list
    }

    fn read(list: &[Spot], filling: &Filling<Spot>) -> Vec<Spot> {
        let below = |spot: &&Spot| filling.after().is_none_or(|after| spot.place() < after);
        list.iter().filter(below).take(filling.batch()).copied().collect()
    }

    proptest! {
        #[test]
        fn s6_pages_show_every_post_that_may_be_shown_once_and_in_order(
            posts in vec((0..12_u128, 0..6_i64), 0..200),
            hidden in vec(0..12_u128, 0..12),
            limit in 1..12_u16,
        ) {
            let (list, hidden) = (list(&posts), hidden.into_iter().map(id).collect::<HashSet<Id<User>>>());
            let (mut seen, mut after, mut pages) = (Vec::new(), None, 0);
            loop {
                let mut filling = Filling::new(limit, after);
                while filling.wants_more() {
                    filling.take(read(&list, &filling), |spot| !hidden.contains(&spot.author));
                }
                let (page, next) = filling.finish();
                prop_assert!(page.len() <= limit.into());
                prop_assert!(next.is_none() || after.is_none() || next < after, "the list goes down");
                seen.extend(page);
                (after, pages) = (next, pages + 1);
                if after.is_none() {
                    break;
                }
            }
            let expected: Vec<Spot> = list.iter().filter(|spot| !hidden.contains(&spot.author)).copied().collect();
            prop_assert_eq!(seen, expected);
            prop_assert!(pages <= list.len() + 1);
        }
    }
}
