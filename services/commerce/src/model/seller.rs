//! Whether a seller may be seen: profile decides (X6), at every look.

use contracts::profile::{Relationship, Relationships};
use kernel::{Fault, Id, User};

/// 404 where `viewer` may not know of the seller; 503 where profile, whom `ask` asks, can't say. Sellers always find
/// themselves.
pub async fn must_be_visible<F>(
    ask: impl FnOnce(Relationships) -> F,
    viewer: Option<Id<User>>,
    seller: Id<User>,
) -> Result<(), Fault>
where
    F: Future<Output = Result<Vec<Relationship>, Fault>>,
{
    if viewer == Some(seller) {
        return Ok(());
    }
    let related = ask(Relationships { viewer, targets: vec![seller] }).await?;
    if related.iter().any(|one| one.target == seller && one.visible) { Ok(()) } else { Err(Fault::not_found()) }
}
