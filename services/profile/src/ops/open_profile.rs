//! Opens the profile of a new account.

use contracts::profile::{OpenProfile, Opened, ProfileChanged};
use host::{Here, Tx};
use kernel::{Fault, Id, User};

use crate::{
    model::username::Username,
    store::profiles::{self, Face},
};

/// Opens it once; repeating answers the same. A wish that is taken or odd gets the nearest free name.
pub async fn open_profile(here: &Here, cmd: &OpenProfile) -> Result<Opened, Fault> {
    let number = here.ids.code(5);
    host::write!(here.db, async |tx| { open_in(tx, cmd, &number).await })
}

async fn open_in(tx: &mut Tx, cmd: &OpenProfile, number: &str) -> Result<Opened, Fault> {
    if let Some(face) = profiles::find_face(tx, cmd.user).await? {
        return Ok(Opened { username: face.username });
    }
    let wish = cmd.username.as_deref().and_then(|wish| Username::parse(wish).ok());
    let wish = wish.unwrap_or_else(|| Username::nearest(cmd.username.as_deref().unwrap_or(&cmd.display_name)));
    for username in wish.candidates(number) {
        if profiles::insert(tx, cmd.user, &username, &cmd.display_name).await? {
            let face = Face { version: 1, username: username.as_str().to_owned(), display_name: cmd.display_name.clone() };
            tx.publish(&changed(cmd.user, face))?;
            return Ok(Opened { username: username.as_str().to_owned() });
        }
        // A twin of this very call may have been faster.
        if let Some(face) = profiles::find_face(tx, cmd.user).await? {
            return Ok(Opened { username: face.username });
        }
    }
    Err(Fault::unavailable(1, "every candidate for a username was taken"))
}

/// The fact that tells a profile's face.
pub(super) fn changed(user: Id<User>, face: Face) -> ProfileChanged {
    ProfileChanged { user, version: face.version, username: face.username, display_name: face.display_name }
}
