//! Works on an upload: a picture becomes its variants, a document goes where it stays.

use std::{num::NonZeroUsize, time::Duration};

use contracts::{
    files::{MediaFailed, MediaReady, Picture, PictureFormat, PictureSize, Variant},
    ids,
};
use host::{Here, objects::Bytes};
use kernel::{Fault, Id, Job};
use pictures::{Format, Lab, VariantName};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    fault::Refusal,
    model::{
        key,
        media::{By, Developed, FAIL, FINISH, Media, MediaKind, REJECT, TRIES, Visibility},
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
    /// The largest picture, beside three others of its kind on a small machine.
    const PATIENCE: Duration = Duration::from_secs(90);
}

/// What became of the bytes.
enum Made {
    Picture(Developed),
    Document,
    Refused(Refusal),
}

/// Runs again after a crash: objects have the keys their content gives them, and the row moves once.
pub async fn develop_media(here: &Here, job: &DevelopMedia) -> Result<(), Fault> {
    let begun = host::write!(here.db, async |tx| { media::begin_try(tx, job.media).await })?;
    let Some(media) = begun else { return here.objects.remove_below(&key::waiting(job.media)).await };
    let made = match made(here, &media).await {
        Err(fault) if media.tries < TRIES => return Err(fault),
        Err(fault) => {
            tracing::error!(%fault, "an upload couldn't be worked on");
            (FAIL, Made::Refused(Refusal::NotWorkedOn))
        }
        Ok(made @ Made::Refused(_)) => (REJECT, made),
        Ok(made) => (FINISH, made),
    };
    end(here, media.id, made).await?;
    here.objects.remove_below(&key::waiting(media.id)).await
}

/// In a process of its own, because the bytes are a stranger's; no connection is held meanwhile (X10).
async fn made(here: &Here, media: &Media) -> Result<Made, Fault> {
    if media.tries > TRIES {
        return Err(Fault::internal("its workers died"));
    }
    let lost = || Fault::internal("the bytes that came are gone");
    let bytes = here.objects.read(&key::incoming(media.id)).await?.ok_or_else(lost)?;
    if media.format.kind() == MediaKind::Document {
        here.objects.put(&key::document(media.id, &key::hash(&media.sha256)), bytes).await?;
        return Ok(Made::Document);
    }
    let lab = Lab::new(here.config.program.clone(), NonZeroUsize::MIN);
    match lab.develop(bytes.into()).await.map_err(Fault::internal)? {
        Ok(developed) => Ok(Made::Picture(kept(here, media.id, media.visibility, developed).await?)),
        Err(refusal) => Ok(Made::Refused(refusal.into())),
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

/// Writes down how it ended, unless it was deleted meanwhile: then what was made goes too.
async fn end(here: &Here, id: Id<ids::Media>, (verb, made): (&'static str, Made)) -> Result<(), Fault> {
    let deleted = host::write!(here.db, async |tx| {
        let Some(media) = media::lock(tx, id).await? else { return Ok(None) };
        let Some(state) = media.step(verb, By::Worker) else { return Ok(Some(media)) };
        let (owner, version) = (media.owner, media.version + 1);
        match &made {
            Made::Refused(refusal) => {
                media::end(tx, id, state, Some(refusal.code()), None).await?;
                persons::give_back(tx, owner, media.bytes).await?;
                tx.publish(&MediaFailed { media: id, version, owner, reason: refusal.code().to_owned() })?;
            }
            Made::Document => {
                media::end(tx, id, state, None, None).await?;
                tx.publish(&MediaReady { media: id, version, owner, picture: None })?;
            }
            Made::Picture(developed) => {
                media::end(tx, id, state, None, Some(developed)).await?;
                let picture = Some(developed.0.clone()).filter(|_| media.visibility == Visibility::Public);
                tx.publish(&MediaReady { media: id, version, owner, picture })?;
            }
        }
        Ok(None)
    })?;
    match deleted {
        Some(media) => here.objects.remove_below(&key::folder(id, media.visibility)).await,
        None => Ok(()),
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
