//! A form's token: only who was given a page of this session can have it (OWASP: HMAC-based token pattern).

use axum::http::request::Parts;
use data_encoding::BASE64URL_NOPAD;
use host::{Here, http::session::ByCookie};
use kernel::{Actor, Fault, Id, Kind, Session};

const PURPOSE: &str = "ui.form";
/// What makes each page's token another, so that compression tells nobody what stands in it (BREACH).
const SALT: usize = 8;

/// A new token of this session.
pub(crate) fn token(here: &Here, session: Id<Session>) -> String {
    let salt: [u8; SALT] = here.ids.bytes();
    let mark = here.config.keys.hash(PURPOSE, &text(salt, session));
    BASE64URL_NOPAD.encode(&[salt.as_slice(), &mark].concat())
}

/// Refuses a form (403 `form_stale`) that isn't of the session whose cookie came with it. Who is identified by a header isn't a
/// browser that somebody else leads.
pub fn guard(here: &Here, parts: &Parts, token: &str) -> Result<(), Fault> {
    if parts.extensions.get::<ByCookie>().is_none() {
        return Ok(());
    }
    match parts.extensions.get::<Actor>().map(Actor::session) {
        Some(Ok(session)) if !is_ours(here, session, token) => {
            Err(Fault::new(Kind::Forbidden, "form_stale", "This page is out of date. Open it again and send the form once more."))
        }
        _ => Ok(()),
    }
}

fn is_ours(here: &Here, session: Id<Session>, token: &str) -> bool {
    let Ok(bytes) = BASE64URL_NOPAD.decode(token.as_bytes()) else { return false };
    let Some((salt, mark)) = bytes.split_first_chunk::<SALT>() else { return false };
    here.config.keys.is_hash(PURPOSE, &text(*salt, session), mark)
}

fn text(salt: [u8; SALT], session: Id<Session>) -> Vec<u8> {
    [salt.as_slice(), session.uuid().as_bytes()].concat()
}
