//! What neighbours ask.

use contracts::files::PicturesOf;

use crate::world::{document, id, picture, ready, stage, upload, upload_private};

#[tokio::test]
async fn only_public_pictures_of_the_owner_may_be_used() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), stage.person());
    let (mine, theirs) = (id(&ready(&stage, &amina, 1).await), id(&ready(&stage, &baraka, 1).await));
    let secret = id(&upload_private(&amina, &[&picture(2)]).await[0]);
    let papers = id(&upload_private(&amina, &[&document()]).await[0]);
    let gone = ready(&stage, &amina, 3).await;
    amina.delete(&crate::world::path(&gone)).await;
    stage.settle().await;
    let waiting = id(&upload(&amina, &[&picture(4)]).await[0]);
    let media = vec![waiting, theirs, secret, papers, id(&gone), stage.id(), mine];
    let owned = stage.node.ask(PicturesOf { owner: amina.id, media }).await.unwrap();
    let shown: Vec<_> = owned.iter().map(|one| (one.media, one.picture.is_some(), one.version)).collect();
    assert_eq!(shown, [(waiting, false, 1), (mine, true, 2)]);
}
