//! The core loop and what may go wrong in it, told once in one process and once split over three and a broker.

use reqwest::Method;
use serde_json::json;
use testkit::{Part, Person};

use crate::{
    market::{Stall, check_out, log_in, moderator, notified, open, pay, petition, sign_up, stall, text, top_up, wallet},
    world::World,
};

/// The same story in both forms of the house (wall 8).
macro_rules! in_both_forms {
    ($($story:ident),* $(,)?) => {
        mod in_one_process {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $story() {
                super::$story(&crate::market::open().await).await;
            })*
        }
        mod in_three_processes {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $story() {
                super::$story(&crate::split::Split::open().await).await;
            })*
        }
    };
}

in_both_forms! {
    somebody_sells_and_somebody_buys_from_the_post,
    a_cancelled_order_gives_money_and_goods_back,
    x6_an_open_order_goes_on_after_a_block_and_nothing_new_begins,
    x5_two_buyers_want_the_last_unit_and_the_loser_keeps_the_money,
    x9_a_new_username_changes_no_token_no_link_and_no_order,
    n9_every_trigger_brings_its_notification_to_the_right_people,
}

async fn somebody_sells_and_somebody_buys_from_the_post(stage: &impl World) {
    let stall = stall(stage, "amina", 3).await;
    let buyer = sign_up(stage, "baraka").await;

    // The buyer follows the seller and finds the post with its live card in the feed.
    assert_eq!(buyer.put(&format!("/api/v1/users/{}/follow", stall.seller.id)).await.status, 204);
    stage.settle().await;
    let feed = buyer.get("/api/v1/feed?tab=following").await.ok();
    let post = &feed["items"][0];
    assert_eq!((&post["id"], &post["authors"][0]["username"]), (&json!(stall.post), &json!("amina")));
    assert_eq!(post["card"]["product"]["available"], 3);

    // They top up and buy; the money waits in escrow.
    top_up(stage, &buyer, 2_000_000).await;
    let checkout = check_out(&buyer, &stall).await;
    assert_eq!(checkout["quote"]["total"], json!({"minor": 1_250_000, "currency": "TZS"}));
    let order = pay(stage, &buyer, &checkout).await;
    assert_eq!((wallet(&buyer).await.0, wallet(&stall.seller).await), (750_000, (0, 0)));

    // The seller ships; only the buyer sees the hand-over code, which releases the money less 5 %.
    let seen = stall.seller.get("/api/v1/orders?role=seller").await.ok();
    assert_eq!(seen["items"][0]["id"], json!(order));
    let path = format!("/api/v1/orders/{order}");
    stall.seller.post(&format!("{path}/ship"), json!({"carrier": "Bus", "tracking": "T 123 ABC"})).await.ok();
    stage.settle().await;
    let code = text(&buyer.get(&path).await.ok()["handover_code"]).to_owned();
    assert!(stall.seller.get(&path).await.ok()["handover_code"].is_null());
    stall.seller.post(&format!("{path}/deliver"), json!({"handover_code": code})).await.ok();
    stage.settle().await;
    assert_eq!(wallet(&stall.seller).await, (0, 1_187_500), "held as pending payout for 48 hours");
    assert_eq!(buyer.get(&path).await.ok()["status"], "completed");

    // Everybody concerned has been told.
    let seller = &stall.seller;
    for kind in [
        "auth.welcome",
        "payment.payment_successful",
        "commerce.order_placed",
        "commerce.order_shipped",
        "commerce.order_delivered",
    ] {
        assert!(notified(&buyer).await.contains(&kind.to_owned()), "{kind}: {:?}", notified(&buyer).await);
    }
    for kind in ["profile.new_follower", "commerce.payment_received", "commerce.order_placed", "payment.escrow_released"] {
        assert!(notified(seller).await.contains(&kind.to_owned()), "{kind}: {:?}", notified(seller).await);
    }
    stage.must_be_sound().await;
}

