//! What auth tells.

use contracts::auth::{AccountErased, AccountLocked, AccountUnlocked};
use testkit::Stage;

async fn standing(stage: &Stage) -> Vec<String> {
    sqlx::query_scalar("select state from files.person").fetch_all(&stage.database.owner).await.unwrap()
}

#[tokio::test]
async fn only_newer_facts_of_an_account_count_and_an_erased_one_stays_erased() {
    let stage = Stage::of(files::service()).start().await;
    let user = stage.person().id;
    stage.tell(&AccountLocked { user, version: 3 }).await;
    stage.tell(&AccountUnlocked { user, version: 2 }).await;
    assert_eq!(standing(&stage).await, ["locked"]);
    stage.tell(&AccountUnlocked { user, version: 4 }).await;
    assert_eq!(standing(&stage).await, ["open"]);
    stage.tell(&AccountErased { user, version: 5 }).await;
    stage.tell(&AccountUnlocked { user, version: 6 }).await;
    assert_eq!(standing(&stage).await, ["erased"]);
}
