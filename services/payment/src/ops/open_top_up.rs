//! Opens a top-up: the intent is kept before any provider hears of it.

use contracts::ids::TopUp;
use garde::Validate;
use host::{Here, Mode};
use kernel::{Actor, Fault, Id, Money};
use serde::Deserialize;
use utoipa::ToSchema;

use super::start_top_up::StartTopUp;
use crate::{
    fault::Refusal,
    model::{provider::Provider, settings::Settings, top_up},
    ops::must_be_open,
    store::top_ups,
};

/// What to bring into the wallet, and through whom.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct OpenTopUp {
    #[garde(skip)]
    pub amount: Money,
    #[garde(skip)]
    pub method: Provider,
}

pub async fn open_top_up(here: &Here, actor: &Actor, cmd: OpenTopUp) -> Result<Id<TopUp>, Fault> {
    let user = actor.user()?;
    if !is_available(here, cmd.method) {
        return Err(Refusal::MethodUnavailable.into());
    }
    here.settings::<Settings>()?.top_up(cmd.amount)?;
    let top_up = top_up::TopUp::new(here.ids.next(), user, cmd.method, cmd.amount);
    host::write!(here.db, async |tx| {
        must_be_open(tx, user).await?;
        top_ups::insert(tx, &top_up).await?;
        tx.enqueue(&StartTopUp { top_up: top_up.id }, tx.now())?;
        tx.done(top_up.id).await?;
        Ok(top_up.id)
    })
}

/// Whom this node can ask for money.
pub fn methods(here: &Here) -> Vec<&'static str> {
    offered(here).map(Provider::name).collect()
}

/// The one of this name, where this node has it.
pub fn method(here: &Here, name: &str) -> Result<Provider, Refusal> {
    offered(here).find(|provider| provider.name() == name).ok_or(Refusal::MethodUnavailable)
}

fn offered(here: &Here) -> impl Iterator<Item = Provider> {
    Provider::ALL.iter().copied().filter(|provider| is_available(here, *provider))
}

/// Play money exists in development mode only (M5).
pub(super) fn is_available(here: &Here, provider: Provider) -> bool {
    !provider.is_play() || here.config.mode == Mode::Development
}