#[tokio::test]
async fn m6_released_money_is_available_after_48_hours() {
    let stage = open().await;
    let stall = stall(&stage, "amina", 1).await;
    let buyer = sign_up(&stage, "baraka").await;
    top_up(&stage, &buyer, 1_250_000).await;
    let order = pay(&stage, &buyer, &check_out(&buyer, &stall).await).await;
    stall.seller.post(&format!("/api/v1/orders/{order}/ship"), json!({"carrier": "Bus"})).await.ok();
    buyer.post(&format!("/api/v1/orders/{order}/confirm"), json!({})).await.ok();
    stage.settle().await;
    assert_eq!(wallet(&stall.seller).await, (0, 1_187_500));
    stage.advance(std::time::Duration::from_hours(49));
    stage.settle().await;
    assert_eq!(wallet(&log_in(&stage, "amina").await).await, (1_187_500, 0));
    stage.must_be_sound().await;
}

async fn a_cancelled_order_gives_money_and_goods_back(stage: &impl World) {
    let stall = stall(stage, "amina", 1).await;
    let buyer = sign_up(stage, "baraka").await;
    top_up(stage, &buyer, 1_250_000).await;
    let checkout = check_out(&buyer, &stall).await;
    let order = pay(stage, &buyer, &checkout).await;
    buyer.post(&format!("/api/v1/orders/{order}/cancel"), json!({})).await.ok();
    stage.settle().await;
    assert_eq!(wallet(&buyer).await.0, 1_250_000);
    let seen = buyer.get(&format!("/api/v1/products/{}", stall.product)).await.ok();
    assert_eq!(seen["variants"][0]["available"], 1);
    stage.must_be_sound().await;
}

