//! The owner walk: each route answers its owner, and neither a stranger nor nobody.

use std::{collections::BTreeSet, time::Duration};

use axum::{
    body::Body,
    http::{HeaderName, Request, header},
};
use data_encoding::HEXLOWER;
use host::Keys;
use serde_json::{Value, json};
use testkit::{Person, Reply, Stage};

use super::{
    document::{NOWHERE, Route, routes},
    estate::{Estate, without_pictures},
    stage_admin,
    table::{By, TABLE, To, With},
};
use crate::market::{code_for, form, open, papers, picture, questioned, sign_up, top_up};

/// Signed up with a code.
const CHIKU: &str = "chiku@example.com";
/// Signed up with a password.
const ZUWENA: &str = "zuwena@example.com";
/// What the sandbox's key is derived for.
const SANDBOX: &str = "payment.provider.sandbox";

/// A call that its owner is answered 2xx.
struct Call {
    path: String,
    body: Vec<u8>,
    headers: Vec<(HeaderName, String)>,
}

/// Who walks.
struct Walk {
    stage: Stage,
    admin: Person,
    estate: Estate,
    stranger: Person,
}

#[tokio::test]
async fn x8_every_route_answers_its_owner_and_neither_a_stranger_nor_nobody() {
    let stage = open().await;
    let routes = routes(&stage).await;
    must_be_all(&routes);
    let (admin, estate) = (stage_admin(&stage).await, Estate::build(&stage).await);
    let stranger = sign_up(&stage, "dalila").await;
    top_up(&stage, &estate.buyer, 10_000_000).await;
    let walk = Walk { stage, admin, estate, stranger };
    let mut faults = Vec::new();
    for (name, by, with, whose) in TABLE {
        let route = routes.iter().find(|route| route.name == *name).unwrap();
        faults.extend(walk.step(route, *by, *with, *whose).await);
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// Each route of the document has one line in the table, and each line is a route.
fn must_be_all(routes: &[Route]) {
    let told: BTreeSet<&str> = routes.iter().map(|route| route.name.as_str()).collect();
    let known: BTreeSet<&str> = TABLE.iter().map(|(name, ..)| *name).collect();
    assert_eq!(known.len(), TABLE.len(), "a route has two lines");
    let missing: Vec<_> = told.difference(&known).collect();
    assert!(missing.is_empty(), "give them a line in input/table.rs, with what their owner calls them with: {missing:#?}");
    let gone: Vec<_> = known.difference(&told).collect();
    assert!(gone.is_empty(), "they are no routes any more: {gone:#?}");
}

impl Walk {
    /// What isn't as the table says.
    async fn step(&self, route: &Route, by: By, with: With, whose: To) -> Vec<String> {
        let call = self.call_with(route, with).await;
        let mut faults = Vec::new();
        let mut must = |who: &str, is_right: bool, reply: &Reply| {
            if !is_right {
                faults.push(format!("{} by {who} as {}: {} {}", route.name, call.path, reply.status, reply.text));
            }
        };
        let reply = self.send(&self.owner(by), route, &call).await;
        must(&format!("its owner {by:?}"), reply.status.is_success(), &reply);
        self.stage.settle().await;
        // A write of everybody's own would only be done once more.
        if let Some(status) = answer(whose) {
            let reply = self.send(&self.stranger, route, &call).await;
            let is_problem = status != 404 || reply.json["code"] == "not_found";
            must("a stranger", reply.status == status && is_problem, &reply);
        }
        let reply = self.send(&self.stage.anonymous(), route, &call).await;
        let is_right = match (route.is_public, whose) {
            (false, _) => reply.status == 401 && reply.json["code"] == "unauthenticated",
            (true, To::Himself) => !reply.status.is_server_error(),
            (true, _) => Some(reply.status.as_u16()) == answer(whose),
        };
        must("nobody", is_right, &reply);
        faults
    }

    fn owner(&self, by: By) -> Person {
        match by {
            By::Seller => self.estate.seller.clone(),
            By::Buyer => self.estate.buyer.clone(),
            By::User => self.estate.user.clone(),
            By::Admin => self.admin.clone(),
            By::Moderator => self.estate.moderator.clone(),
            By::Nobody => self.stage.anonymous(),
        }
    }

    async fn send(&self, person: &Person, route: &Route, call: &Call) -> Reply {
        // A key of its own for every caller and route.
        let mut request = Request::builder().method(route.method.clone()).uri(&call.path).header("idempotency-key", "walk");
        if let Some(token) = &person.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        for (name, value) in &call.headers {
            request = request.header(name, value);
        }
        person.send(request.body(Body::from(call.body.clone())).unwrap()).await
    }

    /// The path and the body of the route's document, on things its owner can do this to.
    async fn call_with(&self, route: &Route, with: With) -> Call {
        let (stage, estate) = (&self.stage, &self.estate);
        let shown = route.body.as_ref().map(|body| without_pictures(&body.example));
        let (mut path, mut body, mut headers) = (route.path.clone(), shown, Vec::new());
        match with {
            With::Shown => {}
            With::AnotherCheckout => path = on(&path, &estate.check_out().await),
            With::AnotherPicture => path = on(&path, &picture(stage, &estate.seller, "private").await),
            With::Form => {
                let (kind, body) = form("public");
                return Call { path, body, headers: vec![(header::CONTENT_TYPE, kind)] };
            }
            With::Papers => {
                let (kind, body) = papers("business");
                return Call { path, body, headers: vec![(header::CONTENT_TYPE, kind)] };
            }
            With::Questioned => {
                let (kind, body) = questioned(&estate.called_off(stage).await);
                return Call { path, body, headers: vec![(header::CONTENT_TYPE, kind)] };
            }
            With::TakenPetition => path = on(&path, &estate.taken_petition(stage).await),
            With::AnotherOrder => path = on(&path, &estate.order(stage).await),
            With::ShippedOrder => path = on(&path, &estate.ship(estate.order(stage).await).await),
            With::TakenCase => path = on(&path, &estate.taken_case(stage).await),
            With::DecidedCase => path = on(&path, &estate.decided_case(stage).await),
            With::HandoverCode => body = Some(json!({"handover_code": estate.handover_code().await})),
            With::Asked => {
                let asking = sign_up(stage, &format!("asking_{}", route.path.len())).await;
                asking.put(&format!("/api/v1/users/{}/follow", self.admin.id)).await;
                path = path.replace(&format!("usr{NOWHERE}"), &asking.id.to_string());
            }
            With::WaitingFlow => {
                body = Some(json!({"flow_id": self.begin_login().await}));
                // Another code isn't sent sooner.
                stage.advance(Duration::from_secs(31));
            }
            With::FlowAndCode => {
                let flow = self.begin_login().await;
                body = Some(json!({"flow_id": flow, "code": code_for(stage, CHIKU).await}));
            }
            With::Password => {
                self.sign_up_with_password().await;
                body = Some(login());
            }
            With::RefreshToken => {
                let tokens = stage.anonymous().post("/api/v1/auth/login", login()).await.ok();
                body = Some(json!({"refresh_token": tokens["refresh_token"]}));
            }
            With::Signature => {
                let report = estate.report(stage).await;
                let signature = Keys::from_master([7; 32]).hash(SANDBOX, report.to_string().as_bytes());
                headers.push((HeaderName::from_static("x-sandbox-signature"), HEXLOWER.encode(&signature)));
                body = Some(report);
            }
        }
        headers.extend(body.is_some().then(|| (header::CONTENT_TYPE, "application/json".to_owned())));
        let body = body.map(|body| estate.put_into(&body.to_string())).unwrap_or_default().into_bytes();
        Call { path: estate.put_into(&path), body, headers }
    }

    async fn begin_login(&self) -> Value {
        let begun = self.stage.anonymous().post("/api/v1/auth/login/code", json!({"identifier": CHIKU})).await.ok();
        begun["flow_id"].clone()
    }

    /// Somebody who has a password.
    async fn sign_up_with_password(&self) {
        let mut body = json!({"email": ZUWENA, "display_name": "Zuwena", "birth_date": "1994-05-17"});
        body["password"] = login()["password"].clone();
        let flow = self.stage.anonymous().post("/api/v1/auth/register", body).await.ok();
        let verify = json!({"flow_id": flow["flow_id"], "code": code_for(&self.stage, ZUWENA).await});
        self.stage.anonymous().post("/api/v1/auth/verify", verify).await.ok();
    }
}

fn login() -> Value {
    json!({"identifier": ZUWENA, "password": "maembe saba ya bluu"})
}

/// The path, on this thing.
fn on(path: &str, id: &str) -> String {
    let (kind, _) = id.split_once('_').unwrap();
    path.replace(&format!("{kind}{NOWHERE}"), id)
}

/// What everybody but its owner is answered.
fn answer(whose: To) -> Option<u16> {
    match whose {
        To::Owners => Some(404),
        To::Everybody(status) | To::OfAnybody(status) => Some(status),
        To::Himself => None,
    }
}
