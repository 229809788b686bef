//! Facts heard.

use std::time::Duration;

use contracts::{
    auth::{AccountErased, AccountLocked, AccountUnlocked},
    commerce::OrderCompleted,
    payment::{EscrowReleased, RefundProcessed},
};
use kernel::{Currency, Money};
use serde_json::json;
use testkit::Stage;

use crate::world::{bank::Mood, market, open_shop, pay, post};

#[tokio::test]
async fn a_locked_sellers_shop_is_closed_until_the_account_is_unlocked_and_old_news_change_nothing() {
    let market = market(3).await;
    let (buyer, user) = (market.stage.person(), market.seller.id);
    market.stage.tell(&AccountLocked { user, version: 2 }).await;
    buyer.post("/api/v1/checkouts", market.basket(1)).await.refused(409, "commerce.shop_closed");
    assert_eq!(buyer.get("/api/v1/shops/amina_fabrics").await.ok()["open"], false);
    market.stage.tell(&AccountUnlocked { user, version: 3 }).await;
    market.stage.tell(&AccountLocked { user, version: 2 }).await;
    market.check_out(&buyer, 1).await;
}

#[tokio::test]
async fn x12_a_locked_seller_changes_nothing_of_what_they_sell() {
    let market = market(3).await;
    let (seller, user) = (&market.seller, market.seller.id);
    let (shop, product) = (format!("/api/v1/shops/{}", market.shop), format!("/api/v1/products/{}", market.product));
    market.stage.tell(&AccountLocked { user, version: 2 }).await;
    let refused = [
        seller.post(&format!("{shop}/products"), crate::world::dress(1)).await,
        seller.patch(&shop, json!({"name": "Locked"})).await,
        seller.patch(&product, json!({"name": "Locked"})).await,
        seller.post(&format!("{product}/archive"), json!({})).await,
        seller.post(&format!("{product}/publish"), json!({})).await,
        seller.post(&format!("/api/v1/variants/{}/stock", market.variant), json!({"change": 1, "reason": "more"})).await,
    ];
    for reply in refused {
        reply.refused(403, "commerce.account_locked");
    }
    market.stage.tell(&AccountUnlocked { user, version: 3 }).await;
    assert_eq!((market.available().await, seller.get(&shop).await.ok()["name"].clone()), (3, json!("Amina Fabrics")));
    crate::world::add_product(seller, &market.shop, 1).await;
}

#[tokio::test]
async fn x12_an_erased_account_leaves_no_shop_and_no_address_and_every_order() {
    let market = market(3).await;
    let buyer = market.stage.person();
    let order = market.buy(&buyer, 1).await;
    market.check_out(&buyer, 1).await;
    // As nodes before this version wrote it.
    let words = "update commerce.product set media_ids = array['amina_in_red']";
    sqlx::query(words).execute(&market.stage.database.owner).await.unwrap();
    market.stage.tell(&AccountErased { user: market.seller.id, version: 9 }).await;
    market.stage.tell(&AccountErased { user: buyer.id, version: 9 }).await;
    market.stage.tell(&AccountUnlocked { user: market.seller.id, version: 10 }).await;
    buyer.get("/api/v1/shops/amina_fabrics").await.refused(404, "not_found");
    buyer.get(&format!("/api/v1/products/{}", market.product)).await.refused(404, "not_found");
    market.stage.person().post("/api/v1/checkouts", market.basket(1)).await.refused(409, "commerce.not_on_sale");
    for personal in [
        "select count(*) from commerce.shop s where s::text ilike '%amina%'",
        "select count(*) from commerce.product p where p::text ilike '%amina%'",
        "select count(*) from commerce.checkout c where c::text ilike '%baraka%'",
    ] {
        assert_eq!(market.count(personal).await, 0, "{personal}");
    }
    // What is owed goes on: the order ships, arrives and is paid out.
    market.ship(&buyer, &order).await;
    post(&buyer, &order, "confirm").await.ok();
    market.settle().await;
    assert_eq!(buyer.get(&order).await.ok()["status"], "completed");
}

