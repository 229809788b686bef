//! Work on a clock, and for later, which does nothing where the checkout or order has moved on, and telling again.

use contracts::ids::{Order, Shop};
use host::{Here, Tx};
use kernel::{Fault, Id};

use crate::ops::{
    self,
    checkouts::{
        cancel_checkout::{self, ExpireHold},
        pay_checkout::{self, ResumePayment},
    },
    orders::{
        cancel_order::{self, CancelUnaccepted, CancelUnshipped},
        confirm_order::{self, ReleaseOverdue},
        retell_orders,
        settle_money::{self, RefundOrder, ReleaseOrder},
    },
};

pub async fn sweep(here: Here) -> Result<(), Fault> {
    ops::sweep::sweep(&here).await
}

pub async fn expire_hold(here: Here, job: ExpireHold) -> Result<(), Fault> {
    cancel_checkout::expire_hold(&here, &job).await
}

pub async fn resume_payment(here: Here, job: ResumePayment) -> Result<(), Fault> {
    pay_checkout::resume_payment(&here, &job).await
}

pub async fn release_order(here: Here, job: ReleaseOrder) -> Result<(), Fault> {
    settle_money::release_order(&here, &job).await
}

pub async fn refund_order(here: Here, job: RefundOrder) -> Result<(), Fault> {
    settle_money::refund_order(&here, &job).await
}

pub async fn release_overdue(here: Here, job: ReleaseOverdue) -> Result<(), Fault> {
    confirm_order::release_overdue(&here, &job).await
}

pub async fn cancel_unaccepted(here: Here, job: CancelUnaccepted) -> Result<(), Fault> {
    cancel_order::cancel_unaccepted(&here, &job).await
}

pub async fn cancel_unshipped(here: Here, job: CancelUnshipped) -> Result<(), Fault> {
    cancel_order::cancel_unshipped(&here, &job).await
}

pub async fn retell_orders(tx: &mut Tx, after: Option<Id<Order>>) -> Result<Option<Id<Order>>, Fault> {
    retell_orders::page_in(tx, after).await
}

pub async fn retell_shops(tx: &mut Tx, after: Option<Id<Shop>>) -> Result<Option<Id<Shop>>, Fault> {
    ops::shops::retell_shops::page_in(tx, after).await
}

pub async fn retell_ended_orders(tx: &mut Tx, after: Option<Id<Order>>) -> Result<Option<Id<Order>>, Fault> {
    retell_orders::ended_page_in(tx, after).await
}
