//! News of a kind of which many come: one letter at once, then one a day.

use std::time::Duration;

use contracts::profile::{BlockChanged, Followed, UserModerated};
use kernel::Locale;
use serde_json::json;
use testkit::{Person, Stage};

use crate::world::{contacts, count, face, inbox_of, person, sent_to, stage};

const AMINA: &str = "amina@example.com";
const DAY: Duration = Duration::from_hours(24);

fn follow(follower: &Person, followee: &Person) -> Followed {
    Followed { follower: follower.id, followee: followee.id, version: 1 }
}

/// So many people nobody has heard of before.
async fn people(stage: &Stage, name: &str, many: usize) -> Vec<Person> {
    let mut people = Vec::new();
    for number in 0..many {
        people.push(person(stage, &format!("{name}_{number}")).await);
    }
    people
}

/// What letters about followers have as their subjects, newest first.
async fn subjects(stage: &Stage) -> Vec<String> {
    let sent = sent_to(stage, AMINA).await;
    let about = sent.iter().filter(|sent| sent["template"].as_str().unwrap().starts_with("profile.new_follower"));
    about.map(|sent| sent["subject"].as_str().unwrap().to_owned()).collect()
}

/// Lets a day pass, and what is due go.
async fn a_day(stage: &Stage) {
    stage.advance(DAY);
    stage.settle().await;
}

#[tokio::test]
async fn n3_the_first_follower_is_written_of_at_once_and_those_of_a_day_after_together() {
    let stage = stage().await;
    let (amina, fans) = (person(&stage, "amina").await, people(&stage, "fan", 5).await);
    stage.tell(&follow(&fans[0], &amina)).await;
    assert_eq!(subjects(&stage).await, ["fan_0 follows you"]);
    for fan in &fans[1..4] {
        stage.advance(Duration::from_hours(1));
        stage.tell(&follow(fan, &amina)).await;
    }
    assert_eq!((subjects(&stage).await.len(), inbox_of(&amina).await.len()), (1, 4), "in the app each stands at once");
    stage.advance(Duration::from_hours(20));
    stage.settle().await;
    assert_eq!(subjects(&stage).await.len(), 1);
    stage.advance(Duration::from_hours(1));
    stage.settle().await;
    assert_eq!(subjects(&stage).await, ["3 people have begun to follow you", "fan_0 follows you"]);
    let link = sent_to(&stage, AMINA).await[0]["data"]["link"].clone();
    assert!(link.as_str().unwrap().ends_with(&format!("/users/{}/followers", amina.id)), "{link}");
    // That was a letter too: what comes within a day after it waits for the next.
    stage.advance(Duration::from_mins(1));
    stage.tell(&follow(&fans[4], &amina)).await;
    assert_eq!(subjects(&stage).await.len(), 2);
    a_day(&stage).await;
    assert_eq!(subjects(&stage).await[0], "Somebody has begun to follow you");
    a_day(&stage).await;
    assert_eq!(subjects(&stage).await.len(), 3, "nothing has happened since");
}

#[tokio::test]
async fn n3_many_who_follow_at_once_are_one_letter_and_a_day_later_it_begins_anew() {
    let stage = stage().await;
    let (amina, fans) = (person(&stage, "amina").await, people(&stage, "fan", 4).await);
    let facts: Vec<_> = fans[..3].iter().map(|fan| stage.envelope(&follow(fan, &amina))).collect();
    stage.tell_all(&facts).await;
    assert_eq!((subjects(&stage).await, inbox_of(&amina).await.len()), (vec!["3 people have begun to follow you".to_owned()], 3));
    a_day(&stage).await;
    stage.tell(&follow(&fans[3], &amina)).await;
    assert_eq!(subjects(&stage).await, ["fan_3 follows you", "3 people have begun to follow you"]);
}

#[tokio::test]
async fn n6_a_letter_about_several_counts_who_is_still_news_when_it_goes() {
    let stage = stage().await;
    let (amina, fans) = (person(&stage, "amina").await, people(&stage, "fan", 6).await);
    for fan in &fans {
        stage.tell(&follow(fan, &amina)).await;
        stage.advance(Duration::from_mins(1));
    }
    // The second is blocked, the third withheld, the fourth read of; two are left.
    let blocks =
        BlockChanged { subject: amina.id, object: fans[1].id, version: 2, blocks: true, mutes: Vec::new(), mutes_until: None };
    stage.tell(&blocks).await;
    stage.tell(&UserModerated { user: fans[2].id, withheld: true, version: 1 }).await;
    let read = inbox_of(&amina).await.into_iter().find(|item| item["title"] == "fan_3 follows you").unwrap();
    let path = format!("/api/v1/notifications/{}/read", read["id"].as_str().unwrap());
    assert_eq!(amina.post(&path, json!({})).await.status, 204);
    a_day(&stage).await;
    assert_eq!(subjects(&stage).await[0], "2 people have begun to follow you");
    assert_eq!(sent_to(&stage, AMINA).await[0]["data"]["count"], 2);
}

