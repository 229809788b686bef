//! The graph beside a small model of it: whatever people do in whatever order, every read is as the model says.

mod model;

use axum::http::Method;
use proptest::prelude::*;
use serde_json::{Value, json};
use testkit::{Person, Reply, Stage};

use self::model::{Deed, Model, PEOPLE, Step, name};
use crate::world::{person, stage};

/// How many walks of a hundred steps.
fn walks() -> u32 {
    if std::env::var_os("NEXGATE_TEST_LONG").is_some() { 100 } else { 6 }
}

/// What people do.
fn step() -> impl Strategy<Value = Step> {
    (prop::sample::select(Deed::ALL), 0..PEOPLE, 0..PEOPLE).prop_map(|(deed, who, whom)| Step { deed, who, whom })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: walks(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn p2_p3_p4_whatever_people_do_every_read_is_as_the_model_says(steps in prop::collection::vec(step(), 100)) {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let (stage, mut model) = (stage().await, Model::new());
            let mut people = Vec::new();
            for number in 0..PEOPLE {
                people.push(person(&stage, &name(number)).await);
            }
            for (at, step) in steps.iter().enumerate() {
                let reply = take(&stage, &people, *step).await;
                assert_eq!(reply.status.as_u16(), model.take(*step), "step {at}, {step:?}: {}", reply.text);
                for one in [step.who, step.whom] {
                    must_stand(&people, &model, one, &format!("step {at}, {step:?}")).await;
                }
            }
            must_read(&people, &model).await;
        });
    }
}

/// Does it, and what it leaves to do.
async fn take(stage: &Stage, people: &[Person], Step { deed, who, whom }: Step) -> Reply {
    let (person, id) = (&people[who], people[whom].id);
    let user = |verb: &str| format!("/api/v1/users/{id}/{verb}");
    let reply = match deed {
        Deed::Follow => person.put(&user("follow")).await,
        Deed::Unfollow => person.delete(&user("follow")).await,
        Deed::RemoveFollower => person.delete(&format!("/api/v1/users/me/followers/{id}")).await,
        Deed::Accept => person.post(&format!("/api/v1/users/me/follow-requests/{id}/accept"), json!({})).await,
        Deed::Decline => person.post(&format!("/api/v1/users/me/follow-requests/{id}/decline"), json!({})).await,
        Deed::Withdraw => person.delete(&format!("/api/v1/users/me/requested/{id}")).await,
        Deed::Block => person.put(&user("block")).await,
        Deed::Unblock => person.delete(&user("block")).await,
        Deed::Mute => person.put(&user("mute")).await,
        Deed::Unmute => person.delete(&user("mute")).await,
        Deed::Restrict => person.put(&user("restrict")).await,
        Deed::Unrestrict => person.delete(&user("restrict")).await,
        Deed::Private => privacy(person, json!({"private": true})).await,
        Deed::Public => privacy(person, json!({"private": false})).await,
        Deed::PublicAccepting => privacy(person, json!({"private": false, "waiting": "accept"})).await,
        Deed::PublicDeclining => privacy(person, json!({"private": false, "waiting": "decline"})).await,
        Deed::Rename => person.patch("/api/v1/users/me", json!({"username": name(whom)})).await,
    };
    stage.settle().await;
    reply
}

async fn privacy(person: &Person, body: Value) -> Reply {
    person.call(Method::PUT, "/api/v1/users/me/privacy", None, Some(body.to_string())).await
}

/// How one stands to everybody.
async fn must_stand(people: &[Person], model: &Model, viewer: usize, when: &str) {
    let ids: Vec<String> = people.iter().map(|person| person.id.to_string()).collect();
    let related = people[viewer].get(&format!("/api/v1/users/relationships?ids={}", ids.join(","))).await.ok();
    for (target, read) in related.as_array().unwrap().iter().enumerate() {
        let mut wanted = model.relationship(viewer, target);
        wanted["target"] = json!(people[target].id);
        assert_eq!(*read, wanted, "{viewer} to {target} after {when}");
    }
}

/// Everything anybody can read of anybody.
async fn must_read(people: &[Person], model: &Model) {
    for (viewer, person) in people.iter().enumerate() {
        must_stand(people, model, viewer, "everything").await;
        for (target, other) in people.iter().enumerate() {
            let profile = person.get(&format!("/api/v1/users/{}", other.id)).await;
            assert_eq!(profile.status.as_u16(), if model.sees(viewer, target) { 200 } else { 404 });
            if profile.status == 200 {
                let read = ["username", "followers", "following", "private", "content", "requested", "requests_you"];
                let wanted = model.profile(viewer, target);
                assert_eq!(read.map(|field| profile.json[field].clone()), read.map(|field| wanted[field].clone()));
            }
            for list in ["followers", "following", "mutuals"] {
                let reply = person.get(&format!("/api/v1/users/{}/{list}", other.id)).await;
                let when = format!("{list} of {target} for {viewer}");
                match model.list(viewer, target, list) {
                    Ok(wanted) => assert_eq!(names(&reply), wanted, "{when}"),
                    Err(status) => assert_eq!(reply.status.as_u16(), status, "{when}"),
                }
            }
        }
        for list in ["follow-requests", "requested", "blocks", "mutes", "restricted"] {
            let reply = person.get(&format!("/api/v1/users/me/{list}")).await;
            assert_eq!(names(&reply), model.own(viewer, list), "{list} of {viewer}");
        }
    }
}

/// The usernames on a list, by the alphabet.
fn names(reply: &Reply) -> Vec<String> {
    let items = reply.json["items"].as_array().unwrap_or_else(|| panic!("{} {}", reply.status, reply.text));
    let mut names: Vec<String> = items.iter().map(|card| card["username"].as_str().unwrap().to_owned()).collect();
    names.sort_unstable();
    names
}
