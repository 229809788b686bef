//! Other people's accounts: locking and erasing them (A9).

use contracts::auth::{AccountErased, AccountLocked, AccountOpened, AccountUnlocked, GrantRole};
use kernel::Role;
use serde_json::json;

use crate::world::{
    AMINA, Member, PASSWORD, admin, admin_named, begin, code_for, is_kept, log_in, refresh, sign_up, stage, verify,
};

#[tokio::test]
async fn a9_a_locked_account_is_signed_out_everywhere_and_stays_out_until_it_is_unlocked() {
    let stage = stage().await;
    let (admin, amina) = (admin(&stage).await, sign_up(&stage, AMINA).await);
    let path = format!("/api/v1/admin/users/{}", amina.person.id);
    assert_eq!(admin.person.post(&format!("{path}/lock"), json!({"reason": "Fraud"})).await.status, 204);
    refresh(&stage, amina.refresh_token()).await.refused(401, "auth.session_revoked");
    amina.person.get("/api/v1/auth/sessions").await.refused(401, "token_revoked");
    log_in(&stage, AMINA, PASSWORD, None).await.refused(403, "auth.account_locked");
    log_in(&stage, AMINA, "wrong password", None).await.refused(401, "auth.wrong_credentials");
    let flow = begin(&stage, "login/code", json!({"identifier": AMINA})).await;
    verify(&stage, &flow, &code_for(&stage, AMINA).await).await.refused(403, "auth.account_locked");
    admin.person.post(&format!("{path}/lock"), json!({"reason": "Fraud"})).await.refused(409, "auth.account_state");
    assert_eq!(admin.person.post(&format!("{path}/unlock"), json!({})).await.status, 204);
    log_in(&stage, AMINA, PASSWORD, None).await.ok();
    refresh(&stage, amina.refresh_token()).await.refused(401, "auth.session_revoked");
    let (locked, unlocked) = (&stage.told::<AccountLocked>().await[0], &stage.told::<AccountUnlocked>().await[0]);
    assert_eq!((locked.user, locked.version, unlocked.user, unlocked.version), (amina.person.id, 3, amina.person.id, 4));
}

#[tokio::test]
async fn a9_an_erased_account_leaves_nothing_of_the_person_and_their_contact_may_come_again() {
    let stage = stage().await;
    let (admin, amina) = (admin(&stage).await, sign_up(&stage, AMINA).await);
    begin(&stage, "login/code", json!({"identifier": AMINA})).await;
    let path = format!("/api/v1/admin/users/{}", amina.person.id);
    assert_eq!(admin.person.delete(&path).await.status, 204);
    assert!(!is_kept(&stage, "amina@").await);
    let told = &stage.told::<AccountErased>().await[0];
    assert_eq!((told.user, told.version), (amina.person.id, 3));
    refresh(&stage, amina.refresh_token()).await.refused(401, "auth.refresh_invalid");
    amina.person.get("/api/v1/auth/sessions").await.refused(401, "token_revoked");
    log_in(&stage, AMINA, PASSWORD, None).await.refused(401, "auth.wrong_credentials");
    for verb in ["lock", "unlock"] {
        admin.person.post(&format!("{path}/{verb}"), json!({"reason": "x"})).await.refused(409, "auth.account_state");
    }
    admin.person.delete(&path).await.refused(409, "auth.account_state");
    let again = sign_up(&stage, AMINA).await;
    assert_ne!(again.person.id, amina.person.id);
    assert_eq!(stage.told::<AccountOpened>().await.len(), 3);
}

