//! The development outbox: it takes messages as a mail server would.

use host::Tx;
use kernel::{Fault, Id, Timestamp, User};
use serde_json::Value;
use sqlx::types::Uuid;

use crate::model::{data::Data, private::Private, route::Medium, words::Outward};

/// A message on its way out.
#[derive(Debug)]
pub struct Outgoing<'a> {
    pub delivery: Uuid,
    pub medium: Medium,
    pub to: &'a Private<String>,
    pub template: &'a str,
    pub message: &'a Outward,
    pub data: &'a Data,
    /// Absolute.
    pub link: Option<&'a str>,
}

/// Shows it, once.
pub async fn put(tx: &mut Tx, outgoing: &Outgoing<'_>) -> Result<(), Fault> {
    let now = tx.now();
    let mut data = serde_json::to_value(outgoing.data)?;
    if let (Some(fields), Some(link)) = (data.as_object_mut(), outgoing.link) {
        fields.insert("link".into(), Value::from(link));
    }
    sqlx::query!(
        "insert into notification.dev_outbox (channel, to_address, template, subject, body, data, at, delivery)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict on constraint dev_outbox_once do nothing",
        outgoing.medium.name(),
        outgoing.to.0,
        outgoing.template,
        outgoing.message.subject,
        outgoing.message.body,
        data,
        now,
        outgoing.delivery,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Deletes what went to these addresses of somebody's, and what told others of them.
pub async fn erase_of(tx: &mut Tx, user: Id<User>, addresses: &[String]) -> Result<(), Fault> {
    sqlx::query!(
        "delete from notification.dev_outbox
          using (select seq
                   from notification.dev_outbox
                  where to_address = any($2)
                  union
                 select shown.seq
                   from notification.delivery
                   join notification.dev_outbox shown on shown.delivery = delivery.id
                  where delivery.about = $1) gone
          where dev_outbox.seq = gone.seq",
        user.uuid(),
        addresses,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Old messages, a batch of them; how many it were.
pub async fn delete_before(tx: &mut Tx, before: Timestamp, most: i64) -> Result<u64, Fault> {
    let deleted = sqlx::query!(
        "delete from notification.dev_outbox
          where ctid = any (array(select ctid
                                    from notification.dev_outbox
                                   where at < $1
                                   limit $2
                                    for update skip locked))",
        before,
        most,
    );
    Ok(deleted.execute(tx.conn()).await?.rows_affected())
}
