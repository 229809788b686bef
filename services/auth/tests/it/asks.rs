//! What the app asks.

use contracts::auth::{CodeIssued, GrantRole};
use kernel::Role;

use crate::{refresh, sign_up, stage, text};

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
