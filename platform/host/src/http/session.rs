//! Sessions of the pages: the tokens of a login, carried in cookies and renewed on the way (A3).
//!
//! Only pages are identified so. The API takes `Authorization` and nothing else, hence nobody's browser can be made to call it.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, header};
use kernel::{Actor, Fault, Kind};

use super::{Gate, cookies::Cookie};
use crate::{
    config::Config,
    token::{RenewSession, Renewed},
};

const ACCESS: Cookie = Cookie("access");
const REFRESH: Cookie = Cookie("refresh");
const DEVICE: Cookie = Cookie("device");

/// As long as a refresh token lives, which is renewed with it.
const REFRESH_LIFE: Duration = Duration::from_hours(24 * 30);
/// As long as browsers keep anything.
const DEVICE_LIFE: Duration = Duration::from_hours(24 * 400);

/// Where pages aren't: what stands there is identified by a header, or not at all.
const ELSEWHERE: [&str; 3] = ["/api/", "/assets/", "/media/"];

/// Says that a request was identified by a cookie, which browsers send whoever made them: its forms must show that they are ours.
#[derive(Debug, Clone, Copy)]
pub struct ByCookie;

/// Who asks, and the cookies to answer with.
pub(super) struct Known {
    pub actor: Actor,
    pub cookies: Vec<HeaderValue>,
}

impl Known {
    pub fn plainly(actor: Actor) -> Self {
        Self { actor, cookies: Vec::new() }
    }
}

/// Whether cookies count for this path.
pub(super) fn is_page(path: &str) -> bool {
    !ELSEWHERE.iter().any(|prefix| path.starts_with(prefix))
}

/// The tokens of a login as cookies.
pub fn signed_in(config: &Config, access: &str, expires_in: u64, refresh: &str, device: &str) -> HeaderMap {
    let renewed = Renewed { access_token: access.into(), expires_in, refresh_token: refresh.into() };
    let cookies = tokens(config, &renewed).into_iter().chain([DEVICE.set(config, device, DEVICE_LIFE)]);
    cookies.map(|cookie| (header::SET_COOKIE, cookie)).collect()
}

/// No session any more; the device stays known.
pub fn signed_out(config: &Config) -> HeaderMap {
    no_tokens(config).into_iter().map(|cookie| (header::SET_COOKIE, cookie)).collect()
}

/// What an earlier login on this device left, for the next one.
pub fn device(config: &Config, headers: &HeaderMap) -> Option<String> {
    DEVICE.read(config, headers)
}

/// Who the cookies speak for. An access token that has run out is renewed here, so that no page and no form ever notices; a session
/// that is over leaves a stranger.
pub(super) async fn by_cookie(gate: &Gate, headers: &mut HeaderMap) -> Result<Known, Fault> {
    let config = &gate.config;
    let (access, refresh) = (ACCESS.read(config, headers), REFRESH.read(config, headers));
    if let Some(token) = &access {
        match gate.verifier.actor(token).await {
            Err(fault) if fault.kind() == Kind::Unauthenticated => {}
            known => return known.map(Known::plainly),
        }
    }
    let Some(refresh_token) = refresh else {
        let cookies = access.map(|_| no_tokens(config).into()).unwrap_or_default();
        return Ok(Known { actor: Actor::Anonymous, cookies });
    };
    match gate.verifier.renewed(RenewSession { refresh_token }).await {
        Ok(renewed) => {
            let actor = gate.verifier.actor(&renewed.access_token).await?;
            ACCESS.replace(config, headers, &renewed.access_token);
            Ok(Known { actor, cookies: tokens(config, &renewed).into() })
        }
        Err(fault) if fault.kind() == Kind::Unauthenticated => {
            Ok(Known { actor: Actor::Anonymous, cookies: no_tokens(config).into() })
        }
        Err(fault) => Err(fault),
    }
}

/// Whether an answer says itself which session there is from now on.
pub(super) fn is_set(config: &Config, headers: &HeaderMap) -> bool {
    ACCESS.is_set(config, headers)
}

fn tokens(config: &Config, renewed: &Renewed) -> [HeaderValue; 2] {
    let life = Duration::from_secs(renewed.expires_in);
    [ACCESS.set(config, &renewed.access_token, life), REFRESH.set(config, &renewed.refresh_token, REFRESH_LIFE)]
}

fn no_tokens(config: &Config) -> [HeaderValue; 2] {
    [ACCESS.clear(config), REFRESH.clear(config)]
}
