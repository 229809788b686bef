//! What goes out.

use contracts::ids::Notification;
use host::Tx;
use kernel::{Fault, Id, Locale, Timestamp, User};
use sqlx::{
    Decode, Postgres, Type,
    error::BoxDynError,
    postgres::{PgTypeInfo, PgValueRef},
    types::{Json, Uuid},
};

use crate::model::{
    data::Data,
    delivery::{DeliveryState, Due},
    kind::Matter,
    private::Private,
    route::Medium,
};

/// A delivery as it begins.
#[derive(Debug)]
pub struct NewDelivery<'a> {
    pub id: Uuid,
    pub fact: &'a str,
    pub matter: Matter,
    pub notification: Option<Id<Notification>>,
    pub recipient: Option<Id<User>>,
    pub about: Option<Id<User>>,
    pub medium: Medium,
    pub to: &'a Private<String>,
    pub locale: Locale,
    pub template: &'static str,
    pub data: &'a Data,
    pub link: Option<&'a str>,
    pub expires_at: Option<Timestamp>,
    /// When it goes.
    pub at: Timestamp,
}

/// A delivery whose time has come, with what decides and what is said.
#[derive(Debug)]
pub struct Waiting {
    pub due: Due,
    pub recipient: Option<Id<User>>,
    pub medium: Medium,
    pub to: Private<String>,
    /// Where its reader gets e-mail now.
    pub email: Option<Private<String>>,
    pub locale: Locale,
    pub time_zone: Option<String>,
    pub template: String,
    pub data: Data,
    pub name: Private<String>,
    pub link: Option<String>,
    pub at: Timestamp,
    /// How often its carrier has said "later".
    pub tries: u32,
}

impl Type<Postgres> for Matter {
    fn type_info() -> PgTypeInfo {
        <str as Type<Postgres>>::type_info()
    }
}

/// A matter that can't be read is a fault, as every other word is: what isn't understood must not reach a locked account.
impl Decode<'_, Postgres> for Matter {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        let name = <&str as Decode<Postgres>>::decode(value)?;
        Self::named(name).ok_or_else(|| format!("{name:?} is no matter of a delivery").into())
    }
}

