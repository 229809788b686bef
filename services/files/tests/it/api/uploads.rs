//! What is sent.

use contracts::files::MediaReady;
use serde_json::json;

use crate::world::{MEDIA, document, form, id, objects, path, picture, send, stage, upload, upload_private, visible};

#[tokio::test]
async fn f1_of_many_files_each_has_its_own_result_whatever_they_are_called() {
    let stage = stage().await;
    let amina = stage.person();
    let html: &[u8] = b"<html><script>alert(1)</script></html>";
    let items = upload(&amina, &[&picture(1), html, &picture(2), &document(), b""]).await;
    let codes: Vec<_> = items.iter().map(|item| (item["status"].as_str().unwrap(), item["error"]["code"].clone())).collect();
    assert_eq!(
        codes,
        [
            ("processing", json!(null)),
            ("rejected", json!("files.unknown_format")),
            ("processing", json!(null)),
            ("rejected", json!("files.document_is_private")),
            ("rejected", json!("files.empty")),
        ]
    );
    stage.settle().await;
    let media = amina.get(&path(&items[0])).await.ok();
    assert_eq!((&media["status"], &media["kind"], &media["format"]), (&json!("ready"), &json!("picture"), &json!("png")));
    assert_eq!((&media["width"], &media["height"], &media["reason"]), (&json!(600), &json!(400), &json!(null)));
    let sizes: Vec<_> = media["variants"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["name"].as_str().unwrap(), one["width"].as_u64().unwrap(), one["height"].as_u64().unwrap()))
        .collect();
    assert_eq!(
        sizes,
        [
            ("thumb", 160, 107),
            ("thumb", 160, 107),
            ("small", 480, 320),
            ("small", 480, 320),
            ("medium", 600, 400),
            ("medium", 600, 400)
        ]
    );
    assert_eq!((objects(&stage, "public"), objects(&stage, "incoming")), (12, 0));
    let told = stage.told::<MediaReady>().await;
    assert_eq!(told.len(), 2);
    assert!(told.iter().all(|fact| fact.owner == amina.id && fact.version == 2 && fact.picture.is_some()));
}

#[tokio::test]
async fn f2_what_only_looks_like_a_picture_is_refused_when_it_is_looked_at() {
    let stage = stage().await;
    let amina = stage.person();
    let mut broken = picture(3);
    broken.truncate(broken.len() / 2);
    let items = upload(&amina, &[&broken]).await;
    stage.settle().await;
    let (code, is_late) = match items[0]["id"].as_str() {
        Some(_) => (amina.get(&path(&items[0])).await.ok()["reason"].clone(), true),
        None => (items[0]["error"]["code"].clone(), false),
    };
    assert_eq!(code, "files.damaged");
    assert_eq!(amina.get(&format!("{MEDIA}/usage")).await.ok()["used_bytes"], 0, "what is refused takes no room");
    assert_eq!(objects(&stage, ""), 0, "late: {is_late}");
}

#[tokio::test]
async fn x8_a_form_that_is_none_is_refused_and_nothing_is_kept() {
    let stage = stage().await;
    let amina = stage.person();
    let whole = form("", &[&picture(1)]);
    send(&amina, whole[..whole.len() - 40].to_vec()).await.refused(400, "files.bad_form");
    send(&amina, b"what?".to_vec()).await.refused(400, "files.bad_form");
    amina.post(MEDIA, json!({"file": "x"})).await.refused(400, "files.bad_form");
    send(&amina, form("", &[])).await.refused(422, "invalid");
    let odd = [
        ("files.unknown_visibility", visible("secret")),
        // Longer than any word that means something.
        ("files.unknown_visibility", visible(&format!("{:65}", "public"))),
        ("files.no_file", visible("public").replace("visibility", "file")),
    ];
    for (code, before) in odd {
        let refused = send(&amina, form(&before, &[&picture(1)])).await;
        refused.refused(422, "invalid");
        assert_eq!(refused.json["errors"][0]["code"], code);
    }
    send(&stage.anonymous(), form("", &[&picture(1)])).await.refused(401, "unauthenticated");
    assert_eq!(amina.get(MEDIA).await.ok()["items"], json!([]));
    assert_eq!(send(&amina, form(&visible(&format!("{:64}", "public")), &[&picture(1)])).await.status, 202);
}

