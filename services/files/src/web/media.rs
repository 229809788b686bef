//! Objects: the same bytes for ever under a public address, and private ones for as long as their address is good.

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use host::{
    Here,
    http::{Answer, Query},
};
use kernel::Fault;
use serde::Deserialize;

use super::range::{Wanted, wanted};
use crate::views::objects::{self, Served};

/// The bytes have an address of their own, so whoever has them once may keep them.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const NOWHERE: &str = "private, no-store";

/// Anybody's.
pub async fn public(
    State(here): State<Here>,
    Path((media, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer<Response> {
    answer(&here, &objects::public(&here, &media, &file).await?, &headers, FOR_EVER).await
}

/// What makes a private address good.
#[derive(Debug, Deserialize)]
pub struct Mark {
    until: i64,
    mark: String,
}

/// Whoever has a good address.
pub async fn private(
    State(here): State<Here>,
    Path((media, file)): Path<(String, String)>,
    mark: Result<Query<Mark>, host::http::Problem>,
    headers: HeaderMap,
) -> Answer<Response> {
    let Query(mark) = mark.map_err(|_| Fault::not_found())?;
    let served = objects::private(&here, &media, &file, mark.until, &mark.mark).await?;
    answer(&here, &served, &headers, NOWHERE).await
}

/// Never anything a browser would run, whatever its bytes are.
async fn answer(here: &Here, served: &Served, headers: &HeaderMap, keep: &'static str) -> Answer<Response> {
    let tag = format!("\"{}\"", served.hash);
    let said = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let always = [
        (header::CACHE_CONTROL, keep.to_owned()),
        (header::ETAG, tag.clone()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin".to_owned()),
    ];
    if said(header::IF_NONE_MATCH)
        .is_some_and(|tags| tags.split(',').any(|one| [tag.as_str(), "*"].contains(&one.trim().trim_start_matches("W/"))))
    {
        return Ok((StatusCode::NOT_MODIFIED, always).into_response());
    }
    let is_current = said(header::IF_RANGE).is_none_or(|known| known == tag);
    let asked = match wanted(said(header::RANGE).filter(|_| is_current), served.size) {
        Wanted::Nothing => {
            let size = [(header::CONTENT_RANGE, format!("bytes */{}", served.size))];
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, always, size).into_response());
        }
        Wanted::Part(range) => Some(range),
        Wanted::Whole => None,
    };
    let (status, opened) = match asked {
        Some(range) => (StatusCode::PARTIAL_CONTENT, objects::open(here, served, Some(range)).await?),
        None => (StatusCode::OK, objects::open(here, served, None).await?),
    };
    let mut response = (status, always, Body::from_stream(opened.bytes)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(served.mime));
    headers.insert(header::CONTENT_LENGTH, (opened.range.end - opened.range.start).into());
    if status == StatusCode::PARTIAL_CONTENT {
        let range = format!("bytes {}-{}/{}", opened.range.start, opened.range.end - 1, opened.size);
        headers.insert(header::CONTENT_RANGE, HeaderValue::from_str(&range).map_err(Fault::internal)?);
    }
    Ok(response)
}
