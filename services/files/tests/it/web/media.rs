//! The bytes themselves.

use axum::{
    body::Body,
    http::{Method, Request},
};
use testkit::{Person, Reply};

use crate::world::{at, path, picture, ready, stage, upload};

async fn fetch(person: &Person, url: &str, headers: &[(&str, &str)]) -> Reply {
    let request = headers
        .iter()
        .fold(Request::builder().method(Method::GET).uri(url), |request, (name, value)| request.header(*name, *value));
    person.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn f5_what_is_public_is_served_to_anybody_and_may_be_kept_for_ever() {
    let stage = stage().await;
    let amina = stage.person();
    let media = ready(&stage, &amina, 1).await;
    for variant in media["variants"].as_array().unwrap() {
        let served = stage.anonymous().get(&at(&variant["url"])).await;
        assert_eq!(served.status, 200);
        let mime = if variant["format"] == "webp" { "image/webp" } else { "image/jpeg" };
        assert_eq!(served.headers["content-type"], mime);
        assert_eq!(served.headers["cache-control"], "public, max-age=31536000, immutable");
        assert_eq!(served.headers["x-content-type-options"], "nosniff");
        assert_eq!(served.headers["content-security-policy"], "default-src 'none'; sandbox");
    }
    let url = at(&media["variants"][0]["url"]);
    let tag = stage.anonymous().get(&url).await.headers["etag"].to_str().unwrap().to_owned();
    assert_eq!(fetch(&stage.anonymous(), &url, &[("if-none-match", &tag)]).await.status, 304);
    assert_eq!(fetch(&stage.anonymous(), &url, &[("if-none-match", "\"other\"")]).await.status, 200);
}

#[tokio::test]
async fn f5_a_part_is_served_where_a_part_is_wanted() {
    let stage = stage().await;
    let url = at(&ready(&stage, &stage.person(), 1).await["variants"][0]["url"]);
    let whole = fetch(&stage.anonymous(), &url, &[]).await;
    let size: usize = whole.headers["content-length"].to_str().unwrap().parse().unwrap();
    let part = fetch(&stage.anonymous(), &url, &[("range", "bytes=0-3")]).await;
    assert_eq!((part.status.as_u16(), part.text.as_str()), (206, "RIFF"));
    assert_eq!(part.headers["content-range"], format!("bytes 0-3/{size}"));
    let stale = fetch(&stage.anonymous(), &url, &[("range", "bytes=0-3"), ("if-range", "\"other\"")]).await;
    assert_eq!((stale.status.as_u16(), stale.headers["content-length"].to_str().unwrap()), (200, size.to_string().as_str()));
    let past = fetch(&stage.anonymous(), &url, &[("range", "bytes=99999999-")]).await;
    assert_eq!(
        (past.status.as_u16(), past.headers["content-range"].to_str().unwrap()),
        (416, format!("bytes */{size}").as_str())
    );
}

#[tokio::test]
async fn f6_nothing_is_served_before_it_is_ready_and_nothing_beside_it() {
    let stage = stage().await;
    let amina = stage.person();
    let item = upload(&amina, &[&picture(1)]).await.remove(0);
    let media = amina.get(&path(&item)).await.ok();
    assert_eq!((media["status"].as_str().unwrap(), media["variants"].as_array().unwrap().len()), ("processing", 0));
    let id = media["id"].as_str().unwrap();
    let odd = [
        format!("/media/public/{id}/bytes"),
        format!("/media/incoming/{id}/bytes"),
        format!("/media/public/..%2Fincoming%2F{id}/bytes"),
        format!("/media/public/{id}/..%2F..%2Fx-0123456789abcdef0123456789abcdef.webp"),
        "/media/public/%2e%2e/thumb-0123456789abcdef0123456789abcdef.webp".to_owned(),
        "/media/public/%00/thumb-0123456789abcdef0123456789abcdef.webp".to_owned(),
        format!("/media/public/{id}/thumb-0123456789abcdef0123456789abcdef.webp"),
    ];
    for odd in odd {
        stage.anonymous().get(&odd).await.refused(404, "not_found");
    }
}
