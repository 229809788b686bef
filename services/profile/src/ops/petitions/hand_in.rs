//! Takes in documents as they come: each is looked at, sealed, and kept apart from everything that is ever served (P6).

use std::mem;

use contracts::{ids::Order, profile::Badge};
use host::{
    Here,
    http::{Broken, FormParts, Part, PartLimits, Unfit},
    objects::Bytes,
};
use kernel::{Fault, Id, Kind, User};
use pictures::Format;
use uuid::Uuid;

use super::{
    object_of,
    seal::Seal,
    submit_petition::{SubmitPetition, may_ask},
};
use crate::{
    fault::PetitionRefusal,
    model::petition::{ARRIVES_WITHIN, About, DocumentFormat, MOST_ARRIVING, MOST_DEALS, MOST_DOCUMENTS},
    ops::moderation::must_be_open,
    store::{
        locks,
        petitions::documents::{self, NewDocument},
    },
};

/// What one form may bring.
pub const LIMITS: PartLimits = PartLimits { files: MOST_DOCUMENTS, file_bytes: 10_000_000, word_bytes: 4096 };
/// Of the whole form.
pub const MOST_BYTES: usize = LIMITS.files * LIMITS.file_bytes + (1 << 18);

/// The documents of one form, in the order they came.
#[derive(Debug, Default)]
pub struct HandedIn(Vec<Uuid>);

impl HandedIn {
    /// Takes the next one. A row is there before the object, so that whatever becomes of us, somebody removes it.
    async fn take(
        &mut self,
        here: &Here,
        owner: Id<User>,
        about: Option<About>,
        file: Result<Bytes, Unfit>,
    ) -> Result<(), Fault> {
        let bytes = file.map_err(|unfit| match unfit {
            Unfit::TooLarge => PetitionRefusal::DocumentTooLarge,
            Unfit::TooMany => PetitionRefusal::TooManyDocuments,
        })?;
        let (format, id) = (looked_at(&bytes)?, here.ids.uuid());
        let size = i32::try_from(bytes.len()).map_err(Fault::internal)?;
        let seal = Seal::fresh(here, id);
        let sealed_key = seal.sealed_key(here)?;
        host::write!(here.db, async |tx| {
            locks::petitions(tx, owner).await?;
            // Whoever is being erased is so before or after it.
            locks::pair(tx, owner, owner).await?;
            must_be_open(tx, owner).await?;
            if let Some(about) = about {
                may_ask(tx, owner, about).await?;
            }
            if documents::arriving(tx, owner).await? >= MOST_ARRIVING {
                let wait = u32::try_from(ARRIVES_WITHIN.as_secs()).unwrap_or(u32::MAX);
                return Err(PetitionRefusal::TooManyPetitions(wait).into());
            }
            let document = NewDocument { id, format, bytes: size, sealed_key: &sealed_key };
            documents::expect(tx, owner, &document, tx.now().plus(ARRIVES_WITHIN)).await
        })?;
        here.objects.put(&object_of(id), seal.close(here, &bytes)?.into()).await?;
        self.0.push(id);
        Ok(())
    }

    pub fn ids(&self) -> &[Uuid] {
        &self.0
    }

    /// Has what came so far removed: nothing comes of it.
    pub async fn discard(&self, here: &Here) -> Result<(), Fault> {
        if self.0.is_empty() {
            return Ok(());
        }
        host::write!(here.db, async |tx| { documents::discard(tx, &self.0).await })
    }
}

/// A form as it is read: its words first, then its documents.
#[derive(Debug, Default)]
pub struct Filled {
    pub badge: String,
    pub name: String,
    pub words: String,
    pub deals: Vec<String>,
    documents: HandedIn,
    /// What it asks for, where the form itself doesn't say it.
    about: Option<About>,
}

impl Filled {
    /// A form about deals.
    pub fn about_trust() -> Self {
        Self { about: Some(About::Trust), ..Self::default() }
    }

    /// A form of this badge's own.
    pub fn about(badge: Badge) -> Self {
        Self { badge: badge.name().to_owned(), ..Self::default() }
    }

    /// Takes every part as it comes; of a form that is refused nothing is kept. Who can't ask for it now is told before anything is.
    pub async fn read(&mut self, here: &Here, owner: Id<User>, form: &mut FormParts) -> Result<(), Fault> {
        let read = self.read_on(here, owner, form).await;
        if read.is_err() {
            self.documents.discard(here).await?;
        }
        read
    }

    async fn read_on(&mut self, here: &Here, owner: Id<User>, form: &mut FormParts) -> Result<(), Fault> {
        while let Some(part) = form.next().await.map_err(unread)? {
            match part {
                Part::File(file) => {
                    let about = self.about.or_else(|| Badge::named(self.badge.trim()).map(About::from));
                    self.documents.take(here, owner, about, file).await?;
                }
                Part::Word { name, text } => match name.as_str() {
                    "badge" => self.badge = text,
                    "name" => self.name = text,
                    "words" => self.words = text,
                    // One more says that there are too many.
                    "deals" if self.deals.len() > MOST_DEALS => {}
                    "deals" => self.deals.push(text),
                    _ => return Err(PetitionRefusal::BadForm.into()),
                },
            }
        }
        Ok(())
    }

    /// To be verified.
    pub fn verification(&mut self) -> Result<SubmitPetition, Fault> {
        let badge = Badge::named(self.badge.trim()).ok_or(PetitionRefusal::BadgeMissing)?;
        if !self.deals.is_empty() {
            return Err(PetitionRefusal::BadForm.into());
        }
        let (name, words) = (self.name.clone(), self.words.clone());
        Ok(SubmitPetition { about: badge.into(), name, words, deals: Vec::new(), documents: mem::take(&mut self.documents) })
    }

    /// To have deals looked at.
    pub fn review(&mut self) -> Result<SubmitPetition, Fault> {
        if !self.badge.is_empty() || !self.name.is_empty() {
            return Err(PetitionRefusal::BadForm.into());
        }
        let order = |text: &String| text.trim().parse().map_err(|_| Fault::from(PetitionRefusal::DealUnknown("/deals")));
        let deals = self.deals.iter().map(order).collect::<Result<Vec<Id<Order>>, Fault>>()?;
        let (about, words, documents) = (About::Trust, self.words.clone(), mem::take(&mut self.documents));
        Ok(SubmitPetition { about, name: String::new(), words, deals, documents })
    }
}

/// Looks at the content alone, never at what its sender calls it (F2).
fn looked_at(bytes: &[u8]) -> Result<DocumentFormat, PetitionRefusal> {
    match pictures::sniff(bytes) {
        Ok(Format::Jpeg) => Ok(DocumentFormat::Jpeg),
        Ok(Format::Png) => Ok(DocumentFormat::Png),
        Ok(Format::Webp) => Ok(DocumentFormat::Webp),
        Ok(Format::Pdf) => Ok(DocumentFormat::Pdf),
        Ok(Format::Gif) | Err(_) => Err(PetitionRefusal::DocumentUnfit),
    }
}

/// Why a form isn't read any further.
pub fn unread(broken: Broken) -> Fault {
    match broken {
        Broken::TooLarge => {
            Fault::new(Kind::TooLarge, "body_too_large", format!("The body may have at most {MOST_BYTES} bytes."))
        }
        Broken::TooMany => PetitionRefusal::TooManyDocuments.into(),
        Broken::LongWord(name) => Fault::from(PetitionRefusal::BadForm).because(name),
        Broken::Unreadable(cause) => Fault::from(PetitionRefusal::BadForm).because(cause),
    }
}
