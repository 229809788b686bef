//! Erases what is a person's alone; orders stay for the other side and for the books (X12).

use host::Tx;
use kernel::{Fault, Id, Standing, User};

use crate::store::{checkouts, persons, shops};

pub async fn erase_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    persons::set_standing(tx, user, Standing::Erased, version).await?;
    checkouts::erase_of(tx, user).await?;
    shops::erase_of(tx, user).await
}
