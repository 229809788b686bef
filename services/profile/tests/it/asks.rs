//! What neighbours ask.

use contracts::profile::{OpenProfile, People, Relationships};

use crate::world::{person, stage};

#[tokio::test]
async fn opening_twice_answers_the_same_and_a_taken_name_gets_another() {
    let stage = stage().await;
    let user = stage.person().id;
    let open = OpenProfile { user, username: Some("Amina".into()), display_name: "Amina Juma".into() };
    let first = stage.node.ask(open.clone()).await.unwrap();
    assert_eq!((first.username.as_str(), stage.node.ask(open.clone()).await.unwrap()), ("amina", first.clone()));
    let second = stage.node.ask(OpenProfile { user: stage.person().id, ..open }).await.unwrap();
    assert_eq!(second.username, "amina2");
}

#[tokio::test]
async fn twenty_people_who_want_one_name_at_once_all_get_one() {
    let stage = stage().await;
    let asks = (0..20).map(|_| {
        let open = OpenProfile { user: stage.person().id, username: Some("amina".into()), display_name: "Amina".into() };
        let node = stage.node.clone();
        async move { node.ask(open).await.map(|opened| opened.username) }
    });
    let mut names: Vec<String> = Vec::new();
    for name in futures_util::future::join_all(asks).await {
        names.push(name.unwrap());
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_who_opens_ten_times_at_once_gets_one_profile() {
    let stage = stage().await;
    let open = OpenProfile { user: stage.person().id, username: Some("amina".into()), display_name: "Amina".into() };
    let calls = (0..10).map(|_| stage.node.ask(open.clone()));
    for opened in futures_util::future::join_all(calls).await {
        assert_eq!(opened.unwrap().username, "amina");
    }
    assert_eq!(stage.told::<contracts::profile::ProfileChanged>().await.len(), 1);
}

#[tokio::test]
async fn x6_people_are_answered_in_the_order_asked_and_only_who_is_there_has_a_card() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    baraka.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
    let targets = vec![baraka.id, stage.person().id, amina.id];
    let met = stage.node.ask(People { viewer: Some(amina.id), targets: targets.clone() }).await.unwrap();
    assert_eq!(met.iter().map(|one| one.relationship.target).collect::<Vec<_>>(), targets);
    let names = met.iter().map(|one| one.card.as_ref().map(|card| card.username.as_str()));
    assert_eq!(names.collect::<Vec<_>>(), [Some("baraka"), None, Some("amina")]);
    assert_eq!(met.iter().map(|one| one.relationship.followed_by).collect::<Vec<_>>(), [true, false, false]);
}

#[tokio::test]
async fn x6_a_relationship_is_answered_for_every_target() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    baraka.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
    let targets = vec![amina.id, stage.person().id];
    let related = stage.node.ask(Relationships { viewer: Some(baraka.id), targets }).await.unwrap();
    let seen: Vec<_> = related.iter().map(|one| (one.visible, one.following, one.followed_by)).collect();
    assert_eq!(seen, [(true, true, false), (false, false, false)]);
}
