//! What a notice is about, kept beside it so that its words can be made in any language later.

use std::fmt;

use kernel::Money;
use serde::{Deserialize, Serialize};

/// The particulars; each kind fills in its own. People's names are never among them.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Data {
    /// The order's or top-up's id, as at the doors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shop: Option<String>,
    /// Of how many it speaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
    /// The product's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fee: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking: Option<String>,
    /// What was reported: a user, a post, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thing: Option<String>,
    /// Why a payment was refused: the stable code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// To be typed in; blanked once it was delivered or its time is over (X13).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

impl fmt::Debug for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Data(private)")
    }
}
