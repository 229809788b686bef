//! Providers of money from outside, behind one shape: start a payment, read a signed report.

use kernel::Money;

use super::sandbox;
use crate::fault::Refusal;

kernel::named! {
    /// Who brings money in, as addresses and the database have it; also the purpose its key is derived for.
    pub Provider {
        /// Play money, in development mode only.
        Sandbox = "sandbox",
    }
}

/// A report of a provider, as it came: its body and the signature over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    pub body: Vec<u8>,
    pub signature: String,
}

/// What a provider says became of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The top-up, as we named it to the provider.
    pub reference: String,
    /// What arrived; `None` where the payment failed.
    pub arrived: Option<Money>,
}

impl Provider {
    /// Whether it moves no real money, and so must not be there outside development mode.
    pub const fn is_play(self) -> bool {
        matches!(self, Self::Sandbox)
    }

    /// Asks for the payment; what the provider answers at once, if it does.
    pub fn start(self, key: [u8; 32], reference: &str, amount: Money) -> Vec<Callback> {
        match self {
            Self::Sandbox => sandbox::start(key, reference, amount),
        }
    }

    /// Reads a report whose signature holds under one of these keys.
    pub fn read(self, keys: &[[u8; 32]], body: &[u8], signature: &str) -> Result<Report, Refusal> {
        match self {
            Self::Sandbox => sandbox::read(keys, body, signature),
        }
    }
}
