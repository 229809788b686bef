//! Begins a login with a code (A2).

use contracts::auth::Locale;
use garde::Validate;
use host::Here;
use kernel::Fault;
use serde::Deserialize;
use utoipa::ToSchema;

use super::issue_code::{self, Begun, NewCode};
use crate::{
    model::{contact::Contact, flow::Flow, secret::Secret},
    store::accounts,
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
pub async fn begin_login(here: &Here, cmd: BeginLogin) -> Result<Begun, Fault> {
    let contact = Contact::parse(cmd.identifier.expose())?;
    let bucket = issue_code::bucket(here, &contact, cmd.device.as_ref());
    let code = NewCode::make(here, here.ids.next());
    host::write!(here.db, async |tx| {
        issue_code::count_in(tx, &bucket).await?;
        let user = accounts::find_by_contact(tx, &contact).await?.map(|account| account.user);
        let (contact, bucket) = (contact.clone(), bucket.clone());
        let flow = Flow { id: code.flow, user, contact, locale: cmd.locale, sign_up: None, bucket };
        issue_code::begin_in(tx, &flow, &code).await
    })?;
    Ok(Begun { flow_id: code.flow })
}
