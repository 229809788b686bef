//! The pages: signing up, logging in, staying logged in, and nobody else's form.

use std::time::Duration;

use testkit::{Browser, Reply, Stage};

use crate::world::{AMINA, PASSWORD, code_for, sign_up, stage, wrong};

const NAME: &str = "nexgate-access";

/// Signs up in this browser, up to the code.
async fn ask_for_code(browser: &Browser, contact: &str) -> Reply {
    let form = browser.open("/signup?then=/products/prd_1").await.html();
    let fields = [("display_name", "Amina"), ("contact", contact), ("birth_date", "1994-05-17"), ("password", PASSWORD)];
    let asked = browser.fill_in(&form, "/signup", &fields).await;
    browser.open(asked.leads_to()).await
}

async fn joined(stage: &Stage) -> Browser {
    let browser = Browser::on(stage);
    let page = ask_for_code(&browser, AMINA).await.html();
    let code = code_for(stage, AMINA).await;
    assert_eq!(browser.fill_in(&page, "/verify", &[("code", &code)]).await.leads_to(), "/products/prd_1");
    browser
}

#[tokio::test]
async fn a1_somebody_signs_up_with_a_code_and_comes_back_to_where_they_were() {
    let stage = stage().await;
    let browser = joined(&stage).await;
    let sessions = browser.open("/sessions").await.html();
    assert!(sessions.contains("This device") && sessions.contains("action=\"/logout\""), "{sessions}");
    assert_eq!(browser.open("/").await.leads_to(), "/feed");
    for door in ["/signup", "/login", "/verify?flow=flw_00000000000000000000000007"] {
        assert_eq!(browser.open(door).await.leads_to(), "/feed", "{door}");
    }
    let nothing = browser.open("/nothing").await;
    assert!(
        nothing.status == 404 && nothing.text.contains("href=\"/feed\"") && !nothing.text.contains("/signup"),
        "{}",
        nothing.text
    );
    let out = browser.fill_in(&sessions, "/logout", &[]).await;
    assert_eq!((out.leads_to(), browser.cookie(NAME)), ("/", None));
    assert_eq!(browser.open("/sessions").await.leads_to(), "/login?then=%2Fsessions");
    assert!(browser.cookie("nexgate-device").is_some(), "the device stays known");
}

#[tokio::test]
async fn x15_a_phone_is_enough() {
    let stage = stage().await;
    let browser = Browser::on(&stage);
    let page = ask_for_code(&browser, "0712 000 001").await.html();
    let code = code_for(&stage, "+255712000001").await;
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    browser.fill_in(&page, "/verify", &[("code", &spaced)]).await.leads_to();
    assert!(browser.cookie(NAME).is_some());
}

#[tokio::test]
async fn w2_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays() {
    let stage = stage().await;
    let browser = Browser::on(&stage);
    let form = browser.open("/signup").await.html();
    let mistakes = [
        (("contact", "amina"), "Give an e-mail address, or a phone number", "contact-wrong"),
        (("birth_date", "1994-13-17"), "Give the day you were born on.", "birth_date-wrong"),
        (("birth_date", "2020-01-01"), "You need to be at least 13", "birth_date-wrong"),
        (("password", "password"), "This password is easy to guess", "password-wrong"),
        (("display_name", ""), "Fill this in.", "display_name-wrong"),
    ];
    for ((field, value), said, place) in mistakes {
        let right = [
            ("display_name", "<b>Amina</b>"),
            ("contact", "a@example.com"),
            ("birth_date", "1994-05-17"),
            ("password", PASSWORD),
        ];
        let fields = right.map(|(name, typed)| if name == field { (name, value) } else { (name, typed) });
        let page = browser.fill_in(&form, "/signup", &fields).await;
        assert_eq!(page.status, 422, "{field}={value}");
        assert!(page.text.contains(said) && page.text.contains(place), "{field}={value}: {}", page.text);
        assert!(!page.text.contains("<b>") && !page.text.contains(PASSWORD), "{}", page.text);
    }
}

#[tokio::test]
async fn a2_somebody_logs_in_with_a_password_or_a_code_and_wrong_ones_get_no_cookie() {
    let stage = stage().await;
    sign_up(&stage, AMINA).await;
    let browser = Browser::on(&stage);
    let form = browser.open("/login?then=//evil.example").await.html();
    let refused = browser.fill_in(&form, "/login", &[("identifier", AMINA), ("password", "something else")]).await;
    assert_eq!((refused.status.as_u16(), browser.cookie(NAME)), (422, None));
    assert!(refused.text.contains("The name or the password is wrong."), "{}", refused.text);
    let entered = browser.fill_in(&form, "/login", &[("identifier", AMINA), ("password", PASSWORD)]).await;
    assert_eq!(entered.leads_to(), "/", "nobody is led to another site");
    assert!(browser.cookie(NAME).is_some());
    assert_eq!(browser.open("/login?then=/wallet").await.leads_to(), "/wallet");

    let other = Browser::on(&stage);
    let asked = other.submit("/login/code", &[("identifier", AMINA), ("then", "/wallet")]).await;
    let page = other.open(asked.leads_to()).await.html();
    let code = code_for(&stage, AMINA).await;
    let missed = other.fill_in(&page, "/verify", &[("code", wrong(&code))]).await;
    assert!(missed.status == 422 && missed.text.contains("This code is wrong."), "{}", missed.text);
    assert_eq!(other.fill_in(&page, "/verify", &[("code", &code)]).await.leads_to(), "/wallet");
}

