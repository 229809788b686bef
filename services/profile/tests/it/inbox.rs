//! Facts heard.

use contracts::auth::{AccountErased, AccountLocked, AccountUnlocked};
use contracts::profile::Unfollowed;

use crate::{person, stage};

#[tokio::test]
async fn a_locked_account_is_hidden_until_it_is_unlocked_and_old_news_change_nothing() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    stage.tell(&AccountLocked { user: amina.id, version: 2 }).await;
    stage.anonymous().get("/api/v1/users/amina").await.refused(404, "not_found");
    stage.tell(&AccountUnlocked { user: amina.id, version: 3 }).await;
    stage.tell(&AccountLocked { user: amina.id, version: 2 }).await;
    assert_eq!(stage.anonymous().get("/api/v1/users/amina").await.status, 200);
}

#[tokio::test]
async fn x12_an_erased_account_leaves_no_name_and_no_follower() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    baraka.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
    stage.tell(&AccountErased { user: amina.id, version: 9 }).await;
    stage.anonymous().get(&format!("/api/v1/users/{}", amina.id)).await.refused(404, "not_found");
    assert_eq!(baraka.get("/api/v1/users/me").await.ok()["following"], 0);
    assert_eq!(stage.told::<Unfollowed>().await.len(), 1);
    let kept = sqlx::query("select 1 from profile.profile p where p::text ilike '%amina%'");
    assert!(kept.fetch_optional(&stage.database.owner).await.unwrap().is_none());
}
