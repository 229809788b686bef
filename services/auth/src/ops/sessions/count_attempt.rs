//! Counts attempts to log in against the account, the device and the address (A7).

use contracts::ids::Device;
use host::{Here, Tx};
use kernel::{Fault, Id, User};

use super::Origin;
use crate::{
    fault::Refusal,
    model::{
        code::seconds_until,
        contact::Contact,
        throttle::{Against, Bucket},
    },
    store::throttles,
};

/// What one attempt counts against, each under every key: a count that was begun under one goes on under the next, and a change
/// of the master key gives nobody more tries.
#[derive(Debug)]
pub struct Targets(Vec<(Against, Vec<u8>)>);

impl Targets {
    /// Of a password: a device the person has used before has a count of its own, everybody else shares the account's.
    /// A contact nobody has is counted like one that somebody has.
    pub fn of_password(
        here: &Here,
        contact: &Contact,
        user: Option<Id<User>>,
        known: Option<Id<Device>>,
        origin: &Origin,
    ) -> Self {
        let subject = user.map_or_else(|| contact.as_str().as_bytes().to_vec(), |user| user.uuid().as_bytes().to_vec());
        let mut targets = Self::of_code(here, origin);
        targets.0.extend(match known {
            Some(device) => keys(here, Against::Device, device.uuid().as_bytes()),
            None => keys(here, Against::Account, &subject),
        });
        targets
    }

    /// Of a code: its flow has tries of its own, so only the address counts.
    pub fn of_code(here: &Here, origin: &Origin) -> Self {
        Self(origin.network().map(|network| keys(here, Against::Address, &network)).unwrap_or_default())
    }

    fn against(&self, bucket: &Bucket) -> Against {
        self.0.iter().find(|(_, key)| *key == bucket.key).map_or(Against::Account, |(against, _)| *against)
    }

    fn keys(&self) -> Vec<Vec<u8>> {
        self.0.iter().map(|(_, key)| key.clone()).collect()
    }
}

fn keys(here: &Here, against: Against, subject: &[u8]) -> Vec<(Against, Vec<u8>)> {
    let hashes = here.config.keys.hashes("auth.throttle", &[against.name().as_bytes(), subject].concat());
    hashes.into_iter().map(|key| (against, key)).collect()
}

/// Counts an attempt as failed before it is judged, or refuses it with the time to wait.
pub async fn count_in(tx: &mut Tx, targets: &Targets) -> Result<(), Fault> {
    let (now, buckets) = (tx.now(), throttles::lock(tx, &targets.keys()).await?);
    let open_at = buckets.iter().map(|bucket| bucket.open_at(targets.against(bucket))).max();
    if let Some(open_at) = open_at.filter(|open_at| *open_at > now) {
        return Err(Refusal::Throttled(seconds_until(open_at, now)).into());
    }
    let counted: Vec<Bucket> = buckets.iter().map(|bucket| bucket.counted(now)).collect();
    throttles::save(tx, &counted).await
}

/// The attempt was right after all.
pub async fn forgive_in(tx: &mut Tx, targets: &Targets) -> Result<(), Fault> {
    let buckets = throttles::lock_found(tx, &targets.keys()).await?;
    let forgiven: Vec<Bucket> = buckets.iter().map(|bucket| bucket.forgiven(targets.against(bucket))).collect();
    throttles::save(tx, &forgiven).await
}
