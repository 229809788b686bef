//! Being verified: what is handed in, who opens it, and what comes of it (P6).

use std::time::Duration;

use contracts::{
    auth::{AccountErased, AccountLocked},
    profile::{Badge, People, PetitionOutcome, PetitionReason, VerificationDecided},
};
use futures_util::future::{join, join_all};
use host::Keys;
use serde_json::{Value, json};
use testkit::{Part, Person, Stage};

use crate::world::{DOT, PAPER, ask, kept, moderator, on_duty, person, stage};

const MINE: &str = "/api/v1/users/me/verification";
const DESK: &str = "/api/v1/moderation/petitions";
const DAY: Duration = Duration::from_hours(24);

fn id(petition: &Value) -> String {
    petition["id"].as_str().unwrap_or_else(|| panic!("{petition}")).to_owned()
}

async fn take(by: &Person, petition: &str) -> Value {
    by.post(&format!("{DESK}/{petition}/take"), json!({})).await.ok()
}

/// What a moderator sends who approves a badge for this name.
fn approval(shown_as: &str) -> Value {
    json!({"outcome": "approved", "shown_as": shown_as})
}

fn refusal(outcome: &str) -> Value {
    json!({"outcome": outcome, "reason": "mismatch", "statement": "The card is somebody else's."})
}

async fn decide(by: &Person, petition: &str, body: Value) -> Value {
    take(by, petition).await;
    by.post(&format!("{DESK}/{petition}/decide"), body).await.ok()
}

async fn state(person: &Person, badge: usize) -> String {
    person.get(MINE).await.ok()["badges"][badge]["state"].as_str().unwrap().to_owned()
}

/// What others see beside somebody's name: on the profile, and in passing.
async fn badge(stage: &Stage, of: &Person) -> (Value, Option<Badge>) {
    let met = stage.node.ask(People { viewer: None, targets: vec![of.id] }).await.unwrap();
    let profile = stage.anonymous().get(&format!("/api/v1/users/{}", of.id)).await.ok();
    (profile["badge"].clone(), met[0].card.as_ref().and_then(|card| card.badge))
}