async fn x5_two_buyers_want_the_last_unit_and_the_loser_keeps_the_money(stage: &impl World) {
    let stall = stall(stage, "amina", 1).await;
    let (first, second) = (sign_up(stage, "baraka").await, sign_up(stage, "chiku").await);
    top_up(stage, &first, 1_250_000).await;
    top_up(stage, &second, 1_250_000).await;
    let checkout = check_out(&first, &stall).await;
    let body = json!({"source": {"variant_id": stall.variant, "quantity": 1}});
    second.post("/api/v1/checkouts", body).await.refused(409, "commerce.sold_out");
    pay(stage, &first, &checkout).await;
    assert_eq!((wallet(&first).await.0, wallet(&second).await.0), (0, 1_250_000));
    stage.must_be_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn x5_two_hundred_buyers_at_once_for_one_unit_make_one_order() {
    let stage = open().await;
    let stall = stall(&stage, "amina", 1).await;
    let buyer = sign_up(&stage, "baraka").await;
    top_up(&stage, &buyer, 1_250_000).await;
    // Two hundred people, one of whom has the money; tokens are signed by auth's own key, so each signs up for real.
    let mut people = vec![buyer];
    for number in 1..200 {
        people.push(sign_up(&stage, &format!("buyer_{number}")).await);
    }
    let body = json!({"source": {"variant_id": stall.variant, "quantity": 1},
        "shipping": {"address": {"name": "Baraka", "phone": "+255712000001", "region": "Dar es Salaam", "district": "Ilala"}}});
    // Everybody asks until there is a definite answer, as Retry-After says.
    let calls = people.iter().map(async |person| {
        loop {
            let reply = person.post("/api/v1/checkouts", body.clone()).await;
            if reply.status != 503 {
                return reply;
            }
        }
    });
    let replies = futures_util::future::join_all(calls).await;
    let won: Vec<usize> = (0..200).filter(|place| replies[*place].status == 201).collect();
    assert_eq!(won.len(), 1);
    for (_, reply) in replies.iter().enumerate().filter(|(place, _)| !won.contains(place)) {
        reply.refused(409, "commerce.sold_out");
    }
    let winner = &people[won[0]];
    top_up(&stage, winner, 1_250_000).await;
    let paid =
        winner.post(&format!("/api/v1/checkouts/{}/pay", text(&replies[won[0]].json["id"])), json!({"method": "wallet"})).await;
    assert_eq!(paid.ok()["status"], "paid");
    stage.settle().await;
    stage.must_be_sound().await;
}

#[tokio::test]
async fn x3_the_loop_with_every_fact_five_times_and_out_of_order_ends_the_same() {
    let stage = open().await;
    let stall = stall(&stage, "amina", 5).await;
    let buyer = sign_up(&stage, "baraka").await;
    buyer.put(&format!("/api/v1/users/{}/follow", stall.seller.id)).await;
    top_up(&stage, &buyer, 2_000_000).await;
    let checkout = check_out(&buyer, &stall).await;
    // Paid, shipped and confirmed before anybody has heard of any of it.
    let path = format!("/api/v1/checkouts/{}/pay", text(&checkout["id"]));
    let paid = buyer.post(&path, json!({"method": "wallet"})).await.ok();
    let order = format!("/api/v1/orders/{}", text(&paid["order_id"]));
    stall.seller.post(&format!("{order}/ship"), json!({"carrier": "Bus"})).await.ok();
    buyer.post(&format!("{order}/confirm"), json!({})).await.ok();
    // As a broker that has lost all its acknowledgements: everything, newest first, five times; then what comes of it.
    for _ in 0..5 {
        for _ in 0..5 {
            for fact in stage.node.told().await.unwrap().iter().rev() {
                stage.node.deliver(fact).await.unwrap();
            }
        }
        stage.settle().await;
    }
    assert_eq!(buyer.get(&order).await.ok()["status"], "completed");
    assert_eq!((wallet(&buyer).await, wallet(&stall.seller).await), ((750_000, 0), (0, 1_187_500)));
    let (bought, sold) = (notified(&buyer).await, notified(&stall.seller).await);
    for kind in ["commerce.order_placed", "commerce.order_shipped", "commerce.order_delivered"] {
        assert_eq!(bought.iter().filter(|told| *told == kind).count(), 1, "{kind}: {bought:?}");
    }
    for kind in ["profile.new_follower", "commerce.order_placed", "commerce.payment_received", "payment.escrow_released"] {
        assert_eq!(sold.iter().filter(|told| *told == kind).count(), 1, "{kind}: {sold:?}");
    }
    stage.must_be_sound().await;
}

#[tokio::test]
async fn x3_copies_built_from_facts_in_reverse_order_are_the_same() {
    let stage = open().await;
    let stall = stall(&stage, "amina", 5).await;
    let buyer = sign_up(&stage, "baraka").await;
    let follow = format!("/api/v1/users/{}/follow", stall.seller.id);
    buyer.put(&follow).await;
    buyer.delete(&follow).await;
    buyer.put(&follow).await;
    // Nothing has been delivered yet: the newest fact arrives first.
    let told = stage.node.told().await.unwrap();
    for fact in told.iter().rev() {
        stage.node.deliver(fact).await.unwrap();
    }
    stage.settle().await;
    let feed = buyer.get("/api/v1/feed").await.ok();
    assert_eq!(feed["items"].as_array().unwrap().len(), 1);
    let followers = notified(&stall.seller).await.iter().filter(|kind| *kind == "profile.new_follower").count();
    assert_eq!(followers, 1, "following again the same day is no news");
    stage.must_be_sound().await;
}

async fn x6_an_open_order_goes_on_after_a_block_and_nothing_new_begins(stage: &impl World) {
    let stall = stall(stage, "amina", 5).await;
    let buyer = sign_up(stage, "baraka").await;
    top_up(stage, &buyer, 5_000_000).await;
    let order = pay(stage, &buyer, &check_out(&buyer, &stall).await).await;
    let waiting = check_out(&buyer, &stall).await;
    stall.seller.put(&format!("/api/v1/users/{}/block", buyer.id)).await;
    let source = json!({"source": {"variant_id": stall.variant, "quantity": 1}});
    buyer.post_once("late", "/api/v1/checkouts", source).await.refused(404, "not_found");
    let checkout = format!("/api/v1/checkouts/{}", text(&waiting["id"]));
    buyer.post_once("pay", &format!("{checkout}/pay"), json!({"method": "wallet"})).await.refused(404, "not_found");
    buyer.patch(&checkout, json!({"renew": true})).await.refused(404, "not_found");
    // What was agreed before is seen, told and done as ever.
    let path = format!("/api/v1/orders/{order}");
    for party in [&buyer, &stall.seller] {
        assert_eq!(party.get(&path).await.ok()["status"], "open");
    }
    stall.seller.post(&format!("{path}/ship"), json!({"carrier": "Bus"})).await.ok();
    let code = buyer.get(&path).await.ok()["handover_code"].clone();
    stall.seller.post(&format!("{path}/deliver"), json!({"handover_code": code})).await.ok();
    stage.settle().await;
    assert_eq!(buyer.get(&path).await.ok()["status"], "completed");
    let (bought, sold) = (notified(&buyer).await, notified(&stall.seller).await);
    for kind in ["commerce.order_shipped", "commerce.order_delivered"] {
        assert!(bought.iter().any(|told| told == kind), "{kind}: {bought:?}");
    }
    assert!(sold.iter().any(|told| told == "payment.escrow_released"), "{sold:?}");
    stage.must_be_sound().await;
}

async fn x9_a_new_username_changes_no_token_no_link_and_no_order(stage: &impl World) {
    let stall = stall(stage, "amina", 2).await;
    let buyer = sign_up(stage, "baraka").await;
    buyer.put(&format!("/api/v1/users/{}/follow", stall.seller.id)).await;
    top_up(stage, &buyer, 1_250_000).await;
    let checkout = check_out(&buyer, &stall).await;
    let order = pay(stage, &buyer, &checkout).await;
    for (person, name) in [(&stall.seller, "zuwena"), (&buyer, "chiku")] {
        person.patch("/api/v1/users/me", json!({"username": name})).await.ok();
    }
    stage.settle().await;
    // The tokens, the ids and the order are what they were; the names shown are the new ones.
    assert_eq!(buyer.get("/api/v1/users/me").await.ok()["username"], "chiku");
    assert_eq!(buyer.get(&format!("/api/v1/users/{}", stall.seller.id)).await.ok()["username"], "zuwena");
    let post = buyer.get(&format!("/api/v1/posts/{}", stall.post)).await.ok();
    assert_eq!(post["authors"][0]["username"], "zuwena");
    assert_eq!(buyer.get("/api/v1/feed").await.ok()["items"][0]["id"], json!(stall.post));
    stall.seller.post(&format!("/api/v1/orders/{order}/ship"), json!({"carrier": "Bus"})).await.ok();
    let again = log_in(stage, "baraka").await;
    assert_eq!((again.id, again.get("/api/v1/orders").await.ok()["items"][0]["id"].clone()), (buyer.id, json!(order)));
    let told = stall.seller.get("/api/v1/notifications").await.ok().to_string();
    assert!(told.contains("chiku") && !told.contains("baraka"), "{told}");
}

/// The buyer reports what the seller posts, and the seller asks to be verified, and not to be judged by an order they called off: a
/// moderator decides all three.
async fn moderated(stage: &impl World, stall: &Stall, buyer: &Person, cancelled: &str) {
    let report = json!({"thing": {"post": stall.post}, "reason": "spam"});
    let case = text(&buyer.post("/api/v1/reports", report).await.ok()["id"]).to_owned();
    let verified = petition(&stall.seller, "business").await;
    let asked = [Part::Word("deals", cancelled), Part::Word("words", "The bus had an accident.")];
    let reviewed = stall.seller.hand_in("/api/v1/users/me/trust/review", "*/*", &asked).await.ok();
    let moderator = moderator(stage).await;
    for (path, verdict) in [
        (format!("cases/{case}"), json!({"outcome": "warned", "reason": "spam"})),
        (format!("petitions/{verified}"), json!({"outcome": "approved", "shown_as": "amina"})),
        (format!("petitions/{}", text(&reviewed["id"])), json!({"outcome": "approved", "struck": [cancelled]})),
    ] {
        moderator.post(&format!("/api/v1/moderation/{path}/take"), json!({})).await.ok();
        moderator.post(&format!("/api/v1/moderation/{path}/decide"), verdict).await.ok();
    }
}

async fn n9_every_trigger_brings_its_notification_to_the_right_people(stage: &impl World) {
    let stall = stall(stage, "amina", 2).await;
    let (seller, buyer) = (&stall.seller, sign_up(stage, "baraka").await);
    buyer.put(&format!("/api/v1/users/{}/follow", seller.id)).await;
    // The sandbox declines this very amount (M5).
    buyer.post("/api/v1/wallet/top-ups", json!({"amount": {"minor": 1_001, "currency": "TZS"}, "method": "sandbox"})).await.ok();
    top_up(stage, &buyer, 2_500_000).await;
    let cancelled = pay(stage, &buyer, &check_out(&buyer, &stall).await).await;
    seller.post(&format!("/api/v1/orders/{cancelled}/cancel"), json!({})).await.ok();
    stage.settle().await;
    let order = format!("/api/v1/orders/{}", pay(stage, &buyer, &check_out(&buyer, &stall).await).await);
    seller.post(&format!("{order}/ship"), json!({"carrier": "Bus"})).await.ok();
    buyer.post(&format!("{order}/confirm"), json!({})).await.ok();
    let private = Some(json!({"private": true}).to_string());
    seller.call(Method::PUT, "/api/v1/users/me/privacy", None, private).await.ok();
    let chiku = sign_up(stage, "chiku").await;
    chiku.put(&format!("/api/v1/users/{}/follow", seller.id)).await;
    // Asked, accepted, and mentioned by who accepted.
    let private = Some(json!({"private": true}).to_string());
    buyer.call(Method::PUT, "/api/v1/users/me/privacy", None, private).await.ok();
    seller.put(&format!("/api/v1/users/{}/follow", buyer.id)).await;
    let accept = format!("/api/v1/users/me/follow-requests/{}/accept", seller.id);
    assert_eq!(buyer.post(&accept, json!({})).await.status, 204);
    buyer.patch("/api/v1/users/me", json!({"bio": "Dressed by @amina"})).await.ok();
    moderated(stage, &stall, &buyer, &cancelled).await;
    stage.settle().await;

    // How often each kind came: to the buyer, to the seller.
    let triggers = [
        ("auth.welcome", 1, 1),
        ("profile.new_follower", 0, 1),
        ("profile.follow_request", 1, 1),
        ("profile.request_accepted", 0, 1),
        ("profile.mention", 0, 1),
        ("profile.case_decided", 1, 1),
        ("profile.verification_decided", 0, 1),
        ("profile.trust_reviewed", 0, 1),
        ("commerce.order_placed", 2, 2),
        ("commerce.order_shipped", 1, 0),
        ("commerce.order_delivered", 1, 0),
        ("commerce.order_cancelled", 1, 1),
        ("commerce.payment_received", 0, 2),
        // The top-up and two purchases.
        ("payment.payment_successful", 3, 0),
        ("payment.payment_failed", 1, 0),
        ("payment.escrow_released", 0, 1),
        ("payment.refund_processed", 1, 0),
    ];
    let (to_buyer, to_seller) = (notified(&buyer).await, notified(seller).await);
    let times = |all: &[String], kind: &str| all.iter().filter(|one| *one == kind).count();
    for (kind, buyers, sellers) in triggers {
        assert_eq!((times(&to_buyer, kind), times(&to_seller, kind)), (buyers, sellers), "{kind}: {to_buyer:?} {to_seller:?}");
    }
    let document = stage.anonymous().get("/openapi.json").await.ok();
    let kinds: Vec<&str> = document["components"]["schemas"]["Kind"]["enum"].as_array().unwrap().iter().map(text).collect();
    assert_eq!(triggers.map(|(kind, ..)| kind).to_vec(), kinds, "every kind has its trigger here");
}