#[tokio::test]
async fn n6_a_letter_about_several_of_whom_none_is_left_does_not_go() {
    let stage = stage().await;
    let (amina, fans) = (person(&stage, "amina").await, people(&stage, "fan", 3).await);
    for fan in &fans {
        stage.tell(&follow(fan, &amina)).await;
        stage.advance(Duration::from_mins(1));
    }
    assert_eq!(amina.post("/api/v1/notifications/read-all", json!({})).await.status, 204);
    a_day(&stage).await;
    assert_eq!(subjects(&stage).await, ["fan_0 follows you"]);
    let unsent = "select count(*) from notification.delivery where state = 'failed' and reason = 'there is nobody left to tell, or to tell of'";
    assert_eq!(count(&stage, unsent).await, 1);
}

#[tokio::test]
async fn x14_a_letter_planned_a_day_ago_goes_to_the_address_of_now_or_nowhere() {
    let stage = stage().await;
    let (amina, fans) = (person(&stage, "amina").await, people(&stage, "fan", 2).await);
    let follows = async |fan| {
        stage.tell(&follow(fan, &amina)).await;
        stage.advance(Duration::from_mins(1));
    };
    follows(&fans[0]).await;
    follows(&fans[1]).await;
    stage.tell(&contacts(&amina, 2, Some("new@example.com"), None, Locale::En)).await;
    a_day(&stage).await;
    assert_eq!(subjects(&stage).await, ["fan_0 follows you"], "nothing more goes to where she was");
    assert_eq!(sent_to(&stage, "new@example.com").await[0]["subject"], "Somebody has begun to follow you");
    follows(&person(&stage, "late").await).await;
    stage.tell(&contacts(&amina, 3, None, Some("+255712000001"), Locale::En)).await;
    a_day(&stage).await;
    assert_eq!(sent_to(&stage, "new@example.com").await.len(), 1);
    assert!(sent_to(&stage, "+255712000001").await.is_empty());
}

#[tokio::test]
async fn x3_who_is_told_of_after_others_who_follow_is_known_before_their_own_follow_is_heard() {
    let stage = stage().await;
    let (amina, fan, new) = (person(&stage, "amina").await, person(&stage, "fan").await, stage.person());
    let facts = [
        stage.envelope(&follow(&fan, &amina)),
        stage.envelope(&contacts(&new, 1, Some("new@example.com"), None, Locale::En)),
        stage.envelope(&face(&new, 1, "new")),
        stage.envelope(&follow(&new, &amina)),
    ];
    stage.tell_all(&facts).await;
    assert_eq!((inbox_of(&amina).await.len(), subjects(&stage).await), (2, vec!["2 people have begun to follow you".to_owned()]));
}

#[tokio::test]
async fn x3_one_of_many_follows_that_cannot_be_told_yet_holds_up_none_of_the_others() {
    let stage = stage().await;
    let (amina, fans, unknown) = (person(&stage, "amina").await, people(&stage, "fan", 3).await, stage.person());
    let mut facts: Vec<_> = fans.iter().map(|fan| stage.envelope(&follow(fan, &amina))).collect();
    facts.insert(1, stage.envelope(&follow(&unknown, &amina)));
    stage.tell_all(&facts).await;
    assert_eq!(inbox_of(&amina).await.len(), 3);
    stage.tell(&contacts(&unknown, 1, Some("late@example.com"), None, Locale::En)).await;
    stage.tell(&face(&unknown, 1, "late")).await;
    stage.node.replay(Some("notification")).await.unwrap();
    stage.settle().await;
    assert_eq!((inbox_of(&amina).await.len(), inbox_of(&amina).await[0]["title"].clone()), (4, json!("late follows you")));
}

#[tokio::test]
async fn n5_follows_in_any_order_and_twice_are_told_once_each() {
    let stage = stage().await;
    let (stars, fans) = (people(&stage, "star", 3).await, people(&stage, "fan", 20).await);
    let facts: Vec<_> = fans
        .iter()
        .flat_map(|fan| stars.iter().flat_map(move |star| [1, 3].map(|version| Followed { version, ..follow(fan, star) })))
        .map(|fact| stage.envelope(&fact))
        .collect();
    let (half, rest) = facts.split_at(facts.len() / 2);
    futures_util::future::join_all([rest, half, rest].map(|facts| stage.tell_all(facts))).await;
    for star in &stars {
        let told = star.get("/api/v1/notifications?limit=50").await.ok()["items"].as_array().unwrap().len();
        assert_eq!(told, 20);
    }
    let letters = "select count(*) from notification.delivery where kind = 'profile.new_follower'";
    assert!(count(&stage, letters).await <= 6, "at once, and a day later");
}
