//! Opens the profile of a new account.

use contracts::profile::{OpenProfile, Opened, ProfileChanged};
use host::{Here, Tx};
use kernel::{Fault, Id, User};

use crate::{
    model::username::Username,
    store::{
        locks,
        profiles::{self, Face},
        usernames,
    },
};

/// Opens it once; repeating answers the same. A wish that is taken or odd gets the nearest free name.
pub async fn open_profile(here: &Here, cmd: &OpenProfile) -> Result<Opened, Fault> {
    let number = here.ids.code(5);
    host::write!(here.db, async |tx| { open_in(tx, cmd, &number).await })
}

async fn open_in(tx: &mut Tx, cmd: &OpenProfile, number: &String) -> Result<Opened, Fault> {
    // A twin of this very call has ended by then.
    locks::person(tx, cmd.user).await?;
    if let Some(face) = profiles::find_face(tx, cmd.user).await? {
        return Ok(Opened { username: face.username });
    }
    let wish = cmd.username.as_deref().and_then(|wish| Username::parse(wish).ok());
    let wish = wish.unwrap_or_else(|| Username::nearest(cmd.username.as_deref().unwrap_or(&cmd.display_name)));
    for username in wish.candidates(std::slice::from_ref(number)) {
        if usernames::claim(tx, cmd.user, &username).await? {
            profiles::insert(tx, cmd.user, &username, &cmd.display_name).await?;
            let (username, display_name) = (username.as_str().to_owned(), cmd.display_name.clone());
            let face = Face { version: 1, username: username.clone(), display_name, locale: None, time_zone: None };
            tx.publish(&changed(cmd.user, face))?;
            return Ok(Opened { username });
        }
    }
    Err(Fault::unavailable(1, "every candidate for a username was taken"))
}

/// The fact that tells a profile's face.
pub(super) fn changed(user: Id<User>, face: Face) -> ProfileChanged {
    let Face { version, username, display_name, locale, time_zone } = face;
    ProfileChanged { user, version, username, display_name, locale, time_zone }
}