#[tokio::test]
async fn a1_another_code_can_be_had_after_a_while() {
    let stage = stage().await;
    let browser = Browser::on(&stage);
    let page = ask_for_code(&browser, AMINA).await.html();
    let early = browser.fill_in(&page, "/verify/resend", &[]).await;
    assert!(early.status == 429 && early.text.contains("Wait half a minute"), "{}", early.text);
    stage.advance(Duration::from_secs(31));
    let again = browser.fill_in(&page, "/verify/resend", &[]).await;
    let page = browser.open(again.leads_to()).await.html();
    assert!(page.contains("Another code is on its way."), "{page}");
    assert!(!browser.open(again.leads_to()).await.html().contains("on its way"), "said once");
}

#[tokio::test]
async fn a3_pages_go_on_when_the_access_token_has_run_out_and_forms_too() {
    let stage = stage().await;
    let browser = joined(&stage).await;
    let page = browser.open("/sessions").await.html();
    let first = browser.cookie(NAME).unwrap();
    stage.advance(Duration::from_mins(11));
    let done = browser.fill_in(&page, "/sessions/end-others", &[]).await;
    assert_eq!(done.leads_to(), "/sessions", "a form that was open for a while still works");
    let second = browser.cookie(NAME).unwrap();
    assert_ne!(first, second, "with another token");
    browser.forget(NAME);
    stage.advance(Duration::from_secs(1));
    browser.open("/sessions").await.html();
    assert!(browser.cookie(NAME).is_some_and(|token| token != second));
    stage.advance(Duration::from_mins(11));
    let third = browser.cookie(NAME);
    let nothing = browser.open("/nothing").await;
    assert!(nothing.status == 404 && browser.cookie(NAME) != third, "renewed whatever became of the request");
    stage.advance(Duration::from_hours(24 * 31));
    assert_eq!(browser.open("/sessions").await.leads_to(), "/login?then=%2Fsessions");
    assert_eq!((browser.cookie(NAME), browser.cookie("nexgate-refresh")), (None, None), "what is over is forgotten");
}

#[tokio::test]
async fn a5_a_session_that_was_ended_elsewhere_is_a_strangers() {
    let stage = stage().await;
    let browser = joined(&stage).await;
    let other = Browser::on(&stage);
    other.submit("/login", &[("identifier", AMINA), ("password", PASSWORD)]).await.leads_to();
    let page = other.open("/sessions").await.html();
    let there = page.split("/sessions/ses_").nth(1).and_then(|rest| rest.split('/').next()).unwrap();
    other.fill_in(&page, &format!("/sessions/ses_{there}/end"), &[]).await.leads_to();
    assert_eq!(browser.open("/sessions").await.leads_to(), "/login?then=%2Fsessions");
    other.open("/sessions").await.html();
}

#[tokio::test]
async fn w7_a_form_needs_its_sessions_own_token_and_our_own_site() {
    let stage = stage().await;
    let browser = joined(&stage).await;
    let page = browser.open("/sessions").await.html();
    let other = Browser::on(&stage);
    sign_up(&stage, "baraka@example.com").await;
    other.submit("/login", &[("identifier", "baraka@example.com"), ("password", PASSWORD)]).await.leads_to();
    let theirs = other.open("/sessions").await.html();
    for refused in [
        browser.submit("/logout", &[]).await,
        browser.submit("/logout", &[("csrf", "AAAA")]).await,
        browser.fill_in(&theirs, "/logout", &[]).await,
        browser.sending("sec-fetch-site", "cross-site").fill_in(&page, "/logout", &[]).await,
        browser.sending("origin", "https://evil.example").fill_in(&page, "/logout", &[]).await,
    ] {
        assert_eq!(refused.status, 403, "{}", refused.text);
        assert!(refused.text.contains("<h1>Not allowed</h1>"), "{}", refused.text);
    }
    let login = Browser::on(&stage).sending("sec-fetch-site", "cross-site");
    let refused = login.submit("/login", &[("identifier", AMINA), ("password", PASSWORD)]).await;
    assert_eq!((refused.status.as_u16(), login.cookie(NAME)), (403, None), "nobody is logged in by another site");
    browser.open("/sessions").await.html();
    browser.sending("sec-fetch-site", "same-origin").fill_in(&page, "/logout", &[]).await.leads_to();
}

#[tokio::test]
async fn w7_cookies_don_t_count_for_the_api() {
    let stage = stage().await;
    let browser = joined(&stage).await;
    let asked = browser.open("/api/v1/auth/sessions").await;
    asked.refused(401, "unauthenticated");
}

#[tokio::test]
async fn w3_a_reader_chooses_a_language_and_keeps_it() {
    let stage = stage().await;
    let browser = Browser::on(&stage);
    assert!(browser.sending("accept-language", "sw-TZ,sw;q=0.9").open("/login").await.html().contains("Karibu tena"));
    let page = browser.open("/login?then=/wallet").await.html();
    let back = browser.fill_in(&page, "/preferences", &[("lang", "sw")]).await;
    assert_eq!(back.leads_to(), "/login?then=/wallet");
    let page = browser.open("/login").await.html();
    assert!(page.contains("<html lang=\"sw\">") && page.contains("Karibu tena"), "{page}");
    let saving = browser.fill_in(&page, "/preferences", &[("data", "low")]).await;
    assert_eq!(saving.leads_to(), "/login");
    assert!(browser.open("/login").await.html().contains("<html lang=\"sw\" class=\"low-data\">"));
}

#[tokio::test]
async fn w7_every_page_says_what_it_may_load() {
    let stage = stage().await;
    let browser = Browser::on(&stage);
    for path in ["/", "/login", "/nothing", "/verify?flow=x"] {
        let page = browser.open(path).await;
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(page.headers["x-content-type-options"], "nosniff", "{path}");
        assert!(!page.text.contains("<style") && !page.text.contains(" style=") && !page.text.contains("<script>"), "{path}");
    }
}
