//! Every way payment says no.

use kernel::{Fault, Kind};

/// What is refused, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    InsufficientFunds,
    CurrencyMismatch,
    AccountLocked,
    EscrowClosed,
    ReferenceReused,
    AmountInvalid,
    CurrencyUnsupported,
    TopUpTooLarge,
    MethodUnavailable,
    WebhookSignature,
    WebhookBody,
    /// Why a top-up failed, not an answer: the provider says so.
    Declined,
    /// Why a top-up failed, not an answer: another amount arrived.
    AmountMismatch,
}

impl Refusal {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Refusal::InsufficientFunds => "payment.insufficient_funds",
            Refusal::CurrencyMismatch => "payment.currency_mismatch",
            Refusal::AccountLocked => "payment.account_locked",
            Refusal::EscrowClosed => "payment.escrow_closed",
            Refusal::ReferenceReused => "payment.reference_reused",
            Refusal::AmountInvalid => "payment.amount_invalid",
            Refusal::CurrencyUnsupported => "payment.currency_unsupported",
            Refusal::TopUpTooLarge => "payment.top_up_too_large",
            Refusal::MethodUnavailable => "payment.method_unavailable",
            Refusal::WebhookSignature => "payment.webhook_signature",
            Refusal::WebhookBody => "payment.webhook_body",
            Refusal::Declined => "payment.declined",
            Refusal::AmountMismatch => "payment.amount_mismatch",
        }
    }

    const fn detail(self) -> &'static str {
        match self {
            Refusal::InsufficientFunds => "The wallet doesn't have that much. Top it up first.",
            Refusal::CurrencyMismatch => "Price, wallet and escrow share one currency.",
            Refusal::AccountLocked => "This account may not pay now.",
            Refusal::EscrowClosed => "The money of this deal has already gone the other way.",
            Refusal::ReferenceReused => "This reference stands for another deal.",
            Refusal::AmountInvalid => "The amount is never below zero, and the fee is never taken from more than the amount.",
            Refusal::CurrencyUnsupported => "Wallets can't be topped up in this currency.",
            Refusal::TopUpTooLarge => "This is more than one top-up may bring.",
            Refusal::MethodUnavailable => "This method isn't available here.",
            Refusal::WebhookSignature => "The signature doesn't match the body.",
            Refusal::WebhookBody => "The body isn't a report of this provider.",
            Refusal::Declined => "The provider declined.",
            Refusal::AmountMismatch => "Another amount arrived than was asked for.",
        }
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        let kind = match refusal {
            Refusal::CurrencyUnsupported => return field("/amount/currency", refusal),
            Refusal::TopUpTooLarge => return field("/amount/minor", refusal),
            Refusal::MethodUnavailable => return field("/method", refusal),
            Refusal::CurrencyMismatch | Refusal::AmountInvalid => Kind::Invalid,
            Refusal::WebhookSignature => Kind::Unauthenticated,
            Refusal::WebhookBody => Kind::Malformed,
            Refusal::AccountLocked => Kind::Forbidden,
            _ => Kind::Conflict,
        };
        Fault::new(kind, refusal.code(), refusal.detail())
    }
}

fn field(pointer: &'static str, refusal: Refusal) -> Fault {
    Fault::field(pointer, refusal.code(), refusal.detail())
}
