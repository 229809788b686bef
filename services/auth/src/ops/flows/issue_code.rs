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
    /// What codes asked for from the caller's address are counted in, under each key; nothing where it isn't known.
    address: Vec<Vec<u8>>,
}

impl NewCode {
    pub fn make(here: &Here, flow: Id<FlowId>, origin: &Origin) -> Self {
        let text = here.ids.code(code::DIGITS);
        let network = origin.network();
        let address = network.map(|network| here.config.keys.hashes("auth.code_issue_address", &network)).unwrap_or_default();
        Self { flow, hash: here.config.keys.hash(CODE, &with_flow(flow, &text)), text, address }
    }
}

const CODE: &str = "auth.code";

/// A code that somebody typed, as the right one may have been kept: worth nothing without our keys, and different in every flow.
pub(super) fn hashes(here: &Here, flow: Id<FlowId>, typed: &str) -> Vec<Vec<u8>> {
    here.config.keys.hashes(CODE, &with_flow(flow, typed.trim()))
}

fn with_flow(flow: Id<FlowId>, text: &str) -> Vec<u8> {
    [flow.uuid().as_bytes().as_slice(), text.as_bytes()].concat()
}

const ISSUE: &str = "auth.code_issue";

/// What codes to this contact are counted in. A device that its owner has used before has a count of its own, so that a
/// stranger who asks for codes in somebody's name can't keep them from theirs; any other device opens none.
pub(super) fn bucket(here: &Here, contact: &Contact, known: Option<Id<Device>>) -> Vec<u8> {
    here.config.keys.hash(ISSUE, &counted(contact, known)).to_vec()
}

/// The same under each key.
pub(super) fn buckets(here: &Here, contact: &Contact, known: Option<Id<Device>>) -> Vec<Vec<u8>> {
    here.config.keys.hashes(ISSUE, &counted(contact, known))
}

fn counted(contact: &Contact, known: Option<Id<Device>>) -> Vec<u8> {
    let device = known.map(|id| id.uuid().as_bytes().to_vec()).unwrap_or_default();
    [contact.as_str().as_bytes(), &[0], &device].concat()
}

/// The same for a flow that has begun. A device's own count goes on under the key it began with.
pub(super) fn buckets_of(here: &Here, flow: &Flow) -> Vec<Vec<u8>> {
    let shared = buckets(here, &flow.contact, None);
    if shared.contains(&flow.bucket) { shared } else { vec![flow.bucket.clone()] }
}

/// Counts one more code against the contact and the address, or says how long to wait. Flows of one contact queue up here.
pub(super) async fn count_in(tx: &mut Tx, buckets: &[Vec<u8>], code: &NewCode) -> Result<(), Fault> {
    count_against(tx, buckets, code::ISSUES).await?;
    count_against(tx, &code.address, code::ISSUES_TO_ADDRESS).await
}

/// Every key's bucket counts, so that no change of the master key begins a count anew.
async fn count_against(tx: &mut Tx, buckets: &[Vec<u8>], most: i32) -> Result<(), Fault> {
    let now = tx.now();
    for bucket in in_order(buckets) {
        if let Some(oldest) = code_issues::count(tx, bucket, now.minus(code::WINDOW), most).await? {
            return Err(Refusal::CodeTooSoon(seconds_until(oldest.plus(code::WINDOW), now)).into());
        }
    }
    Ok(())
}

/// In the order of the hashes: nodes that differ in which key is current lock their rows in the same order.
fn in_order(buckets: &[Vec<u8>]) -> impl Iterator<Item = &Vec<u8>> {
    let mut sorted: Vec<&Vec<u8>> = buckets.iter().collect();
    sorted.sort_unstable();
    sorted.into_iter()
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
