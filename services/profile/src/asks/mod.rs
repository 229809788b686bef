//! What neighbours ask.

use contracts::profile::{Card, CardsOf, OpenProfile, Opened, Relationship, Relationships};
use host::Here;
use kernel::Fault;

use crate::{ops, views};

pub async fn open_profile(here: Here, ask: OpenProfile) -> Result<Opened, Fault> {
    ops::open_profile::open_profile(&here, &ask).await
}

pub async fn cards_of(here: Here, ask: CardsOf) -> Result<Vec<Card>, Fault> {
    views::cards::cards_of(&here, ask.viewer, &ask.users).await
}

pub async fn relationships(here: Here, ask: Relationships) -> Result<Vec<Relationship>, Fault> {
    views::relationships::relationships(&here, ask.viewer, &ask.targets).await
}
