//! Idempotency keys (X2): a committed claim per (caller, method, route, key), marked done with the last effect.

use std::{fmt::Display, str::FromStr, time::Duration};

use axum::{
    extract::{FromRequest, MatchedPath, Request},
    http::{HeaderMap, request::Parts},
};
use garde::Validate;
use kernel::{Actor, Fault, Id, Kind, User};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Problem, body};
use crate::{
    here::Here,
    lease::{LEASE, held},
};

const DAY: Duration = Duration::from_hours(24);

tokio::task_local! {
    static CLAIM: Uuid;
}

/// The claim of the request being worked on, for `tx.done`.
pub(crate) fn current() -> Option<Uuid> {
    CLAIM.try_with(|claim| *claim).ok()
}

/// A JSON body under an idempotency key that is kept for `DAYS` after the first use.
#[derive(Debug)]
pub struct Once<T, const DAYS: u32 = 1> {
    body: T,
    claim: Claim,
}

/// Describes the header to OpenAPI: `params(IdempotencyKey)` stands on every route that takes `Once`.
#[derive(Debug, utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IdempotencyKey {
    /// 1 to 255 visible ASCII characters, new for every new wish. The same key with the same body shows the first success
    /// again, for a day, or 30 days where money moves.
    #[param(rename = "Idempotency-Key", example = "3f0c1f8e-5a53-4c0b-9d0a-6a1f3c8d2b17")]
    _key: String,
}

/// For routes that move money: the key is kept for 30 days.
pub type MoneyOnce<T> = Once<T, 30>;

#[derive(Debug)]
enum Claim {
    /// Ours to run.
    Fresh(Uuid),
    /// Ran before, and made this resource.
    Done(String),
}

impl<T, const DAYS: u32> FromRequest<Here> for Once<T, DAYS>
where
    T: DeserializeOwned + Validate<Context = ()> + Send,
{
    type Rejection = Problem;

    async fn from_request(request: Request, here: &Here) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let (caller, key) = (caller(&parts)?, key(&parts.headers)?);
        let bytes = body::read(Request::from_parts(parts.clone(), body), here.config.limits.body_bytes).await?;
        Self::claimed(here, &parts, Asked { caller, key, bytes: &bytes }, body::parse(&bytes)?).await
    }
}

/// Who asks, under which key, for what.
struct Asked<'a> {
    caller: Id<User>,
    key: String,
    bytes: &'a [u8],
}

impl<T, const DAYS: u32> Once<T, DAYS> {
    /// A form's wish, whose key is one of its fields; `bytes` is what it says besides.
    pub async fn of_form(here: &Here, parts: &Parts, key: &str, bytes: &[u8], body: T) -> Result<Self, Problem> {
        Self::claimed(here, parts, Asked { caller: caller(parts)?, key: checked_key(key)?, bytes }, body).await
    }

    async fn claimed(here: &Here, parts: &Parts, asked: Asked<'_>, body: T) -> Result<Self, Problem> {
        let Asked { caller, key, bytes } = asked;
        let route = parts.extensions.get::<MatchedPath>().map_or_else(String::new, |path| path.as_str().to_owned());
        let digest = Sha256::new().chain_update(parts.uri.path()).chain_update([0]).chain_update(bytes).finalize().to_vec();
        let wanted = Wanted { caller, method: parts.method.to_string(), route, key, digest, keep: DAY * DAYS };
        Ok(Self { body, claim: wanted.claim(here).await? })
    }

    /// Runs `work`, or, where this key has succeeded before, only names the resource it made then.
    ///
    /// The last transaction of `work` marks the claim with `tx.done(resource)`; a failure gives the key back.
    pub async fn run<R, W>(self, here: &Here, work: W) -> Result<R, Fault>
    where
        R: FromStr + Display,
        W: AsyncFnOnce(T) -> Result<R, Fault>,
    {
        let claim = match self.claim {
            Claim::Done(resource) => return resource.parse().map_err(|_| Fault::internal("a kept resource can't be read")),
            Claim::Fresh(claim) => claim,
        };
        let result = held(CLAIM.scope(claim, work(self.body)), || renew(here, claim)).await;
        if result.is_err() {
            give_back(here, claim).await?;
        }
        result
    }
}

