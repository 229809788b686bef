//! A word about what was just done, said on the next page and never again.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue};
use data_encoding::BASE64URL_NOPAD;
use host::{Config, http::cookies::Cookie};

const FLASH: Cookie = Cookie("flash");
/// Nobody wants to hear it later.
const LIFE: Duration = Duration::from_mins(1);

pub fn set(config: &Config, said: &str) -> HeaderValue {
    FLASH.set(config, &BASE64URL_NOPAD.encode(said.as_bytes()), LIFE)
}

pub fn read(config: &Config, headers: &HeaderMap) -> Option<String> {
    let bytes = BASE64URL_NOPAD.decode(FLASH.read(config, headers)?.as_bytes()).ok()?;
    String::from_utf8(bytes).ok().filter(|text| !text.is_empty())
}

pub fn clear(config: &Config) -> HeaderValue {
    FLASH.clear(config)
}
