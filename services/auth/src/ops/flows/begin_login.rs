//! Begins a login with a code (A2).

use garde::Validate;
use host::{Here, Tx};
use kernel::{Fault, Locale};
use serde::Deserialize;
use utoipa::ToSchema;

use super::issue_code::{self, Begun, NewCode};
use crate::{
    model::{contact::Contact, flow::Flow, secret::Secret},
    ops::sessions::{Origin, prove_device::proven_device},
    store::{accounts, devices},
};

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct BeginLogin {
    /// E-mail address or phone number.
    #[garde(length(chars, max = 254))]
    #[schema(value_type = String, example = "+255712000001")]
    pub identifier: Secret,
    /// The `device` string of an earlier login on this device.
    #[garde(length(chars, max = 200))]
    #[schema(value_type = Option<String>, example = json!(null))]
    pub device: Option<Secret>,
    #[garde(skip)]
    #[serde(default)]
    pub locale: Locale,
}

/// Sends a code to whoever has the contact; where nobody has, everything else is the same (A4).
pub async fn begin_login(here: &Here, cmd: BeginLogin, origin: &Origin) -> Result<Begun, Fault> {
    let contact = Contact::parse(cmd.identifier.expose())?;
    let code = NewCode::make(here, here.ids.next(), origin);
    host::write!(here.db, async |tx| {
        let flow = flow_in(tx, here, &cmd, &contact, &code).await?;
        issue_code::begin_in(tx, &flow, &code).await
    })?;
    Ok(Begun { flow_id: code.flow })
}

/// Whose contact it is comes first: only a device of theirs is counted by itself.
async fn flow_in(tx: &mut Tx, here: &Here, cmd: &BeginLogin, contact: &Contact, code: &NewCode) -> Result<Flow, Fault> {
    let device = proven_device(here, cmd.device.as_ref());
    let user = accounts::find_by_contact(tx, contact).await?.map(|account| account.user);
    let is_known = devices::is_known(tx, device, user).await?;
    let known = device.filter(|_| is_known);
    issue_code::count_in(tx, &issue_code::buckets(here, contact, known), code).await?;
    let bucket = issue_code::bucket(here, contact, known);
    Ok(Flow { id: code.flow, user, contact: contact.clone(), locale: cmd.locale, sign_up: None, bucket })
}
