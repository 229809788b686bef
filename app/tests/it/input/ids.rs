//! Ids of nothing, ids that are none, and ids of what is somebody else's: on every route that has an id in its path or query.

use reqwest::Method;
use serde_json::json;
use testkit::Reply;

use super::{
    document::{NOWHERE, Route, routes},
    estate::Estate,
    must_refuse, stage_admin,
    table::{To, whose},
};
use crate::market::{open, sign_up};

/// What is no id of anything, or of another kind of thing than any.
const NONSENSE: [&str; 7] =
    ["usr_'%20or%201=1", "odd_01ja7krygge008000000000001", "usr_01ja7krygge00800000000000", "7", "*", "%20", ""];

/// Every route that names a thing.
fn with_ids(routes: &[Route]) -> Vec<&Route> {
    let routes: Vec<&Route> = routes.iter().filter(|route| route.path.contains(NOWHERE)).collect();
    assert!(routes.len() > 40, "{} routes with an id", routes.len());
    routes
}

/// What is said of a thing that isn't there.
fn of_nothing(route: &Route) -> u16 {
    match whose(&route.name) {
        To::OfAnybody(status) => status,
        _ => 404,
    }
}

/// What a stranger is answered of a thing that is there.
fn of_theirs(route: &Route) -> u16 {
    match whose(&route.name) {
        To::Everybody(status) | To::OfAnybody(status) => status,
        _ => 404,
    }
}

/// The path with nonsense in its id's place.
fn nonsensical(path: &str, nonsense: &str) -> String {
    let end = path.find(NOWHERE).unwrap();
    let begin = path[..end].rfind(['/', '=']).unwrap() + 1;
    path.replace(&path[begin..end + NOWHERE.len()], nonsense)
}

/// The answer must be this status, and a problem where it is 404.
#[track_caller]
fn must_be(status: u16, route: &Route, path: &str, reply: &Reply) {
    assert_eq!(reply.status, status, "{} as {path}: {}", route.name, reply.text);
    if status == 404 {
        reply.refused(404, "not_found");
    }
}

#[tokio::test]
async fn foreign_and_nonsense_ids_are_not_found() {
    let stage = open().await;
    let (admin, estate) = (stage_admin(&stage).await, Estate::build(&stage).await);
    for route in with_ids(&routes(&stage).await) {
        let reply = estate.call(&admin, route, &route.path).await;
        must_be(of_nothing(route), route, &route.path, &reply);
        for nonsense in NONSENSE {
            let path = nonsensical(&route.path, nonsense);
            let reply = estate.call(&admin, route, &path).await;
            if path.contains('?') {
                must_refuse(route, nonsense, &reply);
            } else {
                must_be(404, route, &path, &reply);
            }
        }
    }
}

#[tokio::test]
async fn what_is_somebody_elses_is_not_there_for_a_stranger() {
    let stage = open().await;
    let estate = Estate::build(&stage).await;
    let stranger = sign_up(&stage, "dalila").await;
    let all = routes(&stage).await;
    let mut routes = with_ids(&all);
    // Whom the stranger blocks, they do nothing about any more.
    routes.sort_by_key(|route| route.method == Method::DELETE || route.path.ends_with("/block"));
    let before = estate.seen(&all, &[&estate.seller, &estate.buyer]).await;
    for route in &routes {
        let path = estate.put_into(&route.path);
        must_be(of_theirs(route), route, &path, &estate.call(&stranger, route, &path).await);
    }
    // An answer of 404 may come after the deed.
    for (then, now) in before.iter().zip(estate.seen(&all, &[&estate.seller, &estate.buyer]).await) {
        assert_eq!(now, *then);
    }
}

#[tokio::test]
async fn x6_a_locked_account_and_what_is_its_own_is_not_there_for_a_stranger() {
    let stage = open().await;
    let (admin, estate) = (stage_admin(&stage).await, Estate::build(&stage).await);
    let stranger = sign_up(&stage, "dalila").await;
    for person in [&estate.seller, &estate.user] {
        let lock = format!("/api/v1/admin/users/{}/lock", person.id);
        assert_eq!(admin.post(&lock, json!({"reason": "Sells counterfeit goods"})).await.status, 204);
    }
    stage.settle().await;
    for route in with_ids(&routes(&stage).await) {
        let path = estate.put_into(&route.path);
        must_be(of_nothing(route), route, &path, &estate.call(&stranger, route, &path).await);
    }
}

#[tokio::test]
async fn x6_whoever_is_blocked_or_blocks_finds_nothing_of_the_other() {
    for who in ["the owner", "the stranger"] {
        let stage = open().await;
        let estate = Estate::build(&stage).await;
        let stranger = sign_up(&stage, "dalila").await;
        for person in [&estate.seller, &estate.user] {
            let (subject, object) = if who == "the owner" { (person, &stranger) } else { (&stranger, person) };
            assert_eq!(subject.put(&format!("/api/v1/users/{}/block", object.id)).await.status, 204);
        }
        for route in with_ids(&routes(&stage).await) {
            let path = estate.put_into(&route.path);
            // Who blocks somebody may do so again.
            let again = who == "the stranger" && route.name == "PUT /api/v1/users/{id}/block";
            let status = if again { 204 } else { of_nothing(route) };
            must_be(status, route, &path, &estate.call(&stranger, route, &path).await);
            // And unblocks by a route of this very walk.
            if who == "the stranger" && route.name == "DELETE /api/v1/users/{id}/block" {
                stranger.put(&format!("/api/v1/users/{}/block", estate.user.id)).await;
            }
        }
    }
}

#[tokio::test]
async fn a_stale_cursor_and_an_odd_limit_are_refused_on_every_list() {
    let stage = open().await;
    let estate = Estate::build(&stage).await;
    let lists: Vec<Route> = routes(&stage).await.into_iter().filter(|route| route.takes_cursor).collect();
    assert!(lists.len() >= 11, "{} lists", lists.len());
    let page = estate.buyer.get("/api/v1/notifications?limit=1").await.ok();
    let elsewhere = format!("cursor={}", page["next_cursor"].as_str().unwrap());
    for route in lists {
        let path = estate.put_into(&route.path);
        let joint = if path.contains('?') { '&' } else { '?' };
        // The moderators' desk is there for nobody else.
        let reader = if path.starts_with("/api/v1/moderation/") { &estate.moderator } else { &estate.buyer };
        reader.get(&path).await.ok();
        for (query, status, code) in [
            ("cursor=AAAA", 400, "invalid_cursor"),
            ("cursor=%ff", 400, "invalid_cursor"),
            ("cursor=", 400, "invalid_cursor"),
            ("limit=0", 422, "invalid"),
            ("limit=101", 422, "invalid"),
            ("limit=x", 400, "invalid_query"),
            ("limit=", 400, "invalid_query"),
        ] {
            let reply = reader.get(&format!("{path}{joint}{query}")).await;
            assert_eq!(reply.status, status, "{} with {query}: {}", route.name, reply.text);
            reply.refused(status, code);
        }
        let reply = reader.get(&format!("{path}{joint}{elsewhere}")).await;
        match route.name.as_str() {
            "GET /api/v1/notifications" => assert_eq!(reply.status, 200, "{}", reply.text),
            _ => reply.refused(400, "invalid_cursor"),
        }
    }
}
