//! Work for later and on a clock, and telling again.

use contracts::ids::Media;
use host::{Here, Tx};
use kernel::{Fault, Id};

use crate::ops::{self, develop_media::DevelopMedia, erase_account::EraseMedia, remove_objects::RemoveObjects};

pub async fn develop_media(here: Here, job: DevelopMedia) -> Result<(), Fault> {
    ops::develop_media::develop_media(&here, &job).await
}

pub async fn remove_objects(here: Here, job: RemoveObjects) -> Result<(), Fault> {
    ops::remove_objects::remove_objects(&here, &job).await
}

pub async fn erase_media(here: Here, job: EraseMedia) -> Result<(), Fault> {
    ops::erase_account::erase_media(&here, &job).await
}

pub async fn sweep(here: Here) -> Result<(), Fault> {
    ops::sweep::sweep(&here).await
}

pub async fn retell_media(tx: &mut Tx, after: Option<Id<Media>>) -> Result<Option<Id<Media>>, Fault> {
    ops::retell_media::page_in(tx, after).await
}
