//! Reports, and what moderators decide of them (P8).

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use axum::http::Method;
use contracts::{
    auth::AccountErased,
    commerce::{ProductExhibit, ShopChanged, ShopExhibit},
    ids::{Post, Product, Shop},
    profile::{
        CaseDecided, CaseParty, Exhibit, Outcome, PostModerated, ProductModerated, ReportReason, ShopModerated, ThingKind,
        UserModerated,
    },
    social::PostExhibit,
};
use futures_util::future::join_all;
use kernel::{Id, User};
use serde_json::{Value, json};
use testkit::{Person, Stage};

use crate::world::{moderator, on_duty, person};

const CASES: &str = "/api/v1/moderation/cases";

/// A profile service whose neighbours show what is amina's: every post, product and shop but those nobody has.
async fn stage() -> (Stage, Person) {
    let owner = Arc::new(OnceLock::<Id<User>>::new());
    let shown = |owner: &OnceLock<Id<User>>, is_there: bool, words: &str| {
        let owner = *owner.get().unwrap();
        Ok(is_there.then(|| Exhibit { owner, title: String::new(), words: words.to_owned(), pictures: Vec::new() }))
    };
    let [posts, products, shops] = [owner.clone(), owner.clone(), owner.clone()];
    let stage = Stage::of(profile::service())
        .answering::<PostExhibit>(move |ask| shown(&posts, ask.post != nobodys(), "New dresses!"))
        .answering::<ProductExhibit>(move |ask| shown(&products, ask.product != nobodys(), "Cotton"))
        .answering::<ShopExhibit>(move |ask| shown(&shops, ask.shop != nobodys(), "Kitenge"))
        .start()
        .await;
    let amina = person(&stage, "amina").await;
    owner.set(amina.id).unwrap();
    (stage, amina)
}

fn nobodys<T>() -> Id<T> {
    Id::from_uuid(uuid::Uuid::from_u128(404))
}

async fn report(by: &Person, thing: Value, reason: &str) -> Value {
    by.post("/api/v1/reports", json!({"thing": thing, "reason": reason})).await.ok()
}

/// Takes a case and decides it.
async fn decide(by: &Person, case: &str, body: Value) -> Value {
    by.post(&format!("{CASES}/{case}/take"), json!({})).await.ok();
    by.post(&format!("{CASES}/{case}/decide"), body).await.ok()
}

fn id(case: &Value) -> &str {
    case["id"].as_str().unwrap()
}

async fn queue(by: &Person) -> Vec<String> {
    let page = by.get(CASES).await.ok();
    page["items"].as_array().unwrap().iter().map(|case| id(case).to_owned()).collect()
}

async fn decided(stage: &Stage) -> Vec<(Id<User>, CaseParty, Outcome)> {
    stage.settle().await;
    stage.told::<CaseDecided>().await.into_iter().map(|fact| (fact.user, fact.party, fact.outcome)).collect()
}

