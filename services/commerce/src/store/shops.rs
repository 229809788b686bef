//! The shop rows.

use contracts::ids::Shop;
use host::{Constraint, Tx};
use kernel::{Fault, Id, Slug, Timestamp, User};

use crate::{
    fault::Refusal,
    model::shop::{Named, ShopState},
};

/// What changes; `None` stays as it is.
#[derive(Debug)]
pub struct Changes {
    pub name: Option<String>,
    pub description: Option<String>,
    pub state: Option<ShopState>,
}

/// A shop as its facts tell it.
#[derive(Debug)]
pub struct Face {
    pub id: Id<Shop>,
    pub version: i64,
    pub owner: Id<User>,
    pub handle: String,
    pub name: String,
}

pub async fn insert(tx: &mut Tx, id: Id<Shop>, owner: Id<User>, handle: &Slug, name: &str) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "insert into commerce.shop (id, owner, handle, name, opened_at)
         values ($1, $2, $3, $4, $5)",
        id.uuid(),
        owner.uuid(),
        handle.as_str(),
        name,
        now,
    )
    .execute(tx.conn())
    .await
    .on_constraint("shop_handle_key", Refusal::HandleTaken)?;
    Ok(())
}

/// Changes a shop of `owner`'s, if there is one.
pub async fn change(tx: &mut Tx, id: Id<Shop>, owner: Id<User>, changes: &Changes) -> Result<Option<Face>, Fault> {
    let changed = sqlx::query_as!(
        Face,
        "update commerce.shop
            set name = coalesce($3, name),
                description = coalesce($4, description),
                state = coalesce($5, state),
                face_version = face_version + 1
          where id = $1
            and owner = $2
            and state <> 'erased'
         returning id, face_version as version, owner, handle, name",
        id.uuid(),
        owner.uuid(),
        changes.name.as_deref(),
        changes.description.as_deref(),
        changes.state.map(ShopState::name),
    );
    Ok(changed.fetch_optional(tx.conn()).await?)
}

/// The shops that come after this one and aren't erased, a page of them.
pub async fn page_after(tx: &mut Tx, after: Option<Id<Shop>>) -> Result<Vec<Face>, Fault> {
    let page = sqlx::query_as!(
        Face,
        "select id, face_version as version, owner, handle, name
           from commerce.shop
          where id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
            and state <> 'erased'
          order by id
          limit 500",
        after.map(Id::uuid),
    );
    Ok(page.fetch_all(tx.conn()).await?)
}

/// Whether `owner` has this shop; it is kept from being erased until the transaction ends.
pub async fn lock_owned(tx: &mut Tx, id: Id<Shop>, owner: Id<User>) -> Result<bool, Fault> {
    let owned = sqlx::query_scalar!(
        "select 1
           from commerce.shop
          where id = $1
            and owner = $2
            and state <> 'erased'
            for share",
        id.uuid(),
        owner.uuid(),
    );
    Ok(owned.fetch_optional(tx.conn()).await?.is_some())
}

/// What a shop of `owner`'s is called; nobody changes or withholds it until the transaction ends.
pub async fn lock_named(tx: &mut Tx, id: Id<Shop>, owner: Id<User>) -> Result<Option<Named>, Fault> {
    let named = sqlx::query_as!(
        Named,
        r#"select name, withheld_at is not null as "withheld!"
             from commerce.shop
            where id = $1
              and owner = $2
              and state <> 'erased'
              for no key update"#,
        id.uuid(),
        owner.uuid(),
    );
    Ok(named.fetch_optional(tx.conn()).await?)
}

/// Keeps since when only its owner sees a shop, unless a newer decision is known. A shop that isn't there stays so.
pub async fn withhold(tx: &mut Tx, id: Id<Shop>, since: Option<Timestamp>, version: i64) -> Result<(), Fault> {
    sqlx::query!(
        "update commerce.shop
            set withheld_at = $2, withheld_version = $3
          where id = $1
            and withheld_version < $3",
        id.uuid(),
        since,
        version,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes the owner's words out of their shops, and everything off the shelves; ids stay for what others keep.
pub async fn erase_of(tx: &mut Tx, owner: Id<User>) -> Result<(), Fault> {
    sqlx::query!(
        "with closed as (
             update commerce.shop
                set state = 'erased', handle = 'erased_' || replace(id::text, '-', ''), name = '', description = ''
              where owner = $1
             returning id
         )
         update commerce.product
            set state = 'archived', description = '', pictures = '{}', media_ids = '{}'
           from closed
          where product.shop = closed.id",
        owner.uuid(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
