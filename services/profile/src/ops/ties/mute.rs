//! Keeps what somebody does out of sight without unfollowing them (P4).

use std::time::Duration;

use contracts::profile::Surface;
use garde::Validate;
use host::{Here, Tx};
use kernel::{Actor, Fault, Id, User};
use serde::Deserialize;
use utoipa::ToSchema;

use super::retell_ties::block_changed;
use crate::{
    model::muted::Muted,
    ops::hold,
    store::ties::{self, Pair},
};

/// What to mute, and for how long.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Mute {
    /// Everything where it isn't given.
    #[garde(skip)]
    #[schema(example = json!(["posts"]))]
    pub surfaces: Option<Vec<Surface>>,
    /// 1 hour to a year; for good where it isn't given.
    #[garde(inner(range(min = 1, max = 8_784)))]
    #[schema(example = 24)]
    pub hours: Option<u32>,
}

/// Mutes; muting again says anew what and for how long.
pub async fn mute(here: &Here, actor: &Actor, object: Id<User>, cmd: Mute) -> Result<(), Fault> {
    let user = actor.user()?;
    let muted = Muted::wished(cmd.surfaces.as_deref())?;
    host::write!(here.db, async |tx| {
        must_see(tx, user, object).await?;
        let until = cmd.hours.map(|hours| tx.now().plus(Duration::from_hours(hours.into())));
        let tie = ties::mute(tx, Pair { subject: user, object }, &muted, until).await?;
        tx.publish(&block_changed(tie))
    })
}

/// Ends a mute; ending none changes nothing that anybody sees.
pub async fn unmute(here: &Here, actor: &Actor, object: Id<User>) -> Result<(), Fault> {
    let user = actor.user()?;
    host::write!(here.db, async |tx| {
        hold(tx, user, object).await?;
        let unmuted = ties::unmute(tx, Pair { subject: user, object }).await?;
        unmuted.map_or(Ok(()), |tie| tx.publish(&block_changed(tie)))
    })
}

/// Whom one can't see, one can't do anything about.
pub(super) async fn must_see(tx: &mut Tx, user: Id<User>, object: Id<User>) -> Result<(), Fault> {
    if hold(tx, user, object).await?.decide().visible { Ok(()) } else { Err(Fault::not_found()) }
}