#[tokio::test]
async fn p8_what_is_reported_is_one_case_that_is_decided_once_and_everybody_it_concerns_is_told() {
    let (stage, amina) = stage().await;
    let (baraka, chiku) = (person(&stage, "baraka").await, person(&stage, "chiku").await);
    let (dalila, post) = (moderator(&stage, "dalila").await, stage.id::<Post>());
    let first = report(&baraka, json!({"post": post}), "spam").await;
    stage.advance(Duration::from_secs(1));
    assert_eq!(
        (&first["party"], &first["state"], &first["excerpt"]),
        (&json!("reporter"), &json!("open"), &json!("New dresses!"))
    );
    let second = report(&chiku, json!({"post": post}), "child_safety").await;
    assert_eq!(
        (id(&second), &second["excerpt"]),
        (id(&first), &json!("")),
        "the same case, and nothing of what the first one saw"
    );
    assert_eq!(id(&report(&baraka, json!({"post": post}), "spam").await), id(&first), "again");
    // Another post's is another one, and can wait for longer.
    let other = report(&baraka, json!({"post": stage.id::<Post>()}), "scam").await;
    assert_eq!(queue(&dalila).await, [id(&first), id(&other)]);
    let seen = dalila.get(&format!("{CASES}/{}", id(&first))).await.ok();
    assert_eq!((&seen["reports"], &seen["priority"], &seen["can_take"]), (&json!(2), &json!(0), &json!(true)));
    assert_eq!(seen["exhibit"]["words"], "New dresses!");

    let verdict = json!({"outcome": "withheld", "reason": "scam", "statement": "It isn't yours.", "note": "Third time"});
    dalila.post(&format!("{CASES}/{}/decide", id(&first)), verdict.clone()).await.refused(409, "profile.case_not_taken");
    let now = decide(&dalila, id(&first), verdict.clone()).await;
    assert_eq!((&now["state"], &now["yours_until"]), (&json!("decided"), &json!(null)));
    dalila.post(&format!("{CASES}/{}/decide", id(&first)), verdict).await.refused(409, "profile.case_settled");
    let told = decided(&stage).await;
    assert_eq!(told.len(), 3, "{told:?}");
    for one in [
        (amina.id, CaseParty::Owner, Outcome::Withheld),
        (baraka.id, CaseParty::Reporter, Outcome::Withheld),
        (chiku.id, CaseParty::Reporter, Outcome::Withheld),
    ] {
        assert!(told.contains(&one), "{told:?}");
    }
    let facts = stage.told::<PostModerated>().await;
    assert_eq!((facts.len(), facts[0].post, facts[0].withheld), (1, post, true));
    // What the moderator says is for the owner; what moderators say to each other for nobody else.
    let case = format!("/api/v1/users/me/cases/{}", id(&first));
    let (own, reporters) = (amina.get(&case).await.ok(), chiku.get(&case).await.ok());
    assert_eq!(
        (&own["decided"]["statement"], &own["party"], &own["reported"]),
        (&json!("It isn't yours."), &json!("owner"), &json!(null))
    );
    assert_eq!((&reporters["decided"]["outcome"], &reporters["decided"]["statement"]), (&json!("withheld"), &json!("")));
    assert!(
        !own.to_string().contains("Third")
            && !own.to_string().contains("chiku")
            && !own.to_string().contains(&chiku.id.to_string())
    );
    let log = dalila.get(&format!("{CASES}/{}", id(&first))).await.ok();
    let deeds: Vec<&Value> = log["log"].as_array().unwrap().iter().map(|line| &line["deed"]).collect();
    assert_eq!(deeds, ["took", "decided"]);
    assert_eq!(log["log"][1]["note"], "Third time");
}

#[tokio::test]
async fn p8_an_appeal_is_decided_by_a_different_moderator_and_gives_back_what_was_withheld() {
    let (stage, amina) = stage().await;
    let (baraka, product) = (person(&stage, "baraka").await, stage.id::<Product>());
    let (dalila, eshe) = (moderator(&stage, "dalila").await, moderator(&stage, "eshe").await);
    let case = report(&baraka, json!({"product": product}), "counterfeit").await;
    let appeal = format!("{CASES}/{}/appeal", id(&case));
    amina.post(&appeal, json!({"words": "It is mine."})).await.refused(404, "not_found");
    decide(&dalila, id(&case), json!({"outcome": "withheld", "reason": "counterfeit"})).await;
    baraka.post(&appeal, json!({"words": "More!"})).await.refused(409, "profile.no_appeal");
    eshe.post(&appeal, json!({"words": "Me too"})).await.refused(404, "not_found");
    let asked = amina.post(&appeal, json!({"words": "It is mine."})).await.ok();
    assert_eq!((&asked["state"], asked["appealed_at"].is_string()), (&json!("appealed"), true));
    amina.post(&appeal, json!({"words": "Again"})).await.refused(409, "profile.no_appeal");
    // Whoever decided it doesn't find it in their queue, and can't take it.
    assert_eq!((queue(&dalila).await.len(), queue(&eshe).await.len()), (0, 1));
    dalila.post(&format!("{CASES}/{}/take", id(&case)), json!({})).await.refused(409, "profile.case_own");
    let closed = decide(&eshe, id(&case), json!({"outcome": "kept"})).await;
    assert_eq!((&closed["state"], &closed["decisions"][0]["appeal"]["words"]), (&json!("closed"), &json!("It is mine.")));
    // Nobody is offered what would be refused: the first decision can be appealed, the last one by nobody.
    stage.settle().await;
    let offered =
        stage.told::<CaseDecided>().await.into_iter().map(|fact| (fact.user, fact.version, fact.appeal_until.is_some()));
    let (first, last): (Vec<_>, Vec<_>) = offered.partition(|(_, version, _)| *version == 3);
    assert!(first.contains(&(amina.id, 3, true)) && first.contains(&(baraka.id, 3, false)), "{first:?}");
    assert!(last.len() == 2 && last.iter().all(|(.., is_offered)| !is_offered), "{last:?}");
    let told: Vec<(bool, i64)> =
        stage.told::<ProductModerated>().await.iter().map(|fact| (fact.withheld, fact.version)).collect();
    assert_eq!(told, [(true, 1), (false, 2)]);
    let told = decided(&stage).await;
    assert_eq!(told.iter().filter(|one| one.0 == amina.id).count(), 2, "{told:?}");
    assert_eq!(told.iter().filter(|one| one.0 == baraka.id).count(), 2, "it has become something else: {told:?}");
}