#[tokio::test]
async fn p6_documents_are_sealed_and_opened_by_whoever_took_the_petition_for_a_reason_that_is_written_down() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    let (dalila, esther) = (moderator(&stage, "dalila").await, moderator(&stage, "esther").await);
    assert_eq!((state(&amina, 0).await.as_str(), badge(&stage, &amina).await), ("none", (Value::Null, None)));
    let asked = ask(&amina, "person", &[DOT, PAPER]).await.ok();
    assert_eq!((&asked["state"], &asked["documents"], &asked["documents_until"]), (&json!("submitted"), &json!(2), &json!(null)));
    assert_eq!(state(&amina, 0).await, "submitted");
    let sealed = kept(&stage);
    assert_eq!(sealed.len(), 2);
    for bytes in &sealed {
        let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
        assert!(!holds(b"PNG") && !holds(b"PDF") && !holds(&DOT[DOT.len() - 16..]), "it is encrypted");
    }

    let (petition, why) = (id(&asked), json!({"reason": "Compare the name."}));
    let path = format!("{DESK}/{petition}");
    let open = async |by: &Person, place: i16, body: Value| by.post(&format!("{path}/documents/{place}/open"), body).await;
    // Whoever isn't a moderator finds nothing, the one whose it is among them.
    for stranger in [&amina, &baraka] {
        for refused in [stranger.get(DESK).await, stranger.get(&path).await, open(stranger, 1, why.clone()).await] {
            refused.refused(404, "not_found");
        }
    }
    open(&stage.anonymous(), 1, why.clone()).await.refused(401, "unauthenticated");
    open(&dalila, 1, why.clone()).await.refused(409, "profile.petition_not_taken");
    let seen = take(&dalila, &petition).await;
    assert_eq!((&seen["documents"][0]["format"], &seen["documents"][1]["format"]), (&json!("png"), &json!("pdf")));
    assert_eq!((&seen["name"], &seen["user"]["display_name"]), (&json!("Amina Juma Mushi"), &json!("amina")));
    esther.post(&format!("{path}/take"), json!({})).await.refused(409, "profile.petition_taken");
    open(&esther, 1, why.clone()).await.refused(409, "profile.petition_not_taken");
    for reason in ["", "  "] {
        open(&dalila, 1, json!({"reason": reason})).await.refused(422, "invalid");
    }
    open(&dalila, 3, why.clone()).await.refused(404, "not_found");
    for (place, bytes, kind, shown) in [(1, DOT, "image/png", "inline"), (2, PAPER, "application/pdf", "attachment")] {
        let opened = open(&dalila, place, why.clone()).await;
        assert_eq!((opened.status.as_u16(), opened.bytes.as_slice()), (200, bytes));
        let header = |name: &str| opened.headers[name].to_str().unwrap().to_owned();
        assert_eq!((header("content-type"), header("content-disposition")), (kind.to_owned(), shown.to_owned()));
        assert_eq!((header("cache-control"), header("x-content-type-options")), ("private, no-store".into(), "nosniff".into()));
        assert!(header("content-security-policy").contains("sandbox"));
    }
    must_say_who_opened_what(&dalila.get(&path).await.ok()["log"]);

    // Who let their time pass opens nothing more.
    stage.advance(DAY);
    let (dalila, esther) = (on_duty(&stage, &dalila), on_duty(&stage, &esther));
    open(&dalila, 1, why.clone()).await.refused(409, "profile.petition_not_taken");
    take(&esther, &petition).await;
    assert_eq!(open(&esther, 1, why.clone()).await.bytes, DOT);
    let decided = esther.post(&format!("{path}/decide"), approval("amina")).await.ok();
    assert_eq!((&decided["state"], &decided["yours_until"]), (&json!("approved"), &json!(null)));
    open(&esther, 1, why).await.refused(409, "profile.petition_settled");

    assert_eq!(
        (state(&amina, 0).await.as_str(), badge(&stage, &amina).await),
        ("approved", (json!("person"), Some(Badge::Person)))
    );
    let told = stage.told::<VerificationDecided>().await;
    assert_eq!((told.len(), told[0].user, told[0].outcome), (1, amina.id, PetitionOutcome::Approved));
    assert_eq!((told[0].badge, told[0].badges.as_slice(), told[0].version), (Badge::Person, [Badge::Person].as_slice(), 1));
}

/// What was refused isn't in it.
fn must_say_who_opened_what(log: &Value) {
    let lines: Vec<_> = log.as_array().unwrap().iter().map(|line| (line["deed"].as_str().unwrap(), &line["place"])).collect();
    assert_eq!(lines, [("submitted", &json!(null)), ("took", &json!(null)), ("opened", &json!(1)), ("opened", &json!(2))]);
    assert_eq!((&log[2]["by"]["username"], &log[2]["note"]), (&json!("dalila"), &json!("Compare the name.")));
}

