//! Requests to follow a private account (P3).

use contracts::profile::{FollowRequested, Followed, RequestAccepted};
use serde_json::json;

use crate::world::{go_private, names, person, stage};

#[tokio::test]
async fn p3_a_private_account_is_asked_and_only_it_can_answer() {
    let stage = stage().await;
    let (amina, baraka, chiku) = (person(&stage, "amina").await, person(&stage, "baraka").await, person(&stage, "chiku").await);
    go_private(&amina).await;
    for _ in 0..2 {
        assert_eq!(baraka.put(&format!("/api/v1/users/{}/follow", amina.id)).await.status, 204);
    }
    assert_eq!(stage.told::<FollowRequested>().await.len(), 1, "asked twice is asked once");
    let seen = baraka.get("/api/v1/users/amina").await.ok();
    assert_eq!(
        (&seen["followed"], &seen["requested"], &seen["content"], &seen["private"]),
        (&json!(false), &json!(true), &json!(false), &json!(true))
    );
    assert_eq!(names(&amina, "/api/v1/users/me/follow-requests").await, ["baraka"]);
    assert_eq!(names(&baraka, "/api/v1/users/me/requested").await, ["amina"]);
    // Neither who asks nor anybody else has anything to accept.
    let accept = |by: &testkit::Person, whom: &testkit::Person| {
        let (by, path) = (by.clone(), format!("/api/v1/users/me/follow-requests/{}/accept", whom.id));
        async move { by.post(&path, json!({})).await }
    };
    for somebody in [&baraka, &chiku] {
        for whom in [&baraka, &amina] {
            accept(somebody, whom).await.refused(404, "not_found");
        }
    }
    assert_eq!(accept(&amina, &baraka).await.status, 204);
    accept(&amina, &baraka).await.refused(404, "not_found");
    assert_eq!((stage.told::<Followed>().await.len(), stage.told::<RequestAccepted>().await.len()), (1, 1));
    let seen = baraka.get("/api/v1/users/amina").await.ok();
    assert_eq!(
        (&seen["followed"], &seen["requested"], &seen["content"], &seen["followers"]),
        (&json!(true), &json!(false), &json!(true), &json!(1))
    );
    assert_eq!(names(&baraka, &format!("/api/v1/users/{}/followers", amina.id)).await, ["baraka"]);
    chiku.get(&format!("/api/v1/users/{}/followers", amina.id)).await.refused(403, "profile.list_hidden");
}

#[tokio::test]
async fn p3_a_request_is_declined_or_taken_back_and_nobody_is_told() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    go_private(&amina).await;
    let (follow, decline) =
        (format!("/api/v1/users/{}/follow", amina.id), format!("/api/v1/users/me/follow-requests/{}/decline", baraka.id));
    baraka.put(&follow).await;
    assert_eq!(amina.post(&decline, json!({})).await.status, 204);
    amina.post(&decline, json!({})).await.refused(404, "not_found");
    // Asked again, and taken back in each of two ways.
    for path in [format!("/api/v1/users/me/requested/{}", amina.id), follow.clone()] {
        baraka.put(&follow).await;
        assert_eq!(names(&amina, "/api/v1/users/me/follow-requests").await, ["baraka"]);
        assert_eq!(baraka.delete(&path).await.status, 204);
        assert!(names(&amina, "/api/v1/users/me/follow-requests").await.is_empty());
        amina.post(&decline, json!({})).await.refused(404, "not_found");
    }
    assert!(stage.told::<Followed>().await.is_empty());
    assert_eq!(baraka.get("/api/v1/users/me").await.ok()["following"], 0);
}
