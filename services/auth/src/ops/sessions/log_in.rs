//! Logs in with a password (A2).

use garde::Validate;
use host::{Here, Tx};
use kernel::Fault;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Origin,
    count_attempt::{self, Targets},
    hash_password::place,
    open_session::{self, NewSession, Tokens},
    prove_device::proven_device,
};
use crate::{
    fault::Refusal,
    model::{contact::Contact, password, secret::Secret},
    store::{
        accounts::{self, Account},
        devices,
    },
};

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct LogIn {
    /// E-mail address or phone number.
    #[garde(length(chars, max = 254))]
    #[schema(value_type = String, example = "amina@example.com")]
    pub identifier: Secret,
    #[garde(length(chars, max = password::LONGEST))]
    #[schema(value_type = String, example = "maembe saba ya bluu")]
    pub password: Secret,
    /// The `device` string of an earlier login on this device.
    #[garde(length(chars, max = 200))]
    #[schema(value_type = Option<String>, example = json!(null))]
    pub device: Option<Secret>,
}

/// The place to hash comes first, so that overload touches nothing; the attempt is counted before it is judged, so that
/// many at once don't slip through; and nobody's account takes as long as somebody's (A4).
pub async fn log_in(here: &Here, cmd: LogIn, origin: &Origin) -> Result<Tokens, Fault> {
    let contact = Contact::parse(cmd.identifier.expose())?;
    let place = place()?;
    let (account, targets) = host::write!(here.db, async |tx| { count_in(tx, here, &contact, &cmd, origin).await })?;
    let kept = account.as_ref().and_then(|account| account.password_hash.clone());
    let is_right = place.verify(cmd.password, kept).await?;
    let account = account.filter(|_| is_right).ok_or(Refusal::WrongCredentials)?;
    let new = NewSession::prepare(here, cmd.device.as_ref(), origin).await?;
    let opened = host::write!(here.db, async |tx| {
        count_attempt::forgive_in(tx, &targets).await?;
        let now = accounts::lock(tx, account.user).await?.ok_or(Refusal::WrongCredentials)?;
        // The password was changed while it was checked.
        if now.password_hash != account.password_hash {
            return Err(Refusal::WrongCredentials.into());
        }
        open_session::open_in(tx, now, &new).await
    })?;
    open_session::tokens(here, &new, &opened)
}

async fn count_in(
    tx: &mut Tx,
    here: &Here,
    contact: &Contact,
    cmd: &LogIn,
    origin: &Origin,
) -> Result<(Option<Account>, Targets), Fault> {
    let device = proven_device(here, cmd.device.as_ref());
    let account = accounts::find_by_contact(tx, contact).await?;
    let user = account.as_ref().map(|account| account.user);
    let known = devices::is_known(tx, device, user).await?;
    let targets = Targets::of_password(here, contact, user, device.filter(|_| known), origin);
    count_attempt::count_in(tx, &targets).await?;
    Ok((account, targets))
}
