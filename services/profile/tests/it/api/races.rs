//! What two people do to each other at the same moment.

use std::collections::HashSet;

use axum::http::Method;
use contracts::{auth::AccountErased, profile::Unfollowed};
use futures_util::future::join_all;
use serde_json::json;
use testkit::{Person, Stage};

use crate::world::{go_private, person, stage};

/// How many follows, requests or counts stand beside a block, or are counted wrongly.
async fn wrongs(stage: &Stage) -> i64 {
    let wrong = "select (select count(*)
                           from profile.tie mine
                           join profile.tie theirs on theirs.subject = mine.object and theirs.object = mine.subject
                          where mine.blocks_since is not null
                            and (theirs.follows_since is not null or theirs.asks_since is not null))
                      + (select count(*)
                           from profile.profile
                          cross join lateral (select coalesce(sum(followers), 0) as followers,
                                                     coalesce(sum(following), 0) as following
                                                from profile.count_change change
                                               where change.user_id = profile.user_id) as waiting
                          where (profile.followers + waiting.followers, profile.following + waiting.following)
                                <> ((select count(*) from profile.tie where object = user_id and follows_since is not null),
                                    (select count(*) from profile.tie where subject = user_id and follows_since is not null)))";
    sqlx::query_scalar(wrong).fetch_one(&stage.database.owner).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn p4_whoever_follows_while_being_blocked_follows_no_more() {
    let stage = stage().await;
    for round in 0..20 {
        let (amina, baraka) = (person(&stage, &format!("amina_{round}")).await, person(&stage, &format!("baraka_{round}")).await);
        if round % 2 == 0 {
            go_private(&amina).await;
        }
        let follow = format!("/api/v1/users/{}/follow", amina.id);
        let back = format!("/api/v1/users/{}/follow", baraka.id);
        let accept = format!("/api/v1/users/me/follow-requests/{}/accept", baraka.id);
        let block = format!("/api/v1/users/{}/block", baraka.id);
        let (one, two, three, four) = tokio::join!(
            join_all((0..4).map(|_| baraka.put(&follow))),
            amina.put(&back),
            amina.post(&accept, json!({})),
            amina.put(&block),
        );
        let replies = one.iter().chain([&two, &three, &four]);
        assert!(replies.clone().all(|reply| [204, 404].contains(&reply.status.as_u16())), "{one:?} {two:?} {three:?} {four:?}");
        assert_eq!(four.status, 204);
        assert_eq!(wrongs(&stage).await, 0, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn p3_a_request_that_is_accepted_declined_and_withdrawn_at_once_is_answered_once() {
    let stage = stage().await;
    for round in 0..20 {
        let (amina, baraka) = (person(&stage, &format!("amina_{round}")).await, person(&stage, &format!("baraka_{round}")).await);
        go_private(&amina).await;
        baraka.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
        let answer = |word: &str| {
            let (amina, path) = (amina.clone(), format!("/api/v1/users/me/follow-requests/{}/{word}", baraka.id));
            async move { amina.post(&path, json!({})).await.status == 204 }
        };
        let answers = join_all(["accept", "decline", "accept", "decline"].map(answer));
        let withdraw = format!("/api/v1/users/me/requested/{}", amina.id);
        let (answered, _) = tokio::join!(answers, baraka.delete(&withdraw));
        assert!(answered.iter().filter(|done| **done).count() <= 1, "{answered:?}");
        let accepted = answered[0] || answered[2];
        let stands = baraka.get(&format!("/api/v1/users/{}", amina.id)).await.ok();
        assert_eq!((&stands["followed"], &stands["requested"]), (&json!(accepted), &json!(false)), "{answered:?}");
        assert_eq!(wrongs(&stage).await, 0, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn x12_who_is_erased_while_somebody_settles_or_is_erased_too_is_counted_off_once() {
    let stage = stage().await;
    for round in 0..8 {
        let (amina, baraka) = (person(&stage, &format!("amina_{round}")).await, person(&stage, &format!("baraka_{round}")).await);
        let chiku = person(&stage, &format!("chiku_{round}")).await;
        for (follower, followee) in [(&baraka, &chiku), (&chiku, &baraka)] {
            follower.put(&format!("/api/v1/users/{}/follow", followee.id)).await;
        }
        go_private(&amina).await;
        baraka.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
        let public = json!({"private": false, "waiting": "accept"}).to_string();
        amina.call(Method::PUT, "/api/v1/users/me/privacy", None, Some(public)).await.ok();
        let erased = |person: &Person| stage.envelope(&AccountErased { user: person.id, version: 2 });
        let (one, other) = (erased(&baraka), erased(&chiku));
        let (settled, one, other) = tokio::join!(stage.node.settle(), stage.node.deliver(&one), stage.node.deliver(&other));
        assert!(settled.is_ok() && one.is_ok() && other.is_ok(), "{settled:?} {one:?} {other:?}");
        stage.settle().await;
        assert_eq!(wrongs(&stage).await, 0, "round {round}");
    }
    let told = stage.told::<Unfollowed>().await;
    let pairs: HashSet<_> = told.iter().map(|fact| (fact.follower, fact.followee, fact.version)).collect();
    assert_eq!(pairs.len(), told.len(), "nobody is told twice");
}
