//! What is reported, as its service shows it (P8).

use contracts::{
    commerce::{ProductExhibit, ShopExhibit},
    files::Picture,
    profile::{Exhibit, UserExhibit},
    social::PostExhibit,
};
use host::Here;
use kernel::{Fault, Id, User};
use sqlx::types::Json;

use super::{people::relationship, queue::excerpt};
use crate::model::moderation::Thing;

/// What somebody is about to report, in short; 404 where they don't see it.
pub async fn about_to_report(here: &Here, viewer: Id<User>, (kind, id): (&str, &str)) -> Result<String, Fault> {
    let thing = Thing::named(kind, id).ok_or_else(Fault::not_found)?;
    let seen = look(here, thing, false).await?.ok_or_else(Fault::not_found)?;
    let stands = relationship(here, Some(viewer), seen.owner).await?;
    if thing.is_seen(&stands) { Ok(excerpt(&seen)) } else { Err(Fault::not_found()) }
}

/// What a thing looks like now, withheld or not, for moderators; `None` where it is gone.
pub async fn as_it_is(here: &Here, thing: Thing) -> Result<Option<Exhibit>, Fault> {
    look(here, thing, true).await
}

async fn look(here: &Here, thing: Thing, withheld_too: bool) -> Result<Option<Exhibit>, Fault> {
    match thing {
        Thing::Post(post) => here.peers.ask(PostExhibit { post, withheld_too }).await,
        Thing::Product(product) => here.peers.ask(ProductExhibit { product, withheld_too }).await,
        Thing::Shop(shop) => here.peers.ask(ShopExhibit { shop, withheld_too }).await,
        Thing::User(user) => of_person(here, &UserExhibit { user, withheld_too }).await,
    }
}

/// What anybody may see of somebody, if they are there.
pub async fn of_person(here: &Here, ask: &UserExhibit) -> Result<Option<Exhibit>, Fault> {
    let shown = sqlx::query!(
        r#"select display_name,
                  case when not private and bio_seen_by = 'everyone' then bio else '' end as "bio!",
                  case when not private and links_seen_by = 'everyone' then links else '{}' end as "links!",
                  array(select picture
                          from profile.portrait
                         where user_id = $1
                           and picture is not null
                         order by kind) as "pictures!: Vec<Json<Picture>>"
             from profile.profile
            where user_id = $1
              and state = 'open'
              and ($2 or not withheld)"#,
        ask.user.uuid(),
        ask.withheld_too,
    );
    let Some(shown) = shown.fetch_optional(here.db.reader()).await? else { return Ok(None) };
    let words = [vec![shown.bio], shown.links].concat().join("\n");
    Ok(Some(Exhibit {
        owner: ask.user,
        title: shown.display_name,
        words: words.trim().to_owned(),
        pictures: shown.pictures.iter().map(|picture| picture.0.shown(&here.config.media_url)).collect(),
    }))
}
