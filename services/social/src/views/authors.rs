//! Who wrote it, who sells it, and whether the viewer may see them: profile decides (X6), asked in batches, about nobody twice.

use std::collections::{HashMap, HashSet};

use contracts::profile::{Card, CardsOf, Relationship, Relationships, sees};
use host::Here;
use kernel::{Fault, Id, User};

/// The people met so far, as the viewer stands to them. Who isn't met isn't shown.
#[derive(Debug)]
pub struct Authors {
    viewer: Option<Id<User>>,
    related: HashMap<Id<User>, Relationship>,
    cards: HashMap<Id<User>, Card>,
    /// The authors met whose posts aren't shown.
    hidden: HashSet<Id<User>>,
}

impl Authors {
    pub fn of(viewer: Option<Id<User>>) -> Self {
        Self { viewer, related: HashMap::new(), cards: HashMap::new(), hidden: HashSet::new() }
    }

    /// Asks how the viewer stands to those nobody has asked about. Where profile can't be asked nobody can say who may see:
    /// 503.
    pub async fn relate(&mut self, here: &Here, users: impl IntoIterator<Item = Id<User>>) -> Result<(), Fault> {
        let new: HashSet<Id<User>> = users.into_iter().filter(|user| !self.related.contains_key(user)).collect();
        if !new.is_empty() {
            let ask = Relationships { viewer: self.viewer, targets: new.into_iter().collect() };
            let related = here.peers.ask(ask).await?;
            self.related.extend(related.into_iter().map(|one| (one.target, one)));
        }
        Ok(())
    }

    /// The same for authors, with the cards of those whose posts may be shown.
    pub async fn meet(&mut self, here: &Here, authors: &[Id<User>]) -> Result<(), Fault> {
        self.relate(here, authors.iter().copied()).await?;
        let is_new = |author: &Id<User>| !self.cards.contains_key(author) && !self.hidden.contains(author);
        let new: HashSet<Id<User>> = authors.iter().copied().filter(is_new).collect();
        let open: Vec<Id<User>> = new.iter().copied().filter(|author| self.shows(*author)).collect();
        if !open.is_empty() {
            let cards = here.peers.ask(CardsOf { viewer: self.viewer, users: open }).await?;
            self.cards.extend(cards.into_iter().map(|card| (card.id, card)));
        }
        self.hidden.extend(new.into_iter().filter(|author| !self.cards.contains_key(author)));
        Ok(())
    }

    pub fn card(&self, author: Id<User>) -> Option<&Card> {
        self.cards.get(&author)
    }

    pub fn hidden(&self) -> &HashSet<Id<User>> {
        &self.hidden
    }

    /// Whether the viewer may know that this person exists.
    pub fn knows(&self, user: Id<User>) -> bool {
        sees(self.related.get(&user).copied().as_slice(), user)
    }

    /// Whether the viewer may see what this person posts.
    fn shows(&self, user: Id<User>) -> bool {
        self.related.get(&user).is_some_and(|one| one.content) && self.knows(user)
    }
}