#[tokio::test]
async fn p6_documents_and_what_was_said_go_90_days_after_the_decision() {
    let stage = stage().await;
    let (amina, dalila) = (person(&stage, "amina").await, moderator(&stage, "dalila").await);
    let petition = id(&ask(&amina, "business", &[DOT, PAPER]).await.ok());
    stage.advance(200 * DAY);
    stage.settle().await;
    let (amina, dalila) = (stage.again(&amina), on_duty(&stage, &dalila));
    assert_eq!(kept(&stage).len(), 2, "nobody has decided it yet");
    take(&dalila, &petition).await;
    dalila.post(&format!("{DESK}/{petition}/decide"), refusal("rejected")).await.ok();
    let own = format!("/api/v1/users/me/petitions/{petition}");
    let seen = amina.get(&own).await.ok();
    assert_eq!((&seen["decided"]["reason"], &seen["documents"]), (&json!("mismatch"), &json!(2)));
    stage.advance(89 * DAY + Duration::from_secs(86_399));
    stage.settle().await;
    let amina = stage.again(&amina);
    assert_eq!((kept(&stage).len(), &amina.get(&own).await.ok()["documents"]), (2, &json!(2)));
    // At that second nobody reads them, nor what was said, whether or not the job was there.
    stage.advance(Duration::from_secs(1));
    let (seen, desk) = (amina.get(&own).await.ok(), on_duty(&stage, &dalila).get(&format!("{DESK}/{petition}")).await.ok());
    assert_eq!((kept(&stage).len(), &seen["documents"]), (2, &json!(0)));
    for seen in [&seen, &desk] {
        assert_eq!((&seen["name"], &seen["words"], &seen["decided"]["statement"]), (&json!(""), &json!(""), &json!("")));
    }
    stage.advance(Duration::from_hours(1));
    stage.settle().await;
    assert_eq!(kept(&stage).len(), 0);
    let rows: i64 = sqlx::query_scalar("select count(*) from profile.document").fetch_one(&stage.database.owner).await.unwrap();
    let dalila = on_duty(&stage, &dalila);
    let seen = dalila.get(&format!("{DESK}/{petition}")).await.ok();
    assert_eq!((rows, &seen["documents"], &seen["name"], &seen["words"]), (0, &json!([]), &json!(""), &json!("")));
    assert_eq!(
        (&seen["decided"]["statement"], &seen["decided"]["reason"]),
        (&json!(""), &json!("mismatch")),
        "the decision stays"
    );
}

#[tokio::test]
async fn p6_what_is_taken_back_is_deleted_and_can_be_asked_three_times_in_30_days() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    for time in 1..=3 {
        let asked = ask(&amina, "person", &[DOT]).await.ok();
        ask(&amina, "person", &[DOT]).await.refused(409, "profile.petition_waits");
        assert_eq!(amina.get("/api/v1/users/me/petitions").await.ok()["items"].as_array().unwrap().len(), time);
        let own = format!("/api/v1/users/me/petitions/{}", id(&asked));
        baraka.get(&own).await.refused(404, "not_found");
        baraka.delete(&own).await.refused(404, "not_found");
        assert_eq!(amina.delete(&own).await.status, 204);
        amina.delete(&own).await.refused(409, "profile.petition_settled");
        assert_eq!(state(&amina, 0).await, "none");
    }
    let refused = ask(&amina, "person", &[DOT]).await;
    refused.refused(429, "profile.too_many_petitions");
    assert_eq!(refused.headers["retry-after"], (30 * 86_400).to_string());
    ask(&amina, "business", &[DOT]).await.ok();
    // Those that were taken back, and those that came with what was refused, go by the hour.
    stage.advance(Duration::from_hours(1));
    stage.settle().await;
    assert_eq!(kept(&stage).len(), 1, "the business's");
}

