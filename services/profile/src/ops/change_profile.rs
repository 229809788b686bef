//! Changes one's own profile.

use garde::Validate;
use host::Here;
use kernel::{
    Actor, Fault,
    text::{line, plain},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::open_profile::changed;
use crate::{
    model::username::Username,
    ops::must_be_open,
    store::profiles::{self, Changes},
};

/// What to change; what isn't given stays.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct ChangeProfile {
    #[garde(skip)]
    #[schema(example = "amina")]
    pub username: Option<String>,
    #[garde(inner(length(chars, min = 1, max = 50), custom(line)))]
    #[schema(example = "Amina Juma")]
    pub display_name: Option<String>,
    #[garde(inner(length(chars, max = 300), custom(plain)))]
    #[schema(example = "Fabrics from Kariakoo.")]
    pub bio: Option<String>,
}

pub async fn change_profile(here: &Here, actor: &Actor, cmd: ChangeProfile) -> Result<(), Fault> {
    let user = actor.user()?;
    let username = cmd.username.as_deref().map(Username::parse).transpose()?;
    let changes = Changes { username, display_name: cmd.display_name, bio: cmd.bio };
    host::write!(here.db, async |tx| {
        must_be_open(tx, user, &[user]).await?;
        let face = profiles::change(tx, user, &changes).await?;
        tx.publish(&changed(user, face))
    })
}
