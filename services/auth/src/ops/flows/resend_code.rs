//! Sends a flow's code again: another one, after 30, 60, then 120 seconds (A1).

use contracts::ids::Flow as FlowId;
use garde::Validate;
use host::{Here, Tx};
use kernel::{Fault, Id};
use serde::Deserialize;
use utoipa::ToSchema;

use super::issue_code::{self, Begun, NewCode};
use crate::{fault::Refusal, model::code::seconds_until, ops::sessions::Origin, store::flows};

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct ResendCode {
    #[garde(skip)]
    pub flow_id: Id<FlowId>,
}

pub async fn resend_code(here: &Here, cmd: ResendCode, origin: &Origin) -> Result<Begun, Fault> {
    let code = NewCode::make(here, cmd.flow_id, origin);
    host::write!(here.db, async |tx| { resend_in(tx, here, &code).await })?;
    Ok(Begun { flow_id: code.flow })
}

async fn resend_in(tx: &mut Tx, here: &Here, code: &NewCode) -> Result<(), Fault> {
    let (now, found) = (tx.now(), flows::lock(tx, code.flow).await?);
    let (flow, before) = found.ok_or_else(Fault::not_found)?;
    if before.is_used {
        return Err(Refusal::CodeUsed.into());
    }
    if now < before.next_issue_at() {
        return Err(Refusal::CodeTooSoon(seconds_until(before.next_issue_at(), now)).into());
    }
    issue_code::count_in(tx, &issue_code::buckets_of(here, &flow), code).await?;
    issue_code::again_in(tx, &flow, code).await
}
