//! Begins a sign-up (A1): nothing is opened before the contact is proven.

use std::time::Duration;

use garde::Validate;
use host::{Here, Tx};
use jiff::civil::Date;
use kernel::{Fault, Id, Locale, User, text::line};
use serde::Deserialize;
use utoipa::ToSchema;

use super::issue_code::{self, Begun, NewCode};
use crate::{
    fault::Refusal,
    model::{
        age,
        contact::Contact,
        flow::{Flow, SignUp},
        password,
        secret::Secret,
    },
    ops::sessions::{Origin, hash_password::place},
    store::{accounts, flows, minors},
};

/// A contact that a child gave is refused from the same address for this long, whatever birth date comes next (A11).
const TOO_YOUNG_FOR: Duration = Duration::from_hours(24 * 7);

/// Somebody who wants an account. Exactly one of `email` and `phone` is given.
#[derive(Deserialize, Validate, ToSchema)]
pub struct Register {
    #[garde(length(chars, max = 254))]
    #[schema(value_type = Option<String>, example = "amina@example.com")]
    pub email: Option<Secret>,
    /// With its country code; a Tanzanian mobile number may begin with 0.
    #[garde(length(chars, max = 30))]
    #[schema(value_type = Option<String>, example = json!(null))]
    pub phone: Option<Secret>,
    /// Without one, codes are the way in.
    #[garde(length(chars, max = password::LONGEST))]
    #[schema(value_type = Option<String>, example = "maembe saba ya bluu")]
    pub password: Option<Secret>,
    #[garde(length(chars, min = 1, max = 50), custom(line))]
    #[schema(example = "Amina Juma")]
    pub display_name: String,
    /// Never shown to anybody.
    #[garde(skip)]
    #[schema(value_type = String, format = Date, example = "1994-05-17")]
    pub birth_date: Date,
    /// A wish: a taken one gets the nearest that is free.
    #[garde(length(chars, max = 30))]
    #[schema(example = "amina")]
    pub username: Option<String>,
    #[garde(skip)]
    #[serde(default)]
    pub locale: Locale,
}

impl Register {
    fn contact(&self) -> Result<Contact, Refusal> {
        match (&self.email, &self.phone) {
            (Some(email), None) => Contact::email(email.expose(), "/email"),
            (None, Some(phone)) => Contact::phone(phone.expose(), "/phone"),
            _ => Err(Refusal::OneContactExpected),
        }
    }

    /// What an attacker who knows the person would try first.
    fn known(&self, contact: &Contact) -> Vec<String> {
        let username = self.username.clone().unwrap_or_default();
        vec![contact.as_str().to_owned(), self.display_name.clone(), username]
    }
}

/// Sends a code that opens the account, or, where the contact has one already, that logs in to it: only its owner can
/// tell the difference (A4).
pub async fn register(here: &Here, cmd: Register, origin: &Origin) -> Result<Begun, Fault> {
    let contact = cmd.contact()?;
    let minor = minor(&contact, origin);
    must_be_old_enough(here, &cmd, &minor).await?;
    let password_hash = match &cmd.password {
        Some(password) => Some(place()?.hash(here, password.clone(), cmd.known(&contact)).await?),
        None => None,
    };
    let wish = Wish {
        minors: here.config.keys.hashes(TOO_YOUNG, &minor),
        user: here.ids.next(),
        bucket: issue_code::bucket(here, &contact, None),
        buckets: issue_code::buckets(here, &contact, None),
        contact,
        password_hash,
        cmd,
    };
    let code = NewCode::make(here, here.ids.next(), origin);
    host::write!(here.db, async |tx| {
        let flow = wish.flow_in(tx, &code).await?;
        issue_code::begin_in(tx, &flow, &code).await
    })?;
    Ok(Begun { flow_id: code.flow })
}

/// What a child's mark is hashed for.
const TOO_YOUNG: &str = "auth.too_young";

/// What a child is recognised by: the contact as given from this address, so that a stranger who gives somebody else's
/// contact and a child's birth date stops only themselves.
fn minor(contact: &Contact, origin: &Origin) -> Vec<u8> {
    let network = origin.network().map(Vec::from).unwrap_or_default();
    [contact.as_str().as_bytes(), &[0], &network].concat()
}

async fn must_be_old_enough(here: &Here, cmd: &Register, minor: &[u8]) -> Result<(), Fault> {
    let checked = age::check(cmd.birth_date, here.clock.now());
    if checked == Err(Refusal::TooYoung) {
        host::write!(here.db, async |tx| {
            let until = tx.now().plus(TOO_YOUNG_FOR);
            minors::insert(tx, &here.config.keys.hash(TOO_YOUNG, minor), until).await
        })?;
    }
    Ok(checked?)
}

/// Everything a flow is made of, before it is known whether somebody has the contact.
struct Wish {
    /// As a child with this contact at this address may have been marked.
    minors: Vec<Vec<u8>>,
    user: Id<User>,
    bucket: Vec<u8>,
    buckets: Vec<Vec<u8>>,
    contact: Contact,
    password_hash: Option<String>,
    cmd: Register,
}

impl Wish {
    async fn flow_in(&self, tx: &mut Tx, code: &NewCode) -> Result<Flow, Fault> {
        if minors::is_kept(tx, &self.minors).await? {
            return Err(Refusal::TooYoung.into());
        }
        issue_code::count_in(tx, &self.buckets, code).await?;
        let account = accounts::find_by_contact(tx, &self.contact).await?;
        let pending = flows::find_pending(tx, &self.contact).await?;
        let sign_up = account.is_none().then(|| self.sign_up());
        let user = account.map(|account| account.user).or(pending).unwrap_or(self.user);
        let (contact, bucket) = (self.contact.clone(), self.bucket.clone());
        Ok(Flow { id: code.flow, user: Some(user), contact, locale: self.cmd.locale, sign_up, bucket })
    }

    fn sign_up(&self) -> SignUp {
        SignUp {
            display_name: self.cmd.display_name.clone(),
            username: self.cmd.username.clone(),
            birth_date: self.cmd.birth_date,
            password_hash: self.password_hash.clone(),
        }
    }
}
