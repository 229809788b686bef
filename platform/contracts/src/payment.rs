//! What payment tells and answers.

use kernel::{Id, Money, User};
use serde::{Deserialize, Serialize};

use crate::ids::{Escrow, TopUp};

kernel::named! {
    /// What a payment was for.
    pub Purpose {
        TopUp = "top_up",
        Order = "order",
    }
}

/// Money of `payer` moved as they wished: into their wallet, or from it into escrow.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PaymentSucceeded {
    pub payer: Id<User>,
    pub purpose: Purpose,
    /// The top-up's or the order's id, as at the doors.
    pub reference: String,
    pub amount: Money,
}

/// A payment was refused; no money moved.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PaymentFailed {
    pub payer: Id<User>,
    pub purpose: Purpose,
    pub reference: String,
    pub amount: Money,
    /// A stable code, for example `payment.insufficient_funds`.
    pub reason: String,
}

/// A top-up reached the wallet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TopUpSettled {
    pub top_up: Id<TopUp>,
    pub user: Id<User>,
    pub amount: Money,
}

/// Money is held for a deal.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EscrowHeld {
    pub escrow: Id<Escrow>,
    pub reference: String,
    pub payer: Id<User>,
    pub payee: Id<User>,
    pub amount: Money,
}

/// Held money went to the payee, less the fee.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EscrowReleased {
    pub escrow: Id<Escrow>,
    pub reference: String,
    pub payee: Id<User>,
    /// What the payee gets.
    pub amount: Money,
    pub fee: Money,
}

/// Held money went back to the payer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RefundProcessed {
    pub escrow: Id<Escrow>,
    pub reference: String,
    pub payer: Id<User>,
    pub amount: Money,
}

crate::facts! {
    PaymentSucceeded = "payment.payment_succeeded.v1";
    PaymentFailed = "payment.payment_failed.v1";
    TopUpSettled = "payment.top_up_settled.v1";
    EscrowHeld = "payment.escrow_held.v1";
    EscrowReleased = "payment.escrow_released.v1";
    RefundProcessed = "payment.refund_processed.v1";
}

/// Command: holds money of the payer's wallet for a deal. Repeating it with the same reference answers the same;
/// a reference that was refused may be tried again.
/// Refused with `payment.insufficient_funds`, `payment.currency_mismatch` or `payment.account_locked`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HoldEscrow {
    /// The deal, as its id stands at the doors: `ord_…`.
    pub reference: String,
    pub payer: Id<User>,
    pub payee: Id<User>,
    /// All the payer pays.
    pub amount: Money,
    /// What the platform's fee is taken from: items after seller-funded discount, tax in, shipping out (M7).
    pub fee_base: Money,
    /// Whose fee applies: `commerce` or `events`.
    pub domain: String,
    /// One line for the history, for example the product's name.
    pub title: String,
}

/// The money is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    pub escrow: Id<Escrow>,
    pub fee: Money,
}

/// Command: gives held money to the payee, less the fee. Repeating it changes nothing; refused with
/// `payment.escrow_closed` once the escrow was refunded.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReleaseEscrow {
    pub reference: String,
}

/// Command: gives held money back to the payer. Repeating it changes nothing; refused with
/// `payment.escrow_closed` once the escrow was released. A reference never held answers with nothing moved,
/// and can't be held afterwards.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RefundEscrow {
    pub reference: String,
}

/// How an escrow ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// What went to the payee or back to the payer; `None` where nothing had been held.
    pub amount: Option<Money>,
}

/// Question of the command line: checks every invariant of the ledger.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct VerifyLedger {}

/// What the check found. No line in `broken` means the ledger is sound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerReport {
    pub accounts: i64,
    pub transactions: i64,
    pub postings: i64,
    pub escrows: i64,
    pub broken: Vec<String>,
}

crate::asks! {
    HoldEscrow = "payment.hold_escrow.v1" -> Held;
    ReleaseEscrow = "payment.release_escrow.v1" -> Settled;
    RefundEscrow = "payment.refund_escrow.v1" -> Settled;
    VerifyLedger = "payment.verify_ledger.v1" -> LedgerReport;
}
