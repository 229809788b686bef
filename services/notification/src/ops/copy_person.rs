//! Keeps the copies of people, and of whom they keep away, up to date.

use contracts::{
    auth::ContactsChanged,
    profile::{BlockChanged, ProfileChanged, Surface, UserModerated},
};
use host::Tx;
use kernel::Fault;

use crate::{
    model::{
        person::{Contact, Silence},
        private::Private,
    },
    store::{
        persons::{self, Face},
        silences,
    },
};

pub async fn contacts_in(tx: &mut Tx, fact: &ContactsChanged) -> Result<(), Fault> {
    let contact = Contact { email: fact.email.clone().map(Private), phone: fact.phone.clone().map(Private) };
    persons::copy_contacts(tx, fact.user, fact.version, &contact, fact.locale).await
}

pub async fn profile_in(tx: &mut Tx, fact: &ProfileChanged) -> Result<(), Fault> {
    let face = Face {
        username: Private(&fact.username),
        display_name: Private(&fact.display_name),
        locale: fact.locale,
        time_zone: fact.time_zone.as_deref(),
    };
    persons::copy_profile(tx, fact.user, fact.version, &face).await
}

pub async fn withheld_in(tx: &mut Tx, fact: &UserModerated) -> Result<(), Fault> {
    persons::withhold(tx, fact.user, fact.withheld, fact.version).await
}

pub async fn block_in(tx: &mut Tx, fact: &BlockChanged) -> Result<(), Fault> {
    let mutes = fact.mutes.contains(&Surface::Notifications);
    let BlockChanged { subject, object, version, blocks, mutes: _, mutes_until } = *fact;
    silences::copy(tx, &Silence { subject, object, version, blocks, mutes, mutes_until }).await
}