#[tokio::test]
async fn p6_a_badge_is_for_the_name_that_was_seen() {
    let stage = stage().await;
    let (amina, dalila) = (person(&stage, "amina").await, moderator(&stage, "dalila").await);
    let rename = async |name: &str| amina.patch("/api/v1/users/me", json!({ "display_name": name })).await.ok();
    let petition = id(&ask(&amina, "person", &[DOT]).await.ok());
    take(&dalila, &petition).await;
    rename("Bank of Tanzania").await;
    let path = format!("{DESK}/{petition}/decide");
    dalila.post(&path, approval("amina")).await.refused(409, "profile.name_changed");
    dalila.post(&path, approval("Bank of Tanzania ")).await.refused(409, "profile.name_changed");
    rename("Amina Juma").await;
    dalila.post(&path, approval("Amina Juma")).await.ok();
    let (shown, none) = ((json!("person"), Some(Badge::Person)), (Value::Null, None));
    assert_eq!(badge(&stage, &amina).await, shown);
    rename("Bank of Tanzania").await;
    assert_eq!(badge(&stage, &amina).await, none, "nobody borrows it for another name");
    let own = amina.get(MINE).await.ok();
    assert_eq!((&own["badge"], &own["badges"][0]["state"]), (&json!(null), &json!("approved")));
    assert_eq!(own["badges"][0]["petition"]["shown_as"], "Amina Juma");
    rename("Amina Juma").await;
    assert_eq!(badge(&stage, &amina).await, shown);
    ask(&amina, "person", &[DOT]).await.refused(409, "profile.badge_held");
    assert_eq!(kept(&stage).len(), 1, "nothing is kept of it");
    // Whoever is called otherwise asks again, and the new badge takes the place of the old one.
    rename("Amina Mushi").await;
    stage.advance(Duration::from_secs(1));
    let again = id(&ask(&amina, "person", &[DOT]).await.ok());
    decide(&dalila, &again, approval("Amina Mushi")).await;
    assert_eq!(badge(&stage, &amina).await, shown);
    let replaced = dalila.get(&format!("{DESK}/{petition}")).await.ok();
    assert_eq!(replaced["state"], "withdrawn");
    rename("Amina Juma").await;
    assert_eq!(badge(&stage, &amina).await, none, "it was the old one's");
    rename("Amina Mushi").await;
    // Of two for one name the weightier is shown.
    let other = id(&ask(&amina, "official", &[DOT]).await.ok());
    decide(&dalila, &other, approval("Amina Mushi")).await;
    assert_eq!(badge(&stage, &amina).await.0, "official");
    dalila.post(&format!("{DESK}/{other}/decide"), refusal("revoked")).await.ok();
    assert_eq!(badge(&stage, &amina).await.0, "person");
    let told = stage.told::<VerificationDecided>().await;
    let told: Vec<_> = told.iter().map(|fact| (fact.version, fact.outcome, fact.badges.len(), fact.reason)).collect();
    assert_eq!(
        told,
        [
            (1, PetitionOutcome::Approved, 1, None),
            (2, PetitionOutcome::Approved, 1, None),
            (3, PetitionOutcome::Approved, 2, None),
            (4, PetitionOutcome::Revoked, 1, Some(PetitionReason::Mismatch)),
        ]
    );
}

#[tokio::test]
async fn p6_what_one_moderator_refused_or_took_back_another_decides_next() {
    let stage = stage().await;
    let (amina, dalila, esther) =
        (person(&stage, "amina").await, moderator(&stage, "dalila").await, moderator(&stage, "esther").await);
    let first = id(&ask(&amina, "person", &[DOT]).await.ok());
    decide(&dalila, &first, refusal("rejected")).await;
    assert_eq!(state(&amina, 0).await, "rejected");
    stage.advance(Duration::from_secs(1));
    let second = id(&ask(&amina, "person", &[DOT]).await.ok());
    dalila.post(&format!("{DESK}/{second}/take"), json!({})).await.refused(409, "profile.petition_own");
    let waiting = async |by: &Person| by.get(DESK).await.ok()["items"].as_array().unwrap().len();
    assert_eq!((waiting(&dalila).await, waiting(&esther).await), (0, 1));
    assert_eq!(dalila.get(&format!("{DESK}/{second}")).await.ok()["can_take"], json!(false));
    decide(&esther, &second, approval("amina")).await;
    // Anybody may take back what was granted, without taking it first.
    let revoke = async |by: &Person| by.post(&format!("{DESK}/{second}/decide"), refusal("revoked")).await;
    assert_eq!(revoke(&dalila).await.ok()["state"], "revoked");
    revoke(&esther).await.refused(409, "profile.petition_settled");
    assert_eq!((state(&amina, 0).await.as_str(), badge(&stage, &amina).await.0), ("revoked", Value::Null));
    stage.advance(Duration::from_secs(1));
    let third = id(&ask(&amina, "person", &[DOT]).await.ok());
    dalila.post(&format!("{DESK}/{third}/take"), json!({})).await.refused(409, "profile.petition_own");
    take(&esther, &third).await;
    let mine = esther.get(&format!("{DESK}?queue=mine")).await.ok();
    assert_eq!((mine["items"].as_array().unwrap().len(), waiting(&esther).await), (1, 0));
    let decided = esther.get(&format!("{DESK}?queue=decided")).await.ok();
    let states: Vec<_> = decided["items"].as_array().unwrap().iter().map(|one| (id(one), one["state"].clone())).collect();
    assert_eq!(states, [(second, json!("revoked")), (first, json!("rejected"))]);
    esther.post(&format!("{DESK}/{third}/release"), json!({})).await.ok();
    assert_eq!(waiting(&esther).await, 1);
}

