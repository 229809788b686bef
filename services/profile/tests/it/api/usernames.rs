//! Names: who can have which, and what becomes of one that is given up.

use std::time::Duration;

use contracts::{
    auth::AccountErased,
    profile::{OpenProfile, UsernameChanged},
};
use futures_util::future::join_all;
use serde_json::{Value, json};
use testkit::{Person, Reply};

use crate::world::{person, stage};

async fn rename(person: &Person, username: &str) -> Reply {
    person.patch("/api/v1/users/me", json!({ "username": username })).await
}

#[tokio::test]
async fn p1_a_name_that_looks_like_somebody_elses_is_refused() {
    let stage = stage().await;
    let (_amina, baraka) = (person(&stage, "amina_10").await, person(&stage, "baraka").await);
    for alike in ["Arnina_10", "amina_l0", "AMINA_1O"] {
        rename(&baraka, alike).await.refused(409, "profile.username_taken");
        let answer = stage.anonymous().get(&format!("/api/v1/usernames/{alike}")).await.ok();
        assert_eq!((&answer["free"], answer["suggestions"].as_array().unwrap().len()), (&json!(false), 5));
    }
    let reserved = rename(&baraka, "supp0rt").await;
    reserved.refused(422, "invalid");
    assert_eq!(reserved.json["errors"][0]["code"], "profile.username_invalid");
    assert_eq!(rename(&baraka, "anina_10").await.ok()["username"], "anina_10");
}

#[tokio::test]
async fn p1_an_old_name_leads_to_its_owner_for_14_days_and_nobody_else_gets_it() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    assert_eq!(rename(&amina, "amina_juma").await.ok()["username"], "amina_juma");
    stage.advance(Duration::from_hours(14 * 24 - 1));
    let (amina, baraka) = (stage.again(&amina), stage.again(&baraka));
    let found = stage.anonymous().get("/api/v1/users/Amina").await.ok();
    assert_eq!((&found["id"], &found["username"]), (&json!(amina.id), &json!("amina_juma")));
    for old in ["amina", "arnina"] {
        rename(&baraka, old).await.refused(409, "profile.username_taken");
        assert_eq!(stage.anonymous().get(&format!("/api/v1/usernames/{old}")).await.ok()["free"], false);
    }
    // At its end, whether or not anybody has swept.
    stage.advance(Duration::from_hours(2));
    stage.anonymous().get("/api/v1/users/amina").await.refused(404, "not_found");
    assert_eq!(stage.anonymous().get("/api/v1/usernames/amina").await.ok()["free"], true);
    assert_eq!(rename(&stage.again(&baraka), "amina").await.ok()["username"], "amina");
    let told: Vec<_> = stage.told::<UsernameChanged>().await.into_iter().map(|fact| (fact.before, fact.username)).collect();
    assert_eq!(told, [("amina".into(), "amina_juma".into()), ("baraka".into(), "amina".into())]);
}

#[tokio::test]
async fn p1_ones_own_old_name_can_be_taken_back_and_three_are_kept_at_most() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    for name in ["zuhura", "rehema", "neema"] {
        rename(&amina, name).await.ok();
    }
    rename(&amina, "halima").await.refused(409, "profile.usernames_held");
    assert_eq!(amina.get("/api/v1/users/me").await.ok()["username"], "neema", "nothing half-done");
    assert_eq!(stage.anonymous().get("/api/v1/usernames/halima").await.ok()["free"], true);
    assert_eq!(rename(&amina, "zuhura").await.ok()["username"], "zuhura");
    // The name one has is no change, and a look-alike of it is one's own; the first one still leads here.
    for name in ["zuhura", "Zuhura"] {
        assert_eq!(rename(&amina, name).await.ok()["username"], "zuhura");
    }
    stage.advance(Duration::from_hours(14 * 24 + 1));
    stage.settle().await;
    let kept: i64 = sqlx::query_scalar("select count(*) from profile.username").fetch_one(&stage.database.owner).await.unwrap();
    assert_eq!(kept, 1);
    assert_eq!(rename(&stage.again(&amina), "halima").await.ok()["username"], "halima");
}

