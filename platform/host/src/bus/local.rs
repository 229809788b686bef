//! The local bus: facts walk from the outbox to every hearer in this process, through the same tables as over a broker.

use futures_util::{StreamExt, TryStreamExt, stream};
use kernel::{Envelope, Fault};

use super::Hearing;

/// Services that hear at once: a share of the connections, so that requests keep the rest.
const AT_ONCE: usize = 4;

/// Brings the facts to everybody who hears them; whoever fails keeps them in the inbox for a later try.
pub(super) async fn carry(hearings: &[Hearing], facts: &[Envelope]) -> Result<(), Fault> {
    let heard = hearings.iter().map(|hearing| async move {
        let theirs: Vec<&Envelope> = facts.iter().filter(|fact| hearing.is_told(fact)).collect();
        hearing.hear(&theirs).await
    });
    let heard: Vec<_> = heard.map(futures_util::FutureExt::boxed).collect();
    stream::iter(heard).buffer_unordered(AT_ONCE).try_collect().await
}
