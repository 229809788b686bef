//! Tells what is withheld, for copies elsewhere that are new or were lost.

use host::Tx;
use kernel::Fault;

use serde::{Deserialize, Serialize};

use super::decide_case::tell_withheld;
use crate::{model::moderation::Thing, store::moderation::withheld};

/// How far they are told.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Told(Thing);

pub async fn page_in(tx: &mut Tx, after: Option<Told>) -> Result<Option<Told>, Fault> {
    let page = withheld::page_after(tx, after.map(|told| told.0)).await?;
    page.iter().try_for_each(|line| tell_withheld(tx, line))?;
    Ok(page.last().map(|line| Told(line.thing)))
}
