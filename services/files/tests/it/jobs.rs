//! Work for later and on a clock.

use std::time::Duration;

use contracts::{
    auth::AccountErased,
    files::{MediaDeleted, MediaFailed, MediaReady},
};
use serde_json::json;
use testkit::Stage;

use crate::world::{MEDIA, document, form, id, objects, path, picture, ready, send, stage, upload, upload_private};

#[tokio::test]
async fn f6_what_cannot_be_worked_on_is_tried_five_times_and_then_failed() {
    // A program that ends at once and says nothing.
    let stage = Stage::of(files::service()).with(|config| config.program = "/bin/false".into()).start().await;
    let amina = stage.person();
    let item = upload(&amina, &[&picture(1)]).await.remove(0);
    for _ in 0..4 {
        stage.settle().await;
        assert_eq!(amina.get(&path(&item)).await.ok()["status"], "processing");
        stage.advance(Duration::from_secs(8));
    }
    stage.settle().await;
    let media = amina.get(&path(&item)).await.ok();
    assert_eq!((&media["status"], &media["reason"]), (&json!("failed"), &json!("files.not_worked_on")));
    assert_eq!(objects(&stage, ""), 0);
    assert_eq!(stage.told::<MediaFailed>().await.len(), 1);
    assert_eq!(amina.get(&format!("{MEDIA}/usage")).await.ok()["used_bytes"], 0);
}

#[tokio::test]
async fn what_is_deleted_while_it_waits_is_never_made() {
    let stage = stage().await;
    let amina = stage.person();
    let item = upload(&amina, &[&picture(1)]).await.remove(0);
    assert_eq!(amina.delete(&path(&item)).await.status, 204);
    stage.settle().await;
    assert_eq!(objects(&stage, ""), 0);
    amina.get(&path(&item)).await.refused(404, "not_found");
}

#[tokio::test]
async fn bytes_of_a_request_that_broke_off_are_swept_and_those_that_wait_are_not() {
    let stage = stage().await;
    let amina = stage.person();
    let whole = form("", &[&picture(1), &picture(2)]);
    send(&amina, whole[..whole.len() - 40].to_vec()).await.refused(400, "files.bad_form");
    assert_eq!(objects(&stage, "incoming"), 1, "the first one had come");
    // Of the job only the row is left: it waits for ever.
    let waiting = upload(&amina, &[&picture(3)]).await.remove(0);
    sqlx::query("delete from kernel.job where name = 'develop_media'").execute(&stage.database.owner).await.unwrap();
    stage.settle().await;
    assert_eq!(objects(&stage, "incoming"), 2);
    stage.advance(Duration::from_hours(400 * 24));
    stage.settle().await;
    assert_eq!(objects(&stage, &format!("incoming/{}", id(&waiting))), 1);
    assert_eq!(objects(&stage, "incoming"), 1);
}

#[tokio::test]
async fn x12_rows_of_what_is_gone_are_kept_for_thirty_days_from_then_on() {
    let stage = stage().await;
    let amina = stage.person();
    ready(&stage, &amina, 1).await;
    let rows = async || -> i64 {
        sqlx::query_scalar("select count(*) from files.media").fetch_one(&stage.database.owner).await.unwrap()
    };
    // It stood for long before it went.
    stage.advance(Duration::from_hours(100 * 24));
    stage.tell(&AccountErased { user: amina.id, version: 2 }).await;
    stage.advance(Duration::from_hours(29 * 24));
    stage.settle().await;
    assert_eq!(rows().await, 1);
    stage.advance(Duration::from_hours(2 * 24));
    stage.settle().await;
    assert_eq!(rows().await, 0);
}

#[tokio::test]
async fn x4_two_workers_at_one_upload_leave_one_picture_with_all_its_variants() {
    let stage = stage().await;
    let amina = stage.person();
    let item = upload(&amina, &[&picture(1)]).await.remove(0);
    sqlx::query(
        "insert into kernel.job (id, service, name, body, run_at)
         select gen_random_uuid(), service, name, body, run_at from kernel.job, generate_series(1, 3) where name = 'develop_media'",
    )
    .execute(&stage.database.owner)
    .await
    .unwrap();
    stage.settle().await;
    stage.advance(Duration::from_secs(8));
    stage.settle().await;
    let media = amina.get(&path(&item)).await.ok();
    assert_eq!((&media["status"], objects(&stage, "public"), objects(&stage, "incoming")), (&json!("ready"), 6, 0));
    assert_eq!(stage.told::<MediaReady>().await.len(), 1);
}

#[tokio::test]
async fn x12_an_erased_account_leaves_no_media() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), stage.person());
    ready(&stage, &amina, 1).await;
    upload_private(&amina, &[&document()]).await;
    let theirs = ready(&stage, &baraka, 1).await;
    let left = objects(&stage, &format!("public/{}", id(&theirs)));
    upload(&amina, &[&picture(2)]).await;
    stage.tell(&AccountErased { user: amina.id, version: 2 }).await;
    assert_eq!(objects(&stage, ""), left);
    assert_eq!(stage.told::<MediaDeleted>().await.len(), 3);
    send(&amina, form("", &[&picture(3)])).await.refused(403, "files.account_locked");
    assert_eq!(baraka.get(&path(&theirs)).await.ok()["status"], "ready");
}