#[tokio::test]
async fn a9_these_routes_are_there_for_admins_only() {
    let stage = stage().await;
    let amina = sign_up(&stage, AMINA).await;
    let moderator = sign_up(&stage, "moderator@example.com").await;
    stage.node.ask(GrantRole { who: "moderator@example.com".into(), role: Role::Moderator }).await.unwrap();
    let moderator = Member::of(&stage, refresh(&stage, moderator.refresh_token()).await.ok());
    let path = format!("/api/v1/admin/users/{}", amina.person.id);
    for (person, status, code) in
        [(&amina.person, 404, "not_found"), (&moderator.person, 404, "not_found"), (&stage.anonymous(), 401, "unauthenticated")]
    {
        person.post(&format!("{path}/lock"), json!({"reason": "x"})).await.refused(status, code);
        person.post(&format!("{path}/unlock"), json!({})).await.refused(status, code);
        person.delete(&path).await.refused(status, code);
    }
    let admin = admin(&stage).await;
    for reason in ["", "Fraud\u{0}", "Fraud\r\nand more"] {
        admin.person.post(&format!("{path}/lock"), json!({"reason": reason})).await.refused(422, "invalid");
    }
    let nobody = format!("/api/v1/admin/users/{}", stage.anonymous().id);
    admin.person.delete(&nobody).await.refused(404, "not_found");
    admin.person.delete("/api/v1/admin/users/nobody").await.refused(404, "not_found");
}

#[tokio::test]
async fn a9_an_admin_who_was_locked_elsewhere_decides_nothing_before_this_node_hears_of_it() {
    let stage = stage().await;
    let (first, amina) = (admin(&stage).await, sign_up(&stage, AMINA).await);
    let second = admin_named(&stage, "second@example.com").await;
    let path = |user: &Member| format!("/api/v1/admin/users/{}", user.person.id);
    let (own, others) = (path(&second), path(&amina));
    let lock = sqlx::query("update auth.account set state = 'locked', lock_reason = 'Fraud' where user_id = $1");
    lock.bind(second.person.id.uuid()).execute(&stage.database.owner).await.unwrap();
    // The token is good for reading still, and for nothing that an admin may do.
    second.person.post(&format!("{own}/unlock"), json!({})).await.refused(404, "not_found");
    for target in [&others, &path(&first)] {
        second.person.post(&format!("{target}/lock"), json!({"reason": "x"})).await.refused(404, "not_found");
        second.person.delete(target).await.refused(404, "not_found");
    }
    log_in(&stage, "second@example.com", PASSWORD, None).await.refused(403, "auth.account_locked");
    log_in(&stage, AMINA, PASSWORD, None).await.ok();
    // Unlocked by somebody who may, they are an admin again; erased, never.
    assert_eq!(first.person.post(&format!("{own}/unlock"), json!({})).await.status, 204);
    assert_eq!(second.person.post(&format!("{others}/lock"), json!({"reason": "x"})).await.status, 204);
    assert_eq!(first.person.delete(&own).await.status, 204);
    second.person.post(&format!("{others}/unlock"), json!({})).await.refused(401, "token_revoked");
}

#[tokio::test]
async fn a9_whose_role_was_taken_away_decides_nothing_with_the_token_they_still_have() {
    let stage = stage().await;
    let (admin, amina) = (admin(&stage).await, sign_up(&stage, AMINA).await);
    let demote = sqlx::query("update auth.account set roles = '{user}' where user_id = $1").bind(admin.person.id.uuid());
    demote.execute(&stage.database.owner).await.unwrap();
    let path = format!("/api/v1/admin/users/{}", amina.person.id);
    admin.person.post(&format!("{path}/lock"), json!({"reason": "x"})).await.refused(404, "not_found");
    admin.person.delete(&path).await.refused(404, "not_found");
    log_in(&stage, AMINA, PASSWORD, None).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a9_two_admins_who_lock_each_other_at_once_leave_one_of_them_open() {
    let stage = stage().await;
    let (first, second) = (admin(&stage).await, admin_named(&stage, "second@example.com").await);
    let lock = |of: &Member| format!("/api/v1/admin/users/{}/lock", of.person.id);
    let (one, other) = (lock(&second), lock(&first));
    let (one, other) = tokio::join!(
        first.person.post(&one, json!({"reason": "Fraud"})),
        second.person.post(&other, json!({"reason": "Fraud"})),
    );
    let mut answers = [one.status.as_u16(), other.status.as_u16()];
    answers.sort_unstable();
    // Whoever comes second is no admin any more, or, where they come later still, has no session.
    assert!(answers == [204, 404] || answers == [204, 401], "{answers:?}");
}
