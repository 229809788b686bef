//! One's own notifications.

use std::{fmt::Write, time::Duration};

use axum::http::Method;
use contracts::{
    auth::{AccountLocked, AccountOpened, AccountUnlocked},
    commerce::OrderDelivered,
    profile::{
        Badge, CaseDecided, CaseParty, Followed, Mentioned, Outcome, PetitionOutcome, PetitionReason, ProfileChanged,
        RequestAccepted, ThingKind, TrustReviewed, UserModerated, VerificationDecided,
    },
};
use kernel::{Id, Locale};
use serde_json::{Value, json};
use testkit::{Person, Stage};

use crate::world::{contacts, face, inbox_of, market, person, sent_to, stage, unread};

/// Tells `reader` of `many` orders that arrived, a minute apart.
async fn orders(stage: &Stage, reader: &Person, many: usize) {
    let seller = person(stage, "seller").await;
    for _ in 0..many {
        stage.advance(Duration::from_mins(1));
        stage.tell(&OrderDelivered { head: market::head(stage, reader, &seller) }).await;
    }
}

fn path(item: &Value, verb: &str) -> String {
    format!("/api/v1/notifications/{}{verb}", item["id"].as_str().unwrap())
}

#[tokio::test]
async fn n2_notifications_come_in_pages_newest_first() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    orders(&stage, &amina, 5).await;
    let first = amina.get("/api/v1/notifications?limit=2").await.ok();
    let cursor = first["next_cursor"].as_str().unwrap();
    let rest = amina.get(&format!("/api/v1/notifications?limit=10&cursor={cursor}")).await.ok();
    let pages = [first["items"].as_array().unwrap().as_slice(), rest["items"].as_array().unwrap()].concat();
    assert_eq!((pages.clone(), &rest["next_cursor"]), (inbox_of(&amina).await, &json!(null)));
    let times: Vec<&str> = pages.iter().map(|item| item["at"].as_str().unwrap()).collect();
    assert!(times.len() == 5 && times.windows(2).all(|pair| pair[0] > pair[1]), "{times:?}");
    let item = &pages[0];
    assert!(item["id"].as_str().unwrap().starts_with("ntf_") && item["read_at"].is_null());
    assert!(item["link"].as_str().unwrap().starts_with("/orders/ord_"));
    assert_eq!(item["type"], "commerce.order_delivered");
}

#[tokio::test]
async fn a_cursor_of_somebody_else_is_refused() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    orders(&stage, &amina, 2).await;
    let page = amina.get("/api/v1/notifications?limit=1").await.ok();
    let cursor = page["next_cursor"].as_str().unwrap();
    baraka.get(&format!("/api/v1/notifications?cursor={cursor}")).await.refused(400, "invalid_cursor");
}

#[tokio::test]
async fn n2_read_unread_and_deleted_are_counted() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    orders(&stage, &amina, 3).await;
    assert_eq!(unread(&amina).await, 3);
    let items = inbox_of(&amina).await;
    assert_eq!(amina.post(&path(&items[0], "/read"), json!({})).await.status, 204);
    let read_at = inbox_of(&amina).await[0]["read_at"].clone();
    stage.advance(Duration::from_mins(1));
    assert_eq!(amina.post(&path(&items[0], "/read"), json!({})).await.status, 204);
    assert_eq!((unread(&amina).await, &inbox_of(&amina).await[0]["read_at"]), (2, &read_at), "reading twice is reading once");
    assert_eq!(amina.post(&path(&items[0], "/unread"), json!({})).await.status, 204);
    assert_eq!(unread(&amina).await, 3);
    assert_eq!(amina.delete(&path(&items[1], "")).await.status, 204);
    amina.delete(&path(&items[1], "")).await.refused(404, "not_found");
    assert_eq!((unread(&amina).await, inbox_of(&amina).await.len()), (2, 2));
    assert_eq!(amina.post("/api/v1/notifications/read-all", json!({})).await.status, 204);
    assert_eq!((unread(&amina).await, inbox_of(&amina).await.len()), (0, 2));
}

