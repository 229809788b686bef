//! Keeps the copies of people up to date.

use contracts::{auth::ContactsChanged, profile::ProfileChanged};
use host::Tx;
use kernel::{Fault, Id, User};

use crate::{
    model::{
        person::{Contact, Standing},
        private::Private,
    },
    store::persons::{self, Face},
};

pub async fn contacts_in(tx: &mut Tx, fact: &ContactsChanged) -> Result<(), Fault> {
    let contact = Contact { email: fact.email.clone().map(Private), phone: fact.phone.clone().map(Private) };
    persons::copy_contacts(tx, fact.user, fact.version, &contact, fact.locale.code()).await
}

pub async fn profile_in(tx: &mut Tx, fact: &ProfileChanged) -> Result<(), Fault> {
    let face = Face { username: Private(&fact.username), display_name: Private(&fact.display_name) };
    persons::copy_profile(tx, fact.user, fact.version, &face).await
}

pub async fn lock_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    persons::set_standing(tx, user, Standing::Locked, version).await
}

pub async fn unlock_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    persons::set_standing(tx, user, Standing::Open, version).await
}
