//! Works on an upload: a picture becomes its variants, a document goes where it stays.

use std::{num::NonZeroUsize, time::Duration};

use contracts::{
    files::{MediaFailed, MediaReady, Picture, PictureFormat, PictureSize, Variant},
    ids,
};
use host::{Here, Tx, objects::Bytes};
use kernel::{Fault, Id, Job};
use pictures::{Format, Lab, VariantName};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    fault::Refusal,
    model::{
        key,
        media::{By, Developed, FAIL, FINISH, Media, MediaKind, MediaState, REJECT, TRIES, Visibility},
    },
    store::{media, persons},
};

/// Work for right after an upload.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DevelopMedia {
    pub media: Id<ids::Media>,
}
impl Job for DevelopMedia {
    const NAME: &'static str = "develop_media";
    /// For more than a day, so that a storage that is away for one costs nothing.
    const TRIES: u16 = 200;
    /// The largest picture, beside three others of its kind on a small machine.
    const PATIENCE: Duration = Duration::from_secs(90);
}

/// What became of the bytes.
enum Made {
    Picture(Developed),
    Document,
    Refused(Refusal),
    /// Its worker failed, for no fault of theirs.
    Nothing(String),
}

/// Runs again after a crash, or beside another worker: objects have the keys their content gives them, and the row moves once.
/// While the storage is away it is tried as long as jobs are; only a worker that fails counts against the upload.
pub async fn develop_media(here: &Here, job: &DevelopMedia) -> Result<(), Fault> {
    let found = host::write!(here.db, async |tx| { media::lock(tx, job.media).await })?;
    let Some(media) = found.filter(|media| media.state == MediaState::Processing) else {
        return here.objects.remove_below(&key::waiting(job.media)).await;
    };
    let ended = match made(here, &media).await? {
        Made::Nothing(cause) => {
            let tries = host::write!(here.db, async |tx| { media::count_try(tx, media.id).await })?;
            if tries.is_some_and(|tries| tries < TRIES) {
                return Err(Fault::internal(cause));
            }
            tracing::error!(cause, "an upload couldn't be worked on");
            (FAIL, Made::Refused(Refusal::NotWorkedOn))
        }
        made @ Made::Refused(_) => (REJECT, made),
        made => (FINISH, made),
    };
    end(here, &media, ended).await?;
    here.objects.remove_below(&key::waiting(media.id)).await
}

/// In a process of its own, because the bytes are a stranger's; no connection is held meanwhile (X10).
async fn made(here: &Here, media: &Media) -> Result<Made, Fault> {
    let Some(bytes) = here.objects.read(&key::incoming(media.id)).await? else {
        return Ok(Made::Nothing("the bytes that came are gone".into()));
    };
    if media.format.kind() == MediaKind::Document {
        here.objects.put(&key::document(media.id, &key::hash(&media.sha256)), bytes).await?;
        return Ok(Made::Document);
    }
    let lab = Lab::new(here.config.program.clone(), NonZeroUsize::MIN);
    match lab.develop(bytes.into()).await {
        Ok(Ok(developed)) => Ok(Made::Picture(kept(here, media.id, media.visibility, developed).await?)),
        Ok(Err(refusal)) => Ok(Made::Refused(refusal.into())),
        Err(error) => Ok(Made::Nothing(error.to_string())),
    }
}

/// Puts every variant in its place.
async fn kept(
    here: &Here,
    media: Id<ids::Media>,
    visibility: Visibility,
    developed: pictures::Picture,
) -> Result<Developed, Fault> {
    let mut variants = Vec::new();
    for variant in developed.variants {
        let (name, format) = (size(variant.name), format(variant.format)?);
        let key = key::variant(media, visibility, name, format, &key::hash(&Sha256::digest(&variant.bytes)));
        here.objects.put(&key, Bytes::from(variant.bytes)).await?;
        variants.push(Variant { name, format, width: variant.width, height: variant.height, key });
    }
    let pictures::Picture { width, height, blurhash, colour, .. } = developed;
    Ok(Developed(Picture { media, width, height, blurhash, colour, variants }))
}

/// Writes down how it ended, unless it has ended already. What was made goes too, but where it is ready: then another worker made
/// the same.
async fn end(here: &Here, begun: &Media, (verb, made): (&'static str, Made)) -> Result<(), Fault> {
    let now = host::write!(here.db, async |tx| {
        let Some(media) = media::lock(tx, begun.id).await? else { return Ok(MediaState::Deleted) };
        match media.step(verb, By::Worker) {
            Some(state) => move_in(tx, &media, state, &made).await.map(|()| state),
            None => Ok(media.state),
        }
    })?;
    match now {
        MediaState::Ready => Ok(()),
        _ => here.objects.remove_below(&key::folder(begun.id, begun.visibility)).await,
    }
}

async fn move_in(tx: &mut Tx, media: &Media, state: MediaState, made: &Made) -> Result<(), Fault> {
    let (id, owner, version) = (media.id, media.owner, media.version + 1);
    match made {
        Made::Picture(developed) => {
            media::end(tx, id, state, None, Some(developed)).await?;
            let picture = Some(developed.0.clone()).filter(|_| media.visibility == Visibility::Public);
            tx.publish(&MediaReady { media: id, version, owner, picture })
        }
        Made::Document => {
            media::end(tx, id, state, None, None).await?;
            tx.publish(&MediaReady { media: id, version, owner, picture: None })
        }
        Made::Refused(refusal) => {
            media::end(tx, id, state, Some(refusal.code()), None).await?;
            persons::give_back(tx, owner, media.bytes).await?;
            tx.publish(&MediaFailed { media: id, version, owner, reason: refusal.code().to_owned() })
        }
        Made::Nothing(cause) => Err(Fault::internal(cause)),
    }
}

fn size(name: VariantName) -> PictureSize {
    match name {
        VariantName::Thumb => PictureSize::Thumb,
        VariantName::Small => PictureSize::Small,
        VariantName::Medium => PictureSize::Medium,
        VariantName::Large => PictureSize::Large,
    }
}

fn format(format: Format) -> Result<PictureFormat, Fault> {
    match format {
        Format::Webp => Ok(PictureFormat::Webp),
        Format::Jpeg => Ok(PictureFormat::Jpeg),
        Format::Png | Format::Gif | Format::Pdf => Err(Fault::internal("a variant of another format")),
    }
}