#[tokio::test]
async fn p6_nobody_decides_their_own() {
    let stage = stage().await;
    let (dalila, esther) = (moderator(&stage, "dalila").await, moderator(&stage, "esther").await);
    let petition = id(&ask(&dalila, "official", &[DOT]).await.ok());
    assert_eq!(dalila.get(DESK).await.ok()["items"], json!([]));
    dalila.get(&format!("{DESK}/{petition}")).await.refused(404, "not_found");
    dalila.post(&format!("{DESK}/{petition}/take"), json!({})).await.refused(404, "not_found");
    decide(&esther, &petition, approval("dalila")).await;
    dalila.post(&format!("{DESK}/{petition}/decide"), refusal("revoked")).await.refused(404, "not_found");
}

#[tokio::test]
async fn p6_what_is_asked_badly_is_refused_and_nothing_of_it_kept() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    let (name, dot) = (Part::Word("name", "Amina"), Part::File("documents", DOT));
    let person_badge = Part::Word("badge", "person");
    let (large, long) = (vec![0; 10_000_001], "x".repeat(101));
    let table: Vec<(Vec<Part<'_>>, u16, &str)> = vec![
        (vec![name, dot], 422, "profile.badge_missing"),
        (vec![Part::Word("badge", "king"), name, dot], 422, "profile.badge_missing"),
        (vec![person_badge, dot], 422, "profile.name_missing"),
        (vec![person_badge, Part::Word("name", " "), dot], 422, "profile.name_missing"),
        (vec![person_badge, Part::Word("name", &long), dot], 422, ""),
        (vec![person_badge, name], 422, "profile.documents_missing"),
        (vec![person_badge, name, dot, dot, dot, dot, dot], 422, "profile.too_many_documents"),
        (vec![person_badge, name, Part::File("documents", &large)], 422, "profile.document_too_large"),
        (vec![person_badge, name, Part::File("documents", b"<html>")], 422, "profile.document_unfit"),
        (vec![person_badge, name, Part::File("documents", b"GIF89a")], 422, "profile.document_unfit"),
        (vec![person_badge, name, Part::Word("more", "x"), dot], 422, "profile.bad_form"),
    ];
    for (parts, status, code) in table {
        let refused = amina.hand_in(MINE, "*/*", &parts).await;
        assert_eq!(refused.status, status, "{}", refused.text);
        let codes = [&refused.json["code"], &refused.json["errors"][0]["code"]];
        assert!(code.is_empty() || codes.contains(&&json!(code)), "{code}: {}", refused.text);
    }
    amina.post(MINE, json!({"badge": "person"})).await.refused(422, "profile.bad_form");
    assert_eq!(state(&amina, 0).await, "none");
    stage.anonymous().hand_in(MINE, "*/*", &[person_badge, name, dot]).await.refused(401, "unauthenticated");
    stage.advance(Duration::from_hours(1));
    stage.settle().await;
    assert_eq!(kept(&stage).len(), 0, "what came with them is gone within the hour");
    stage.tell(&AccountLocked { user: amina.id, version: 2 }).await;
    ask(&amina, "person", &[DOT]).await.refused(403, "profile.account_locked");
    assert_eq!(kept(&stage).len(), 0);

    let (baraka, dalila) = (person(&stage, "baraka").await, moderator(&stage, "dalila").await);
    let petition = id(&ask(&baraka, "person", &[DOT]).await.ok());
    take(&dalila, &petition).await;
    for (body, code) in [
        (json!({"outcome": "rejected"}), "profile.reason_missing"),
        (json!({"outcome": "approved", "reason": "forged", "shown_as": "baraka"}), "profile.reason_unneeded"),
        (json!({"outcome": "rejected", "reason": "other", "statement": " "}), "profile.words_missing"),
        (
            json!({"outcome": "approved", "shown_as": "baraka", "struck": [stage.id::<contracts::ids::Order>()]}),
            "profile.deals_missing",
        ),
    ] {
        let refused = dalila.post(&format!("{DESK}/{petition}/decide"), body).await;
        refused.refused(422, "invalid");
        assert_eq!(refused.json["errors"][0]["code"], code);
    }
    dalila
        .post(&format!("{DESK}/{petition}/decide"), json!({"outcome": "revoked", "reason": "forged"}))
        .await
        .refused(409, "profile.petition_settled");
    assert_eq!(stage.told::<VerificationDecided>().await.len(), 0);
}

