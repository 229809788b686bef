//! Telling again.

use contracts::profile::{BlockChanged, Followed, ProfileChanged, Unfollowed};
use host::{Here, Service, Tx};
use kernel::Fault;
use testkit::Stage;

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
