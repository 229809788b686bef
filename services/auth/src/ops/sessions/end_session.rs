//! Ends sessions: this one, another one, or all the others (A2, A5). Every node refuses their access tokens from then on.

use host::{Here, revoked::SessionsEnded};
use kernel::{Actor, Fault, Id, Session};

use crate::store::sessions;

/// Logs out here.
pub async fn log_out(here: &Here, actor: &Actor) -> Result<(), Fault> {
    end(here, actor, actor.session()?, "logged_out").await.map(drop)
}

/// Signs out one of one's own sessions.
pub async fn end_session(here: &Here, actor: &Actor, id: Id<Session>) -> Result<(), Fault> {
    if end(here, actor, id, "signed_out").await? { Ok(()) } else { Err(Fault::not_found()) }
}

/// Signs out everywhere but here.
pub async fn end_others(here: &Here, actor: &Actor) -> Result<(), Fault> {
    let (user, session) = (actor.user()?, actor.session()?);
    host::write!(here.db, async |tx| {
        let sessions = sessions::end_all(tx, user, Some(session), "signed_out").await?;
        tx.signal(&SessionsEnded { sessions })
    })
}

async fn end(here: &Here, actor: &Actor, id: Id<Session>, reason: &str) -> Result<bool, Fault> {
    let user = actor.user()?;
    host::write!(here.db, async |tx| {
        let ended = sessions::end(tx, user, id, reason).await?;
        if ended {
            tx.signal(&SessionsEnded { sessions: vec![id] })?;
        }
        Ok(ended)
    })
}
