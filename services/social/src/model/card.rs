//! What a product's card says about it, decided anew at every look (S2).

use contracts::commerce::ProductCard;

kernel::named! {
    /// Whether the product can be bought now.
    pub CardState {
        Available = "available",
        SoldOut = "sold_out",
        /// The seller doesn't sell it at present.
        OffSale = "off_sale",
        /// There is no such product any more.
        Gone = "gone",
        /// Nobody could say at this moment.
        Unavailable = "unavailable",
    }
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