#[tokio::test]
async fn p8_what_was_decided_and_done_is_only_added_to() {
    let (stage, _amina) = stage().await;
    let (baraka, dalila) = (person(&stage, "baraka").await, moderator(&stage, "dalila").await);
    let case = report(&baraka, json!({"post": stage.id::<Post>()}), "spam").await;
    decide(&dalila, id(&case), json!({"outcome": "kept"})).await;
    for rewriting in [
        "update profile.decision set outcome = 'withheld'",
        "delete from profile.decision",
        "truncate profile.decision",
        "update profile.moderation_log set note = ''",
        "delete from profile.moderation_log",
        "truncate profile.moderation_log",
        "update profile.petition_log set note = ''",
        "delete from profile.petition_log",
        "truncate profile.petition_log",
    ] {
        let mut role = stage.database.owner.acquire().await.unwrap();
        sqlx::query("set role nexgate_profile").execute(&mut *role).await.unwrap();
        let refused = sqlx::query(rewriting).execute(&mut *role).await.unwrap_err();
        // insufficient_privilege: PostgreSQL manual, appendix A.
        assert_eq!(refused.as_database_error().unwrap().code().unwrap(), "42501", "{rewriting}: {refused}");
        role.close().await.unwrap();
    }
}

#[tokio::test]
async fn p8_a_reporter_appeals_what_was_kept_and_the_owner_what_that_brings_about() {
    let (stage, amina) = stage().await;
    let (baraka, shop) = (person(&stage, "baraka").await, stage.id::<Shop>());
    let (dalila, eshe, farida) =
        (moderator(&stage, "dalila").await, moderator(&stage, "eshe").await, moderator(&stage, "farida").await);
    let opened = ShopChanged { shop, version: 1, owner: amina.id, handle: "amina_shop".into(), name: "Amina Fabrics".into() };
    stage.tell(&opened).await;
    let case = report(&baraka, json!({"shop": shop}), "scam").await;
    let appeal = format!("{CASES}/{}/appeal", id(&case));
    decide(&dalila, id(&case), json!({"outcome": "kept"})).await;
    assert_eq!(decided(&stage).await, [(baraka.id, CaseParty::Reporter, Outcome::Kept)], "the owner never learns of it");
    let own = format!("/api/v1/users/me/cases/{}", id(&case));
    amina.get(&own).await.refused(404, "not_found");
    assert_eq!(amina.get("/api/v1/users/me/cases").await.ok()["items"], json!([]));
    amina.post(&appeal, json!({"words": "What?"})).await.refused(404, "not_found");
    baraka.post(&appeal, json!({"words": "Look at the prices."})).await.ok();
    decide(&eshe, id(&case), json!({"outcome": "withheld", "reason": "scam"})).await;
    // Its owner's page leads nobody else to it.
    let links = async |by: &Person| by.get("/api/v1/users/amina").await.ok()["shops"].as_array().unwrap().len();
    assert_eq!((links(&baraka).await, links(&amina).await), (0, 1));
    // For the owner it is the first decision against them.
    assert!(amina.get(&own).await.ok()["appeal_until"].is_string());
    amina.post(&appeal, json!({"words": "They are right."})).await.ok();
    for decided_before in [&dalila, &eshe] {
        decided_before.post(&format!("{CASES}/{}/take", id(&case)), json!({})).await.refused(409, "profile.case_own");
    }
    assert_eq!(decide(&farida, id(&case), json!({"outcome": "withheld", "reason": "scam"})).await["state"], "closed");
    let told: Vec<bool> = stage.told::<ShopModerated>().await.iter().map(|fact| fact.withheld).collect();
    assert_eq!(told, [true], "it was withheld already");
    amina.post(&appeal, json!({"words": "Please"})).await.refused(409, "profile.no_appeal");
}

