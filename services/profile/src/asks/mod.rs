//! What neighbours ask.

use contracts::profile::{
    Exhibit, Met, OpenProfile, Opened, People, RecomputeTrust, Relationship, Relationships, TrustReport, UserExhibit,
};
use host::Here;
use kernel::Fault;

use crate::{ops, views};

pub async fn open_profile(here: Here, ask: OpenProfile) -> Result<Opened, Fault> {
    ops::open_profile::open_profile(&here, &ask).await
}

pub async fn people(here: Here, ask: People) -> Result<Vec<Met>, Fault> {
    views::people::people(&here, ask.viewer, &ask.targets).await
}

pub async fn relationships(here: Here, ask: Relationships) -> Result<Vec<Relationship>, Fault> {
    views::people::relationships(&here, ask.viewer, &ask.targets).await
}

pub async fn recompute_trust(here: Here, _: RecomputeTrust) -> Result<TrustReport, Fault> {
    ops::trust::judge_sellers::recompute_trust(&here).await
}

pub async fn user_exhibit(here: Here, ask: UserExhibit) -> Result<Option<Exhibit>, Fault> {
    views::exhibits::of_person(&here, &ask).await
}
