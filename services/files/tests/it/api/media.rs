//! What was sent.

use contracts::{auth::AccountLocked, files::MediaDeleted};
use serde_json::json;

use crate::world::{MEDIA, at, document, form, id, objects, path, picture, ready, send, stage, upload, upload_private};

#[tokio::test]
async fn an_upload_is_its_owners_alone() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), stage.person());
    let media = path(&ready(&stage, &amina, 1).await);
    for stranger in [&baraka, &stage.person_with(vec![kernel::Role::Admin])] {
        stranger.get(&media).await.refused(404, "not_found");
        stranger.post(&format!("{media}/url"), json!({})).await.refused(404, "not_found");
        stranger.delete(&media).await.refused(404, "not_found");
        assert_eq!(stranger.get(MEDIA).await.ok()["items"], json!([]));
    }
    stage.anonymous().get(&media).await.refused(401, "unauthenticated");
    stage.anonymous().get(MEDIA).await.refused(401, "unauthenticated");
    assert_eq!(amina.get(&media).await.ok()["status"], "ready");
    amina.get(&format!("{MEDIA}/none")).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_deleted_upload_is_gone_with_every_variant() {
    let stage = stage().await;
    let amina = stage.person();
    let media = ready(&stage, &amina, 1).await;
    let url = at(&media["variants"][0]["url"]);
    assert_eq!(stage.anonymous().get(&url).await.status, 200);
    assert_eq!(amina.delete(&path(&media)).await.status, 204);
    amina.get(&path(&media)).await.refused(404, "not_found");
    amina.delete(&path(&media)).await.refused(404, "not_found");
    stage.settle().await;
    stage.anonymous().get(&url).await.refused(404, "not_found");
    assert_eq!(objects(&stage, ""), 0);
    let told = stage.told::<MediaDeleted>().await;
    assert_eq!((told.len(), told[0].media, told[0].version), (1, id(&media), 3));
}

#[tokio::test]
async fn the_list_of_my_uploads_has_pages_newest_first() {
    let stage = stage().await;
    let amina = stage.person();
    let mut sent = Vec::new();
    for shade in 0..5 {
        sent.insert(0, upload(&amina, &[&picture(shade)]).await[0]["id"].clone());
    }
    let (mut seen, mut next) = (Vec::new(), Some(format!("{MEDIA}?limit=2")));
    while let Some(page) = next {
        let page = amina.get(&page).await.ok();
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()));
        next = page["next_cursor"].as_str().map(|cursor| format!("{MEDIA}?limit=2&cursor={cursor}"));
    }
    assert_eq!(seen, sent);
}

#[tokio::test]
async fn f5_private_media_has_addresses_that_end_and_lead_nowhere_else() {
    let stage = stage().await;
    let amina = stage.person();
    let items = upload_private(&amina, &[&picture(1), &document()]).await;
    amina.post(&format!("{}/url", path(&items[1])), json!({})).await.refused(409, "files.not_ready");
    stage.settle().await;
    let [picture, papers] = [&items[0], &items[1]].map(|item| format!("{}/url", path(item)));
    let [picture, papers] = [amina.post(&picture, json!({})).await.ok(), amina.post(&papers, json!({})).await.ok()];
    assert_eq!((&papers["kind"], &papers["expires_at"]), (&json!("document"), &json!("2026-11-23T08:05:00Z")));
    let (papers, thumb) = (at(&papers["url"]), at(&picture["variants"][0]["url"]));
    let fetched = stage.anonymous().get(&papers).await;
    assert_eq!((fetched.status, fetched.text.as_bytes()), (axum::http::StatusCode::OK, document().as_slice()));
    assert_eq!(fetched.headers["content-type"], "application/pdf");
    assert_eq!(fetched.headers["cache-control"], "private, no-store");
    assert_eq!(stage.anonymous().get(&thumb).await.status, 200);
    let (bare, query) = papers.split_once('?').unwrap();
    let (other, mark) = (thumb.split_once('?').unwrap().0, query.split_once("mark=").unwrap().1);
    let forged = [
        bare.to_owned(),
        format!("{other}?{query}"),
        format!("{bare}?until=9999999999&mark={mark}"),
        format!("{bare}?until=x&mark={mark}"),
        papers.replace("mark=", "mark=A"),
        bare.replace("/private/", "/public/"),
    ];
    for forged in forged {
        stage.anonymous().get(&forged).await.refused(404, "not_found");
    }
    stage.advance(std::time::Duration::from_secs(299));
    assert_eq!(stage.anonymous().get(&papers).await.status, 200);
    stage.advance(std::time::Duration::from_secs(1));
    stage.anonymous().get(&papers).await.refused(404, "not_found");
}

#[tokio::test]
async fn x12_a_locked_account_neither_uploads_nor_deletes() {
    let stage = stage().await;
    let amina = stage.person();
    let media = path(&ready(&stage, &amina, 1).await);
    stage.tell(&AccountLocked { user: amina.id, version: 2 }).await;
    send(&amina, form("", &[&picture(2)])).await.refused(403, "files.account_locked");
    amina.delete(&media).await.refused(403, "files.account_locked");
    assert_eq!((objects(&stage, "incoming"), objects(&stage, "public")), (0, 6));
}
