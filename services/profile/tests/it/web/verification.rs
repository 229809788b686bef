//! Asking to be verified, and to have deals looked at, on pages; and the moderators' desk for both.

use axum::{
    body::Body,
    http::{Request, header},
};
use contracts::commerce::{OrderCompleted, OrderHead};
use kernel::{Currency, Money};
use testkit::{Part, Person, Reply, multipart};

use super::{SCRIPT, in_swahili};
use crate::world::{DOT, kept, moderator, person, stage};

const ASK: &str = "/me/verification/person";

async fn send(person: &Person, path: &str, parts: &[Part<'_>]) -> Reply {
    person.hand_in(path, "text/html", &[&[Part::Word("csrf", "")], parts].concat()).await
}

#[tokio::test]
async fn p6_somebody_asks_on_pages_and_a_moderator_decides_on_others() {
    let stage = stage().await;
    let (amina, dalila) = (person(&stage, "amina").await, moderator(&stage, "dalila").await);
    assert!(stage.anonymous().page(ASK).await.leads_to().starts_with("/login"));
    assert_eq!(amina.page("/me/verification/king").await.status, 404);
    assert!(amina.page("/me").await.html().contains("href=\"/me/verification\""));
    let page = amina.page("/me/verification").await.html();
    assert!(page.contains(ASK) && page.matches("Not yet").count() == 3, "{page}");
    assert!(amina.page(ASK).await.html().contains("enctype=\"multipart/form-data\""));
    // What is wrong is said where it is, and what was typed stays, whatever it is.
    let (name, words, paper) =
        (Part::Word("name", "Amina Juma Mushi"), Part::Word("words", SCRIPT), Part::File("documents", DOT));
    for (parts, said) in [
        (vec![words, paper], "Write the name on your papers."),
        (vec![name, words], "Choose 1 to 4 documents that show it."),
        (vec![name, words, Part::File("documents", b"<html>")], "A document is a whole JPEG, PNG, WebP or PDF file."),
    ] {
        let again = send(&amina, ASK, &parts).await;
        assert!(again.status == 422 && again.text.contains(said), "{said}: {}", again.text);
        assert!(!again.text.contains(SCRIPT) && again.text.contains("alert(1)"), "{}", again.text);
    }
    let sent = send(&amina, ASK, &[name, words, paper]).await;
    let own = sent.leads_to().to_owned();
    let page = amina.page(&own).await.html();
    assert!(page.contains("Amina Juma Mushi") && page.contains("1 document is kept.") && page.contains("/withdraw"), "{page}");
    assert!(!amina.page("/me/verification").await.html().contains(&format!("href=\"{ASK}\"")), "one at a time");

    let desk = own.replace("/me/", "/moderation/");
    for stranger in [&amina, &person(&stage, "baraka").await] {
        for path in ["/moderation/petitions", &desk] {
            assert_eq!(stranger.page(path).await.status, 404);
        }
        assert_eq!(stranger.form(&format!("{desk}/documents/1/open"), &[("reason", "Curious")]).await.status, 404);
    }
    assert!(dalila.page("/moderation").await.html().contains("/moderation/petitions"));
    assert!(dalila.page("/moderation/petitions").await.html().contains(&desk));
    let seen = dalila.page(&desk).await.html();
    assert!(!seen.contains(SCRIPT) && seen.contains("Amina Juma Mushi") && !seen.contains("/open\""), "{seen}");
    assert_eq!(dalila.form(&format!("{desk}/take"), &[]).await.leads_to(), desk);
    assert!(dalila.page("/moderation/petitions?queue=mine").await.html().contains(&desk));
    let opened = dalila.form(&format!("{desk}/documents/1/open"), &[("reason", "The name")]).await;
    assert_eq!((opened.bytes.as_slice(), opened.headers[header::CACHE_CONTROL].to_str().unwrap()), (DOT, "private, no-store"));
    assert_eq!(dalila.form(&format!("{desk}/documents/1/open"), &[("reason", " ")]).await.status, 422);
    decided(&dalila, &desk).await;
    let page = amina.page(&own).await.html();
    assert!(page.contains("For the name “amina”") && page.contains("Well done") && !page.contains("Fine"), "{page}");
    assert!(in_swahili(&amina, "/me/verification").await.contains("Limekubaliwa"));
    for path in ["/users/amina", "/me"] {
        assert!(amina.page(path).await.html().contains("Verified person"), "{path}");
    }
    assert!(in_swahili(&amina, "/users/amina").await.contains("Mtu aliyethibitishwa"));
    let revoke = dalila.form(&format!("{desk}/decide"), &decide("revoked", "misused")).await;
    assert_eq!(revoke.leads_to(), "/moderation/petitions");
    assert!(!amina.page("/users/amina").await.html().contains("Verified person"));
}

/// What a moderator fills in.
fn decide<'a>(outcome: &'a str, reason: &'a str) -> [(&'a str, &'a str); 5] {
    [("outcome", outcome), ("reason", reason), ("statement", "Well done"), ("note", "Fine"), ("shown_as", "amina")]
}

