//! Files's tests: through its doors only, mirroring them.
#![cfg(test)]

mod inbox;

use testkit::Stage;

#[tokio::test]
async fn it_starts_on_its_own_schema() {
    let stage = Stage::of(files::service()).start().await;
    assert_eq!(stage.anonymous().get("/readyz").await.status, 200);
}
