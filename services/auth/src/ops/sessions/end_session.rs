//! Ends sessions: this one, another one, or all the others (A2, A5). Access tokens already given run out by themselves.

use host::Here;
use kernel::{Actor, Fault, Id, Session};

use crate::store::sessions;

/// Logs out here.
pub async fn log_out(here: &Here, actor: &Actor) -> Result<(), Fault> {
    let (user, session) = (actor.user()?, actor.session()?);
    host::write!(here.db, async |tx| { sessions::end(tx, user, session, "logged_out").await })?;
    Ok(())
}

/// Signs out one of one's own sessions.
pub async fn end_session(here: &Here, actor: &Actor, id: Id<Session>) -> Result<(), Fault> {
    let user = actor.user()?;
    let ended = host::write!(here.db, async |tx| { sessions::end(tx, user, id, "signed_out").await })?;
    if ended { Ok(()) } else { Err(Fault::not_found()) }
}

/// Signs out everywhere but here.
pub async fn end_others(here: &Here, actor: &Actor) -> Result<(), Fault> {
    let (user, session) = (actor.user()?, actor.session()?);
    host::write!(here.db, async |tx| { sessions::end_all(tx, user, Some(session), "signed_out").await })
}