#[tokio::test]
async fn a_stranger_finds_nothing_and_the_anonymous_must_sign_in() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    orders(&stage, &amina, 1).await;
    let item = &inbox_of(&amina).await[0];
    let calls = [(Method::POST, "/read"), (Method::POST, "/unread"), (Method::DELETE, "")];
    for (method, verb) in calls {
        baraka.call(method.clone(), &path(item, verb), None, None).await.refused(404, "not_found");
        stage.anonymous().call(method.clone(), &path(item, verb), None, None).await.refused(401, "unauthenticated");
        amina.call(method, &format!("/api/v1/notifications/ntf_nothing{verb}"), None, None).await.refused(404, "not_found");
    }
    assert_eq!(baraka.post("/api/v1/notifications/read-all", json!({})).await.status, 204);
    assert_eq!((inbox_of(&baraka).await.len(), unread(&baraka).await, unread(&amina).await), (0, 0, 1));
    for path in ["/api/v1/notifications", "/api/v1/notifications/unread-count"] {
        stage.anonymous().get(path).await.refused(401, "unauthenticated");
    }
    stage.anonymous().post("/api/v1/notifications/read-all", json!({})).await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn n7_a_changed_language_shows_at_once_in_the_app_and_in_what_goes_out() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    orders(&stage, &amina, 1).await;
    assert_eq!(inbox_of(&amina).await[0]["title"], "Your order has arrived");
    stage.tell(&contacts(&amina, 2, Some("amina@example.com"), None, Locale::Sw)).await;
    assert_eq!(inbox_of(&amina).await[0]["title"], "Oda yako imefika");
    orders(&stage, &amina, 1).await;
    assert_eq!(sent_to(&stage, "amina@example.com").await[0]["subject"], "Oda yako imefika");
}

#[tokio::test]
async fn n7_the_language_and_the_time_zone_that_somebody_chose_come_first() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    orders(&stage, &amina, 1).await;
    let hour = async || {
        let body = inbox_of(&amina).await[0]["body"].as_str().unwrap().to_owned();
        let (before, _) = body.rsplit_once(':').unwrap();
        before[before.len() - 2..].parse::<u32>().unwrap()
    };
    let at_home = hour().await;
    let chosen = ProfileChanged { locale: Some(Locale::Sw), time_zone: Some("Asia/Dubai".into()), ..face(&amina, 2, "amina") };
    stage.tell(&chosen).await;
    assert_eq!(inbox_of(&amina).await[0]["title"], "Oda yako imefika");
    assert_eq!(hour().await, (at_home + 1) % 24, "Dubai is an hour ahead of East Africa");
    // Whatever language they log in with later.
    stage.tell(&contacts(&amina, 2, Some("amina@example.com"), None, Locale::En)).await;
    orders(&stage, &amina, 1).await;
    let mail = &sent_to(&stage, "amina@example.com").await[0];
    assert_eq!(mail["subject"], "Oda yako imefika");
}

/// What moderators decide, of one post and of one shop.
async fn decisions(stage: &Stage, reporter: &Person, owner: &Person) {
    let case = Id::from_uuid(uuid::Uuid::from_u128(70));
    let told = [
        (owner, CaseParty::Owner, ThingKind::Post, Outcome::Withheld),
        (owner, CaseParty::Owner, ThingKind::Post, Outcome::Kept),
        (owner, CaseParty::Owner, ThingKind::Shop, Outcome::Warned),
        (reporter, CaseParty::Reporter, ThingKind::Post, Outcome::Withheld),
        (reporter, CaseParty::Reporter, ThingKind::Post, Outcome::Kept),
    ];
    for (version, ((user, party, thing, outcome), is_last)) in
        (2..).zip(told.iter().flat_map(|one| [(*one, false), (*one, true)]))
    {
        let appeal_until = (!is_last).then(|| stage.clock.now());
        let fact = CaseDecided { case, version, user: user.id, party, thing, outcome, reason: None, appeal_until };
        stage.tell(&fact).await;
        // Told again it is the same news.
        stage.tell(&fact).await;
    }
}

/// What moderators decide of what somebody asked about themselves.
async fn petitions(stage: &Stage, user: &Person) {
    let petition = Id::from_uuid(uuid::Uuid::from_u128(80));
    let outcomes = [(1, PetitionOutcome::Approved), (2, PetitionOutcome::Rejected), (3, PetitionOutcome::Revoked)];
    for (version, outcome) in outcomes {
        let reason = (outcome != PetitionOutcome::Approved).then_some(PetitionReason::Mismatch);
        let (user, badge, badges) = (user.id, Badge::Business, Vec::new());
        let verified = VerificationDecided { petition, user, version, badge, outcome, reason, badges };
        let reviewed = TrustReviewed { petition, user, version, outcome, reason, struck: 1 };
        // Told again it is the same news.
        for _ in 0..2 {
            stage.tell(&verified).await;
            stage.tell(&reviewed).await;
        }
    }
}

