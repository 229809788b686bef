//! Facts heard.

use axum::http::Method;
use contracts::auth::{AccountErased, AccountLocked, AccountUnlocked};
use contracts::commerce::ShopChanged;
use contracts::profile::{BlockChanged, Unfollowed};
use serde_json::json;
use testkit::{Person, Stage};

use crate::world::{person, stage};

#[tokio::test]
async fn a_locked_account_is_hidden_until_it_is_unlocked_and_old_news_change_nothing() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    stage.tell(&AccountLocked { user: amina.id, version: 2 }).await;
    stage.anonymous().get("/api/v1/users/amina").await.refused(404, "not_found");
    must_be_refused(&stage, &amina).await;
    stage.tell(&AccountUnlocked { user: amina.id, version: 3 }).await;
    stage.tell(&AccountLocked { user: amina.id, version: 2 }).await;
    assert_eq!(stage.anonymous().get("/api/v1/users/amina").await.status, 200);
    amina.patch("/api/v1/users/me", json!({"bio": "Back"})).await.ok();
}

/// Whoever is locked or erased changes nothing here (X12).
async fn must_be_refused(stage: &Stage, somebody: &Person) {
    let baraka = stage.person().id;
    let replies = [
        somebody.patch("/api/v1/users/me", json!({"bio": "Still here"})).await,
        somebody.put(&format!("/api/v1/users/{baraka}/follow")).await,
        somebody.delete(&format!("/api/v1/users/{baraka}/follow")).await,
        somebody.delete(&format!("/api/v1/users/me/followers/{baraka}")).await,
        somebody.put(&format!("/api/v1/users/{baraka}/block")).await,
        somebody.delete(&format!("/api/v1/users/{baraka}/block")).await,
        somebody.put(&format!("/api/v1/users/{baraka}/mute")).await,
        somebody.put(&format!("/api/v1/users/{baraka}/restrict")).await,
        somebody.delete(&format!("/api/v1/users/me/requested/{baraka}")).await,
        somebody.post(&format!("/api/v1/users/me/follow-requests/{baraka}/accept"), json!({})).await,
        somebody.call(Method::PUT, "/api/v1/users/me/privacy", None, Some("{}".into())).await,
    ];
    for reply in replies {
        reply.refused(403, "profile.account_locked");
    }
}

#[tokio::test]
async fn x12_an_erased_account_leaves_no_name_and_no_follower() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    baraka.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
    stage.tell(&AccountErased { user: amina.id, version: 9 }).await;
    stage.anonymous().get(&format!("/api/v1/users/{}", amina.id)).await.refused(404, "not_found");
    must_be_refused(&stage, &amina).await;
    assert_eq!(baraka.get("/api/v1/users/me").await.ok()["following"], 0);
    assert_eq!(stage.told::<Unfollowed>().await.len(), 1);
    let kept = sqlx::query("select 1 from profile.profile p where p::text ilike '%amina%'");
    assert!(kept.fetch_optional(&stage.database.owner).await.unwrap().is_none());
}

#[tokio::test]
async fn x12_what_tied_an_erased_account_to_others_is_cut_on_both_sides() {
    let stage = stage().await;
    let (amina, baraka, chiku) = (person(&stage, "amina").await, person(&stage, "baraka").await, person(&stage, "chiku").await);
    amina.put(&format!("/api/v1/users/{}/block", baraka.id)).await;
    chiku.put(&format!("/api/v1/users/{}/mute", amina.id)).await;
    chiku.put(&format!("/api/v1/users/{}/restrict", amina.id)).await;
    stage.tell(&AccountErased { user: amina.id, version: 9 }).await;
    let last: Vec<bool> = stage.told::<BlockChanged>().await.iter().map(|fact| fact.blocks || !fact.mutes.is_empty()).collect();
    assert_eq!(last, [true, true, false, false]);
    for list in ["mutes", "restricted"] {
        assert_eq!(chiku.get(&format!("/api/v1/users/me/{list}")).await.ok()["items"], json!([]), "{list}");
    }
}

#[tokio::test]
async fn x12_one_erasure_does_not_read_the_profiles_of_everybody() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    baraka.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
    let others = "with other as (
                      insert into profile.profile (user_id, username, display_name, opened_at)
                      select gen_random_uuid(), 'other_' || n, 'Other', now()
                        from generate_series(1, 5000) n
                      returning user_id
                  )
                  insert into profile.tie (subject, object)
                  select user_id, $1
                    from other";
    sqlx::query(others).bind(baraka.id.uuid()).execute(&stage.database.owner).await.unwrap();
    sqlx::raw_sql("analyze profile.profile, profile.tie").execute(&stage.database.owner).await.unwrap();
    stage.tell(&AccountErased { user: amina.id, version: 9 }).await;
    assert_eq!(stage.told::<Unfollowed>().await.len(), 1);
    for table in ["profile.profile", "profile.tie"] {
        assert!(read_through(&stage, table).await < 5000, "{table}");
    }
}

/// How many rows of a table were read one after the other so far. Whoever is connected says so when they leave, so they leave.
async fn read_through(stage: &Stage, table: &str) -> i64 {
    let mut owner = stage.database.owner.acquire().await.unwrap();
    let leave = "select count(pg_terminate_backend(pid))
                   from pg_stat_activity
                  where datname = current_database()
                    and backend_type = 'client backend'
                    and pid <> pg_backend_pid()";
    while sqlx::query_scalar::<_, i64>(leave).fetch_one(&mut *owner).await.unwrap() > 0 {}
    let read = sqlx::query_scalar("select seq_tup_read from pg_stat_user_tables where relid = $1::text::regclass").bind(table);
    read.fetch_one(&mut *owner).await.unwrap()
}

#[tokio::test]
async fn p7_a_profile_leads_to_its_shops_as_they_are_called_now() {
    let stage = stage().await;
    let (amina, shop) = (person(&stage, "amina").await, stage.id());
    let told =
        |version, name: &str| ShopChanged { shop, version, owner: amina.id, handle: "amina_fabrics".into(), name: name.into() };
    for fact in [told(1, "Amina"), told(3, "Amina Fabrics"), told(2, "Late news")] {
        stage.tell(&fact).await;
    }
    let seen = stage.anonymous().get("/api/v1/users/amina").await.ok();
    assert_eq!(seen["shops"], json!([{"id": shop, "handle": "amina_fabrics", "name": "Amina Fabrics"}]));
    let page = stage.anonymous().page("/users/amina").await.html();
    assert!(page.contains("href=\"/shops/amina_fabrics\"") && page.contains("Shop: Amina Fabrics"), "{page}");
    // What comes late of somebody who is erased is not kept.
    stage.tell(&AccountErased { user: amina.id, version: 2 }).await;
    stage.tell(&told(4, "Amina Fabrics")).await;
    let kept: i64 = sqlx::query_scalar("select count(*) from profile.shop").fetch_one(&stage.database.owner).await.unwrap();
    assert_eq!(kept, 0);
}
