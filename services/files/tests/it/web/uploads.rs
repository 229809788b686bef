//! Pictures that come from a page.

use axum::{
    body::Body,
    http::{Request, header},
};
use testkit::{Person, Reply};

use crate::world::{BOUNDARY, MEDIA, document, form, objects, picture, send_to, stage, word};

const PAGE: &str = "text/html";
const SCRIPT: &str = "application/json";

async fn send(person: &Person, accept: &str, then: &str, files: &[&[u8]]) -> Reply {
    let before = word("csrf", "") + &word("then", then);
    send_to(person, "/uploads", accept, form(&before, files)).await
}

#[tokio::test]
async fn w2_a_form_brings_pictures_and_leads_back_with_their_ids() {
    let stage = stage().await;
    let amina = stage.person();
    let one = send(&amina, PAGE, "/compose?product=prd_1", &[&picture(1)]).await;
    let to = one.leads_to().to_owned();
    let id = to.strip_prefix("/compose?product=prd_1&media=med_").unwrap_or_else(|| panic!("{to}"));
    let two = send(&amina, PAGE, &to, &[&picture(2)]).await;
    assert!(two.leads_to().starts_with(&format!("/compose?product=prd_1&media=med_{id}%2Cmed_")), "{}", two.leads_to());
    stage.settle().await;
    let media = amina.get(&format!("{MEDIA}/med_{id}")).await.ok();
    assert_eq!(media["status"], "ready", "{media}");
    assert_eq!(send(&amina, PAGE, "//evil.example", &[&picture(3)]).await.leads_to().split('?').next(), Some("/"));
}

#[tokio::test]
async fn f2_a_script_is_told_the_ids_and_in_words_what_was_left_out() {
    let stage = stage().await;
    let amina = stage.person();
    let sent = send(&amina, SCRIPT, "/compose", &[&picture(1), b"no picture", &document()]).await.ok();
    let left_out = |at: usize| sent["ids"][at].is_null();
    assert!(!left_out(0) && left_out(1) && left_out(2), "in the order of the files: {sent}");
    let said = sent["said"].as_str().unwrap();
    assert!(said.starts_with("1 picture is ready to go.") && said.matches('.').count() > 1, "{said}");
}

#[tokio::test]
async fn f2_what_is_no_form_of_ours_is_refused_and_nothing_is_kept() {
    let stage = stage().await;
    let amina = stage.person();
    for (name, body) in [
        ("no token", form(&word("then", "/compose"), &[&picture(1)])),
        ("no way on", form(&word("csrf", ""), &[&picture(1)])),
        ("files first", form("", &[&picture(1)])),
        ("another word", form(&(word("csrf", "") + &word("then", "/compose") + &word("visibility", "private")), &[&picture(1)])),
    ] {
        send_to(&amina, "/uploads", SCRIPT, body).await.refused(400, "files.bad_form");
        assert_eq!(objects(&stage, ""), 0, "{name}");
    }
    let nothing = send(&amina, SCRIPT, "/compose", &[]).await;
    nothing.refused(422, "invalid");
    assert_eq!(nothing.json["errors"][0]["code"], "files.no_file");
    send(&stage.anonymous(), SCRIPT, "/compose", &[&picture(1)]).await.refused(401, "unauthenticated");
    assert!(send(&stage.anonymous(), PAGE, "/compose", &[&picture(1)]).await.leads_to().starts_with("/login"));
    assert_eq!(objects(&stage, ""), 0);
}

#[tokio::test]
async fn w7_a_browser_that_somebody_else_leads_uploads_nothing() {
    let stage = stage().await;
    let (amina, browser) = (stage.person(), stage.anonymous());
    let session = format!("nexgate-access={}", amina.token.as_ref().unwrap());
    let then = word("then", "/compose");
    for before in [word("csrf", "") + &then, word("csrf", "AAAA") + &then, then.clone(), String::new()] {
        let sent = Request::post("/uploads")
            .header(header::COOKIE, &session)
            .header(header::ACCEPT, SCRIPT)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"));
        browser.send(sent.body(Body::from(form(&before, &[&picture(1)]))).unwrap()).await.refused(403, "form_stale");
    }
    assert_eq!(objects(&stage, ""), 0);
}