#[tokio::test]
async fn p6_of_many_at_once_one_petition_waits_and_one_moderator_has_it() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    let mut asked: Vec<u16> =
        join_all((0..8).map(|_| ask(&amina, "person", &[DOT]))).await.iter().map(|one| one.status.as_u16()).collect();
    asked.sort_unstable();
    assert_eq!(asked, [201, 409, 409, 409, 409, 409, 409, 409]);
    let petition = id(&amina.get(MINE).await.ok()["badges"][0]["petition"]);
    let mut moderators = Vec::new();
    for number in 0..8 {
        moderators.push(moderator(&stage, &format!("moderator{number}")).await);
    }
    let path = format!("{DESK}/{petition}/take");
    let taken = join_all(moderators.iter().map(|by| by.post(&path, json!({})))).await;
    let (mine, others): (Vec<_>, Vec<_>) = taken.iter().partition(|reply| reply.status == 200);
    assert_eq!((mine.len(), others.len()), (1, 7));
    for reply in others {
        reply.refused(409, "profile.petition_taken");
    }
    // Of those that were refused nothing stays.
    stage.advance(Duration::from_hours(1));
    stage.settle().await;
    assert_eq!(kept(&stage).len(), 1);
}

/// Nobody fills our disks with what belongs to nothing.
#[tokio::test]
async fn p6_twelve_documents_may_be_on_their_way() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    // What breaks off after its files leaves them for an hour.
    let parts =
        [Part::Word("name", "Amina"), Part::File("documents", DOT), Part::File("documents", DOT), Part::File("documents", DOT)];
    for _ in 0..4 {
        amina.hand_in(MINE, "*/*", &parts).await.refused(422, "invalid");
    }
    assert_eq!(kept(&stage).len(), 12);
    let refused = ask(&amina, "person", &[DOT]).await;
    refused.refused(429, "profile.too_many_petitions");
    assert_eq!(refused.headers["retry-after"], "3600");
    stage.advance(Duration::from_hours(1));
    stage.settle().await;
    assert_eq!(kept(&stage).len(), 0);
    ask(&stage.again(&amina), "person", &[DOT]).await.ok();
}

/// Whoever decides about one badge doesn't undo what is decided about another at the same moment.
#[tokio::test]
async fn p6_two_moderators_decide_about_one_person_at_once() {
    let stage = stage().await;
    let (dalila, esther) = (moderator(&stage, "dalila").await, moderator(&stage, "esther").await);
    for round in 0..12 {
        let somebody = person(&stage, &format!("somebody{round}")).await;
        let first = id(&ask(&somebody, "person", &[DOT]).await.ok());
        decide(&dalila, &first, approval(&format!("somebody{round}"))).await;
        let second = id(&ask(&somebody, "business", &[DOT]).await.ok());
        take(&esther, &second).await;
        let (revoke, approve) = (format!("{DESK}/{first}/decide"), format!("{DESK}/{second}/decide"));
        let approval = approval(&format!("somebody{round}"));
        let (one, other) = join(dalila.post(&revoke, refusal("revoked")), esther.post(&approve, approval)).await;
        one.ok();
        other.ok();
        assert_eq!(badge(&stage, &somebody).await, (json!("business"), Some(Badge::Business)), "round {round}");
    }
}

