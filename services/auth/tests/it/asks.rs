//! What neighbours and the app ask.

use std::time::Duration;

use contracts::auth::{CodeIssued, GrantRole};
use host::revoked::{EndedSessions, MEMORY};
use kernel::Role;
use serde_json::json;

use crate::world::{AMINA, refresh, sign_up, stage, text};

#[tokio::test]
async fn a9_a_role_is_granted_by_contact_or_id_and_travels_in_the_next_token() {
    let stage = stage().await;
    let amina = sign_up(&stage, "+255712000001").await;
    for who in ["+255712000001", "0712 000 001", &amina.person.id.to_string()] {
        let granted = stage.node.ask(GrantRole { who: who.into(), role: Role::Compliance }).await;
        assert_eq!(granted.unwrap(), amina.person.id);
    }
    for (who, code) in [("nobody@example.com", "not_found"), ("nonsense", "invalid")] {
        let refused = stage.node.ask(GrantRole { who: who.into(), role: Role::Admin }).await.unwrap_err();
        assert_eq!(refused.code(), code);
    }
    let token = refresh(&stage, amina.refresh_token()).await.ok()["access_token"].clone();
    let claims = text(&token).split('.').nth(1).unwrap().to_owned();
    let claims = data_encoding::BASE64URL_NOPAD.decode(claims.as_bytes()).unwrap();
    assert!(String::from_utf8(claims).unwrap().contains(r#""roles":["user","compliance"]"#));
    assert!(stage.told::<CodeIssued>().await.iter().all(|issued| issued.to == "+255712000001"));
}

#[tokio::test]
async fn a5_a_node_that_missed_it_is_told_which_sessions_have_ended_until_their_tokens_have_run_out() {
    let stage = stage().await;
    let (amina, begun) = (sign_up(&stage, AMINA).await, stage.clock.now());
    let ended = |since| stage.node.ask(EndedSessions { since });
    assert!(ended(begun).await.unwrap().is_empty());
    stage.advance(Duration::from_secs(1));
    assert_eq!(amina.person.post("/api/v1/auth/logout", json!({})).await.status, 204);
    let told = ended(begun).await.unwrap();
    assert_eq!((told.len(), told[0].session.to_string(), told[0].at), (1, amina.session.to_string(), stage.clock.now()));
    assert!(ended(stage.clock.now().plus(Duration::from_micros(1))).await.unwrap().is_empty());
    stage.advance(MEMORY + Duration::from_secs(1));
    stage.settle().await;
    stage.advance(Duration::from_hours(1));
    stage.settle().await;
    assert!(ended(begun).await.unwrap().is_empty(), "swept");
}
