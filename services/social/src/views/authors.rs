//! Who wrote it, and whether the viewer may see what they write: profile decides (X6), in one batch.

use std::collections::{HashMap, HashSet};

use contracts::profile::{Card, CardsOf, Relationships};
use host::Here;
use kernel::{Fault, Id, User};

/// The authors met so far, as the viewer stands to them. Who isn't met isn't shown.
#[derive(Debug)]
pub struct Authors {
    viewer: Option<Id<User>>,
    shown: HashMap<Id<User>, Card>,
    /// May be known to exist; what they post stays hidden.
    closed: HashSet<Id<User>>,
    /// Everybody met who isn't shown, the closed ones among them.
    hidden: HashSet<Id<User>>,
}

impl Authors {
    pub fn of(viewer: Option<Id<User>>) -> Self {
        Self { viewer, shown: HashMap::new(), closed: HashSet::new(), hidden: HashSet::new() }
    }

    /// Asks about those who haven't been met. Where profile can't be asked nobody can say who may see: 503.
    pub async fn meet(&mut self, here: &Here, users: &[Id<User>]) -> Result<(), Fault> {
        let new: HashSet<Id<User>> = users.iter().copied().filter(|user| !self.has_met(*user)).collect();
        if new.is_empty() {
            return Ok(());
        }
        let related = Relationships { viewer: self.viewer, targets: new.iter().copied().collect() };
        let related = here.peers.ask(related).await.map_err(|fault| Fault::unavailable(1, fault))?;
        let open: Vec<Id<User>> = related.iter().filter(|one| one.visible && one.content).map(|one| one.target).collect();
        let cards = CardsOf { viewer: self.viewer, users: open };
        let cards = here.peers.ask(cards).await.map_err(|fault| Fault::unavailable(1, fault))?;
        self.shown.extend(cards.into_iter().map(|card| (card.id, card)));
        self.closed.extend(related.iter().filter(|one| one.visible && !one.content).map(|one| one.target));
        self.hidden.extend(new.into_iter().filter(|user| !self.shown.contains_key(user)));
        Ok(())
    }

    pub fn card(&self, author: Id<User>) -> Option<&Card> {
        self.shown.get(&author)
    }

    pub fn hidden(&self) -> &HashSet<Id<User>> {
        &self.hidden
    }

    /// Whether the viewer may know that this person exists.
    pub fn knows(&self, user: Id<User>) -> bool {
        self.shown.contains_key(&user) || self.closed.contains(&user)
    }

    fn has_met(&self, user: Id<User>) -> bool {
        self.shown.contains_key(&user) || self.hidden.contains(&user)
    }
}
