//! What neighbours ask.

use contracts::commerce::{ProductCard, ProductCards};
use host::Here;
use kernel::Fault;

use crate::views;

pub async fn product_cards(here: Here, ask: ProductCards) -> Result<Vec<ProductCard>, Fault> {
    views::cards::product_cards(&here, &ask.products).await
}
