//! Names that can be had, and whom a name means.

use host::Here;
use kernel::{Fault, Id, User};
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::username::Username;

/// Who has this username, or had it lately, whether or not they can be seen.
pub async fn owner(here: &Here, name: &str) -> Result<Option<Id<User>>, Fault> {
    let (name, now) = (name.to_lowercase(), here.clock.now());
    let owner = sqlx::query_scalar!(
        r#"select user_id as "user: Id<User>"
             from profile.username
            where username = $1
              and coalesce(held_until > $2, true)"#,
        name,
        now,
    );
    Ok(owner.fetch_optional(here.db.reader()).await?)
}

/// Whether a username can be had, and what to take where it can't.
#[derive(Debug, Serialize, ToSchema)]
pub struct UsernameView {
    #[schema(example = "amina")]
    pub username: String,
    #[schema(example = false)]
    pub free: bool,
    #[schema(example = json!(["amina2", "amina3"]))]
    pub suggestions: Vec<String>,
}

pub async fn username(here: &Here, text: &str) -> Result<UsernameView, Fault> {
    let wish = Username::parse(text);
    let near = wish.clone().unwrap_or_else(|_| Username::nearest(text)).candidates(&numbers(here));
    let taken = taken(here, &near).await?;
    let is_taken = |name: &Username| taken.contains(&name.skeleton());
    let free = wish.is_ok_and(|wish| !is_taken(&wish));
    let others = near.iter().filter(|name| !is_taken(name)).map(|name| name.as_str().to_owned());
    let suggestions = if free { Vec::new() } else { others.filter(|name| name != text).take(5).collect() };
    Ok(UsernameView { username: text.to_owned(), free, suggestions })
}

/// Endings that are as good as free: where many have a name, the small numbers are gone.
fn numbers(here: &Here) -> Vec<String> {
    (0..5).map(|_| here.ids.code(5)).collect()
}

/// What those of these names look like that somebody has, or that are kept for somebody.
async fn taken(here: &Here, names: &[Username]) -> Result<Vec<String>, Fault> {
    let skeletons: Vec<String> = names.iter().map(Username::skeleton).collect();
    let now = here.clock.now();
    let taken = sqlx::query_scalar!(
        "select skeleton
           from profile.username
          where skeleton = any($1)
            and coalesce(held_until > $2, true)",
        &skeletons,
        now,
    );
    Ok(taken.fetch_all(here.db.reader()).await?)
}
