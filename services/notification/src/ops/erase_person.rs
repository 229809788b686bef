//! Erases what is a person's alone: contacts, name, inbox, and whatever went out to them or spoke of them.

use contracts::auth::AccountErased;
use host::Tx;
use kernel::Fault;

use crate::store::{deliveries, notifications, outbox, persons};

pub async fn erase_in(tx: &mut Tx, fact: &AccountErased) -> Result<(), Fault> {
    let person = persons::lock(tx, &[fact.user]).await?.pop();
    let contact = person.and_then(|person| person.contact).unwrap_or_default();
    let addresses: Vec<String> = contact.email.into_iter().chain(contact.phone).map(|address| address.0).collect();
    notifications::erase_of(tx, fact.user).await?;
    deliveries::erase_of(tx, fact.user, &addresses).await?;
    outbox::erase_of(tx, &addresses).await?;
    persons::erase(tx, fact.user, fact.version).await
}
