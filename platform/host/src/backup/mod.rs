//! Backups: every database of a configuration in one folder, and out of it again.
//!
//! Nothing here prints, and no error quotes an address: it may hold a password.

mod folder;
mod manifest;
mod objects;
mod programs;
mod restore;
mod retell;
mod snapshot;
mod take;
mod target;

pub use manifest::{Dump, Kept, Manifest, Migration};
pub use restore::{Restored, restore};
pub use retell::Lost;
pub use take::take;

/// Runs what blocks the thread: other programs, and files of any size.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, String> + Send + 'static) -> Result<T, String> {
    tokio::task::spawn_blocking(work).await.map_err(|died| died.to_string())?
}
