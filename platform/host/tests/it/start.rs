//! What a node refuses to start with, and what it shows to whom.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use host::{Config, Ids, Mode, Node, Roles};
use testkit::Stage;
use tower::ServiceExt;

use crate::toy::{service, stage};

fn node(stage: &Stage, roles: Roles) -> Result<Node, String> {
    let mut config = Config::for_tests(stage.database.url.clone());
    config.roles = roles;
    let ids = Ids::seeded(stage.clock.clone(), 7);
    Node::new(config, stage.clock.clone(), ids, vec![service()]).map_err(|fault| fault.to_string())
}

async fn status(node: &Node, path: &str) -> StatusCode {
    node.router().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap().status()
}

#[tokio::test]
async fn a_node_that_serves_people_must_know_who_signs_their_tokens() {
    let stage = stage().await;
    let refused = node(&stage, Roles::ALL).err().unwrap();
    assert!(refused.contains("nobody answers auth.signing_keys.v1"), "{refused}");
}

#[tokio::test]
async fn a_node_without_the_role_shows_only_how_it_is() {
    let stage = stage().await;
    let worker = node(&stage, Roles::parse("relay,worker").unwrap()).unwrap();
    assert_eq!(status(&worker, "/readyz").await, StatusCode::OK);
    assert_eq!(status(&worker, "/healthz").await, StatusCode::OK);
    for path in ["/api/v1/things/thg_00000000000000000000000001", "/docs", "/api/v1/openapi.json"] {
        assert_eq!(status(&worker, path).await, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn metrics_are_shown_to_those_who_run_it_only_except_in_development() {
    let stage = stage().await;
    for (mode, public) in [(Mode::Development, StatusCode::OK), (Mode::Production, StatusCode::NOT_FOUND)] {
        for roles in [Roles::ALL, Roles::parse("worker").unwrap()] {
            let mut config = Config::for_tests(stage.database.url.clone());
            (config.mode, config.roles) = (mode, roles);
            let ids = Ids::seeded(stage.clock.clone(), 7);
            let node = Node::unchecked(config, stage.clock.clone(), ids, vec![service()]).unwrap();
            assert_eq!(status(&node, "/metrics").await, public, "{mode:?}");
            let ask = Request::get("/metrics").body(Body::empty()).unwrap();
            assert_eq!(node.private_router().oneshot(ask).await.unwrap().status(), StatusCode::OK, "{mode:?}");
        }
    }
}
