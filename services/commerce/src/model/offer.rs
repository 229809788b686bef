//! What can be bought: a variant with its product and shop as they are now.

use contracts::ids::{Product, Shop, Variant};
use kernel::{Currency, Id, Money, User};

use super::{
    address::Address,
    product::{ProductKind, ProductState},
};
use crate::fault::Refusal;

/// A variant as a buyer finds it.
#[derive(Debug)]
pub struct Offer {
    pub variant: Id<Variant>,
    pub product: Id<Product>,
    pub shop: Id<Shop>,
    pub seller: Id<User>,
    pub name: String,
    pub kind: ProductKind,
    pub price: i64,
    pub currency: Currency,
    pub state: ProductState,
    /// By moderators: itself, or its shop.
    pub withheld: bool,
    pub shop_open: bool,
    pub available: i64,
}

impl Offer {
    pub fn unit_price(&self) -> Money {
        Money::new(self.price, self.currency)
    }

    /// What is withheld is there for its seller only (P8).
    pub fn is_there_for(&self, viewer: Id<User>) -> bool {
        !self.withheld || viewer == self.seller
    }

    /// Whether anybody can buy it now.
    pub fn on_sale(&self) -> Result<(), Refusal> {
        match (self.state, self.withheld, self.shop_open) {
            (ProductState::Archived, ..) | (ProductState::Active, true, _) => Err(Refusal::NotOnSale),
            (ProductState::Active, false, false) => Err(Refusal::ShopClosed),
            (ProductState::Active, false, true) => Ok(()),
        }
    }

    /// Whether it is known where it goes: what can be touched needs an address (C17).
    pub fn goes_to(&self, address: Option<&Address>) -> Result<(), Refusal> {
        match (self.kind, address) {
            (ProductKind::Physical, None) => Err(Refusal::AddressMissing),
            (ProductKind::Physical, Some(_)) | (ProductKind::Digital, _) => Ok(()),
        }
    }

    /// Whether `buyer` can have so many. The shelf itself has the last word.
    pub fn sells_to(&self, buyer: Id<User>, quantity: u32) -> Result<(), Refusal> {
        if self.seller == buyer {
            return Err(Refusal::OwnShop);
        }
        self.on_sale()?;
        if self.available < i64::from(quantity) { Err(Refusal::SoldOut) } else { Ok(()) }
    }
}