#[tokio::test]
async fn n7_every_type_in_english_and_in_swahili() {
    let stage = stage().await;
    let (buyer, seller, fan) = (person(&stage, "baraka").await, person(&stage, "amina").await, person(&stage, "chiku").await);
    for account in [&buyer, &seller] {
        stage.tell(&AccountOpened { user: account.id, version: 1, at: stage.clock.now() }).await;
    }
    stage.tell(&Followed { follower: fan.id, followee: seller.id, version: 1 }).await;
    stage.tell(&RequestAccepted { follower: buyer.id, followee: seller.id, version: 2 }).await;
    stage.tell(&Mentioned { user: fan.id, mentioned: seller.id, version: 3 }).await;
    decisions(&stage, &buyer, &seller).await;
    petitions(&stage, &seller).await;
    market::everything(&stage, &buyer, &seller).await;
    let mut text = String::new();
    for (version, locale) in [(2, Locale::En), (3, Locale::Sw)] {
        for (account, email) in [(&buyer, "baraka@example.com"), (&seller, "amina@example.com")] {
            stage.tell(&contacts(account, version, Some(email), None, locale)).await;
            writeln!(text, "# {} to {email}\n", locale.name()).unwrap();
            for item in inbox_of(account).await.iter().rev() {
                let link = item["link"].as_str().unwrap();
                let link = link.rsplit_once('_').map_or(link, |(start, _)| start);
                let part = |name: &str| item[name].as_str().unwrap().to_owned();
                writeln!(text, "{} {link}\n{}\n{}\n", part("type"), part("title"), part("body")).unwrap();
            }
        }
    }
    insta::assert_snapshot!(text);
}

#[tokio::test]
async fn p8_nobody_is_told_of_somebody_who_is_withheld_until_they_are_given_back() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    stage.tell(&Followed { follower: baraka.id, followee: amina.id, version: 1 }).await;
    let decided = |version, withheld| UserModerated { user: baraka.id, version, withheld };
    for (fact, shown) in [(decided(2, true), 0), (decided(1, false), 0), (decided(3, false), 1), (decided(3, true), 1)] {
        stage.tell(&fact).await;
        assert_eq!((inbox_of(&amina).await.len(), unread(&amina).await), (shown, i64::try_from(shown).unwrap()), "{fact:?}");
    }
    // What happens meanwhile goes out to nobody.
    stage.tell(&decided(4, true)).await;
    stage.tell(&contacts(&amina, 1, Some("amina@example.com"), None, Locale::En)).await;
    stage.tell(&Mentioned { user: baraka.id, mentioned: amina.id, version: 3 }).await;
    stage.settle().await;
    assert_eq!(inbox_of(&amina).await.len(), 0);
    assert!(!sent_to(&stage, "amina@example.com").await.iter().any(|mail| mail.to_string().contains("mentions you")));
}

#[tokio::test]
async fn x6_a_follower_who_is_locked_is_neither_shown_nor_counted_and_one_who_is_renamed_has_the_new_name() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    stage.tell(&Followed { follower: baraka.id, followee: amina.id, version: 1 }).await;
    let item = inbox_of(&amina).await[0].clone();
    assert_eq!(
        (&item["title"], item["link"].as_str().unwrap()),
        (&json!("baraka follows you"), &*format!("/users/{}", baraka.id))
    );
    stage.tell(&face(&baraka, 2, "baraka_juma")).await;
    assert_eq!(inbox_of(&amina).await[0]["title"], "baraka_juma follows you");
    stage.tell(&AccountLocked { user: baraka.id, version: 2 }).await;
    assert_eq!((inbox_of(&amina).await.len(), unread(&amina).await), (0, 0));
    stage.tell(&AccountUnlocked { user: baraka.id, version: 3 }).await;
    assert_eq!((inbox_of(&amina).await.len(), unread(&amina).await), (1, 1));
}
