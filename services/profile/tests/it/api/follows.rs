//! Following.

use contracts::{
    auth::AccountErased,
    profile::{Followed, Unfollowed},
};
use futures_util::future::join_all;
use serde_json::json;
use testkit::Stage;

use crate::world::{person, stage};

#[tokio::test]
async fn p2_following_twice_is_once_and_the_version_of_the_pair_goes_on_counting() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    let path = format!("/api/v1/users/{}/follow", amina.id);
    for _ in 0..2 {
        assert_eq!(baraka.put(&path).await.status, 204);
    }
    assert_eq!(baraka.delete(&path).await.status, 204);
    assert_eq!(baraka.put(&path).await.status, 204);
    let versions: Vec<i64> = stage.told::<Followed>().await.iter().map(|fact| fact.version).collect();
    assert_eq!(versions, [1, 3]);
    assert_eq!(stage.told::<Unfollowed>().await.len(), 1);
    let seen = baraka.get("/api/v1/users/amina").await.ok();
    assert_eq!((&seen["followers"], &seen["followed"]), (&json!(1), &json!(true)));
}

#[tokio::test]
async fn p2_nobody_follows_themselves_or_somebody_who_is_not_there() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    amina.put(&format!("/api/v1/users/{}/follow", amina.id)).await.refused(422, "profile.follows_oneself");
    amina.put(&format!("/api/v1/users/{}/follow", stage.person().id)).await.refused(404, "not_found");
    stage.anonymous().put(&format!("/api/v1/users/{}/follow", amina.id)).await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn p2_followers_come_in_pages_newest_first_and_can_be_removed() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    for number in 0..5 {
        let fan = person(&stage, &format!("fan_{number}")).await;
        fan.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
    }
    let path = format!("/api/v1/users/{}/followers", amina.id);
    let first = amina.get(&format!("{path}?limit=2")).await.ok();
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = amina.get(&format!("{path}?limit=3&cursor={cursor}")).await.ok();
    let pages = [first["items"].as_array().unwrap().as_slice(), second["items"].as_array().unwrap()].concat();
    let names: Vec<&str> = pages.iter().map(|card| card["username"].as_str().unwrap()).collect();
    assert_eq!((names, &second["next_cursor"]), (vec!["fan_4", "fan_3", "fan_2", "fan_1", "fan_0"], &json!(null)));
    let gone = pages[0]["id"].as_str().unwrap();
    assert_eq!(amina.delete(&format!("/api/v1/users/me/followers/{gone}")).await.status, 204);
    assert_eq!(amina.get(&path).await.ok()["items"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn a_cursor_of_another_list_is_refused() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    for number in 0..2 {
        let fan = person(&stage, &format!("fan_{number}")).await;
        fan.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
    }
    let page = amina.get(&format!("/api/v1/users/{}/followers?limit=1", amina.id)).await.ok();
    let cursor = page["next_cursor"].as_str().unwrap();
    amina.get(&format!("/api/v1/users/{}/followers?cursor={cursor}", baraka.id)).await.refused(400, "invalid_cursor");
    amina.get(&format!("/api/v1/users/{}/followers?limit=1000", baraka.id)).await.refused(422, "invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn p2_the_counts_are_those_of_the_pairs_after_fifty_follow_and_unfollow_at_once() {
    let stage = stage().await;
    let mut people = Vec::new();
    for number in 0..5 {
        people.push(person(&stage, &format!("person_{number}")).await);
    }
    // Everybody follows and unfollows everybody, most of them each other at the same moment.
    let path = |followee: usize| format!("/api/v1/users/{}/follow", people[followee].id);
    let calls = (0..50).map(|number| {
        let (follower, followee) = (number % 5, (number + 1 + number / 5 % 4) % 5);
        let (people, path) = (&people, path(followee));
        async move { if number % 3 == 0 { people[follower].delete(&path).await } else { people[follower].put(&path).await } }
    });
    let replies = join_all(calls).await;
    assert!(replies.iter().all(|reply| reply.status == 204), "{replies:?}");
    must_be_counted(&stage).await;
    // Erased amid it all, somebody counts nowhere any more.
    let erased = AccountErased { user: people[0].id, version: 2 };
    let follow = |follower: usize, followee: usize| {
        let (person, path) = (&people[follower], path(followee));
        async move { person.put(&path).await }
    };
    let others = join_all((1..5).map(|follower| follow(follower, follower % 4 + 1)));
    tokio::join!(stage.tell(&erased), others, join_all((1..5).map(|follower| follow(follower, 0))));
    must_be_counted(&stage).await;
}

/// Every count at a profile is that of its follows; there are some.
async fn must_be_counted(stage: &Stage) {
    let counted: (i64, i64) = sqlx::query_as(
        "select count(*) filter (where (profile.followers + waiting.followers, profile.following + waiting.following)
                    <> ((select count(*) from profile.tie where object = user_id and follows_since is not null),
                        (select count(*) from profile.tie where subject = user_id and follows_since is not null))),
                sum(profile.followers + waiting.followers)::bigint
           from profile.profile
          cross join lateral (select coalesce(sum(followers), 0) as followers, coalesce(sum(following), 0) as following
                                from profile.count_change change
                               where change.user_id = profile.user_id) as waiting",
    )
    .fetch_one(&stage.database.owner)
    .await
    .unwrap();
    assert!(counted.0 == 0 && counted.1 > 0, "{counted:?}");
}