struct Wanted {
    caller: Id<User>,
    method: String,
    route: String,
    key: String,
    digest: Vec<u8>,
    keep: Duration,
}

impl Wanted {
    /// Doesn't wait for the disk: what the request does comes later in PostgreSQL's log, so no crash can lose a claim and keep its
    /// effect; and who finds their claim gone has no effect (`Tx::done`).
    async fn claim(&self, here: &Here) -> Result<Claim, Fault> {
        let (claim, now) = (here.ids.uuid(), here.clock.now());
        let claimed = sqlx::query_scalar!(
            "with unhurried as (
                 select set_config('synchronous_commit', 'off', true)
             )
             insert into kernel.idempotency as kept
                    (service, caller, method, route, key, claim, request, lease_until, expires_at)
             select $1, $2, $3, $4, $5, $6, $7, $8, $9
               from unhurried
             on conflict (service, caller, method, route, key) do update
                set claim = $6, request = $7, lease_until = $8, expires_at = $9, resource = null
              where kept.expires_at <= $10
                 or (kept.resource is null and kept.lease_until <= $10 and kept.request = $7)
             returning claim",
            here.db.service,
            self.caller.to_string(),
            self.method,
            self.route,
            self.key,
            claim,
            self.digest,
            now.plus(LEASE),
            now.plus(self.keep),
            now,
        )
        .fetch_optional(&here.db.pool)
        .await?;
        if claimed.is_some() { Ok(Claim::Fresh(claim)) } else { self.look(here).await }
    }

    /// Somebody has this key: the same request that succeeded, one still running, or another request.
    async fn look(&self, here: &Here) -> Result<Claim, Fault> {
        let kept = sqlx::query!(
            "select request, resource
               from kernel.idempotency
              where service = $1
                and caller = $2
                and method = $3
                and route = $4
                and key = $5",
            here.db.service,
            self.caller.to_string(),
            self.method,
            self.route,
            self.key,
        )
        .fetch_optional(&here.db.pool)
        .await?;
        match kept {
            Some(kept) if kept.request != self.digest => Err(Fault::new(
                Kind::Invalid,
                "idempotency_key_reused",
                "This Idempotency-Key was used for another request. Take a new one.",
            )),
            Some(kept) => kept.resource.map(Claim::Done).ok_or_else(still_running),
            None => Err(still_running()),
        }
    }
}

pub(crate) fn still_running() -> Fault {
    Fault::new(Kind::Conflict, "idempotency_key_in_use", "The first request with this Idempotency-Key is still running.")
        .retry_after(1)
}

/// Holds a claim longer; one that is done, or another request's by now, stays as it is.
async fn renew(here: &Here, claim: Uuid) -> Result<(), Fault> {
    sqlx::query!(
        "update kernel.idempotency
            set lease_until = $2
          where claim = $1
            and resource is null",
        claim,
        here.clock.now().plus(LEASE),
    )
    .execute(&here.db.pool)
    .await?;
    Ok(())
}

async fn give_back(here: &Here, claim: Uuid) -> Result<(), Fault> {
    sqlx::query!("delete from kernel.idempotency where claim = $1 and resource is null", claim).execute(&here.db.pool).await?;
    Ok(())
}

fn caller(parts: &Parts) -> Result<Id<User>, Fault> {
    parts.extensions.get::<Actor>().unwrap_or(&Actor::Anonymous).user()
}

fn key(headers: &HeaderMap) -> Result<String, Fault> {
    let missing = || Fault::new(Kind::Malformed, "idempotency_key_required", "Send an Idempotency-Key header.");
    let key = headers.get("idempotency-key").ok_or_else(missing)?;
    checked_key(key.to_str().unwrap_or_default())
}

fn checked_key(key: &str) -> Result<String, Fault> {
    if (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(key.to_owned())
    } else {
        Err(Fault::new(Kind::Malformed, "idempotency_key_invalid", "An Idempotency-Key has 1 to 255 visible ASCII characters."))
    }
}
