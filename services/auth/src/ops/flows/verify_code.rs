//! Ends a flow with its code: opens the account of a sign-up, and logs in.

use contracts::{
    auth::{AccountOpened, ContactsChanged},
    ids::Flow as FlowId,
    profile::OpenProfile,
};
use garde::Validate;
use host::{Here, Tx};
use kernel::{Fault, Id, User};
use serde::Deserialize;
use utoipa::ToSchema;

use super::issue_code;
use crate::{
    fault::Refusal,
    model::{
        code::Verdict,
        flow::{Flow, SignUp},
        secret::Secret,
    },
    ops::sessions::{
        Origin,
        count_attempt::{self, Targets},
        open_session::{self, NewSession, Opened, Tokens},
    },
    store::{accounts, flows},
};

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct VerifyCode {
    #[garde(skip)]
    pub flow_id: Id<FlowId>,
    /// The six digits that were sent.
    #[garde(length(chars, max = 20))]
    #[schema(value_type = String, example = "482913")]
    pub code: Secret,
    /// The `device` string of an earlier login on this device.
    #[garde(length(chars, max = 200))]
    #[schema(value_type = Option<String>, example = json!(null))]
    pub device: Option<Secret>,
}

/// A sign-up opens its profile before its account. Who the person will be stands in the flow, so a crash between the two,
/// or a second try beside this one, repeats the first step with the same id and does the second once.
pub async fn verify_code(here: &Here, cmd: VerifyCode, origin: &Origin) -> Result<Tokens, Fault> {
    let tried = issue_code::hashes(here, cmd.flow_id, cmd.code.expose());
    let targets = Targets::of_code(here, origin);
    let tried = host::write!(here.db, async |tx| { try_in(tx, cmd.flow_id, &tried, &targets).await })?;
    let (user, open_profile) = tried?;
    if let Some(open_profile) = open_profile {
        here.peers.ask(open_profile).await?;
    }
    let new = NewSession::prepare(here, cmd.device.as_ref(), origin).await?;
    let opened = host::write!(here.db, async |tx| { finish_in(tx, cmd.flow_id, user, &new).await })?;
    open_session::tokens(here, &new, &opened)
}

/// A try that counts is committed even where it is refused: hence a refusal inside the success.
type Tried = Result<(Id<User>, Option<OpenProfile>), Refusal>;

async fn try_in(tx: &mut Tx, id: Id<FlowId>, tried: &[Vec<u8>], targets: &Targets) -> Result<Tried, Fault> {
    count_attempt::count_in(tx, targets).await?;
    let (now, found) = (tx.now(), flows::lock(tx, id).await?);
    let (flow, code) = found.ok_or_else(Fault::not_found)?;
    match (code.judge(tried, now), flow.user) {
        (Verdict::Right, Some(user)) => {
            count_attempt::forgive_in(tx, targets).await?;
            Ok(Ok((user, flow.sign_up.map(|sign_up| profile(user, sign_up)))))
        }
        // Nobody was sent the code of a flow without a person: even a right guess is wrong.
        (Verdict::Right | Verdict::Wrong, _) => {
            flows::miss(tx, id).await?;
            Ok(Err(Refusal::CodeWrong))
        }
        (Verdict::Expired, _) => Ok(Err(Refusal::CodeExpired)),
        (Verdict::Locked, _) => Ok(Err(Refusal::CodeLocked)),
        (Verdict::Used, _) => Ok(Err(Refusal::CodeUsed)),
    }
}

fn profile(user: Id<User>, sign_up: SignUp) -> OpenProfile {
    OpenProfile { user, username: sign_up.username, display_name: sign_up.display_name }
}

/// Account, session and facts in one transaction, once.
async fn finish_in(tx: &mut Tx, id: Id<FlowId>, user: Id<User>, new: &NewSession) -> Result<Opened, Fault> {
    let found = flows::lock(tx, id).await?;
    let (flow, code) = found.ok_or(Refusal::CodeUsed)?;
    if code.is_used {
        return Err(Refusal::CodeUsed.into());
    }
    flows::end(tx, id).await?;
    if let Some(sign_up) = &flow.sign_up {
        open_account_in(tx, user, &flow, sign_up).await?;
    }
    let account = accounts::lock(tx, user).await?.ok_or(Refusal::CodeExpired)?;
    open_session::open_in(tx, account, new).await
}

/// Another flow of the same contact may have opened it already: then this one only logs in.
async fn open_account_in(tx: &mut Tx, user: Id<User>, flow: &Flow, sign_up: &SignUp) -> Result<(), Fault> {
    let (opened, contacts) = (1, 2);
    if !accounts::insert(tx, user, flow, sign_up, contacts).await? {
        return Ok(());
    }
    let at = tx.now();
    tx.publish(&AccountOpened { user, version: opened, at })?;
    let (email, phone) = (flow.contact.clone().into_email(), flow.contact.clone().into_phone());
    tx.publish(&ContactsChanged { user, version: contacts, email, phone, locale: flow.locale })
}