#[tokio::test]
async fn an_eleventh_file_and_one_of_26_megabytes_are_refused_and_the_others_kept() {
    let stage = stage().await;
    let amina = stage.person();
    let (small, huge) = ((0..11).map(picture).collect::<Vec<_>>(), vec![0; 26_000_000]);
    let files: Vec<&[u8]> = small.iter().map(Vec::as_slice).collect();
    let items = upload(&amina, &files).await;
    assert_eq!(items[10]["error"]["code"], "files.too_many_files");
    assert!(items[..10].iter().all(|item| item["status"] == "processing"));
    let (twenty, one_more) = ([b"".as_slice(); 20], [b"".as_slice(); 21]);
    assert_eq!(upload(&amina, &twenty).await[19]["error"]["code"], "files.too_many_files");
    send(&amina, form("", &one_more)).await.refused(422, "files.too_many_files");
    let items = upload(&amina, &[&huge, &picture(50)]).await;
    assert_eq!((&items[0]["error"]["code"], &items[1]["status"]), (&json!("files.too_large"), &json!("processing")));
}

#[tokio::test]
async fn f7_the_same_bytes_are_one_upload_for_one_person_and_audience() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), stage.person());
    let items = upload(&amina, &[&picture(1), &picture(1)]).await;
    assert_eq!(id(&items[0]), id(&items[1]));
    stage.settle().await;
    let again = upload(&amina, &[&picture(1)]).await;
    assert_eq!((id(&again[0]), &again[0]["status"]), (id(&items[0]), &json!("ready")));
    assert_ne!(id(&upload(&baraka, &[&picture(1)]).await[0]), id(&items[0]));
    assert_ne!(id(&upload_private(&amina, &[&picture(1)]).await[0]), id(&items[0]));
    assert_eq!(objects(&stage, "incoming"), 2, "of the two that wait");
    amina.delete(&path(&items[0])).await;
    assert_ne!(id(&upload(&amina, &[&picture(1)]).await[0]), id(&items[0]), "what was deleted doesn't come back");
}

#[tokio::test]
async fn f7_nobody_keeps_more_than_their_quota_however_many_come_at_once() {
    let sizes: Vec<usize> = (0..8).map(|shade| picture(shade).len()).collect();
    let quota = sizes.iter().take(4).sum::<usize>() + 10;
    let stage = testkit::Stage::of(files::service())
        .with(move |config| {
            config.set_section("files", [("quota_bytes".to_owned(), i64::try_from(quota).unwrap().into())].into_iter().collect());
        })
        .start()
        .await;
    let amina = stage.person();
    let pictures: Vec<Vec<u8>> = (0..8).map(picture).collect();
    let one = async |bytes: &Vec<u8>| upload(&amina, &[bytes]).await.remove(0);
    let items = futures_util::future::join_all(pictures.iter().map(one)).await;
    let kept = items.iter().filter(|item| item["id"].is_string()).count();
    let refused = items.iter().filter(|item| item["error"]["code"] == "files.quota_exceeded").count();
    assert!((3..=4).contains(&kept) && kept + refused == 8, "{kept} kept, {refused} refused");
    let usage = amina.get(&format!("{MEDIA}/usage")).await.ok();
    assert!(usage["used_bytes"].as_u64().unwrap() <= quota as u64);
    assert_eq!((usage["quota_bytes"].as_u64().unwrap(), usage["count"].as_u64().unwrap()), (quota as u64, kept as u64));
    assert_eq!(objects(&stage, "incoming"), kept);
    stage.settle().await;
    for item in items.iter().filter(|item| item["id"].is_string()) {
        assert_eq!(amina.delete(&path(item)).await.status, 204);
    }
    assert_eq!(amina.get(&format!("{MEDIA}/usage")).await.ok()["used_bytes"], 0);
}

#[tokio::test]
async fn x8_uploads_have_places_and_patience_of_their_own() {
    let full = testkit::Stage::of(files::service()).with(|config| config.limits.uploads = 0).start().await;
    let amina = full.person();
    let shed = send(&amina, form("", &[&picture(1)])).await;
    shed.refused(503, "unavailable");
    assert!(shed.headers.contains_key("retry-after"));
    assert_eq!(amina.get(MEDIA).await.status, 200, "everything else goes on");
    let hasty = testkit::Stage::of(files::service()).with(|config| config.limits.request_seconds = 0).start().await;
    let amina = hasty.person();
    amina.get(MEDIA).await.refused(503, "unavailable");
    assert_eq!(upload(&amina, &[&picture(1)]).await[0]["status"], "processing");
}
