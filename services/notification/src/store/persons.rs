//! The copies of people: each part applies only newer versions, and nothing comes back after erasing.

use host::Tx;
use kernel::{Fault, Id, Locale, Standing, User};
use sqlx::types::Uuid;

use crate::model::{
    person::{Contact, Person},
    private::Private,
};

/// The people among `ids` that are known here, locked in the order of their keys until the transaction ends.
pub async fn lock(tx: &mut Tx, ids: &[Id<User>]) -> Result<Vec<Person>, Fault> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let rows = sqlx::query!(
        r#"select user_id, email, phone, coalesce(chosen_locale, locale) as "locale!: Locale", contacts_version, profile_version, state
           from notification.person
          where user_id = any($1)
          order by user_id
            for no key update"#,
        &ids,
    )
    .fetch_all(tx.conn())
    .await?;
    let people = rows.into_iter().map(|row| Person {
        id: row.user_id,
        contact: (row.contacts_version > 0).then(|| Contact { email: row.email.map(Private), phone: row.phone.map(Private) }),
        locale: row.locale,
        named: row.profile_version > 0,
        standing: row.state,
    });
    Ok(people.collect())
}

/// What a person is called, and how they want to be written to where they have said so.
#[derive(Debug)]
pub struct Face<'a> {
    pub username: Private<&'a str>,
    pub display_name: Private<&'a str>,
    pub locale: Option<Locale>,
    pub time_zone: Option<&'a str>,
}

pub async fn copy_contacts(tx: &mut Tx, user: Id<User>, version: i64, contact: &Contact, locale: Locale) -> Result<(), Fault> {
    let text = |address: &Option<Private<String>>| address.clone().map(|address| address.0);
    sqlx::query!(
        "insert into notification.person as person (user_id, email, phone, locale, contacts_version)
         values ($1, $2, $3, $4, $5)
         on conflict (user_id) do update
            set email = $2, phone = $3, locale = $4, contacts_version = $5
          where person.contacts_version < $5
            and person.state <> 'erased'",
        user.uuid(),
        text(&contact.email),
        text(&contact.phone),
        locale.name(),
        version,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub async fn copy_profile(tx: &mut Tx, user: Id<User>, version: i64, face: &Face<'_>) -> Result<(), Fault> {
    sqlx::query!(
        "insert into notification.person as person (user_id, username, display_name, profile_version, chosen_locale, time_zone)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (user_id) do update
            set username = $2, display_name = $3, profile_version = $4, chosen_locale = $5, time_zone = $6
          where person.profile_version <= $4
            and person.state <> 'erased'",
        user.uuid(),
        face.username.0,
        face.display_name.0,
        version,
        face.locale.map(Locale::name),
        face.time_zone,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Keeps what a newer fact of the account says; an erased account stays erased.
pub async fn set_standing(tx: &mut Tx, user: Id<User>, standing: Standing, version: i64) -> Result<(), Fault> {
    sqlx::query!(
        "insert into notification.person as person (user_id, state, account_version)
         values ($1, $2, $3)
         on conflict (user_id) do update
            set state = $2, account_version = greatest(person.account_version, $3)
          where person.state <> 'erased'
            and ($2 = 'erased' or person.account_version < $3)",
        user.uuid(),
        standing.name(),
        version,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Keeps what a newer decision says of whether somebody is there for others.
pub async fn withhold(tx: &mut Tx, user: Id<User>, is_withheld: bool, version: i64) -> Result<(), Fault> {
    sqlx::query!(
        "insert into notification.person as person (user_id, withheld, withheld_version)
         values ($1, $2, $3)
         on conflict (user_id) do update
            set withheld = $2, withheld_version = $3
          where person.withheld_version < $3",
        user.uuid(),
        is_withheld,
        version,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Leaves only the id, and the word that nothing may be copied for it again.
pub async fn erase(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    sqlx::query!(
        "insert into notification.person (user_id, state, account_version)
         values ($1, $2, $3)
         on conflict (user_id) do update
            set state = $2, account_version = $3, email = null, phone = null, locale = 'en', username = '', display_name = '',
                chosen_locale = null, time_zone = null",
        user.uuid(),
        Standing::Erased.name(),
        version,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