/// What is taken away long after it was granted is explained for as long, and the papers don't come back.
#[tokio::test]
async fn p6_a_late_revocation_is_explained_and_its_words_go_too() {
    let stage = stage().await;
    let (amina, dalila) = (person(&stage, "amina").await, moderator(&stage, "dalila").await);
    let petition = id(&ask(&amina, "person", &[DOT]).await.ok());
    decide(&dalila, &petition, approval("amina")).await;
    stage.advance(100 * DAY);
    stage.settle().await;
    let (amina, dalila) = (stage.again(&amina), on_duty(&stage, &dalila));
    dalila.post(&format!("{DESK}/{petition}/decide"), refusal("revoked")).await.ok();
    let own = format!("/api/v1/users/me/petitions/{petition}");
    stage.advance(89 * DAY);
    stage.settle().await;
    let seen = stage.again(&amina).get(&own).await.ok();
    assert_eq!((&seen["decided"]["statement"], &seen["name"]), (&json!("The card is somebody else's."), &json!("")));
    stage.advance(DAY);
    stage.settle().await;
    assert_eq!(stage.again(&amina).get(&own).await.ok()["decided"]["statement"], "");
    let left = "select count(*) from profile.petition where not forgotten or statement <> ''";
    let left: i64 = sqlx::query_scalar(left).fetch_one(&stage.database.owner).await.unwrap();
    assert_eq!(left, 0);
}

/// Documents are kept for longer than an old master key is accepted.
#[tokio::test]
async fn a3_documents_follow_the_master_key() {
    let stage = stage().await;
    let (amina, dalila) = (person(&stage, "amina").await, moderator(&stage, "dalila").await);
    let petition = id(&ask(&amina, "person", &[DOT]).await.ok());
    let keyed = |keys: Keys| Stage::of(profile::service()).with(|config| config.keys = keys).beside(&stage);
    let (both, new) = (keyed(Keys::from_master([8; 32]).accepting([[7; 32]])), keyed(Keys::from_master([8; 32])));
    stage.advance(DAY);
    both.settle().await;
    let dalila = on_duty(&new, &dalila).at(&new);
    take(&dalila, &petition).await;
    let opened = dalila.post(&format!("{DESK}/{petition}/documents/1/open"), json!({"reason": "The name"})).await;
    assert_eq!((opened.status.as_u16(), opened.bytes.as_slice()), (200, DOT));
}

#[tokio::test]
async fn x12_whoever_is_erased_leaves_no_document_and_no_badge() {
    let stage = stage().await;
    let (amina, dalila) = (person(&stage, "amina").await, moderator(&stage, "dalila").await);
    let held = id(&ask(&amina, "person", &[DOT]).await.ok());
    decide(&dalila, &held, approval("amina")).await;
    let waits = id(&ask(&amina, "business", &[DOT]).await.ok());
    take(&dalila, &waits).await;
    stage.tell(&AccountErased { user: amina.id, version: 2 }).await;
    let path = format!("{DESK}/{waits}/documents/1/open");
    dalila.post(&path, json!({"reason": "Late"})).await.refused(409, "profile.petition_settled");
    let seen = dalila.get(&format!("{DESK}/{held}")).await.ok();
    assert_eq!((&seen["user"], &seen["name"], &seen["documents"]), (&json!(null), &json!(""), &json!([])));
    assert_eq!(seen["decided"]["shown_as"], "");
    stage.advance(Duration::from_hours(1));
    stage.settle().await;
    assert_eq!(kept(&stage).len(), 0);
}
