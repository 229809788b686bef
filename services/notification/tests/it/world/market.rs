//! A buyer, a seller and their order, as commerce and payment tell it.

use std::time::Duration;

use contracts::{
    commerce::{HandoverCodeMade, OrderCancelled, OrderDelivered, OrderHead, OrderPlaced, OrderShipped, PaymentReceived},
    ids::{Order, Shop},
    payment::{EscrowReleased, PaymentFailed, PaymentSucceeded, Purpose, RefundProcessed},
};
use kernel::{Currency, Id, Money, User};
use testkit::{Person, Stage};

pub fn tzs(minor: i64) -> Money {
    Money::new(minor, Currency::TZS)
}

pub fn head(stage: &Stage, buyer: &Person, seller: &Person) -> OrderHead {
    OrderHead {
        order: stage.id::<Order>(),
        version: 1,
        shop: stage.id::<Shop>(),
        shop_name: "Amina Fabrics".into(),
        seller: seller.id,
        buyer: buyer.id,
        title: "Kitenge dress".into(),
        quantity: 2,
        total: tzs(2_500_000),
    }
}

pub fn placed(stage: &Stage, head: &OrderHead) -> OrderPlaced {
    OrderPlaced { head: head.clone(), product: stage.id(), post: None, at: stage.clock.now() }
}

pub fn shipped(head: &OrderHead, tracking: Option<&str>) -> OrderShipped {
    OrderShipped { head: head.clone(), carrier: "Bus".into(), tracking: tracking.map(Into::into) }
}

/// The code of an order that is on its way, good for so long.
pub fn handover(stage: &Stage, head: &OrderHead, code: &str, good_for: Duration) -> HandoverCodeMade {
    HandoverCodeMade { head: head.clone(), code: code.into(), expires_at: stage.clock.now().plus(good_for) }
}

pub fn paid(payer: Id<User>, purpose: Purpose, reference: impl ToString) -> PaymentSucceeded {
    PaymentSucceeded { payer, purpose, reference: reference.to_string(), amount: tzs(2_500_000) }
}

pub fn failed(payer: Id<User>, purpose: Purpose, reference: impl ToString, reason: &str) -> PaymentFailed {
    PaymentFailed { payer, purpose, reference: reference.to_string(), amount: tzs(2_500_000), reason: reason.into() }
}

pub fn released(stage: &Stage, payee: Id<User>, head: &OrderHead) -> EscrowReleased {
    let reference = head.order.to_string();
    EscrowReleased { escrow: stage.id(), reference, payee, amount: tzs(2_375_000), fee: tzs(125_000) }
}

pub fn refunded(stage: &Stage, payer: Id<User>, head: &OrderHead) -> RefundProcessed {
    RefundProcessed { escrow: stage.id(), reference: head.order.to_string(), payer, amount: tzs(2_500_050) }
}

/// Everything that can happen to an order and its money, one after the other.
pub async fn everything(stage: &Stage, buyer: &Person, seller: &Person) {
    let one = head(stage, buyer, seller);
    let top_up = "top_01jc7hnyg70000800000000001";
    stage.tell(&paid(buyer.id, Purpose::TopUp, top_up)).await;
    stage.tell(&failed(buyer.id, Purpose::TopUp, top_up, "payment.provider_refused")).await;
    stage.tell(&failed(buyer.id, Purpose::Order, one.order, "payment.insufficient_funds")).await;
    stage.tell(&failed(buyer.id, Purpose::Order, one.order, "payment.account_locked")).await;
    stage.tell(&paid(buyer.id, Purpose::Order, one.order)).await;
    stage.tell(&placed(stage, &one)).await;
    stage.tell(&PaymentReceived { head: one.clone() }).await;
    stage.tell(&shipped(&one, Some("T 123 ABC"))).await;
    stage.tell(&OrderDelivered { head: one.clone() }).await;
    stage.tell(&released(stage, seller.id, &one)).await;
    let other = OrderHead { quantity: 1, ..head(stage, buyer, seller) };
    stage.tell(&shipped(&other, None)).await;
    stage.tell(&OrderCancelled { head: other.clone(), by: None, at: None }).await;
    stage.tell(&refunded(stage, buyer.id, &other)).await;
}
