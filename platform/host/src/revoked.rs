//! Sessions that have ended while their access tokens still live: every node refuses those (A5).

use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
    time::Duration,
};

use kernel::{Ask, Clock, Fault, Id, Session, Signal, Timestamp};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use crate::{peers::Peers, signal::Signals};

/// Signal of auth's: these sessions have ended just now.
#[derive(Debug, Serialize, Deserialize)]
pub struct SessionsEnded {
    pub sessions: Vec<Id<Session>>,
}
impl Signal for SessionsEnded {
    const NAME: &'static str = "auth.sessions_ended.v1";
}

/// A session that has ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ended {
    pub session: Id<Session>,
    pub at: Timestamp,
}

impl Ended {
    /// As many are answered at once, so that an answer stays within its limit.
    pub const AT_ONCE: u16 = 10_000;
}

/// Question to auth: the sessions that have ended since then, oldest first, at most [`Ended::AT_ONCE`].
#[derive(Debug, Serialize, Deserialize)]
pub struct EndedSessions {
    pub since: Timestamp,
}
impl Ask for EndedSessions {
    const NAME: &'static str = "auth.ended_sessions.v1";
    type Answer = Vec<Ended>;
}

/// How long a session that ended is remembered: longer than any access token lives.
pub const MEMORY: Duration = Duration::from_mins(12);
/// How often auth is asked: what a signal didn't bring is known by then.
const LOOK: Duration = Duration::from_secs(2);
/// Looked at again each time: clocks differ, and what was written earlier may be committed later.
const OVERLAP: Duration = Duration::from_mins(1);

/// The sessions whose tokens this node refuses.
#[derive(Clone)]
pub(crate) struct Revoked {
    peers: Peers,
    clock: Clock,
    ended: Arc<RwLock<HashMap<Id<Session>, Timestamp>>>,
}

impl Revoked {
    pub fn new(peers: Peers, clock: Clock, signals: &Signals) -> Self {
        let revoked = Self { peers, clock, ended: Arc::default() };
        let told = revoked.clone();
        signals.listen(move |ended: SessionsEnded| told.note(ended.sessions));
        revoked
    }

    pub fn contains(&self, session: Id<Session>) -> bool {
        self.ended.read().is_ok_and(|ended| ended.contains_key(&session))
    }

    /// Asks auth again and again until `stop`. While it can't be asked, what is known holds.
    pub async fn follow(self, stop: CancellationToken) {
        let (mut since, mut pause) = (self.clock.now().minus(MEMORY), tokio::time::interval(LOOK));
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = pause.tick() => {}
            }
            let now = self.clock.now();
            match self.look(since).await {
                Ok(()) => since = now.minus(OVERLAP),
                Err(fault) => tracing::warn!(%fault, "nobody says which sessions have ended"),
            }
        }
    }

    async fn look(&self, mut since: Timestamp) -> Result<(), Fault> {
        loop {
            let ended = self.peers.ask(EndedSessions { since }).await?;
            let (is_all, last) = (ended.len() < usize::from(Ended::AT_ONCE), ended.last().map(|ended| ended.at));
            self.note(ended.into_iter().map(|ended| ended.session).collect());
            match last.filter(|last| !is_all && *last > since) {
                Some(last) => since = last,
                None => break,
            }
        }
        Ok(())
    }

    fn note(&self, sessions: Vec<Id<Session>>) {
        let now = self.clock.now();
        if let Ok(mut ended) = self.ended.write() {
            ended.retain(|_, at| now.since(*at) < MEMORY);
            ended.extend(sessions.into_iter().map(|session| (session, now)));
        }
    }
}
