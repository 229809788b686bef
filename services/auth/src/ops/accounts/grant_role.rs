//! Gives an account a role; its next access token carries it (A9).

use contracts::auth::GrantRole;
use host::{Here, Tx};
use kernel::{Fault, Id, Standing, User};

use crate::{model::contact::Contact, store::accounts};

pub async fn grant_role(here: &Here, cmd: &GrantRole) -> Result<Id<User>, Fault> {
    host::write!(here.db, async |tx| {
        let user = find_in(tx, &cmd.who).await?.ok_or_else(Fault::not_found)?;
        accounts::add_role(tx, user, cmd.role).await?;
        Ok(user)
    })
}

async fn find_in(tx: &mut Tx, who: &str) -> Result<Option<Id<User>>, Fault> {
    let account = match who.parse() {
        Ok(id) => accounts::find(tx, id).await?,
        Err(_) => accounts::find_by_contact(tx, &Contact::parse(who)?).await?,
    };
    Ok(account.filter(|account| account.standing != Standing::Erased).map(|account| account.user))
}
