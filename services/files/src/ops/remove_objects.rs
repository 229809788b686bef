//! Removes the objects of an upload that was deleted.

use contracts::ids::Media;
use host::Here;
use kernel::{Fault, Id, Job};
use serde::{Deserialize, Serialize};

use crate::model::{key, media::Visibility};

/// Work for right after an upload was deleted.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RemoveObjects {
    pub media: Id<Media>,
    pub visibility: Visibility,
}
impl Job for RemoveObjects {
    const NAME: &'static str = "remove_objects";
    /// For more than a day, so that a storage that is away for one keeps nothing.
    const TRIES: u16 = 200;
}

/// What is being made of it at this moment is removed by whoever makes it.
pub async fn remove_objects(here: &Here, job: &RemoveObjects) -> Result<(), Fault> {
    here.objects.remove_below(&key::folder(job.media, job.visibility)).await?;
    here.objects.remove_below(&key::waiting(job.media)).await
}
