//! Bodies as the document shows them, and the same but for one field.

use serde_json::Value;
use testkit::Reply;

use super::{
    document::{Field, routes},
    estate::Estate,
    stage_admin,
};
use crate::market::open;

/// Its body is its provider's, and is read only under the provider's signature.
const SIGNED: &str = "POST /api/v1/webhooks/{provider}";

#[tokio::test]
async fn x8_every_route_can_read_the_body_its_document_shows() {
    let stage = open().await;
    let (admin, estate) = (stage_admin(&stage).await, Estate::build(&stage).await);
    let mut faults = Vec::new();
    for route in routes(&stage).await.iter().filter(|route| route.body.is_some()) {
        let reply = estate.call(&admin, route, &estate.put_into(&route.path)).await;
        if reply.status.is_server_error() || reply.status == 400 || reply.text.contains("wrong_type") {
            faults.push(format!("{}: {} {}", route.name, reply.status, reply.text));
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[tokio::test]
async fn x8_every_route_refuses_fields_of_the_wrong_type() {
    let stage = open().await;
    let (admin, estate) = (stage_admin(&stage).await, Estate::build(&stage).await);
    let (routes, mut faults, mut tries) = (routes(&stage).await, Vec::new(), 0..);
    let before = estate.seen(&routes, &[&admin, &estate.seller, &estate.buyer]).await;
    for route in &routes {
        let Some(shown) = &route.body else { continue };
        assert_eq!(shown.fields.is_empty(), route.name == SIGNED, "{}: the document shows no fields", route.name);
        let path = estate.put_into(&route.path);
        let body: Value = serde_json::from_str(&estate.put_into(&shown.example.to_string())).unwrap();
        for field in &shown.fields {
            for wrong in field.wrong(&body) {
                let (key, spoiled) = (format!("try-{}", tries.next().unwrap()), field.put(&body, wrong.clone()));
                let reply = admin.call(route.method.clone(), &path, Some(&key), Some(spoiled.to_string())).await;
                if !names(field, &reply) {
                    faults.push(format!("{} with {} {wrong}: {} {}", route.name, field.pointer, reply.status, reply.text));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
    for (then, now) in before.iter().zip(estate.seen(&routes, &[&admin, &estate.seller, &estate.buyer]).await) {
        assert_eq!(now, *then);
    }
    assert!(tries.start > 300, "{} tries", tries.start);
}

/// Whether this is a problem that names the field, or what it stands in.
fn names(field: &Field, reply: &Reply) -> bool {
    let pointers = reply.json["errors"].as_array().into_iter().flatten().filter_map(|error| error["pointer"].as_str());
    let mut named =
        pointers.filter(|pointer| !pointer.is_empty() && format!("{}/", field.pointer).starts_with(&format!("{pointer}/")));
    let is_problem = reply.headers.get("content-type").is_some_and(|kind| kind == "application/problem+json");
    reply.status == 422 && reply.json["code"] == "invalid" && is_problem && named.next().is_some()
}
