//! Nobody sees of somebody else what they may not (X6): people in random settings, and every route that can show one.

mod looks;
mod scene;

use std::collections::HashSet;

use reqwest::Method;

use self::{
    looks::{LOOKS, PAGES},
    scene::{Random, Scene, Setting},
};
use crate::{
    input::{document::routes, stage_admin},
    market::{moderator, open},
};

/// Random settings a run; `cargo xtask test --long` looks at many more.
fn rounds() -> u64 {
    if std::env::var_os("NEXGATE_TEST_LONG").is_some() { 250 } else { 12 }
}

#[tokio::test]
async fn x6_no_route_shows_of_a_person_what_their_relationship_hides() {
    let stage = open().await;
    let (admin, moderator) = (stage_admin(&stage).await, moderator(&stage).await);
    let shown: HashSet<String> =
        routes(&stage).await.into_iter().filter(|route| route.method == Method::GET).map(|route| route.name).collect();
    let looked: HashSet<String> = LOOKS.iter().map(|(route, ..)| (*route).to_owned()).collect();
    let forgotten: Vec<_> = shown.symmetric_difference(&looked).collect();
    assert!(forgotten.is_empty(), "each GET of the document needs a line in LOOKS, and each line a route: {forgotten:?}");
    let (mut seen, mut hidden) = (HashSet::new(), HashSet::new());
    for round in 0..rounds() {
        let setting = if round < 4 { Setting::calm(round) } else { Setting::random(&mut Random::of(round)) };
        let scene = Scene::play(&stage, (&admin, &moderator), round, setting).await;
        let api = LOOKS.iter().map(|(_, path, shows)| (path, shows));
        for (path, shows) in api.chain(PAGES.iter().map(|(path, shows)| (path, shows))) {
            let at = scene.filled(path);
            let reply = if at.starts_with("/api") { scene.viewer.get(&at).await } else { scene.viewer.page(&at).await };
            assert!(reply.status.as_u16() < 500, "{at}: {} {}", reply.status, reply.text);
            let text = reply.text.to_lowercase();
            for (word, may) in scene.words(*shows) {
                let does = text.contains(&word);
                assert!(may || !does, "{at} shows {word:?} in round {round}, {:?}: {}", scene.setting, reply.text);
            }
            if let Some((word, must)) = scene.proof(*shows) {
                let does = text.contains(&word);
                assert_eq!(
                    does, must,
                    "{at} and {word:?} in round {round}, {:?}: {} {}",
                    scene.setting, reply.status, reply.text
                );
                if must { &mut seen } else { &mut hidden }.insert(*path);
            }
        }
    }
    // What never shows anybody, or always does, wasn't looked at.
    let proven: HashSet<&str> = seen.intersection(&hidden).copied().collect();
    let proofs = LOOKS.iter().map(|(_, path, shows)| (*path, *shows)).chain(PAGES.iter().copied());
    let unproven: Vec<_> = proofs.filter(|(path, shows)| shows.proves() && !proven.contains(path)).collect();
    assert!(unproven.is_empty(), "these rounds showed or hid nothing at {unproven:?}");
}
