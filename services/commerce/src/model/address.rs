//! Where the goods go (C17): no postcode needed.

use std::fmt;

use garde::Validate;
use kernel::text::{line, plain};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An address as it was given for one purchase; the order keeps this copy.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
pub struct Address {
    #[garde(length(chars, min = 1, max = 100), custom(line))]
    #[schema(example = "Baraka Mushi")]
    pub name: String,
    #[garde(length(chars, min = 5, max = 20), custom(line))]
    #[schema(example = "+255712000001")]
    pub phone: String,
    #[garde(length(chars, min = 1, max = 100), custom(line))]
    #[schema(example = "Dar es Salaam")]
    pub region: String,
    #[garde(length(chars, min = 1, max = 100), custom(line))]
    #[schema(example = "Ilala")]
    pub district: String,
    #[garde(inner(length(chars, max = 100), custom(line)))]
    #[schema(example = "Kariakoo")]
    pub ward: Option<String>,
    #[garde(inner(length(chars, max = 200), custom(plain)))]
    #[schema(example = "Behind the market")]
    pub landmark: Option<String>,
    #[garde(inner(length(chars, max = 500), custom(plain)))]
    #[schema(example = "Call when you are near.")]
    pub note: Option<String>,
}

/// Nothing of it may reach a log (X14).
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(…)")
    }
}