#[tokio::test]
async fn p8_somebody_withheld_is_there_for_themselves_only_until_an_appeal_gives_them_back() {
    let (stage, amina) = stage().await;
    let (baraka, dalila, eshe) =
        (person(&stage, "baraka").await, moderator(&stage, "dalila").await, moderator(&stage, "eshe").await);
    amina.patch("/api/v1/users/me", json!({"bio": "Send money to +255"})).await.ok();
    baraka.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
    let case = report(&baraka, json!({"user": amina.id}), "scam").await;
    let seen = dalila.get(&format!("{CASES}/{}", id(&case))).await.ok();
    assert_eq!((&seen["exhibit"]["title"], &seen["exhibit"]["words"]), (&json!("amina"), &json!("Send money to +255")));
    decide(&dalila, id(&case), json!({"outcome": "withheld", "reason": "scam"})).await;
    let page = format!("/api/v1/users/{}", amina.id);
    for reader in [&baraka, &eshe, &stage.anonymous()] {
        reader.get(&page).await.refused(404, "not_found");
    }
    let follow = format!("{page}/follow");
    eshe.put(&follow).await.refused(404, "not_found");
    assert_eq!(baraka.get(&format!("/api/v1/users/{}/following", baraka.id)).await.ok()["items"], json!([]));
    let own = amina.get(&page).await.ok();
    assert_eq!((&own["withheld"], &own["bio"]), (&json!(true), &json!("Send money to +255")));
    let html = amina.page(&format!("/users/{}", amina.id)).await.html();
    assert!(html.contains("/me/cases"), "{html}");
    amina.patch("/api/v1/users/me", json!({"bio": "Kitenge"})).await.ok();
    amina.post(&format!("{CASES}/{}/appeal", id(&case)), json!({"words": "I have changed it."})).await.ok();
    decide(&eshe, id(&case), json!({"outcome": "warned", "reason": "scam"})).await;
    let told: Vec<(bool, i64)> = stage.told::<UserModerated>().await.iter().map(|fact| (fact.withheld, fact.version)).collect();
    assert_eq!(told, [(true, 1), (false, 2)]);
    let back = baraka.get(&page).await.ok();
    assert_eq!((&back["bio"], back.get("withheld")), (&json!("Kitenge"), None));
}

