//! Copies that were lost are told again, over the broker, and are as they were.

use serde_json::json;
use testkit::Person;

use crate::{
    market::{check_out, notified, pay, sign_up, stall, top_up},
    split::{PARTS, Split},
    world::World,
};

/// What each service keeps of others, in an order of its own; versions may be newer, as the copy is of now. A service needs no
/// row for somebody whose account was never locked.
const COPIES: &[(&str, &str)] = &[
    ("social", "select follower::text, followee::text, active::text, version::text from social.follow order by 1, 2"),
    ("social", "select order_id::text, post_id::text, at::text, '' from social.sale order by 1"),
    ("social", "select id::text, sales::text, '', '' from social.post order by 1"),
    ("social", "select user_id::text, state, '', '' from social.person where state <> 'open' order by 1"),
    ("profile", "select user_id::text, state, '', '' from profile.profile where state <> 'open' order by 1"),
    ("profile", "select order_id::text, seller::text, concat(buyer, kind, value), ended_at::text from profile.deal order by 1"),
    ("profile", "select shop_id::text, owner::text, handle, name from profile.shop order by 1"),
    ("commerce", "select user_id::text, state, '', '' from commerce.person where state <> 'open' order by 1"),
    ("payment", "select user_id::text, state, '', '' from payment.person where state <> 'open' order by 1"),
    (
        "notification",
        "select user_id::text, state, concat(email, phone, locale), concat(username, display_name)
           from notification.person order by 1",
    ),
];

/// Loses them all.
const LOSS: &[(&str, &str)] = &[
    ("social", "delete from social.follow"),
    ("social", "delete from social.sale"),
    ("social", "update social.post set sales = 0"),
    ("social", "update social.person set state = 'open', account_version = 0"),
    ("profile", "update profile.profile set state = 'open', account_version = 0"),
    ("profile", "delete from profile.deal"),
    ("profile", "delete from profile.shop"),
    ("commerce", "update commerce.person set state = 'open', account_version = 0"),
    ("payment", "update payment.person set state = 'open', account_version = 0"),
    (
        "notification",
        "update notification.person
            set email = null, phone = null, contacts_version = 0, username = '', display_name = '', profile_version = 0,
                state = 'open', account_version = 0",
    ),
];

const TOLD: &[(&str, &str)] = &[
    ("profile", "social"),
    ("commerce", "social"),
    ("commerce", "profile"),
    ("auth", "profile"),
    ("auth", "social"),
    ("auth", "commerce"),
    ("auth", "payment"),
    ("auth", "notification"),
    ("profile", "notification"),
];

type Row = (String, String, String, String);

async fn copies(split: &Split) -> Vec<Vec<Row>> {
    let mut all = Vec::new();
    for (service, query) in COPIES {
        all.push(sqlx::query_as(*query).fetch_all(split.owner(service)).await.unwrap());
    }
    all
}

/// The part that mounts a service.
fn part_of(service: &str) -> usize {
    PARTS.iter().position(|services| services.split(',').any(|mounted| mounted == service)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_rebuilt_by_retelling_is_as_the_old_one_was() {
    let split = Split::open().await;
    let stall = stall(&split, "amina", 5).await;
    let (baraka, chausiku) = (sign_up(&split, "baraka").await, sign_up(&split, "chausiku").await);
    top_up(&split, &baraka, 2_500_000).await;
    let ended = pay(&split, &baraka, &check_out(&baraka, &stall).await).await;
    stall.seller.post(&format!("/api/v1/orders/{ended}/cancel"), json!({})).await.ok();
    for (follower, followee) in [(&baraka, &stall.seller), (&stall.seller, &baraka), (&chausiku, &baraka)] {
        follower.put(&format!("/api/v1/users/{}/follow", followee.id)).await.ok();
    }
    baraka.delete(&format!("/api/v1/users/{}/follow", stall.seller.id)).await.ok();
    let checkout = check_out(&baraka, &stall).await;
    pay(&split, &baraka, &checkout).await;
    let admin = split.beside(0, &["admin", "grant", "amina@example.com", "admin"]);
    assert!(admin.0, "{}", admin.1);
    let amina = crate::market::log_in(&split, "amina").await;
    amina.post(&format!("/api/v1/admin/users/{}/lock", chausiku.id), json!({"reason": "A test"})).await.ok();
    split.settle().await;
    let (before, heard) = (copies(&split).await, notified(&baraka).await);
    assert!(before.iter().all(|rows| !rows.is_empty()), "{before:?}");

    for (service, loss) in LOSS {
        sqlx::query(*loss).execute(split.owner(service)).await.unwrap();
    }
    assert_ne!(copies(&split).await, before);
    for (service, to) in TOLD {
        let (ok, said) = split.beside(part_of(service), &["facts", "retell", service, "--to", to]);
        assert!(ok && said.contains(&format!("facts are on their way from {service} to {to}")), "{said}");
    }
    split.must_become_sound().await;
    assert_eq!(copies(&split).await, before);
    assert_eq!(notified(&baraka).await, heard, "nobody is told twice");
    let (ok, said) = split.beside(0, &["facts", "retell", "auth", "--to", "nobody"]);
    assert!(!ok && said.contains("there is no such service to tell"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn x3_what_a_hearer_missed_is_carried_again_and_nobody_else_takes_notice() {
    let split = Split::open().await;
    let stall = stall(&split, "amina", 5).await;
    let baraka = sign_up(&split, "baraka").await;
    top_up(&split, &baraka, 1_250_000).await;
    pay(&split, &baraka, &check_out(&baraka, &stall).await).await;
    split.settle().await;
    let heard = [sorted(&stall.seller).await, sorted(&baraka).await];
    assert!(heard.iter().all(|kinds| kinds.len() > 2), "{heard:?}");
    // What was sealed for it can't be carried again: it was blanked.
    let missed = "delete from kernel.inbox where name not in ('auth.code_issued.v1', 'auth.contacts_changed.v1')";
    for missed in ["delete from notification.notification", missed] {
        sqlx::query(missed).execute(split.owner("notification")).await.unwrap();
    }
    let (ok, said) = split.beside(0, &["facts", "carry", "--since", "2100-01-01T00:00:00Z"]);
    assert!(ok && said.contains("0 facts are carried again"), "{said}");
    assert_eq!(notified(&baraka).await, Vec::<String>::new());
    let (ok, said) = split.beside(0, &["facts", "carry", "--since", "2020-01-01T00:00:00Z"]);
    assert!(ok && !said.contains("0 facts"), "{said}");
    split.must_become_sound().await;
    assert_eq!([sorted(&stall.seller).await, sorted(&baraka).await], heard);
    let (ok, said) = split.beside(0, &["facts", "carry", "--since", "yesterday"]);
    assert!(!ok && said.contains("yesterday"), "{said}");
}

/// In no order of time: what is carried again comes as it comes.
async fn sorted(person: &Person) -> Vec<String> {
    let mut kinds = notified(person).await;
    kinds.sort_unstable();
    kinds
}
