//! Keeps how a deal ended, as far as it was the seller's part, and has the seller's trust made anew (P5).

use contracts::commerce::{CancelledBy, OrderCancelled, OrderCompleted, OrderHead};
use host::Tx;
use kernel::{Currency, Fault, Timestamp};

use crate::{
    model::trust::Ending,
    store::{
        deals::{self, Deal},
        locks, trusts,
    },
};

/// Who is older doesn't say when and how: that is told again (`facts retell`) once they are newer.
pub async fn completed_in(tx: &mut Tx, fact: &OrderCompleted) -> Result<(), Fault> {
    let Some(ended_at) = fact.delivered_at else { return Ok(()) };
    record(tx, &fact.head, if fact.late { Ending::Late } else { Ending::InTime }, ended_at).await
}

/// What its buyer called off says nothing of the seller.
pub async fn cancelled_in(tx: &mut Tx, fact: &OrderCancelled) -> Result<(), Fault> {
    match (fact.by, fact.at) {
        (Some(CancelledBy::Seller | CancelledBy::Clock), Some(at)) => record(tx, &fact.head, Ending::Failed, at).await,
        _ => Ok(()),
    }
}

/// Other currencies aren't compared with the home one: nobody here knows a rate.
async fn record(tx: &mut Tx, head: &OrderHead, kind: Ending, ended_at: Timestamp) -> Result<(), Fault> {
    if head.total.currency() != Currency::TZS {
        return Ok(());
    }
    // Whoever of the two is being erased is so before or after it.
    locks::pair(tx, head.seller, head.buyer).await?;
    let deal = Deal { order: head.order, seller: head.seller, buyer: head.buyer, kind, total: head.total, ended_at };
    if deals::insert(tx, &deal).await? { trusts::mark(tx, head.seller).await } else { Ok(()) }
}
