//! What neighbours ask.

use contracts::{
    commerce::{ProductCard, ProductCards, ProductExhibit, ShopExhibit},
    profile::Exhibit,
};
use host::Here;
use kernel::Fault;

use crate::views;

pub async fn product_cards(here: Here, ask: ProductCards) -> Result<Vec<ProductCard>, Fault> {
    views::cards::product_cards(&here, None, &ask.products).await
}

pub async fn product_exhibit(here: Here, ask: ProductExhibit) -> Result<Option<Exhibit>, Fault> {
    views::exhibit::of_product(&here, &ask).await
}

pub async fn shop_exhibit(here: Here, ask: ShopExhibit) -> Result<Option<Exhibit>, Fault> {
    views::exhibit::of_shop(&here, &ask).await
}