/// Approves it by the form, after some ways of filling it in that are refused.
async fn decided(by: &Person, desk: &str) {
    for (fields, said) in [
        (decide("", ""), "Say what is decided."),
        (decide("rejected", ""), "Say why."),
        (decide("approved", "forged"), "What is approved needs no reason."),
    ] {
        let again = by.form(&format!("{desk}/decide"), &fields).await;
        assert!(again.status == 422 && again.text.contains(said) && again.text.contains("Well done"), "{said}: {}", again.text);
    }
    assert_eq!(by.form(&format!("{desk}/decide"), &decide("approved", "")).await.leads_to(), "/moderation/petitions");
    assert!(by.page("/moderation/petitions?queue=decided").await.html().contains(desk));
}

#[tokio::test]
async fn p5_deals_are_chosen_on_a_page() {
    let stage = stage().await;
    let (amina, dalila) = (person(&stage, "amina").await, moderator(&stage, "dalila").await);
    assert!(amina.page("/me/trust/review").await.html().contains("No deal counts against you."));
    let head = OrderHead {
        order: stage.id(),
        version: 5,
        shop: stage.id(),
        shop_name: "Amina Fabrics".into(),
        seller: amina.id,
        buyer: stage.id(),
        title: "Kitenge dress".into(),
        quantity: 1,
        total: Money::new(5_000_000, Currency::TZS),
    };
    let order = head.order.to_string();
    stage.tell(&OrderCompleted { head, delivered_at: Some(stage.clock.now()), late: true }).await;
    let page = amina.page("/me/trust/review").await.html();
    assert!(page.contains(&format!("value=\"{order}\"")) && page.contains("TZS 50,000"), "{page}");
    let (deal, words) = (Part::Word("deals", &order), Part::Word("words", "The bus had an accident."));
    let again = send(&amina, "/me/trust/review", &[words]).await;
    assert!(
        again.status == 422 && again.text.contains("Choose at least one deal.") && again.text.contains("accident"),
        "{}",
        again.text
    );
    let again = send(&amina, "/me/trust/review", &[deal]).await;
    assert!(again.status == 422 && again.text.contains("checked"), "{}", again.text);
    let own = send(&amina, "/me/trust/review", &[deal, words]).await.leads_to().to_owned();
    let desk = own.replace("/me/", "/moderation/");
    dalila.form(&format!("{desk}/take"), &[]).await.leads_to();
    assert!(dalila.page(&desk).await.html().contains(&format!("name=\"{order}\"")));
    let approve = [("outcome", "approved"), ("reason", ""), ("shown_as", "")];
    let again = dalila.form(&format!("{desk}/decide"), &approve).await;
    assert!(again.status == 422 && again.text.contains("Choose at least one deal."), "{}", again.text);
    let approve = [approve.as_slice(), &[(order.as_str(), "on")]].concat();
    assert_eq!(dalila.form(&format!("{desk}/decide"), &approve).await.leads_to(), "/moderation/petitions");
    assert!(amina.page(&own).await.html().contains("1 deal doesn’t count any more."));
    assert!(amina.page("/me/trust/review").await.html().contains("Doesn’t count"));
    assert_eq!(amina.form(&format!("{own}/withdraw"), &[]).await.status, 409, "it is decided");
}

#[tokio::test]
async fn w7_a_browser_that_somebody_else_leads_hands_in_nothing() {
    let stage = stage().await;
    let (amina, browser) = (person(&stage, "amina").await, stage.anonymous());
    let session = format!("nexgate-access={}", amina.token.as_ref().unwrap());
    for path in [ASK, "/me/trust/review"] {
        for token in [Some("AAAA"), Some(""), None] {
            let token = token.map(|token| Part::Word("csrf", token));
            let parts = [Part::Word("name", "Amina"), Part::File("documents", DOT)];
            let (kind, body) = multipart(&token.into_iter().chain(parts).collect::<Vec<_>>());
            let sent = Request::post(path).header(header::COOKIE, &session).header(header::ACCEPT, "text/html");
            let refused = browser.send(sent.header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap()).await;
            assert!(refused.status == 403 && refused.text.contains("out of date"), "{path}: {}", refused.text);
        }
    }
    assert_eq!(kept(&stage).len(), 0);
}