#[tokio::test]
async fn p8_only_moderators_see_cases_and_none_that_concerns_them() {
    let (stage, amina) = stage().await;
    let (baraka, dalila) = (person(&stage, "baraka").await, moderator(&stage, "dalila").await);
    let case = report(&dalila, json!({"post": stage.id::<Post>()}), "hate").await;
    let path = format!("{CASES}/{}", id(&case));
    for stranger in [&amina, &baraka] {
        stranger.get(CASES).await.refused(404, "not_found");
        stranger.get(&path).await.refused(404, "not_found");
        stranger.get(&format!("/api/v1/users/me/cases/{}", id(&case))).await.refused(404, "not_found");
        for (verb, body) in [("take", json!({})), ("release", json!({})), ("decide", json!({"outcome": "kept"}))] {
            stranger.post(&format!("{path}/{verb}"), body).await.refused(404, "not_found");
        }
    }
    stage.anonymous().get(CASES).await.refused(401, "unauthenticated");
    // Whoever reported it is a party, moderator or not.
    assert_eq!(queue(&dalila).await.len(), 0);
    dalila.get(&path).await.refused(404, "not_found");
    dalila.post(&format!("{path}/take"), json!({})).await.refused(404, "not_found");
    // So is whose it is.
    let eshe = moderator(&stage, "eshe").await;
    let about = report(&baraka, json!({"user": eshe.id}), "hate").await;
    assert_eq!(queue(&eshe).await, [id(&case)]);
    eshe.get(&format!("{CASES}/{}", id(&about))).await.refused(404, "not_found");
    eshe.post(&format!("{CASES}/{}/take", id(&about)), json!({})).await.refused(404, "not_found");
    // And who reports what they have taken works at it no more.
    eshe.post(&format!("{path}/take"), json!({})).await.ok();
    let post = dalila.get(&format!("/api/v1/users/me/cases/{}", id(&case))).await.ok()["thing"].clone();
    report(&eshe, post, "hate").await;
    for (verb, body) in [("decide", json!({"outcome": "kept"})), ("release", json!({})), ("take", json!({}))] {
        eshe.post(&format!("{path}/{verb}"), body).await.refused(404, "not_found");
    }
    let farida = moderator(&stage, "farida").await;
    assert!(queue(&farida).await.contains(&id(&case).to_owned()), "it is free again");
    eshe.post(&format!("{CASES}/{}/take", nobodys::<contracts::ids::Case>()), json!({})).await.refused(404, "not_found");
}

#[tokio::test]
async fn p8_a_case_is_one_moderators_for_a_day_and_then_free_again() {
    let (stage, _amina) = stage().await;
    let baraka = person(&stage, "baraka").await;
    let (dalila, eshe) = (moderator(&stage, "dalila").await, moderator(&stage, "eshe").await);
    let case = report(&baraka, json!({"post": stage.id::<Post>()}), "spam").await;
    let path = |verb: &str| format!("{CASES}/{}/{verb}", id(&case));
    dalila.post(&path("take"), json!({})).await.ok();
    let mine = dalila.get(&format!("{CASES}?queue=mine")).await.ok();
    assert_eq!((id(&mine["items"][0]), queue(&eshe).await.len(), queue(&dalila).await.len()), (id(&case), 0, 0));
    eshe.post(&path("take"), json!({})).await.refused(409, "profile.case_taken");
    eshe.post(&path("release"), json!({})).await.refused(409, "profile.case_not_taken");
    eshe.post(&path("decide"), json!({"outcome": "kept"})).await.refused(409, "profile.case_not_taken");
    dalila.post(&path("release"), json!({})).await.ok();
    eshe.post(&path("take"), json!({})).await.ok();
    // Whoever lets their time pass has it no more, before anybody has swept (X4).
    stage.advance(Duration::from_hours(24));
    let (dalila, eshe) = (on_duty(&stage, &dalila), on_duty(&stage, &eshe));
    eshe.post(&path("decide"), json!({"outcome": "kept"})).await.refused(409, "profile.case_not_taken");
    assert_eq!(queue(&dalila).await.len(), 1);
    decide(&dalila, id(&case), json!({"outcome": "kept"})).await;
}