#[tokio::test]
async fn x12_a_token_that_outlives_its_account_writes_nothing_personal() {
    let market = market(3).await;
    let buyer = market.stage.person();
    let checkout = market.check_out(&buyer, 1).await;
    let refused = async || {
        let shop = json!({"name": "Baraka Shoes", "handle": "baraka_shoes"});
        buyer.post("/api/v1/shops", shop).await.refused(403, "commerce.account_locked");
        buyer.post("/api/v1/checkouts", market.basket(1)).await.refused(403, "commerce.account_locked");
        let shipping = json!({"shipping": {"address": crate::world::address()}});
        buyer.patch(&checkout, shipping).await.refused(403, "commerce.account_locked");
        pay(&buyer, &checkout).await.refused(403, "commerce.account_locked");
        buyer.delete(&checkout).await.refused(403, "commerce.account_locked");
    };
    market.stage.tell(&AccountLocked { user: buyer.id, version: 2 }).await;
    refused().await;
    market.stage.tell(&AccountUnlocked { user: buyer.id, version: 3 }).await;
    open_shop(&buyer, "baraka_shop").await;
    market.check_out(&buyer, 1).await;
    market.stage.tell(&AccountErased { user: buyer.id, version: 4 }).await;
    refused().await;
    assert_eq!(market.count("select count(*) from commerce.checkout c where c::text ilike '%baraka%'").await, 0);
    assert_eq!(market.count("select count(*) from commerce.shop s where s::text ilike '%baraka%'").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn x12_a_checkout_opened_while_its_account_is_erased_keeps_no_address() {
    let market = market(40).await;
    let buyers: Vec<_> = (0..20).map(|_| market.stage.person()).collect();
    let both = buyers.iter().map(|buyer| async {
        let erased = AccountErased { user: buyer.id, version: 2 };
        tokio::join!(buyer.post("/api/v1/checkouts", market.basket(1)), market.stage.tell(&erased))
    });
    futures_util::future::join_all(both).await;
    assert_eq!(market.count("select count(*) from commerce.checkout where address is not null").await, 0);
}

#[tokio::test]
async fn x12_a_checkout_being_paid_at_erasure_loses_its_address_when_it_ends() {
    for (ends, state) in [(Mood::Willing, "paid"), (Mood::Refuses, "open")] {
        let market = market(3).await;
        let buyer = market.stage.person();
        let checkout = market.check_out(&buyer, 1).await;
        market.bank.behaves(Mood::Away);
        pay(&buyer, &checkout).await.refused(503, "unavailable");
        market.stage.tell(&AccountErased { user: buyer.id, version: 2 }).await;
        assert_eq!(buyer.get(&checkout).await.ok()["address"]["name"], "Baraka Mushi");
        market.bank.behaves(ends);
        market.stage.advance(Duration::from_secs(30));
        market.settle().await;
        let seen = buyer.get(&checkout).await.ok();
        assert_eq!((&seen["status"], &seen["address"]), (&json!(state), &json!(null)));
        // What was bought still arrives.
        assert_eq!(
            market.count("select count(*) from commerce.orders where address ->> 'name' = 'Baraka Mushi'").await,
            i64::from(ends == Mood::Willing)
        );
    }
}

#[tokio::test]
async fn x12_one_erasure_does_not_read_the_checkouts_of_everybody() {
    let market = market(3).await;
    let buyer = market.stage.person();
    market.check_out(&buyer, 1).await;
    let others = "insert into commerce.checkout
                         (id, buyer, seller, shop, product, variant, title, quantity, quote, address, state, expires_at)
                  select gen_random_uuid(), gen_random_uuid(), seller, shop, product, variant, title, quantity, quote, address,
                         'expired', expires_at
                    from commerce.checkout, generate_series(1, 5000)";
    sqlx::raw_sql(others).execute(&market.stage.database.owner).await.unwrap();
    sqlx::raw_sql("analyze commerce.checkout").execute(&market.stage.database.owner).await.unwrap();
    market.stage.tell(&AccountErased { user: buyer.id, version: 2 }).await;
    assert!(read_through(&market.stage, "commerce.checkout").await < 5000);
    assert_eq!(market.count("select count(*) from commerce.checkout where address is null").await, 1);
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
async fn x3_a_release_heard_again_and_again_completes_once() {
    let market = market(3).await;
    let buyer = market.stage.person();
    let order = market.buy(&buyer, 1).await;
    market.ship(&buyer, &order).await;
    post(&buyer, &order, "confirm").await.ok();
    market.stage.settle().await;
    let amount = Money::new(1_187_500, Currency::TZS);
    let reference = order.trim_start_matches("/api/v1/orders/").to_owned();
    let (escrow, payee, fee) = (market.stage.id(), market.seller.id, Money::new(62_500, Currency::TZS));
    let fact = market.stage.envelope(&EscrowReleased { escrow, reference: reference.clone(), payee, amount, fee });
    for _ in 0..5 {
        market.stage.node.deliver(&fact).await.unwrap();
    }
    market.stage.tell(&EscrowReleased { escrow, reference, payee, amount, fee }).await;
    assert_eq!(market.stage.told::<OrderCompleted>().await.len(), 1);
    assert_eq!(buyer.get(&order).await.ok()["status"], json!("completed"));
}

#[tokio::test]
async fn money_of_other_deals_is_none_of_ours() {
    let market = market(3).await;
    let (payer, amount) = (market.seller.id, Money::new(1, Currency::TZS));
    for reference in ["bkg_00000000000000000000000007".to_owned(), market.stage.id::<contracts::ids::Order>().to_string()] {
        market.stage.tell(&RefundProcessed { escrow: market.stage.id(), reference, payer, amount }).await;
    }
    assert_eq!(market.count("select count(*) from kernel.inbox where state <> 'done'").await, 0);
}
