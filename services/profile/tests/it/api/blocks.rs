//! Blocks, mutes and restrictions (P4, X6).

use std::time::Duration;

use axum::http::Method;
use contracts::profile::{BlockChanged, Relationships, Surface, Unfollowed};
use serde_json::json;
use testkit::Person;

use crate::world::{go_private, names, person, stage};

async fn stands(viewer: &Person, target: &Person) -> serde_json::Value {
    viewer.get(&format!("/api/v1/users/relationships?ids={}", target.id)).await.ok()[0].clone()
}

#[tokio::test]
async fn p4_a_block_severs_both_follows_and_hides_both_ways_at_once() {
    let stage = stage().await;
    let (amina, baraka, chiku) = (person(&stage, "amina").await, person(&stage, "baraka").await, person(&stage, "chiku").await);
    amina.put(&format!("/api/v1/users/{}/follow", baraka.id)).await;
    baraka.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
    for fan in [&amina, &baraka] {
        fan.put(&format!("/api/v1/users/{}/follow", chiku.id)).await;
    }
    let block = format!("/api/v1/users/{}/block", baraka.id);
    for _ in 0..2 {
        assert_eq!(amina.put(&block).await.status, 204);
    }
    assert_eq!((stage.told::<Unfollowed>().await.len(), stage.told::<BlockChanged>().await.len()), (2, 1));
    for (viewer, target) in [(&amina, &baraka), (&baraka, &amina)] {
        for path in ["", "/followers", "/following", "/mutuals"] {
            viewer.get(&format!("/api/v1/users/{}{path}", target.id)).await.refused(404, "not_found");
        }
        for verb in ["follow", "mute", "restrict"] {
            viewer.put(&format!("/api/v1/users/{}/{verb}", target.id)).await.refused(404, "not_found");
        }
        let seen = stands(viewer, target).await;
        assert_eq!((&seen["visible"], &seen["content"], &seen["following"]), (&json!(false), &json!(false), &json!(false)));
    }
    // Nor on anybody's list; everybody else sees both.
    assert_eq!(names(&amina, &format!("/api/v1/users/{}/followers", chiku.id)).await, ["amina"]);
    assert_eq!(names(&baraka, &format!("/api/v1/users/{}/followers", chiku.id)).await, ["baraka"]);
    assert_eq!(names(&chiku, &format!("/api/v1/users/{}/followers", chiku.id)).await, ["baraka", "amina"]);
    // Who is blocked learns nothing, and can't even answer in kind.
    assert_eq!(
        (stands(&amina, &baraka).await["blocking"].clone(), stands(&baraka, &amina).await["blocking"].clone()),
        (json!(true), json!(false))
    );
    baraka.put(&format!("/api/v1/users/{}/block", amina.id)).await.refused(404, "not_found");
    assert_eq!(names(&amina, "/api/v1/users/me/blocks").await, ["baraka"]);
    assert_eq!(amina.delete(&block).await.status, 204);
    assert_eq!(amina.delete(&block).await.status, 204);
    assert_eq!(stage.told::<BlockChanged>().await.iter().map(|fact| fact.blocks).collect::<Vec<_>>(), [true, false]);
    let seen = stands(&baraka, &amina).await;
    assert_eq!((&seen["visible"], &seen["followed_by"]), (&json!(true), &json!(false)), "what was cut stays cut");
}

#[tokio::test]
async fn p4_a_block_ends_requests_both_ways() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    for one in [&amina, &baraka] {
        go_private(one).await;
    }
    amina.put(&format!("/api/v1/users/{}/follow", baraka.id)).await;
    baraka.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
    amina.put(&format!("/api/v1/users/{}/block", baraka.id)).await;
    amina.delete(&format!("/api/v1/users/{}/block", baraka.id)).await;
    for one in [&amina, &baraka] {
        for list in ["follow-requests", "requested"] {
            assert!(names(one, &format!("/api/v1/users/me/{list}")).await.is_empty(), "{list}");
        }
    }
    let accept = format!("/api/v1/users/me/follow-requests/{}/accept", baraka.id);
    amina.post(&accept, json!({})).await.refused(404, "not_found");
}

