//! Reporting, what comes of it, and the moderators' desk.

use contracts::commerce::ProductExhibit;
use kernel::Role;
use serde_json::json;
use testkit::{Person, Stage};

use super::{SCRIPT, in_swahili};
use crate::world::person;

#[tokio::test]
async fn p8_a_report_is_made_decided_and_appealed_on_pages() {
    let stage = Stage::of(profile::service()).start().await;
    let (amina, baraka, dalila) = (person(&stage, "amina").await, person(&stage, "baraka").await, person(&stage, "dalila").await);
    let dalila = stage.again_with(&dalila, vec![Role::User, Role::Moderator]);
    amina.patch("/api/v1/users/me", json!({ "bio": SCRIPT })).await.ok();
    let id = amina.id.to_string();
    assert!(baraka.page("/users/amina").await.html().contains(&format!("/report?thing=user&amp;id={id}")));
    assert!(!amina.page("/users/amina").await.html().contains("/report?"));
    let path = format!("/report?thing=user&id={id}");
    assert!(stage.anonymous().page(&path).await.leads_to().starts_with("/login"));
    assert!(baraka.page(&path).await.html().contains("name=\"reason\" value=\"child_safety\""));
    let chiku = person(&stage, "chiku").await;
    assert_eq!(chiku.page(&path).await.status, 200);
    amina.put(&format!("/api/v1/users/{}/block", chiku.id)).await;
    assert_eq!(chiku.page(&path).await.status, 404, "what one doesn't see one doesn't report (X6)");
    let case = reported(&baraka, &id).await;
    let page = baraka.page(&case).await.html();
    assert!(page.contains("They asked for money") && page.contains("Moderators will look at it."), "{page}");
    assert_eq!(amina.page(&case).await.status, 404);
    assert!(baraka.page("/me/cases").await.html().contains(&case));

    // The desk is a moderator's.
    let desk = case.replace("/me/cases/", "/moderation/");
    for stranger in [&amina, &baraka] {
        assert_eq!(stranger.page("/moderation").await.status, 404);
        assert_eq!(stranger.page(&desk).await.status, 404);
        assert_eq!(stranger.form(&format!("{desk}/take"), &[]).await.status, 404);
        assert!(!stranger.page("/me").await.html().contains("href=\"/moderation\""));
    }
    assert!(dalila.page("/me").await.html().contains("href=\"/moderation\""));
    assert!(dalila.page("/moderation").await.html().contains(&desk));
    let seen = dalila.page(&desk).await.html();
    assert!(!seen.contains(SCRIPT) && seen.contains("alert(1)") && seen.contains("They asked for money"), "{seen}");
    assert!(!seen.contains(&format!("{desk}/decide")), "nobody has taken it");
    assert_eq!(dalila.form(&format!("{desk}/take"), &[]).await.leads_to(), desk);
    assert!(dalila.page("/moderation?queue=mine").await.html().contains(&desk));
    let decide = |outcome: &'static str, reason: &'static str| {
        [("outcome", outcome), ("reason", reason), ("statement", "Don't."), ("note", "First time")]
    };
    for (fields, said) in [
        (decide("withheld", ""), "Say what is wrong with it."),
        (decide("", "scam"), "Say what is decided."),
        (decide("kept", "scam"), "What is kept breaks no rule."),
    ] {
        let again = dalila.form(&format!("{desk}/decide"), &fields).await;
        assert!(again.status == 422 && again.text.contains(said) && again.text.contains("First time"), "{}", again.text);
    }
    assert_eq!(dalila.form(&format!("{desk}/decide"), &decide("withheld", "scam")).await.leads_to(), "/moderation");

    // Whose it is reads why, and asks for another look.
    let own = amina.page(&case).await.html();
    assert!(
        own.contains("Don&#39;t.") && own.contains("A scam") && !own.contains("First time") && !own.contains("baraka"),
        "{own}"
    );
    assert!(in_swahili(&amina, &case).await.contains("Kufichwa"));
    assert!(amina.page("/users/amina").await.html().contains("a moderator has hidden it"));
    assert_eq!(baraka.page("/users/amina").await.status, 404);
    let empty = amina.form(&format!("{case}/appeal"), &[("words", " ")]).await;
    assert!(empty.status == 422 && empty.text.contains("Say it in your own words."), "{}", empty.text);
    assert_eq!(amina.form(&format!("{case}/appeal"), &[("words", "It was a joke")]).await.leads_to(), case);
    let again = amina.page(&case).await.html();
    assert!(again.contains("Another moderator will look again") && !again.contains("/appeal\""), "{again}");
    assert!(!dalila.page("/moderation").await.html().contains(&desk), "who decided it doesn't decide it again");
    assert_eq!(amina.page(&format!("{case}/appeal")).await.leads_to(), case);
}

/// Reports somebody by the form, after some ways of filling it in that are refused; where it leads.
async fn reported(by: &Person, id: &str) -> String {
    // What is wrong is said where it is, and what was typed stays.
    let about = [("thing", "user"), ("id", id)];
    let with = |reason: &'static str, words: &'static str| [about.as_slice(), &[("reason", reason), ("words", words)]].concat();
    for (fields, said) in
        [(with("", "Look at this"), "Say what is wrong with it."), (with("other", " "), "Say it in your own words.")]
    {
        let again = by.form("/report", &fields).await;
        assert_eq!(again.status, 422);
        assert!(again.text.contains(said) && again.text.contains(&format!("value=\"{id}\"")), "{}", again.text);
    }
    let odd = [("thing", "planet"), ("id", id), ("reason", "spam"), ("words", "")];
    assert_eq!(by.form("/report", &odd).await.status, 404);
    let sent = by.form("/report", &with("scam", "They asked for money")).await;
    sent.leads_to().to_owned()
}

/// A service that is away is no missing thing.
#[tokio::test]
async fn p8_what_cannot_be_looked_at_now_can_be_reported_later() {
    let away = |_| Err(kernel::Fault::unavailable(1, "commerce is away"));
    let stage = Stage::of(profile::service()).answering::<ProductExhibit>(away).start().await;
    let baraka = person(&stage, "baraka").await;
    let report = json!({"thing": {"product": stage.id::<contracts::ids::Product>()}, "reason": "spam"});
    assert_eq!(baraka.post("/api/v1/reports", report).await.status, 503);
    assert_eq!(baraka.get("/api/v1/users/me/cases").await.ok()["items"], json!([]));
}
