//! The live cards of product posts (S2): asked at every look, never kept.

use std::collections::HashMap;

use contracts::{
    commerce::{ProductCard, ProductCards},
    ids::Product,
};
use host::Here;
use kernel::{Fault, Id, User};
use serde::Serialize;
use utoipa::ToSchema;

use super::authors::Authors;
use crate::model::card::CardState;

/// What a post shows beside its words.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CardView {
    Product {
        status: CardState,
        /// As it is now; null where it is gone or nobody could say.
        #[schema(required)]
        product: Option<ProductCard>,
    },
}

/// One product as the viewer sees it now, before somebody posts it.
pub async fn card(here: &Here, viewer: Id<User>, product: Id<Product>) -> Result<CardView, Fault> {
    let (products, mut people) = (Products::of(here, vec![product]).await, Authors::of(Some(viewer)));
    people.meet(here, products.sellers()).await?;
    Ok(products.card(product, &people))
}

/// The products of a page, as commerce sees them now.
#[derive(Debug)]
pub enum Products {
    Known(HashMap<Id<Product>, ProductCard>),
    /// Commerce couldn't say; posts are shown without it.
    Unknown,
}

impl Products {
    pub async fn of(here: &Here, products: Vec<Id<Product>>) -> Self {
        if products.is_empty() {
            return Self::Known(HashMap::new());
        }
        match here.peers.ask(ProductCards { products }).await {
            Ok(cards) => Self::Known(cards.into_iter().map(|card| (card.id, card)).collect()),
            Err(fault) => {
                tracing::warn!(%fault, "posts are shown without their products");
                Self::Unknown
            }
        }
    }

    /// Who sells them.
    pub fn sellers(&self) -> Vec<Id<User>> {
        match self {
            Self::Known(cards) => cards.values().map(|card| card.seller).collect(),
            Self::Unknown => Vec::new(),
        }
    }

    /// Two posts of one page may show the same product. Where the viewer may not know of its seller, it is gone (X6).
    pub fn card(&self, product: Id<Product>, people: &Authors) -> CardView {
        match self {
            Self::Known(cards) => {
                let card = cards.get(&product).filter(|card| people.knows(card.seller));
                CardView::Product { status: CardState::of(card), product: card.cloned() }
            }
            Self::Unknown => CardView::Product { status: CardState::Unavailable, product: None },
        }
    }
}
