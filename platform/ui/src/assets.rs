//! Files built in: style, script and icons, each under an address that changes with its content.

use std::{fmt::Write, sync::LazyLock};

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use host::http::Problem;
use kernel::Fault;
use sha2::{Digest, Sha256};

/// A file as it is, and compressed ahead of time.
struct Asset {
    name: &'static str,
    media_type: &'static str,
    plain: &'static [u8],
    gzip: &'static [u8],
    brotli: &'static [u8],
    version: LazyLock<String, fn() -> String>,
}

macro_rules! asset {
    ($name:literal, $media_type:literal) => {
        Asset {
            name: $name,
            media_type: $media_type,
            plain: include_bytes!(concat!("../web/dist/", $name)),
            gzip: include_bytes!(concat!("../web/dist/", $name, ".gz")),
            brotli: include_bytes!(concat!("../web/dist/", $name, ".br")),
            version: LazyLock::new(|| version(include_bytes!(concat!("../web/dist/", $name)))),
        }
    };
}

static ASSETS: [Asset; 3] = [
    asset!("app.css", "text/css; charset=utf-8"),
    asset!("app.js", "text/javascript; charset=utf-8"),
    asset!("icon.svg", "image/svg+xml"),
];

fn version(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).fold(String::new(), |mut text, byte| {
        // Writing to a text can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub fn routes() -> Router {
    Router::new().route("/assets/{version}/{name}", get(show))
}

/// Where a file is; one that isn't built in is nowhere.
pub fn address(name: &str) -> String {
    let found = ASSETS.iter().find(|asset| asset.name == name);
    found.map_or_else(String::new, |asset| format!("/assets/{}/{name}", *asset.version))
}

/// A node of another version may have written the address: then the file is shown as it is here, and not kept.
async fn show(Path((version, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return Problem(Fault::not_found()).into_response();
    };
    let is_current = *asset.version == version;
    let kept = if is_current { "public, max-age=31536000, immutable" } else { "no-cache" };
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (coding, bytes) = coded(asset, accepts);
    let mut response = (StatusCode::OK, bytes).into_response();
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type));
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    answer.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(coding) = coding {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// The smallest form the caller takes; `q=0` is what no browser sends.
fn coded(asset: &Asset, accepts: &str) -> (Option<&'static str>, &'static [u8]) {
    let takes = |coding| accepts.split(',').any(|one| one.split(';').next().is_some_and(|name| name.trim() == coding));
    if takes("br") {
        (Some("br"), asset.brotli)
    } else if takes("gzip") {
        (Some("gzip"), asset.gzip)
    } else {
        (None, asset.plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w5_scripts_stay_within_their_budget() {
        let script = ASSETS.iter().find(|asset| asset.name == "app.js").unwrap();
        assert!(script.gzip.len() <= 20 * 1024, "{} bytes", script.gzip.len());
    }

    #[test]
    fn an_address_names_the_content() {
        let address = address("app.css");
        let parts: Vec<&str> = address.split('/').collect();
        assert!(parts[1] == "assets" && parts[2].len() == 16 && parts[3] == "app.css", "{address}");
        assert_eq!(super::address("nothing.js"), "");
    }

    #[test]
    fn the_smallest_form_is_sent_that_the_caller_takes() {
        let coding = |accepts| coded(&ASSETS[0], accepts).0;
        assert_eq!(coding("gzip, deflate, br"), Some("br"));
        assert_eq!(coding("gzip;q=1.0, deflate"), Some("gzip"));
        assert_eq!(coding("identity"), None);
        assert_eq!(coding("brotli"), None);
    }
}
