//! The flow rows.

use contracts::ids::Flow as FlowId;
use host::Tx;
use kernel::{Fault, Id, Timestamp, User};

use crate::model::{
    code::Code,
    contact::Contact,
    flow::{Flow, SignUp},
};

pub async fn insert(tx: &mut Tx, flow: &Flow, code_hash: &[u8]) -> Result<(), Fault> {
    let (now, sign_up) = (tx.now(), flow.sign_up.as_ref());
    sqlx::query!(
        "insert into auth.flow (id, purpose, user_id, contact, locale, display_name, username, birth_date, password_hash,
                                bucket, code_hash, issued_at, begun_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)",
        flow.id.uuid(),
        flow.purpose().name(),
        flow.user.map(Id::uuid),
        flow.contact.as_str(),
        flow.locale.name(),
        sign_up.map(|sign_up| sign_up.display_name.as_str()),
        sign_up.and_then(|sign_up| sign_up.username.as_deref()),
        sign_up.map(|sign_up| jiff_sqlx::Date::from(sign_up.birth_date)),
        sign_up.and_then(|sign_up| sign_up.password_hash.as_deref()),
        flow.bucket,
        code_hash,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Whom an unfinished sign-up with this contact would make: every sign-up with one contact makes the same person.
pub async fn find_pending(tx: &mut Tx, contact: &Contact) -> Result<Option<Id<User>>, Fault> {
    let pending = sqlx::query_scalar!(
        "select user_id
           from auth.flow
          where contact = $1
            and purpose = 'register'
          order by begun_at
          limit 1",
        contact.as_str(),
    );
    Ok(pending.fetch_optional(tx.conn()).await?.flatten())
}

pub async fn lock(tx: &mut Tx, id: Id<FlowId>) -> Result<Option<(Flow, Code)>, Fault> {
    let row = sqlx::query!(
        "select id, user_id, contact, locale, display_name, username, birth_date, password_hash, bucket, code_hash, misses,
                issues, issued_at, ended_at
           from auth.flow
          where id = $1
            for update",
        id.uuid(),
    );
    let Some(row) = row.fetch_optional(tx.conn()).await? else { return Ok(None) };
    let code = Code {
        hash: row.code_hash,
        misses: row.misses,
        issues: row.issues,
        issued_at: row.issued_at,
        is_used: row.ended_at.is_some(),
    };
    let sign_up = row.display_name.zip(row.birth_date).map(|(display_name, birth_date)| SignUp {
        display_name,
        username: row.username,
        birth_date: birth_date.to_jiff(),
        password_hash: row.password_hash,
    });
    let contact = Contact::parse(&row.contact)?;
    let flow = Flow { id: row.id, user: row.user_id, contact, locale: row.locale, sign_up, bucket: row.bucket };
    Ok(Some((flow, code)))
}

/// Counts a wrong try.
pub async fn miss(tx: &mut Tx, id: Id<FlowId>) -> Result<(), Fault> {
    sqlx::query!("update auth.flow set misses = misses + 1 where id = $1", id.uuid()).execute(tx.conn()).await?;
    Ok(())
}

/// Another code takes the place of the one before, with tries of its own.
pub async fn reissue(tx: &mut Tx, id: Id<FlowId>, code_hash: &[u8]) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "update auth.flow
            set code_hash = $2, misses = 0, issues = issues + 1, issued_at = $3
          where id = $1",
        id.uuid(),
        code_hash,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The code was right and has had its effect.
pub async fn end(tx: &mut Tx, id: Id<FlowId>) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!("update auth.flow set ended_at = $2 where id = $1", id.uuid(), now).execute(tx.conn()).await?;
    Ok(())
}

/// Writes the row once more as it is: the work of telling a fact, where there is nobody to tell (A4).
pub async fn write_again(tx: &mut Tx, id: Id<FlowId>) -> Result<(), Fault> {
    sqlx::query!("update auth.flow set issued_at = issued_at where id = $1", id.uuid()).execute(tx.conn()).await?;
    Ok(())
}

pub async fn delete_of(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    sqlx::query!("delete from auth.flow where user_id = $1", user.uuid()).execute(tx.conn()).await?;
    Ok(())
}

pub async fn delete_before(tx: &mut Tx, before: Timestamp, most: i64) -> Result<u64, Fault> {
    let deleted = sqlx::query!(
        "delete from auth.flow
          where ctid = any (array(select ctid
                                    from auth.flow
                                   where begun_at < $1
                                   limit $2
                                    for update skip locked))",
        before,
        most,
    );
    Ok(deleted.execute(tx.conn()).await?.rows_affected())
}