#[tokio::test]
async fn p8_what_one_may_not_see_or_what_is_ones_own_cannot_be_reported() {
    let (stage, amina) = stage().await;
    let (baraka, chiku) = (person(&stage, "baraka").await, person(&stage, "chiku").await);
    let send = async |by: &Person, body: Value| by.post("/api/v1/reports", body).await;
    let post = json!({"thing": {"post": stage.id::<Post>()}, "reason": "spam"});
    send(&amina, post.clone()).await.refused(422, "profile.reports_oneself");
    send(&baraka, json!({"thing": {"post": nobodys::<Post>()}, "reason": "spam"})).await.refused(404, "not_found");
    send(&baraka, json!({"thing": {"user": nobodys::<User>()}, "reason": "spam"})).await.refused(404, "not_found");
    let words = send(&baraka, json!({"thing": {"user": amina.id}, "reason": "other", "words": " "})).await;
    words.refused(422, "invalid");
    assert_eq!(words.json["errors"][0]["code"], "profile.words_missing");
    for body in [
        json!({"thing": {"comment": "x"}, "reason": "spam"}),
        json!({"thing": {"user": amina.id}, "reason": "boring"}),
        json!({"thing": {"user": amina.id, "post": stage.id::<Post>()}, "reason": "spam"}),
        json!({"thing": {"user": amina.id}, "reason": "spam", "words": "x".repeat(1001)}),
        json!({"reason": "spam"}),
    ] {
        let status = send(&baraka, body.clone()).await.status;
        assert!((400..=422).contains(&status.as_u16()), "{body}: {status}");
    }
    // Posts of a private account are for followers; a block hides everything.
    amina.call(Method::PUT, "/api/v1/users/me/privacy", None, Some("{\"private\": true}".into())).await.ok();
    send(&baraka, post.clone()).await.refused(404, "not_found");
    assert_eq!(send(&baraka, json!({"thing": {"user": amina.id}, "reason": "spam"})).await.status, 201);
    amina.put(&format!("/api/v1/users/{}/block", chiku.id)).await;
    send(&chiku, json!({"thing": {"user": amina.id}, "reason": "spam"})).await.refused(404, "not_found");
}

#[tokio::test]
async fn p8_nobody_floods_the_queue_and_the_limit_moves_on() {
    let (stage, _amina) = stage().await;
    let baraka = person(&stage, "baraka").await;
    let some = || json!({"thing": {"post": stage.id::<Post>()}, "reason": "spam"});
    let last = json!({"thing": {"post": stage.id::<Post>()}, "reason": "spam"});
    for _ in 0..29 {
        assert_eq!(baraka.post("/api/v1/reports", some()).await.status, 201);
    }
    assert_eq!(baraka.post("/api/v1/reports", last.clone()).await.status, 201);
    let refused = baraka.post("/api/v1/reports", some()).await;
    refused.refused(429, "profile.too_many_reports");
    assert_eq!(refused.headers["retry-after"], "86400");
    // What one has reported already is no more than it was, nor more urgent.
    let louder = json!({"thing": last["thing"], "reason": "child_safety"});
    assert_eq!(baraka.post("/api/v1/reports", louder).await.status, 201);
    let dalila = moderator(&stage, "dalila").await;
    let cases = dalila.get(&format!("{CASES}?limit=100")).await.ok();
    assert!(cases["items"].as_array().unwrap().iter().all(|case| case["priority"] == 2), "{cases}");
    // Nor does anybody who sends many at once.
    let chiku = person(&stage, "chiku").await;
    let bodies: Vec<Value> = (0..40).map(|_| some()).collect();
    let sent = join_all(bodies.into_iter().map(|body| chiku.post("/api/v1/reports", body))).await;
    assert_eq!(sent.iter().filter(|reply| reply.status == 201).count(), 30);
    assert!(sent.iter().all(|reply| reply.status == 201 || reply.status == 429));
    assert_eq!(dalila.get(&format!("{CASES}?limit=100")).await.ok()["items"].as_array().unwrap().len(), 60, "nothing half-done");
    stage.advance(Duration::from_hours(24));
    assert_eq!(stage.again(&baraka).post("/api/v1/reports", some()).await.status, 201);
}

