//! Signing up: contacts, age, and what is kept of it.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use contracts::{
    auth::{AccountOpened, Channel, CodeIssued, CodePurpose, ContactsChanged},
    profile::{OpenProfile, Opened},
};
use futures_util::future::join_all;
use kernel::{Fault, Locale};
use serde_json::{Value, json};
use testkit::Stage;

use crate::world::{
    AMINA, PASSWORD, after, already, begin, code_for, count, is_kept, log_in, post, post_from, setting, sign_up, sign_up_as,
    stage, text, verify, wish,
};

#[tokio::test]
async fn a1_a_code_by_email_opens_the_account() {
    let stage = stage().await;
    let mut body = wish(" Amina@Example.com ");
    body["locale"] = json!("sw");
    let amina = sign_up_as(&stage, AMINA, body).await;
    let issued = &stage.told::<CodeIssued>().await[0];
    assert_eq!((issued.purpose, issued.channel, issued.locale), (CodePurpose::Register, Channel::Email, Locale::Sw));
    assert!(issued.code.len() == 6 && issued.code.bytes().all(|byte| byte.is_ascii_digit()));
    assert_eq!(issued.expires_at.since(stage.clock.now()), Duration::from_mins(10));
    let opened = &stage.told::<AccountOpened>().await[0];
    assert_eq!((opened.user, opened.version, opened.at), (amina.person.id, 1, stage.clock.now()));
    let contacts = &stage.told::<ContactsChanged>().await[0];
    assert_eq!((contacts.version, contacts.email.as_deref(), contacts.phone.as_deref()), (2, Some(AMINA), None));
    assert_eq!(contacts.locale, Locale::Sw);
    assert_eq!((&amina.tokens["token_type"], &amina.tokens["expires_in"]), (&json!("Bearer"), &json!(600)));
    assert_eq!(amina.person.get("/api/v1/auth/sessions").await.ok()["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn x15_a_phone_alone_signs_up_and_logs_in_however_it_is_written() {
    let stage = stage().await;
    let mut body = wish("0712 000 001");
    body.as_object_mut().unwrap().remove("password");
    let amina = sign_up_as(&stage, "+255712000001", body).await;
    let contacts = &stage.told::<ContactsChanged>().await[0];
    assert_eq!((contacts.email.as_deref(), contacts.phone.as_deref()), (None, Some("+255712000001")));
    let flow = begin(&stage, "login/code", json!({"identifier": "+255 712-000-001"})).await;
    let issued = stage.told::<CodeIssued>().await.pop().unwrap();
    assert_eq!((issued.channel, issued.purpose), (Channel::Sms, CodePurpose::Login));
    assert_eq!(verify(&stage, &flow, &issued.code).await.ok()["user_id"], json!(amina.person.id));
    // Without a password there is none to guess.
    log_in(&stage, "0712000001", PASSWORD, None).await.refused(401, "auth.wrong_credentials");
}

#[tokio::test]
async fn a1_registering_a_known_contact_answers_the_same_and_only_logs_in() {
    let stage = stage().await;
    let amina = sign_up(&stage, AMINA).await;
    let mut again = wish(AMINA);
    again["password"] = json!("ndizi nane za kijani");
    let reply = post(&stage, "register", again).await;
    assert_eq!((reply.status.as_u16(), reply.json.as_object().unwrap().len()), (202, 1));
    assert_eq!(stage.told::<CodeIssued>().await.pop().unwrap().purpose, CodePurpose::Login);
    let code = code_for(&stage, AMINA).await;
    let tokens = verify(&stage, text(&reply.json["flow_id"]), &code).await.ok();
    assert_eq!(tokens["user_id"], json!(amina.person.id));
    assert_eq!(stage.told::<AccountOpened>().await.len(), 1);
    log_in(&stage, AMINA, "ndizi nane za kijani", None).await.refused(401, "auth.wrong_credentials");
    log_in(&stage, AMINA, PASSWORD, None).await.ok();
}

#[tokio::test]
async fn a1_two_sign_ups_with_one_contact_make_one_account_of_whoever_proves_it_first() {
    let stage = stage().await;
    let first = begin(&stage, "register", wish(AMINA)).await;
    let first_code = code_for(&stage, AMINA).await;
    let mut other = wish(AMINA);
    other["password"] = json!("ndizi nane za kijani");
    let second = begin(&stage, "register", other).await;
    let second_code = code_for(&stage, AMINA).await;
    let tokens = verify(&stage, &second, &second_code).await.ok();
    assert_eq!(verify(&stage, &first, &first_code).await.ok()["user_id"], tokens["user_id"]);
    assert_eq!((stage.told::<AccountOpened>().await.len(), stage.told::<ContactsChanged>().await.len()), (1, 1));
    log_in(&stage, AMINA, PASSWORD, None).await.refused(401, "auth.wrong_credentials");
    log_in(&stage, AMINA, "ndizi nane za kijani", None).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn x3_ten_verifications_at_once_make_one_account_and_one_session() {
    let stage = stage().await;
    let flow = begin(&stage, "register", wish(AMINA)).await;
    let code = code_for(&stage, AMINA).await;
    let replies = join_all((0..10).map(|_| verify(&stage, &flow, &code))).await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 200).count(), 1);
    for reply in replies.iter().filter(|reply| reply.status != 200) {
        reply.refused(409, "auth.code_used");
    }
    assert_eq!(count(&stage, "select count(*) from auth.session").await, 1);
    assert_eq!(stage.told::<AccountOpened>().await.len(), 1);
}

#[tokio::test]
async fn x3_a_profile_that_fails_opens_nothing_and_the_same_code_tries_again_for_the_same_person() {
    let asked: Arc<Mutex<Vec<OpenProfile>>> = Arc::default();
    let kept = asked.clone();
    let stage = Stage::all(vec![auth::service()]).answering(move |ask: OpenProfile| {
        let mut asked = kept.lock().unwrap();
        asked.push(ask);
        if asked.len() == 1 { Err(Fault::unavailable(1, "down")) } else { Ok(Opened { username: "amina".into() }) }
    });
    let stage = stage.start().await;
    let mut body = wish(AMINA);
    body["username"] = json!("amina");
    let flow = begin(&stage, "register", body).await;
    let code = code_for(&stage, AMINA).await;
    verify(&stage, &flow, &code).await.refused(503, "unavailable");
    assert_eq!(count(&stage, "select count(*) from auth.account").await, 0);
    let tokens = verify(&stage, &flow, &code).await.ok();
    let asked = asked.lock().unwrap();
    assert_eq!((asked.len(), asked[0].user), (2, asked[1].user));
    assert_eq!(tokens["user_id"], json!(asked[1].user));
    assert_eq!((asked[1].username.as_deref(), asked[1].display_name.as_str()), (Some("amina"), "Amina"));
}

#[tokio::test]
async fn a11_a_child_is_refused_with_any_birth_date_and_nothing_but_a_hash_is_kept() {
    let stage = stage().await;
    let mut young = wish(AMINA);
    young["birth_date"] = json!("2014-01-01");
    post(&stage, "register", young).await.refused(422, "auth.too_young");
    post(&stage, "register", wish("Amina@example.com")).await.refused(422, "auth.too_young");
    assert!(!is_kept(&stage, "amina").await);
    assert_eq!(count(&stage, "select count(*) from auth.too_young").await, 1);
    stage.advance(Duration::from_hours(24 * 7));
    stage.settle().await;
    assert_eq!(count(&stage, "select count(*) from auth.too_young").await, 0);
    assert_eq!(post(&stage, "register", wish(AMINA)).await.status, 202);
}

#[tokio::test]
async fn a11_a_stranger_who_claims_a_contact_is_a_childs_stops_nobody_but_themselves() {
    let stage = stage().await;
    let (stranger, owner) = ("196.41.0.7:1", "196.41.0.8:1");
    let mut young = wish(AMINA);
    young["birth_date"] = json!("2014-01-01");
    post_from(&stage, stranger, "register", young).await.refused(422, "auth.too_young");
    post_from(&stage, "196.41.0.7:9999", "register", wish(AMINA)).await.refused(422, "auth.too_young");
    post_from(&stage, owner, "register", wish(AMINA)).await.ok();
    post_from(&stage, stranger, "register", wish("baraka@example.com")).await.ok();
}

#[tokio::test]
async fn a8_a_weak_password_is_refused_also_when_it_is_ones_own_name() {
    let stage = stage().await;
    for weak in ["password1", "Amina1994", "amina@example.com"] {
        let mut body = wish(AMINA);
        body["password"] = json!(weak);
        post(&stage, "register", body).await.refused(422, "auth.password_weak");
    }
    assert_eq!(count(&stage, "select count(*) from auth.flow").await, 0);
}

#[tokio::test]
async fn x8_bad_sign_ups_say_what_is_wrong() {
    let stage = setting().start().await;
    let with = |field: &str, value: Value| {
        let mut body = wish(AMINA);
        body[field] = value;
        body
    };
    for (body, pointer) in [
        (with("email", json!("amina")), "/email"),
        (with("phone", json!("+255712000001")), "/email"),
        (with("email", json!(null)), "/email"),
        (wish("12345"), "/phone"),
        (with("birth_date", json!("2030-01-01")), "/birth_date"),
        (with("birth_date", json!("1800-01-01")), "/birth_date"),
        (with("birth_date", json!("1994-02-30")), "/birth_date"),
        (with("display_name", json!("")), "/display_name"),
        (with("display_name", json!("Amina\u{0}")), "/display_name"),
        (with("display_name", json!("Amina\nYour code is 1")), "/display_name"),
        (with("display_name", json!("Amina\u{2028}Juma")), "/display_name"),
        (with("password", json!("x".repeat(129))), "/password"),
        (with("locale", json!("xx")), "/locale"),
    ] {
        let reply = post(&stage, "register", body).await;
        reply.refused(422, "invalid");
        assert_eq!(reply.json["errors"][0]["pointer"], pointer, "{}", reply.text);
    }
    post(&stage, "login/code", json!({"identifier": "amina"})).await.refused(422, "invalid");
    post(&stage, "verify", json!({"flow_id": "x", "code": "1"})).await.refused(422, "invalid");
}

#[tokio::test]
async fn x8_a_bad_contact_is_refused_in_the_same_words_wherever_it_is_given() {
    let stage = stage().await;
    let mut seen = Vec::new();
    for (path, body, pointer) in [
        ("login/code", json!({"identifier": "12345"}), "/identifier"),
        ("register", wish("12345"), "/phone"),
        ("register", wish("amina@"), "/email"),
    ] {
        let error = post(&stage, path, body).await.json["errors"][0].clone();
        assert_eq!((&error["pointer"], &error["code"]), (&json!(pointer), &json!("auth.contact_invalid")));
        seen.push(error["message"].clone());
    }
    assert!(seen.iter().all(|message| *message == seen[0]), "{seen:?}");
}

#[tokio::test]
async fn a3_codes_tokens_and_passwords_are_kept_as_hashes_only() {
    let stage = stage().await;
    let flow = begin(&stage, "register", wish(AMINA)).await;
    let code = code_for(&stage, AMINA).await;
    assert!(!is_kept(&stage, &code).await);
    let tokens = verify(&stage, &flow, &code).await.ok();
    for secret in [PASSWORD, text(&tokens["refresh_token"]), text(&tokens["device"]), text(&tokens["access_token"])] {
        assert!(!is_kept(&stage, secret).await);
    }
}

#[tokio::test]
async fn a11_a_child_is_recognised_until_the_old_key_is_dropped() {
    let before = stage().await;
    let mut young = wish(AMINA);
    young["birth_date"] = json!("2014-01-01");
    post(&before, "register", young).await.refused(422, "auth.too_young");
    post(&already(&before), "register", wish(AMINA)).await.refused(422, "auth.too_young");
    assert_eq!(post(&after(&before), "register", wish(AMINA)).await.status, 202);
}
