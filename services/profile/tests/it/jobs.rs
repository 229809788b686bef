//! Telling again, and counting.

use std::time::Duration;

use contracts::profile::{BlockChanged, Followed, ProfileChanged, Unfollowed};
use host::{Here, Service, Tx};
use kernel::Fault;
use testkit::{Person, Stage};

use crate::world::{person, stage};

async fn profile_changed(_: &mut Tx, _: &Here, _: ProfileChanged) -> Result<(), Fault> {
    Ok(())
}

async fn followed(_: &mut Tx, _: &Here, _: Followed) -> Result<(), Fault> {
    Ok(())
}

async fn unfollowed(_: &mut Tx, _: &Here, _: Unfollowed) -> Result<(), Fault> {
    Ok(())
}

async fn block_changed(_: &mut Tx, _: &Here, _: BlockChanged) -> Result<(), Fault> {
    Ok(())
}

#[tokio::test]
async fn every_profile_and_every_pair_is_told_again_as_it_is_now() {
    let copy = Service::new("copy", sqlx::migrate::Migrator::DEFAULT)
        .copies(profile_changed)
        .copies(followed)
        .copies(unfollowed)
        .copies(block_changed);
    let stage = stage().await;
    let (amina, baraka, chiku) = (person(&stage, "amina").await, person(&stage, "baraka").await, person(&stage, "chiku").await);
    for followee in [&amina, &chiku] {
        baraka.put(&format!("/api/v1/users/{}/follow", followee.id)).await;
    }
    baraka.delete(&format!("/api/v1/users/{}/follow", chiku.id)).await;
    chiku.put(&format!("/api/v1/users/{}/block", amina.id)).await;
    let told = async || {
        (stage.told::<ProfileChanged>().await.len(), stage.told::<Followed>().await.len(), stage.told::<Unfollowed>().await.len())
    };
    assert_eq!(told().await, (3, 2, 1));
    let beside = Stage::all(vec![profile::service(), copy]).beside(&stage);
    assert_eq!(beside.node.retell("profile", "copy").await.unwrap(), 9);
    assert_eq!(told().await, (3 + 3, 2 + 1, 1 + 2));
    let (followed, unfollowed) = (stage.told::<Followed>().await, stage.told::<Unfollowed>().await);
    let blocked: Vec<_> = stage.told::<BlockChanged>().await.iter().filter(|fact| fact.blocks).map(|fact| fact.subject).collect();
    assert_eq!(blocked, [chiku.id, chiku.id]);
    assert_eq!(followed.last().map(|pair| (pair.followee, pair.version)), Some((amina.id, 1)));
    assert!(unfollowed.iter().filter(|pair| (pair.followee, pair.version) == (chiku.id, 2)).count() == 2, "{unfollowed:?}");
}

/// What somebody's profile says of followers and followed.
async fn counts(stage: &Stage, person: &Person) -> (u64, u64) {
    let profile = stage.anonymous().get(&format!("/api/v1/users/{}", person.id)).await.ok();
    (profile["followers"].as_u64().unwrap(), profile["following"].as_u64().unwrap())
}

/// How many changes wait to be folded, and what the profile's own row says.
async fn kept(stage: &Stage, person: &Person) -> (i64, i64, i64) {
    let kept = "select (select count(*) from profile.count_change), followers, following from profile.profile where user_id = $1";
    sqlx::query_as(kept).bind(person.id.uuid()).fetch_one(&stage.database.owner).await.unwrap()
}

#[tokio::test]
async fn p2_a_count_is_right_at_once_and_the_same_once_it_is_folded() {
    let stage = stage().await;
    let (amina, baraka, chiku) = (person(&stage, "amina").await, person(&stage, "baraka").await, person(&stage, "chiku").await);
    for follower in [&baraka, &chiku] {
        follower.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
    }
    amina.put(&format!("/api/v1/users/{}/follow", baraka.id)).await;
    baraka.delete(&format!("/api/v1/users/{}/follow", amina.id)).await;
    assert_eq!(counts(&stage, &amina).await, (1, 1));
    assert_eq!(kept(&stage, &amina).await, (8, 0, 0));
    stage.advance(Duration::from_secs(6));
    stage.settle().await;
    assert_eq!(kept(&stage, &amina).await, (0, 1, 1));
    assert_eq!(
        (counts(&stage, &amina).await, counts(&stage, &baraka).await, counts(&stage, &chiku).await),
        ((1, 1), (1, 0), (0, 1))
    );
}

#[tokio::test]
async fn p2_a_count_that_is_off_is_corrected_by_the_recount() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    baraka.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
    stage.settle().await;
    sqlx::query("update profile.profile set followers = 40, following = 2").execute(&stage.database.owner).await.unwrap();
    assert_ne!(counts(&stage, &amina).await, (1, 0));
    stage.advance(Duration::from_hours(25));
    stage.settle().await;
    assert_eq!((counts(&stage, &amina).await, counts(&stage, &baraka).await), ((1, 0), (0, 1)));
}