#[tokio::test]
async fn p4_a_mute_has_surfaces_and_an_end_and_is_nobody_elses_business() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    let mute = format!("/api/v1/users/{}/mute", baraka.id);
    let put = async |body: serde_json::Value| stage.again(&amina).call(Method::PUT, &mute, None, Some(body.to_string())).await;
    assert_eq!(put(json!({"surfaces": ["posts"], "hours": 2})).await.status, 204);
    assert_eq!(stands(&amina, &baraka).await["muting"], json!(["posts"]));
    assert_eq!(names(&amina, "/api/v1/users/me/mutes").await, ["baraka"]);
    let seen = stands(&baraka, &amina).await;
    assert_eq!((&seen["muting"], &seen["visible"], &seen["content"]), (&json!([]), &json!(true), &json!(true)));
    stage.advance(Duration::from_hours(2));
    let amina = stage.again(&amina);
    assert_eq!(stands(&amina, &baraka).await["muting"], json!([]), "at its end it is over, whoever sweeps");
    assert!(names(&amina, "/api/v1/users/me/mutes").await.is_empty());
    assert_eq!(put(json!({})).await.status, 204);
    assert_eq!(stands(&amina, &baraka).await["muting"], json!(["posts", "messages", "notifications"]));
    stage.advance(Duration::from_hours(10_000));
    let amina = stage.again(&amina);
    assert_eq!(stands(&amina, &baraka).await["muting"].as_array().unwrap().len(), 3, "for good");
    for _ in 0..2 {
        assert_eq!(amina.delete(&mute).await.status, 204);
    }
    let told = stage.told::<BlockChanged>().await;
    let muted: Vec<usize> = told.iter().map(|fact| fact.mutes.len()).collect();
    assert_eq!((muted, told[0].mutes_until.is_some(), told[1].mutes_until), (vec![1, Surface::ALL.len(), 0], true, None));
    for odd in [
        json!({"surfaces": []}),
        json!({"surfaces": ["smells"]}),
        json!({"hours": 0}),
        json!({"hours": 9_000}),
        json!({"hour": 1}),
    ] {
        put(odd).await.refused(422, "invalid");
    }
}

#[tokio::test]
async fn p4_nobody_does_it_to_themselves_or_to_somebody_who_is_not_there() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    for verb in ["block", "mute", "restrict"] {
        amina.put(&format!("/api/v1/users/{}/{verb}", amina.id)).await.refused(422, "profile.oneself");
        amina.put(&format!("/api/v1/users/{}/{verb}", stage.person().id)).await.refused(404, "not_found");
        assert_eq!(amina.delete(&format!("/api/v1/users/{}/{verb}", stage.person().id)).await.status, 204);
    }
}

#[tokio::test]
async fn p4_a_restriction_is_kept_and_not_told() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    let restrict = format!("/api/v1/users/{}/restrict", baraka.id);
    amina.put(&restrict).await;
    assert_eq!(
        (stands(&amina, &baraka).await["restricting"].clone(), stands(&baraka, &amina).await["restricting"].clone()),
        (json!(true), json!(false))
    );
    assert_eq!(names(&amina, "/api/v1/users/me/restricted").await, ["baraka"]);
    amina.delete(&restrict).await;
    assert!(names(&amina, "/api/v1/users/me/restricted").await.is_empty());
    assert!(stage.told::<BlockChanged>().await.is_empty());
}

#[tokio::test]
async fn x6_each_of_two_hundred_targets_is_answered_for_as_they_are() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    let mut targets = Vec::new();
    for number in 0..200 {
        let other = person(&stage, &format!("other_{number}")).await;
        match number % 4 {
            0 => drop(amina.put(&format!("/api/v1/users/{}/follow", other.id)).await),
            1 => drop(other.put(&format!("/api/v1/users/{}/follow", amina.id)).await),
            2 => drop(other.put(&format!("/api/v1/users/{}/block", amina.id)).await),
            _ => {}
        }
        targets.push(other.id);
    }
    let related = stage.node.ask(Relationships { viewer: Some(amina.id), targets: targets.clone() }).await.unwrap();
    for (number, (one, target)) in related.iter().zip(&targets).enumerate() {
        let stands = (one.target, one.visible, one.following, one.followed_by);
        assert_eq!(stands, (*target, number % 4 != 2, number % 4 == 0, number % 4 == 1), "{number}");
    }
}
