//! Counts more or fewer units of a variant.

use contracts::ids::Variant;
use garde::Validate;
use host::Here;
use kernel::{Actor, Fault, Id, Stock, text::plain};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ops::must_be_open,
    store::{
        products,
        stock::{self, Movement},
    },
};

/// A difference, and why.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct ChangeStock {
    /// Units that came (or, below zero, went).
    #[garde(range(min = -1_000_000_000, max = 1_000_000_000))]
    #[schema(example = 5)]
    pub change: i64,
    #[garde(length(chars, min = 1, max = 200), custom(plain))]
    #[schema(example = "New delivery")]
    pub reason: String,
}

/// Units that are held or sold stay: the shelf's own constraint refuses to go below them.
pub async fn change_stock(here: &Here, actor: &Actor, id: Id<Variant>, cmd: &ChangeStock) -> Result<Id<Variant>, Fault> {
    let owner = actor.user()?;
    host::write!(here.db, async |tx| {
        must_be_open(tx, owner).await?;
        if !products::owns_variant(tx, id, owner).await? {
            return Err(Fault::not_found());
        }
        let before = stock::lock_fresh(tx, id, owner).await?;
        let after = Stock { capacity: before.capacity.saturating_add(cmd.change), ..before };
        stock::save(tx, id, Movement { verb: "stock", before, after, reason: &cmd.reason }).await?;
        tx.done(id).await?;
        Ok(id)
    })
}
