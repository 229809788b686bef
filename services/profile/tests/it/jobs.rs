//! Telling again.

use contracts::profile::{Followed, ProfileChanged, Unfollowed};
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

#[tokio::test]
async fn every_profile_and_every_pair_is_told_again_as_it_is_now() {
    let copy = Service::new("copy", sqlx::migrate::Migrator::DEFAULT).copies(profile_changed).copies(followed).copies(unfollowed);
    let stage = stage().await;
    let (amina, baraka, chiku) = (person(&stage, "amina").await, person(&stage, "baraka").await, person(&stage, "chiku").await);
    for followee in [&amina, &chiku] {
        baraka.put(&format!("/api/v1/users/{}/follow", followee.id)).await;
    }
    baraka.delete(&format!("/api/v1/users/{}/follow", chiku.id)).await;
    let told = async || {
        (stage.told::<ProfileChanged>().await.len(), stage.told::<Followed>().await.len(), stage.told::<Unfollowed>().await.len())
    };
    assert_eq!(told().await, (3, 2, 1));
    let beside = Stage::all(vec![profile::service(), copy]).beside(&stage);
    assert_eq!(beside.node.retell("profile", "copy").await.unwrap(), 5);
    assert_eq!(told().await, (3 + 3, 2 + 1, 1 + 1));
    let (followed, unfollowed) = (stage.told::<Followed>().await, stage.told::<Unfollowed>().await);
    assert_eq!(followed.last().map(|pair| (pair.followee, pair.version)), Some((amina.id, 1)));
    assert_eq!(unfollowed.last().map(|pair| (pair.followee, pair.version)), Some((chiku.id, 2)));
}
