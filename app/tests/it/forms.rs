//! Every form of every page, sent by somebody's browser because another site made it.

use std::{fs, path::Path};

use contracts::auth::CodeIssued;
use testkit::{Browser, Stage};

/// What changes how the reader reads, and what browsers report by themselves.
const HARMLESS: [&str; 2] = ["/preferences", "/csp-report"];

/// Forms with files; what they do about the token their services show.
const WITH_FILES: [&str; 3] = ["/uploads", "/me/verification/{badge}", "/me/trust/review"];

/// The routes of a web door that take a form, as its `mod.rs` mounts them.
fn posts(source: &str) -> impl Iterator<Item = &str> {
    let routes = source.split(".route(\"").skip(1).filter_map(|rest| rest.split_once("\","));
    routes.filter(|(_, handlers)| handlers.split(".route(").next().unwrap().contains("post(")).map(|(path, _)| path)
}

fn all() -> Vec<String> {
    let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("../services");
    let mut found = Vec::new();
    for service in fs::read_dir(services).unwrap() {
        let door = service.unwrap().path().join("src/web/mod.rs");
        found.extend(posts(&fs::read_to_string(door).unwrap_or_default()).map(str::to_owned));
    }
    found
}

/// An address of that form, with an id where one belongs; whether anything is there is looked at later.
fn at(route: &str) -> String {
    let prefixes = [
        ("/sessions/", "ses"),
        ("/products/", "prd"),
        ("/checkouts/", "chk"),
        ("/orders/", "ord"),
        ("/posts/", "pst"),
        ("/users/", "usr"),
        ("/me/cases/", "cas"),
        ("/me/petitions/", "pet"),
        ("/moderation/petitions/", "pet"),
        ("/moderation/", "cas"),
        ("/notifications/", "ntf"),
    ];
    let prefix = prefixes.iter().find(|(begin, _)| route.starts_with(begin)).map_or("x", |(_, prefix)| prefix);
    route
        .replace("{id}", &format!("{prefix}_00000000000000000000000007"))
        .replace("{handle}", "amina_fabrics")
        .replace("{place}", "1")
}

#[tokio::test]
async fn w7_no_form_is_taken_without_its_sessions_token() {
    let stage = Stage::all(nexgate::services()).start().await;
    let browser = Browser::on(&stage);
    let form = browser.open("/signup").await.html();
    let fields = [("display_name", "Amina"), ("contact", "amina@example.com"), ("birth_date", "1994-05-17"), ("password", "")];
    let asked = browser.fill_in(&form, "/signup", &fields).await;
    let page = browser.open(asked.leads_to()).await.html();
    let code = stage.told::<CodeIssued>().await.pop().unwrap().code;
    browser.fill_in(&page, "/verify", &[("code", &code)]).await.leads_to();
    let routes = all();
    assert!(routes.len() > 30 && routes.contains(&"/checkouts/{id}/pay".to_owned()), "{routes:?}");
    for route in routes.iter().filter(|route| !HARMLESS.contains(&route.as_str()) && !WITH_FILES.contains(&route.as_str())) {
        let refused = browser.submit(&at(route), &[("text", "x"), ("csrf", "AAAA"), ("once", "k")]).await;
        assert_eq!(refused.status, 403, "{route}: {}", refused.text);
        assert!(refused.text.contains("out of date"), "{route}: {}", refused.text);
    }
}