/// Pages of the queue meet every case once, in its order, whatever is decided meanwhile.
#[tokio::test]
async fn p8_the_queue_goes_by_urgency_and_then_by_how_long_it_waits() {
    let (stage, _amina) = stage().await;
    let (baraka, dalila) = (person(&stage, "baraka").await, moderator(&stage, "dalila").await);
    let mut expected: Vec<(u8, usize, String)> = Vec::new();
    for (number, reason) in ["spam", "violence", "scam", "spam", "self_harm", "hate", "other"].iter().enumerate() {
        stage.advance(Duration::from_mins(1));
        let body = json!({"thing": {"post": stage.id::<Post>()}, "reason": reason, "words": "x"});
        let case = baraka.post("/api/v1/reports", body).await.ok();
        let priority = match *reason {
            "violence" | "self_harm" => 0,
            "scam" | "hate" => 1,
            _ => 2,
        };
        expected.push((priority, number, id(&case).to_owned()));
    }
    expected.sort();
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = dalila.get(&format!("{CASES}?limit=2{cursor}")).await.ok();
        seen.extend(page["items"].as_array().unwrap().iter().map(|case| id(case).to_owned()));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(seen, expected.into_iter().map(|(.., id)| id).collect::<Vec<_>>());
    dalila.get(&format!("{CASES}?cursor=x")).await.refused(400, "invalid_cursor");
    dalila.get(&format!("{CASES}?queue=all")).await.refused(400, "invalid_query");
}

#[tokio::test]
async fn p8_twenty_who_report_one_thing_at_once_meet_at_one_case_and_one_of_five_moderators_takes_it() {
    let (stage, _amina) = stage().await;
    let post = stage.id::<Post>();
    let mut reporters = Vec::new();
    for number in 0..20 {
        reporters.push(person(&stage, &format!("reporter_{number}")).await);
    }
    let cases = join_all(reporters.iter().map(|by| report(by, json!({"post": post}), "spam"))).await;
    assert!(cases.iter().all(|case| id(case) == id(&cases[0])));
    let mut moderators = Vec::new();
    for number in 0..5 {
        moderators.push(moderator(&stage, &format!("moderator_{number}")).await);
    }
    let path = format!("{CASES}/{}", id(&cases[0]));
    assert_eq!(moderators[0].get(&path).await.ok()["reports"], 20);
    let take = format!("{path}/take");
    let taken = join_all(moderators.iter().map(|by| by.post(&take, json!({})))).await;
    assert_eq!(taken.iter().filter(|reply| reply.status == 200).count(), 1);
    let decide = format!("{path}/decide");
    let bodies = moderators.iter().map(|by| by.post(&decide, json!({"outcome": "warned", "reason": "spam"})));
    assert_eq!(join_all(bodies).await.iter().filter(|reply| reply.status == 200).count(), 1);
    let told = decided(&stage).await;
    assert_eq!(told.len(), 21, "each reporter and the owner, once");
    assert!(stage.told::<PostModerated>().await.is_empty(), "a warning hides nothing");
}

/// An older case that ends late gives nothing back that a newer one has withheld.
#[tokio::test]
async fn p8_a_thing_is_withheld_as_long_as_any_last_decision_says_so() {
    let (stage, _amina) = stage().await;
    let (baraka, chiku, post) = (person(&stage, "baraka").await, person(&stage, "chiku").await, stage.id::<Post>());
    let (dalila, eshe) = (moderator(&stage, "dalila").await, moderator(&stage, "eshe").await);
    let older = report(&baraka, json!({"post": post}), "spam").await;
    decide(&dalila, id(&older), json!({"outcome": "kept"})).await;
    let newer = report(&chiku, json!({"post": post}), "scam").await;
    assert_ne!(id(&older), id(&newer), "one that is decided takes no more reports");
    assert_eq!(dalila.get(&format!("{CASES}/{}", id(&newer))).await.ok()["earlier"], 0);
    decide(&eshe, id(&newer), json!({"outcome": "withheld", "reason": "scam"})).await;
    baraka.post(&format!("{CASES}/{}/appeal", id(&older)), json!({"words": "Look again"})).await.ok();
    decide(&eshe, id(&older), json!({"outcome": "kept"})).await;
    let told: Vec<bool> = stage.told::<PostModerated>().await.iter().map(|fact| fact.withheld).collect();
    assert_eq!(told, [true]);
    stage.settle().await;
    let told = stage.told::<CaseDecided>().await;
    let scams = told.iter().filter(|fact| fact.reason == Some(ReportReason::Scam)).count();
    assert_eq!((told.len(), scams), (4, 2));
    assert!(told.iter().all(|fact| fact.thing == ThingKind::Post));
}

