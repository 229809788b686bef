//! TLS to a mail server and to an aggregator, under a certificate made by the test.

use std::path::Path;

use contracts::auth::Channel;
use host::{Config, Mode};
use serde_json::json;
use testkit::{Elsewhere, Stage};

use super::{AGGREGATOR, MAIL, MAIL_SERVER, SMS, both, code, stand, to_mail_server};

/// The user `nexgate` with the password `säcret@1`, as a URL has them.
const RIGHT: &str = "nexgate:s%C3%A4cret%401";

/// Trusts the authority of the test's, or only those Mozilla does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    Test,
    Mozilla,
}

impl Trust {
    fn set(self, config: &mut Config, roots: &Path) {
        if self == Self::Test {
            config.channels.extra_roots = host::certificates(roots).unwrap();
        }
    }
}

/// Sends a mail over this; how its delivery stands, and what the server saw.
async fn sent(tls: &str, scheme: &str, user: &str, trust: Trust) -> (String, String, Vec<serde_json::Value>) {
    let dir = tempfile::tempdir().unwrap();
    let roots = dir.path().join("roots.pem");
    let server = Elsewhere::start(MAIL_SERVER, &json!({"host": Elsewhere::host(MAIL), "tls": tls, "roots": roots}));
    let url = format!("{scheme}://{user}@{}:2525", Elsewhere::host(MAIL));
    let stage = Stage::of(notification::service()).with(move |config| {
        both(config, Mode::Production);
        config.channels.mail = Some(to_mail_server(&url));
        trust.set(config, &roots);
    });
    let stage = stage.start().await;
    stage.tell(&code(&stage, Channel::Email, "amina@example.com")).await;
    let (state, reason, _) = stand(&stage).await.remove(0);
    (state, reason, server.kill())
}

#[tokio::test]
async fn n2_a_mail_goes_by_starttls_and_by_implicit_tls_with_the_password_of_the_url() {
    for (tls, scheme) in [("starttls", "smtp"), ("implicit", "smtps")] {
        let (state, reason, seen) = sent(tls, scheme, RIGHT, Trust::Test).await;
        assert_eq!((state.as_str(), reason.as_str(), seen.len()), ("sent", "", 1), "{tls}");
        assert_eq!((&seen[0]["encrypted"], &seen[0]["user"]), (&json!(true), &json!("nexgate")), "{tls}");
    }
}

#[tokio::test]
async fn n2_an_unknown_authority_and_a_wrong_password_are_ours_to_mend_and_no_secret_is_told() {
    for (tls, scheme) in [("starttls", "smtp"), ("implicit", "smtps")] {
        let (state, reason, seen) = sent(tls, scheme, RIGHT, Trust::Mozilla).await;
        assert!(state == "waiting" && reason.contains("UnknownIssuer") && seen.is_empty(), "{tls}: {reason}");
    }
    let (state, reason, seen) = sent("starttls", "smtp", "nexgate:canary", Trust::Test).await;
    assert_eq!((state.as_str(), reason.as_str(), seen.len()), ("waiting", "the mail server: 535 5.7.8", 0));
}

#[tokio::test]
async fn n2_an_sms_goes_by_https_to_whom_we_trust_and_to_nobody_else() {
    for (trust, expected) in [(Trust::Test, "sent"), (Trust::Mozilla, "waiting")] {
        let dir = tempfile::tempdir().unwrap();
        let roots = dir.path().join("roots.pem");
        let aggregator = Elsewhere::start(AGGREGATOR, &json!({"host": Elsewhere::host(SMS), "roots": roots}));
        let stage = Stage::of(notification::service()).with(move |config| {
            both(config, Mode::Production);
            let sms = config.channels.sms.as_mut().unwrap();
            sms.url.set_scheme("https").unwrap();
            trust.set(config, &roots);
        });
        let stage = stage.start().await;
        stage.tell(&code(&stage, Channel::Sms, "+255712000001")).await;
        let (state, reason, _) = stand(&stage).await.remove(0);
        assert_eq!((state.as_str(), aggregator.kill().len()), (expected, usize::from(trust == Trust::Test)), "{reason}");
    }
}
