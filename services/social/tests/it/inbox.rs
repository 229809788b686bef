//! Facts heard.

use contracts::{
    auth::{AccountErased, AccountLocked, AccountUnlocked},
    commerce::{OrderHead, OrderPlaced},
    ids::{Post, Product},
    social::PostPublished,
};
use futures_util::future::join_all;
use kernel::{Currency, Id, Money};
use serde_json::json;
use testkit::{Person, Stage};

use crate::world::{Place, post, recommend, texts};

/// An order of this product, placed from this post.
fn order(place: &Place, post: Option<Id<Post>>, product: Id<Product>) -> OrderPlaced {
    let stage = &place.stage;
    let head = OrderHead {
        order: stage.id(),
        version: 1,
        shop: stage.id(),
        shop_name: "Amina Fabrics".into(),
        seller: stage.id(),
        buyer: stage.id(),
        title: "Kitenge dress".into(),
        quantity: 1,
        total: Money::new(1_250_000, Currency::TZS),
    };
    OrderPlaced { head, product, post, at: stage.clock.now() }
}

fn id(path: &str) -> Id<Post> {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn s2_every_sale_is_attributed_to_its_post_once() {
    let place = Place::open().await;
    let (amina, product) = (place.stage.person(), place.product(50));
    let path = recommend(&amina, product).await;
    let sales = async || place.stage.anonymous().get(&path).await.ok()["sales"].clone();
    let orders: Vec<OrderPlaced> = (0..10).map(|_| order(&place, Some(id(&path)), product)).collect();
    // Each fact comes three times: twice in one envelope, once retold in another, and all of them at once.
    let envelopes: Vec<_> = orders.iter().flat_map(|order| [place.stage.envelope(order), place.stage.envelope(order)]).collect();
    let deliveries = envelopes.iter().chain(envelopes.iter().step_by(2)).map(|envelope| place.stage.node.deliver(envelope));
    for delivered in join_all(deliveries).await {
        delivered.unwrap();
    }
    place.stage.settle().await;
    assert_eq!(sales().await, 10);
}

#[tokio::test]
async fn s2_a_sale_without_its_post_counts_for_none() {
    let place = Place::open().await;
    let (amina, product, other) = (place.stage.person(), place.product(50), place.product(50));
    let path = recommend(&amina, product).await;
    for (post, product) in [(None, product), (Some(place.stage.id()), product), (Some(id(&path)), other)] {
        place.stage.tell(&order(&place, post, product)).await;
    }
    assert_eq!(amina.get(&path).await.ok()["sales"], 0);
    let waiting = sqlx::query("select 1 from kernel.inbox where state <> 'done'");
    assert!(waiting.fetch_optional(&place.stage.database.owner).await.unwrap().is_none());
}

/// Whoever is locked or erased writes nothing, changes nothing and deletes nothing (X12).
async fn must_be_refused(author: &Person, path: &str) {
    let replies = [
        author.post("/api/v1/posts", json!({"type": "standard", "text": "two"})).await,
        author.patch(path, json!({"text": "two"})).await,
        author.delete(path).await,
    ];
    for reply in replies {
        reply.refused(403, "social.account_locked");
    }
}

#[tokio::test]
async fn a_locked_author_is_hidden_until_unlocked_and_old_news_change_nothing() {
    let place = Place::open().await;
    let (amina, baraka, chiku) = (place.stage.person(), place.stage.person(), place.stage.person());
    for follower in [&baraka, &chiku] {
        place.follow(follower, &amina).await;
    }
    post(&chiku, "older").await;
    let path = post(&amina, "one").await;
    place.stage.tell(&AccountLocked { user: amina.id, version: 2 }).await;
    baraka.get(&path).await.refused(404, "not_found");
    must_be_refused(&amina, &path).await;
    for list in ["/api/v1/feed", &format!("/api/v1/users/{}/posts", amina.id)] {
        assert!(texts(&baraka, list).await.is_empty(), "{list}");
    }
    assert_eq!(texts(&chiku, "/api/v1/feed?limit=1").await, ["older"], "what is hidden leaves no gap");
    place.stage.tell(&AccountUnlocked { user: amina.id, version: 3 }).await;
    place.stage.tell(&AccountLocked { user: amina.id, version: 2 }).await;
    assert_eq!(texts(&baraka, "/api/v1/feed").await, ["one"]);
}

#[tokio::test]
async fn x12_an_erased_author_leaves_no_word() {
    let place = Place::open().await;
    let amina = place.stage.person();
    let (kept, deleted) = (post(&amina, "canary").await, post(&amina, "canary").await);
    amina.delete(&deleted).await;
    place.stage.tell(&AccountErased { user: amina.id, version: 9 }).await;
    place.stage.tell(&AccountUnlocked { user: amina.id, version: 10 }).await;
    place.stage.anonymous().get(&kept).await.refused(404, "not_found");
    must_be_refused(&amina, &kept).await;
    let left = sqlx::query("select 1 from social.post p where p::text like '%canary%' or deleted_at is null");
    assert!(left.fetch_optional(&place.stage.database.owner).await.unwrap().is_none());
}

#[tokio::test]
async fn x12_one_erasure_does_not_read_the_posts_of_everybody() {
    let place = Place::open().await;
    let amina = place.stage.person();
    let deleted = post(&amina, "canary").await;
    amina.delete(&deleted).await;
    post(&amina, "canary").await;
    let others = "with author as (
                      insert into social.person (user_id)
                      select gen_random_uuid()
                        from generate_series(1, 500)
                      returning user_id
                  )
                  insert into social.post (id, author, type, text, published_at, deleted_at)
                  select gen_random_uuid(), author.user_id, 'standard', 'Hi', now(), case when n > 5 then now() end
                    from author, generate_series(1, 10) n";
    sqlx::raw_sql(others).execute(&place.stage.database.owner).await.unwrap();
    sqlx::raw_sql("analyze social.post").execute(&place.stage.database.owner).await.unwrap();
    place.stage.tell(&AccountErased { user: amina.id, version: 9 }).await;
    assert!(read_through(&place.stage, "social.post").await < 5000);
    let left = sqlx::query("select 1 from social.post where text = 'canary'");
    assert!(left.fetch_optional(&place.stage.database.owner).await.unwrap().is_none());
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

#[tokio::test(flavor = "multi_thread")]
async fn x12_no_post_escapes_an_erasure_that_comes_at_the_same_moment() {
    let place = Place::open().await;
    let amina = place.stage.person();
    let erased = place.stage.envelope(&AccountErased { user: amina.id, version: 9 });
    let body = json!({"type": "standard", "text": "canary"});
    let posts = async || join_all((0..12).map(|_| amina.post("/api/v1/posts", body.clone()))).await;
    let (_, delivered, _) = futures_util::join!(posts(), place.stage.node.deliver(&erased), posts());
    delivered.unwrap();
    place.stage.settle().await;
    let left = sqlx::query("select 1 from social.post where text <> '' or deleted_at is null");
    assert!(left.fetch_optional(&place.stage.database.owner).await.unwrap().is_none());
}

#[tokio::test]
async fn x3_a_refused_post_tells_nothing() {
    let place = Place::open().await;
    let amina = place.stage.person();
    place.stage.tell(&AccountLocked { user: amina.id, version: 1 }).await;
    amina.post("/api/v1/posts", json!({"type": "standard", "text": "one"})).await.refused(403, "social.account_locked");
    assert!(place.stage.told::<PostPublished>().await.is_empty());
    let left = sqlx::query("select 1 from social.post");
    assert!(left.fetch_optional(&place.stage.database.owner).await.unwrap().is_none());
}
