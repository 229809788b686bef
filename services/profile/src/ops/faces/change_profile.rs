//! Changes one's own profile.

use contracts::ids::Media;
use garde::Validate;
use host::Here;
use kernel::{
    Actor, Fault, Id, Locale,
    text::{line, plain},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    mention::mention_in,
    rename::rename_in,
    show_portrait::{Choice, Wish, portray_in},
};
use crate::{
    model::{about, portrait::Portrait},
    ops::{must_be_open, open_profile::changed},
    store::{
        interests,
        petitions::badges,
        profiles::{self, Changes},
    },
};

/// What to change; what isn't given stays.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
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
    /// Addresses of pages on the web, at most 5.
    #[garde(skip)]
    #[schema(example = json!(["https://amina.example/"]))]
    pub links: Option<Vec<String>>,
    /// At most 20, of at most 30 letters and digits each.
    #[garde(skip)]
    #[schema(example = json!(["fabrics", "street food"]))]
    pub interests: Option<Vec<String>>,
    /// In which language I am written to.
    #[garde(skip)]
    pub locale: Option<Locale>,
    /// Where I am, as the time zone database (IANA) calls it: notices tell times of there.
    #[garde(skip)]
    #[schema(example = "Africa/Dar_es_Salaam")]
    pub time_zone: Option<String>,
    /// A picture of mine that everybody may see; `null` for none.
    #[garde(skip)]
    #[serde(default)]
    #[schema(value_type = Option<Id<Media>>)]
    pub avatar: Choice,
    /// A picture of mine that everybody may see; `null` for none.
    #[garde(skip)]
    #[serde(default)]
    #[schema(value_type = Option<Id<Media>>)]
    pub cover: Choice,
}

pub async fn change_profile(here: &Here, actor: &Actor, cmd: ChangeProfile) -> Result<(), Fault> {
    let user = actor.user()?;
    let changes = Changes {
        display_name: cmd.display_name,
        bio: cmd.bio,
        links: cmd.links.as_deref().map(about::links).transpose()?,
        locale: cmd.locale,
        time_zone: cmd.time_zone.as_deref().map(about::time_zone).transpose()?,
    };
    let likes = cmd.interests.as_deref().map(about::interests).transpose()?;
    let avatar = Wish::of(here, user, Portrait::Avatar, cmd.avatar).await?;
    let cover = Wish::of(here, user, Portrait::Cover, cmd.cover).await?;
    host::write!(here.db, async |tx| {
        must_be_open(tx, user).await?;
        if let Some(username) = &cmd.username {
            rename_in(tx, user, username).await?;
        }
        if let Some(likes) = &likes {
            interests::set(tx, user, likes).await?;
        }
        for wish in [&avatar, &cover].into_iter().flatten() {
            portray_in(tx, user, wish).await?;
        }
        let face = profiles::change(tx, user, &changes).await?;
        if changes.display_name.is_some() {
            badges::settle(tx, user).await?;
        }
        if let Some(bio) = &changes.bio {
            mention_in(tx, user, face.version, bio).await?;
        }
        tx.publish(&changed(user, face))
    })
}
