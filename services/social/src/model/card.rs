//! What a product's card says about it, decided anew at every look (S2).

use contracts::commerce::ProductCard;
use serde::Serialize;
use utoipa::ToSchema;

/// Whether the product can be bought now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CardState {
    Available,
    SoldOut,
    /// The seller doesn't sell it at present.
    OffSale,
    /// There is no such product any more.
    Gone,
    /// Nobody could say at this moment.
    Unavailable,
}

impl CardState {
    /// What commerce's answer means; `None` is a product it left out.
    pub fn of(product: Option<&ProductCard>) -> Self {
        match product {
            None => Self::Gone,
            Some(card) if !card.on_sale => Self::OffSale,
            Some(card) if card.available <= 0 => Self::SoldOut,
            Some(_) => Self::Available,
        }
    }
}
