//! Makes codes and has them sent: in ten minutes at most five to one contact (A1) and sixty for one address (A7).

use contracts::{
    auth::CodeIssued,
    ids::{Device, Flow as FlowId},
};
use host::{Here, Tx};
use kernel::{Fault, Id};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    fault::Refusal,
    model::{
        code::{self, seconds_until},
        contact::Contact,
        flow::Flow,
    },
    ops::sessions::Origin,
    store::{code_issues, flows},
};

/// A flow that waits for its code; the same answer whoever asked for what (A4).
#[derive(Debug, Serialize, ToSchema)]
pub struct Begun {
    pub flow_id: Id<FlowId>,
}

/// A new code. Debug shows nothing of it.
pub(super) struct NewCode {
    pub flow: Id<FlowId>,
    text: String,
    hash: [u8; 32],
    /// What codes asked for from the caller's address are counted in; `None` where it isn't known.
    address: Option<[u8; 32]>,
}

impl NewCode {
    pub fn make(here: &Here, flow: Id<FlowId>, origin: &Origin) -> Self {
        let text = here.ids.code(code::DIGITS);
        let address = origin.network().map(|network| here.config.keys.hash("auth.code_issue_address", &network));
        Self { flow, hash: hash(here, flow, &text), text, address }
    }
}

/// A code as it is kept: worth nothing without our key, and different in every flow.
pub(super) fn hash(here: &Here, flow: Id<FlowId>, text: &str) -> [u8; 32] {
    here.config.keys.hash("auth.code", &[flow.uuid().as_bytes().as_slice(), text.trim().as_bytes()].concat())
}

/// What codes to this contact are counted in. A device that its owner has used before has a count of its own, so that a
/// stranger who asks for codes in somebody's name can't keep them from theirs; any other device opens none.
pub(super) fn bucket(here: &Here, contact: &Contact, known: Option<Id<Device>>) -> Vec<u8> {
    let device = known.map(|id| id.uuid().as_bytes().to_vec()).unwrap_or_default();
    here.config.keys.hash("auth.code_issue", &[contact.as_str().as_bytes(), &[0], &device].concat()).to_vec()
}

/// Counts one more code against the contact and the address, or says how long to wait. Flows of one contact queue up here.
pub(super) async fn count_in(tx: &mut Tx, bucket: &[u8], code: &NewCode) -> Result<(), Fault> {
    count_against(tx, bucket, code::ISSUES).await?;
    match &code.address {
        Some(address) => count_against(tx, address, code::ISSUES_TO_ADDRESS).await,
        None => Ok(()),
    }
}

async fn count_against(tx: &mut Tx, bucket: &[u8], most: i32) -> Result<(), Fault> {
    let now = tx.now();
    match code_issues::count(tx, bucket, now.minus(code::WINDOW), most).await? {
        Some(oldest) => Err(Refusal::CodeTooSoon(seconds_until(oldest.plus(code::WINDOW), now)).into()),
        None => Ok(()),
    }
}

/// Keeps a new flow and has its code sent.
pub(super) async fn begin_in(tx: &mut Tx, flow: &Flow, code: &NewCode) -> Result<(), Fault> {
    flows::insert(tx, flow, &code.hash).await?;
    tell_in(tx, flow, code).await
}

/// Puts another code in the place of the one before and has it sent.
pub(super) async fn again_in(tx: &mut Tx, flow: &Flow, code: &NewCode) -> Result<(), Fault> {
    flows::reissue(tx, flow.id, &code.hash).await?;
    tell_in(tx, flow, code).await
}

/// Where nobody has the contact, another row is written instead of the fact's: the answer takes as long (A4).
async fn tell_in(tx: &mut Tx, flow: &Flow, code: &NewCode) -> Result<(), Fault> {
    if flow.user.is_none() {
        return flows::write_again(tx, flow.id).await;
    }
    let expires_at = tx.now().plus(code::LIFE);
    tx.publish(&CodeIssued {
        flow: flow.id,
        purpose: flow.purpose(),
        channel: flow.contact.channel(),
        to: flow.contact.as_str().to_owned(),
        code: code.text.clone(),
        locale: flow.locale,
        expires_at,
    })
}