#[tokio::test]
async fn p8_a_rule_is_named_where_one_is_broken_and_an_appeal_comes_in_time() {
    let (stage, amina) = stage().await;
    let (baraka, dalila) = (person(&stage, "baraka").await, moderator(&stage, "dalila").await);
    let case = report(&baraka, json!({"post": stage.id::<Post>()}), "spam").await;
    let path = format!("{CASES}/{}", id(&case));
    dalila.post(&format!("{path}/take"), json!({})).await.ok();
    let send = async |body: Value| dalila.post(&format!("{path}/decide"), body).await;
    for (body, code) in [
        (json!({"outcome": "withheld"}), "profile.rule_missing"),
        (json!({"outcome": "kept", "reason": "spam"}), "profile.rule_unneeded"),
        (json!({"outcome": "warned", "reason": "other", "statement": " "}), "profile.words_missing"),
    ] {
        let refused = send(body).await;
        refused.refused(422, "invalid");
        assert_eq!(refused.json["errors"][0]["code"], code);
    }
    send(json!({"outcome": "warned", "reason": "spam"})).await.ok();
    let own = format!("/api/v1/users/me/cases/{}", id(&case));
    let until = amina.get(&own).await.ok()["appeal_until"].clone();
    assert!(until.is_string());
    let appeal = async |by: &Person, words: &str| by.post(&format!("{path}/appeal"), json!({"words": words})).await;
    appeal(&amina, "").await.refused(422, "invalid");
    appeal(&amina, "  ").await.refused(422, "invalid");
    stage.advance(Duration::from_hours(30 * 24));
    let amina = stage.again(&amina);
    assert_eq!(amina.get(&own).await.ok()["appeal_until"], json!(null));
    appeal(&amina, "Too late").await.refused(409, "profile.no_appeal");
}

/// What settled cases showed, and in whose words, goes after a year; whoever is erased takes their words along at once.
#[tokio::test]
async fn x12_exhibits_and_words_are_forgotten() {
    let (stage, amina) = stage().await;
    let (baraka, dalila) = (person(&stage, "baraka").await, moderator(&stage, "dalila").await);
    let body = |post: Id<Post>| json!({"thing": {"post": post}, "reason": "spam", "words": "canary words"});
    let (settled, open) = (stage.id::<Post>(), stage.id::<Post>());
    let settled = baraka.post("/api/v1/reports", body(settled)).await.ok();
    let open = baraka.post("/api/v1/reports", body(open)).await.ok();
    let chiku = person(&stage, "chiku").await;
    let kept = chiku.post("/api/v1/reports", body(stage.id::<Post>())).await.ok();
    decide(&dalila, id(&settled), json!({"outcome": "warned", "reason": "spam"})).await;
    stage.advance(Duration::from_hours(366 * 24));
    stage.settle().await;
    let dalila = on_duty(&stage, &dalila);
    let see = async |case: &Value| dalila.get(&format!("{CASES}/{}", id(case))).await.ok();
    assert_eq!((&see(&settled).await["exhibit"], &see(&settled).await["reported"][0]["words"]), (&json!(null), &json!("")));
    assert_eq!(see(&open).await["exhibit"]["words"], "New dresses!", "nobody has decided it yet");
    assert_eq!(see(&open).await["reported"][0]["words"], "canary words");
    stage.tell(&AccountErased { user: baraka.id, version: 2 }).await;
    assert_eq!(see(&open).await["reported"][0]["words"], "");
    assert_eq!(see(&open).await["reported"][0]["by"], json!(null));
    stage.tell(&AccountErased { user: amina.id, version: 2 }).await;
    assert_eq!(see(&open).await["exhibit"], json!(null));
    // What others said of somebody erased goes by the same time.
    assert_eq!(see(&kept).await["reported"][0]["words"], "canary words");
    decide(&dalila, id(&kept), json!({"outcome": "kept"})).await;
    stage.advance(Duration::from_hours(31 * 24));
    stage.settle().await;
    let dalila = on_duty(&stage, &dalila);
    let kept = dalila.get(&format!("{CASES}/{}", id(&kept))).await.ok();
    assert_eq!(kept["reported"][0]["words"], "");
}
