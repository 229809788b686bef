//! Who wrote it, who sells it, and whether the viewer may see them: profile decides (X6), asked in batches, about nobody twice.

use std::collections::{HashMap, HashSet};

use contracts::profile::{Card, Met, People, Surface};
use host::Here;
use kernel::{Fault, Id, User};

use super::posts::Row;

/// The people met so far, as the viewer stands to them. Who isn't met isn't shown.
#[derive(Debug)]
pub struct Authors {
    viewer: Option<Id<User>>,
    met: HashMap<Id<User>, Met>,
    /// Those of them whose posts aren't shown.
    hidden: HashSet<Id<User>>,
    /// Whether those whose posts the viewer mutes are hidden, too.
    minds_mutes: bool,
}

impl Authors {
    pub fn of(viewer: Option<Id<User>>) -> Self {
        Self { viewer, met: HashMap::new(), hidden: HashSet::new(), minds_mutes: false }
    }

    /// Where the viewer sees what they didn't look for: a mute hides its author (P4).
    pub fn of_feed(viewer: Id<User>) -> Self {
        Self { minds_mutes: true, ..Self::of(Some(viewer)) }
    }

    /// Asks about those nobody has asked about. Where profile can't be asked nobody can say who may see: 503.
    pub async fn meet(&mut self, here: &Here, users: impl IntoIterator<Item = Id<User>>) -> Result<(), Fault> {
        let new: HashSet<Id<User>> = users.into_iter().filter(|user| !self.met.contains_key(user)).collect();
        if !new.is_empty() {
            let ask = People { viewer: self.viewer, targets: new.into_iter().collect() };
            for one in here.peers.ask(ask).await? {
                let user = one.relationship.target;
                let is_muted = self.minds_mutes && one.relationship.muting.contains(&Surface::Posts);
                if is_muted || !(one.relationship.visible && one.relationship.content) {
                    self.hidden.insert(user);
                }
                self.met.insert(user, one);
            }
        }
        Ok(())
    }

    /// The card of somebody whose posts the viewer may see.
    pub fn card(&self, author: Id<User>) -> Option<&Card> {
        let met = self.met.get(&author).filter(|_| !self.hidden.contains(&author));
        met.and_then(|one| one.card.as_ref())
    }

    /// Whether a post of somebody met stands in the viewer's list.
    pub fn list(&self, post: &Row) -> bool {
        !self.hidden.contains(&post.author) && post.is_for(self.viewer)
    }

    pub fn hidden(&self) -> &HashSet<Id<User>> {
        &self.hidden
    }

    /// Whether the viewer may know that this person exists.
    pub fn knows(&self, user: Id<User>) -> bool {
        self.met.get(&user).is_some_and(|one| one.relationship.visible)
    }
}
