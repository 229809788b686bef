//! The account rows.

use host::{Constraint, Tx};
use kernel::{Fault, Id, Locale, Role, Standing, User};
use sqlx::types::Uuid;

use crate::{
    fault::Refusal,
    model::{
        account::roles_named,
        contact::Contact,
        flow::{Flow, SignUp},
    },
};

/// An account as a login needs it.
pub struct Account {
    pub user: Id<User>,
    pub standing: Standing,
    pub password_hash: Option<String>,
    pub roles: Vec<Role>,
}

struct Row {
    user_id: Id<User>,
    state: Standing,
    password_hash: Option<String>,
    roles: Vec<String>,
}

impl From<Row> for Account {
    fn from(row: Row) -> Self {
        let Row { user_id, state, password_hash, roles } = row;
        Self { user: user_id, standing: state, password_hash, roles: roles_named(&roles) }
    }
}

/// An account as its facts tell it.
pub struct State {
    pub user: Id<User>,
    pub standing: Standing,
    pub version: i64,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub locale: Locale,
}

/// Addresses and numbers never look alike, so one text finds either.
pub async fn find_by_contact(tx: &mut Tx, contact: &Contact) -> Result<Option<Account>, Fault> {
    let row = sqlx::query_as!(
        Row,
        "select user_id, state, password_hash, roles
           from auth.account
          where email = $1
             or phone = $1",
        contact.as_str(),
    );
    Ok(row.fetch_optional(tx.conn()).await?.map(Account::from))
}

pub async fn find(tx: &mut Tx, user: Id<User>) -> Result<Option<Account>, Fault> {
    let row = sqlx::query_as!(
        Row,
        "select user_id, state, password_hash, roles
           from auth.account
          where user_id = $1",
        user.uuid(),
    );
    Ok(row.fetch_optional(tx.conn()).await?.map(Account::from))
}

pub async fn lock(tx: &mut Tx, user: Id<User>) -> Result<Option<Account>, Fault> {
    let row = sqlx::query_as!(
        Row,
        "select user_id, state, password_hash, roles
           from auth.account
          where user_id = $1
            for update",
        user.uuid(),
    );
    Ok(row.fetch_optional(tx.conn()).await?.map(Account::from))
}

/// The accounts among `ids` that exist, locked in the order of their keys.
pub async fn lock_all(tx: &mut Tx, ids: &[Id<User>]) -> Result<Vec<Account>, Fault> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let rows = sqlx::query_as!(
        Row,
        "select user_id, state, password_hash, roles
           from auth.account
          where user_id = any($1)
          order by user_id
            for update",
        &ids,
    );
    Ok(rows.fetch_all(tx.conn()).await?.into_iter().map(Account::from).collect())
}

/// Opens the account at `version`, unless this person has it already; says whether it did.
pub async fn insert(tx: &mut Tx, user: Id<User>, flow: &Flow, sign_up: &SignUp, version: i64) -> Result<bool, Fault> {
    let (now, contact) = (tx.now(), &flow.contact);
    let inserted = sqlx::query!(
        "insert into auth.account (user_id, email, phone, password_hash, birth_date, locale, version, opened_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (user_id) do nothing",
        user.uuid(),
        contact.clone().into_email(),
        contact.clone().into_phone(),
        sign_up.password_hash.as_deref(),
        jiff_sqlx::Date::from(sign_up.birth_date),
        flow.locale.name(),
        version,
        now,
    )
    .execute(tx.conn())
    .await
    // Somebody else proved the same contact first.
    .on_constraints(|name| matches!(name, "account_email_key" | "account_phone_key").then(|| Refusal::CodeUsed.into()))?;
    Ok(inserted.rows_affected() == 1)
}

/// The accounts that come after this one, a page of them.
pub async fn page_after(tx: &mut Tx, after: Option<Id<User>>) -> Result<Vec<State>, Fault> {
    Ok(sqlx::query_as!(
        State,
        r#"select user_id as "user", state as standing, version, email, phone, locale
             from auth.account
            where user_id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
            order by user_id
            limit 500"#,
        after.map(Id::uuid),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Moves the account; its new version.
pub async fn set_standing(tx: &mut Tx, user: Id<User>, standing: Standing, reason: Option<&str>) -> Result<i64, Fault> {
    Ok(sqlx::query_scalar!(
        "update auth.account
            set state = $2, lock_reason = $3, version = version + 1
          where user_id = $1
         returning version",
        user.uuid(),
        standing.name(),
        reason,
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Takes everything personal out of the row and leaves the id; the new version.
pub async fn erase(tx: &mut Tx, user: Id<User>) -> Result<i64, Fault> {
    Ok(sqlx::query_scalar!(
        "update auth.account
            set state = 'erased', email = null, phone = null, password_hash = null, birth_date = null, roles = '{}',
                lock_reason = null, version = version + 1
          where user_id = $1
         returning version",
        user.uuid(),
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Gives the account a role; having it twice is having it once.
pub async fn add_role(tx: &mut Tx, user: Id<User>, role: Role) -> Result<(), Fault> {
    sqlx::query!(
        "update auth.account
            set roles = array_append(roles, $2)
          where user_id = $1
            and not $2 = any(roles)",
        user.uuid(),
        role.name(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