#[tokio::test]
async fn p1_a_look_alike_of_ones_own_name_is_ones_own_and_both_lead_to_one() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    for name in ["arnina", "amina", "arnina"] {
        assert_eq!(rename(&amina, name).await.ok()["username"], name);
        for either in ["amina", "arnina"] {
            assert_eq!(stage.anonymous().get(&format!("/api/v1/users/{either}")).await.ok()["username"], name);
            rename(&baraka, either).await.refused(409, "profile.username_taken");
        }
    }
    stage.advance(Duration::from_hours(14 * 24 + 1));
    stage.settle().await;
    stage.anonymous().get("/api/v1/users/amina").await.refused(404, "not_found");
    rename(&stage.again(&baraka), "amina").await.refused(409, "profile.username_taken");
}

#[tokio::test]
async fn p1_two_who_looked_alike_before_keep_theirs_and_nobody_else_gets_either() {
    let stage = stage().await;
    let (older, younger, baraka) =
        (person(&stage, "amina").await, person(&stage, "halima").await, person(&stage, "baraka").await);
    // As the migration leaves two whom nobody had compared.
    for change in [
        "update profile.profile set username = 'arnina' where username = 'halima'",
        "update profile.username set username = 'arnina', skeleton = 'arnina', is_twin = true where username = 'halima'",
    ] {
        sqlx::query(change).execute(&stage.database.owner).await.unwrap();
    }
    stage.tell(&AccountErased { user: older.id, version: 2 }).await;
    for name in ["amina", "arnina"] {
        rename(&baraka, name).await.refused(409, "profile.username_taken");
    }
    let wish = OpenProfile { user: stage.id(), username: Some("arnina".into()), display_name: "A third".into() };
    assert_ne!(stage.node.ask(wish).await.unwrap().username, "arnina");
    assert_eq!(rename(&younger, "rehema").await.ok()["username"], "rehema");
    assert_eq!(stage.anonymous().get("/api/v1/users/arnina").await.ok()["username"], "rehema");
}

#[tokio::test]
async fn p1_a_name_that_became_a_reserved_word_stays_its_owners() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    for change in
        ["update profile.profile set username = 'bank'", "update profile.username set username = 'bank', skeleton = 'bank'"]
    {
        sqlx::query(change).execute(&stage.database.owner).await.unwrap();
    }
    let own = amina.patch("/api/v1/users/me", json!({"username": "Bank", "bio": "Kitenge"})).await.ok();
    assert_eq!((&own["username"], &own["bio"]), (&json!("bank"), &json!("Kitenge")));
}

#[tokio::test]
async fn p1_five_are_suggested_also_where_the_small_numbers_are_gone() {
    let stage = stage().await;
    for tail in ["", "2", "3", "4", "5", "6"] {
        person(&stage, &format!("amina{tail}")).await;
    }
    let answer = stage.anonymous().get("/api/v1/usernames/amina").await.ok();
    assert_eq!(answer["suggestions"].as_array().unwrap().len(), 5, "{answer}");
}

#[tokio::test]
async fn p1_who_is_erased_keeps_no_name() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    rename(&amina, "rehema").await.ok();
    stage.tell(&AccountErased { user: amina.id, version: 2 }).await;
    for name in ["amina", "rehema"] {
        assert_eq!(rename(&baraka, name).await.ok()["username"], name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_of_twenty_who_want_one_name_at_once_one_gets_it() {
    let stage = stage().await;
    let mut people = Vec::new();
    for number in 0..20 {
        people.push(person(&stage, &format!("person_{number}")).await);
    }
    let wish = |number: usize| if number.is_multiple_of(2) { "malaika_0" } else { "rnalaika_o" };
    let answers = join_all(people.iter().enumerate().map(|(number, one)| rename(one, wish(number)))).await;
    let taken = answers.iter().filter(|answer| answer.status == 409).count();
    assert_eq!((answers.len() - taken, taken), (1, 19), "{answers:?}");
    let mut names = Vec::new();
    for one in &people {
        names.push(one.get("/api/v1/users/me").await.ok()["username"].clone());
    }
    let had = |name: &Value| name == "malaika_0" || name == "rnalaika_o";
    assert_eq!(names.iter().filter(|name| had(name)).count(), 1, "{names:?}");
}
