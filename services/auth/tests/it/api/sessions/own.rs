//! One's own sessions and devices (A5).

use axum::{
    body::Body,
    http::{Request, header},
};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

use crate::world::{AMINA, Member, PASSWORD, log_in, refresh, sign_up, stage, text};

const SESSIONS: &str = "/api/v1/auth/sessions";

const CHROME: &str = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36";

#[tokio::test]
async fn a5_sessions_are_listed_with_their_devices_and_signed_out_one_by_one() {
    let stage = stage().await;
    let first = sign_up(&stage, AMINA).await;
    let body = json!({"identifier": AMINA, "password": PASSWORD}).to_string();
    let request = Request::post("/api/v1/auth/login").header(header::USER_AGENT, CHROME).body(Body::from(body)).unwrap();
    let second = Member::of(&stage, stage.anonymous().send(request).await.ok());
    let list = first.person.get(SESSIONS).await.ok();
    let seen: Vec<(&Value, &Value)> =
        list["items"].as_array().unwrap().iter().map(|item| (&item["id"], &item["current"])).collect();
    assert_eq!(seen, [(&json!(second.session), &json!(false)), (&json!(first.session), &json!(true))]);
    assert_eq!(
        (&list["items"][0]["device_name"], &list["items"][0]["platform"]),
        (&json!("Chrome on Android"), &json!("android"))
    );
    let path = format!("{SESSIONS}/{}", second.session);
    for _ in 0..2 {
        assert_eq!(first.person.delete(&path).await.status, 204);
    }
    refresh(&stage, second.refresh_token()).await.refused(401, "auth.session_revoked");
    second.person.get(SESSIONS).await.refused(401, "token_revoked");
    assert_eq!(first.person.get(SESSIONS).await.ok()["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a5_all_other_sessions_end_at_once() {
    let stage = stage().await;
    let here = sign_up(&stage, AMINA).await;
    let mut others = Vec::new();
    for _ in 0..2 {
        others.push(Member::of(&stage, log_in(&stage, AMINA, PASSWORD, None).await.ok()));
    }
    assert_eq!(here.person.delete(SESSIONS).await.status, 204);
    for other in &others {
        refresh(&stage, other.refresh_token()).await.refused(401, "auth.session_revoked");
        other.person.get(SESSIONS).await.refused(401, "token_revoked");
    }
    refresh(&stage, here.refresh_token()).await.ok();
}

#[tokio::test]
async fn a5_somebody_elses_session_is_not_there() {
    let stage = stage().await;
    let (amina, baraka) = (sign_up(&stage, AMINA).await, sign_up(&stage, "+255712000002").await);
    let path = format!("{SESSIONS}/{}", amina.session);
    baraka.person.delete(&path).await.refused(404, "not_found");
    stage.anonymous().delete(&path).await.refused(401, "unauthenticated");
    for path in [SESSIONS, "/api/v1/auth/devices"] {
        stage.anonymous().get(path).await.refused(401, "unauthenticated");
        let own = baraka.person.get(path).await.ok();
        assert_eq!(own["items"].as_array().unwrap().len(), 1);
    }
    assert_eq!(baraka.person.delete(SESSIONS).await.status, 204);
    refresh(&stage, amina.refresh_token()).await.ok();
}

#[tokio::test]
async fn a5_a_device_that_proves_itself_is_the_same_and_any_other_is_new() {
    let stage = stage().await;
    let first = sign_up(&stage, AMINA).await;
    let baraka = sign_up(&stage, "baraka@example.com").await;
    let again = log_in(&stage, AMINA, PASSWORD, Some(first.device())).await.ok();
    assert_eq!((&again["device_id"], &again["device"]), (&first.tokens["device_id"], &first.tokens["device"]));
    // An id with another mark, or without one, and another person's device prove nothing.
    let mut forged = BASE64URL_NOPAD.decode(first.device().as_bytes()).unwrap();
    forged[47] ^= 1;
    for device in [&BASE64URL_NOPAD.encode(&forged), &BASE64URL_NOPAD.encode(&forged[..16]), baraka.device()] {
        let other = log_in(&stage, AMINA, PASSWORD, Some(device)).await.ok();
        assert!(other["device_id"] != first.tokens["device_id"] && other["device_id"] != baraka.tokens["device_id"]);
    }
    let devices = first.person.get("/api/v1/auth/devices").await.ok();
    assert_eq!(devices["items"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn a5_sessions_and_devices_come_in_pages() {
    let stage = stage().await;
    let amina = sign_up(&stage, AMINA).await;
    for _ in 0..2 {
        log_in(&stage, AMINA, PASSWORD, None).await.ok();
    }
    for path in [SESSIONS, "/api/v1/auth/devices"] {
        let first = amina.person.get(&format!("{path}?limit=2")).await.ok();
        let second = amina.person.get(&format!("{path}?limit=2&cursor={}", text(&first["next_cursor"]))).await.ok();
        let ids = |page: &Value| page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect::<Vec<_>>();
        let all = [ids(&first), ids(&second)].concat();
        assert!(all.len() == 3 && all.windows(2).all(|pair| text(&pair[0]) > text(&pair[1])), "{all:?}");
        assert!(second["next_cursor"].is_null());
    }
}
