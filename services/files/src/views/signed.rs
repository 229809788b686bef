//! Addresses of private media: good for minutes, and for nothing but what they name.

use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use host::Here;
use kernel::{Fault, Timestamp};

/// What the mark under such an address is a keyed hash for.
const PURPOSE: &str = "files.url";
/// How long one is good.
pub const GOOD_FOR: Duration = Duration::from_mins(5);

/// The address of a private object until `until`. It always leads here, never to a CDN.
pub fn url(here: &Here, key: &str, until: Timestamp) -> String {
    let until = until.as_second();
    let mark = BASE64URL_NOPAD.encode(&here.config.keys.hash(PURPOSE, text(key, until).as_bytes()));
    format!("{}/media/{key}?until={until}&mark={mark}", here.config.public_url)
}

/// 404 unless the mark is ours, for this very object and time, and the time isn't over.
pub fn must_be_good(here: &Here, key: &str, until: i64, mark: &str) -> Result<(), Fault> {
    let mark = BASE64URL_NOPAD.decode(mark.as_bytes()).map_err(|_| Fault::not_found())?;
    let is_ours = here.config.keys.is_hash(PURPOSE, text(key, until).as_bytes(), &mark);
    if is_ours && here.clock.now().as_second() < until { Ok(()) } else { Err(Fault::not_found()) }
}

fn text(key: &str, until: i64) -> String {
    format!("{key}\n{until}")
}
