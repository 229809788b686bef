//! Facts heard.

use contracts::auth::{AccountErased, AccountLocked, AccountUnlocked};

use crate::{code, deal, hold, must_be_sound, refund, release, somebody_with, stage, wallet, wish};

#[tokio::test]
async fn a_locked_payer_cannot_pay_and_still_gets_what_is_theirs() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), somebody_with(&stage, 5_000).await);
    let first = deal("ord_1", &baraka, &amina, 1_000);
    let held = hold(&stage, &first).await.unwrap();
    stage.tell(&AccountLocked { user: baraka.id, version: 2 }).await;
    assert_eq!(code(hold(&stage, &deal("ord_2", &baraka, &amina, 1_000)).await), "payment.account_locked");
    baraka.post("/api/v1/wallet/top-ups", wish(1_000)).await.refused(409, "payment.account_locked");
    assert_eq!(hold(&stage, &first).await.unwrap(), held, "what was held before is a repeat");
    refund(&stage, "ord_1").await.unwrap();
    assert_eq!(wallet(&baraka).await, (5_000, 0));
    stage.tell(&AccountUnlocked { user: baraka.id, version: 3 }).await;
    stage.tell(&AccountLocked { user: baraka.id, version: 2 }).await;
    hold(&stage, &deal("ord_2", &baraka, &amina, 1_000)).await.unwrap();
    must_be_sound(&stage).await;
}

#[tokio::test]
async fn x12_an_erased_account_never_pays_again_and_the_ledger_stays_sound() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), somebody_with(&stage, 5_000).await);
    hold(&stage, &deal("ord_1", &baraka, &amina, 1_000)).await.unwrap();
    for user in [amina.id, baraka.id] {
        stage.tell(&AccountErased { user, version: 2 }).await;
        stage.tell(&AccountUnlocked { user, version: 3 }).await;
    }
    assert_eq!(code(hold(&stage, &deal("ord_2", &baraka, &amina, 1_000)).await), "payment.account_locked");
    release(&stage, "ord_1").await.unwrap();
    assert_eq!(wallet(&amina).await, (0, 950));
    must_be_sound(&stage).await;
}