/// Inserts it; false where this fact went to this person by this channel before (N5).
pub async fn insert(tx: &mut Tx, new: &NewDelivery<'_>) -> Result<bool, Fault> {
    let inserted = sqlx::query!(
        "insert into notification.delivery
                (id, fact, kind, notification, recipient, about, channel, to_address, locale, template, data, link,
                 expires_at, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         on conflict on constraint delivery_once do nothing",
        new.id,
        new.fact,
        new.matter.name(),
        new.notification.map(Id::uuid),
        new.recipient.map(Id::uuid),
        new.about.map(Id::uuid),
        new.medium.name(),
        new.to.0,
        new.locale.name(),
        new.template,
        serde_json::to_value(new.data)?,
        new.link,
        new.expires_at,
        new.at,
    )
    .execute(tx.conn())
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// The delivery if it still waits, locked, with its people as they stand now; a notice speaks its reader's language of now.
pub async fn lock_waiting(tx: &mut Tx, id: Uuid) -> Result<Option<Waiting>, Fault> {
    let now = tx.now();
    let row = sqlx::query!(
        r#"select delivery.kind, recipient, channel, to_address, template, data as "data: Json<Data>", link, expires_at, at, tries,
                  coalesce(reader.chosen_locale, reader.locale, delivery.locale) as "locale!: Locale", reader.time_zone as "time_zone?",
                  coalesce(other.username, reader.display_name, '') as "name!",
                  reader.email as "email?", reader.state as "reader_state?", other.state as "other_state?",
                  coalesce(other.withheld, false) or exists (select 1 from notification.silences(recipient, about, $2)) as "silenced!"
             from notification.delivery
             left join notification.person reader on reader.user_id = delivery.recipient
             left join notification.person other on other.user_id = delivery.about
            where delivery.id = $1
              and delivery.state = 'waiting'
              for update of delivery"#,
        id,
        now,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Waiting {
        due: Due {
            matter: row.kind,
            expires_at: row.expires_at,
            recipient: row.reader_state,
            about: row.other_state,
            silenced: row.silenced,
            nothing_left: false,
        },
        recipient: row.recipient,
        medium: row.channel,
        to: Private(row.to_address),
        email: row.email.map(Private),
        locale: row.locale,
        time_zone: row.time_zone,
        template: row.template,
        data: row.data.0,
        name: Private(row.name),
        link: row.link,
        at: row.at,
        tries: u32::try_from(row.tries).unwrap_or_default(),
    }))
}

/// Ends it; whatever the end, no code stays behind (X13).
pub async fn end(tx: &mut Tx, id: Uuid, state: DeliveryState, reason: Option<&str>) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "update notification.delivery
            set state = $2, reason = $3, ended_at = $4, data = data - 'code'
          where id = $1
            and state = 'waiting'",
        id,
        state.name(),
        reason,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Leaves it waiting, with the reason why it hasn't gone; false where it has ended meanwhile.
pub async fn put_off(tx: &mut Tx, id: Uuid, reason: &str) -> Result<bool, Fault> {
    let put_off = sqlx::query!(
        "update notification.delivery
            set tries = tries + 1, reason = $2
          where id = $1
            and state = 'waiting'",
        id,
        reason,
    );
    Ok(put_off.execute(tx.conn()).await?.rows_affected() == 1)
}

/// The same news by SMS, to whoever has a phone too; false where they have none, or it went there before.
pub async fn repeat_by_sms(tx: &mut Tx, id: Uuid, new: Uuid) -> Result<bool, Fault> {
    let now = tx.now();
    let repeated = sqlx::query!(
        "insert into notification.delivery
                (id, fact, kind, notification, recipient, about, channel, to_address, locale, template, data, link,
                 expires_at, at)
         select $2, fact, kind, notification, recipient, about, 'sms', phone, delivery.locale, template, data, link,
                expires_at, $3
           from notification.delivery
           join notification.person on user_id = recipient
          where id = $1
            and phone is not null
         on conflict on constraint delivery_once do nothing",
        id,
        new,
        now,
    );
    Ok(repeated.execute(tx.conn()).await?.rows_affected() == 1)
}

/// Ends codes whose time is over and that no worker came to, a batch of them; how many it were.
pub async fn expire(tx: &mut Tx, state: DeliveryState, most: i64) -> Result<u64, Fault> {
    let now = tx.now();
    let ended = sqlx::query!(
        "update notification.delivery
            set state = $1, ended_at = $2, data = data - 'code'
          where ctid = any (array(select ctid
                                    from notification.delivery
                                   where state = 'waiting'
                                     and expires_at <= $2
                                   limit $3
                                    for update skip locked))",
        state.name(),
        now,
        most,
    );
    Ok(ended.execute(tx.conn()).await?.rows_affected())
}

/// Forgets where codes went, a batch of them: the address may be of somebody who never signed up. How many it were.
pub async fn forget_codes(tx: &mut Tx, expired_before: Timestamp, most: i64) -> Result<u64, Fault> {
    let deleted = sqlx::query!(
        "delete from notification.delivery
          where ctid = any (array(select ctid
                                    from notification.delivery
                                   where expires_at < $1
                                   limit $2
                                    for update skip locked))",
        expired_before,
        most,
    );
    Ok(deleted.execute(tx.conn()).await?.rows_affected())
}

/// Deletes what went to somebody or spoke of them, and the codes sent to these addresses of theirs.
pub async fn erase_of(tx: &mut Tx, user: Id<User>, addresses: &[String]) -> Result<(), Fault> {
    sqlx::query!(
        "delete from notification.delivery
          where recipient = $1
             or about = $1
             or (recipient is null and to_address = any($2))",
        user.uuid(),
        addresses,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What was told before this, a batch of it; how much it was. What still waits then is what no worker could make out.
pub async fn delete_ended(tx: &mut Tx, before: Timestamp, most: i64) -> Result<u64, Fault> {
    let deleted = sqlx::query!(
        "delete from notification.delivery
          where ctid = any (array(select ctid
                                    from notification.delivery
                                   where at < $1
                                   limit $2
                                    for update skip locked))",
        before,
        most,
    );
    Ok(deleted.execute(tx.conn()).await?.rows_affected())
}
