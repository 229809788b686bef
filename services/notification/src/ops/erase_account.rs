//! Erases what is a person's alone: contacts, name, inbox, and whatever went out to them or spoke of them.

use host::Tx;
use kernel::{Fault, Id, User};

use crate::store::{bundles, deliveries, notifications, outbox, persons};

pub async fn erase_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    let person = persons::lock(tx, &[user]).await?.pop();
    let contact = person.and_then(|person| person.contact).unwrap_or_default();
    let addresses: Vec<String> = contact.email.into_iter().chain(contact.phone).map(|address| address.0).collect();
    notifications::erase_of(tx, user).await?;
    // Deliveries say of whom a message spoke.
    outbox::erase_of(tx, user, &addresses).await?;
    deliveries::erase_of(tx, user, &addresses).await?;
    bundles::erase_of(tx, user).await?;
    persons::erase(tx, user, version).await
}
