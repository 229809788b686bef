//! What carries messages to people: whether there is anything, and whether it answers.

use tokio::net::TcpStream;

use super::{finding::Finding, in_time};
use crate::config::{Config, Mail, Mode, Sms};

/// The service that brings messages out.
const SENDER: &str = "notification";

pub(super) async fn look(config: &Config) -> Vec<Finding> {
    if !config.mounts(SENDER) {
        return Vec::new();
    }
    let channels = &config.channels;
    let (mail, sms) = (channels.mail.as_ref().map(Mail::server), channels.sms.as_ref().map(Sms::server));
    let (mail, sms) = tokio::join!(
        channel(config.mode, "e-mail", "NEXGATE_SMTP_URL", mail),
        channel(config.mode, "SMS", "NEXGATE_SMS_URL", sms),
    );
    [mail, sms].concat()
}

async fn channel(mode: Mode, subject: &str, setting: &str, server: Option<(String, u16)>) -> Vec<Finding> {
    match (mode, server) {
        (_, Some((host, port))) => in_time(subject, answers(subject, &host, port)).await,
        (Mode::Development, None) => vec![Finding::ok(subject, "the development outbox")],
        (Mode::Production, None) => {
            vec![Finding::bad(subject, format!("{setting} is missing: every message of this channel fails"))]
        }
    }
}

/// Only a connection: what a server takes, and from whom, shows when it is used.
async fn answers(subject: &str, host: &str, port: u16) -> Result<Vec<Finding>, String> {
    match TcpStream::connect((host, port)).await {
        Ok(_) => Ok(vec![Finding::ok(subject, format!("{host}:{port} answers"))]),
        Err(error) => Err(format!("{host}:{port}: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;
    use crate::doctor::Verdict;

    #[tokio::test]
    async fn a_channel_without_a_carrier_is_bad_in_production_only_and_one_that_is_away_everywhere() {
        let mut config = Config::for_tests("postgres://here".into());
        let verdicts = async |config: &Config| look(config).await.iter().map(|found| found.verdict).collect::<Vec<_>>();
        assert_eq!(verdicts(&config).await, [Verdict::Ok, Verdict::Ok]);
        config.mode = Mode::Production;
        assert_eq!(
            look(&config).await[0].to_string(),
            "bad  e-mail: NEXGATE_SMTP_URL is missing: every message of this channel fails"
        );
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mail = |port| Mail { url: format!("smtps://u:canary@127.0.0.1:{port}").parse().unwrap(), from: "a@b".into() };
        config.channels.mail = Some(mail(listener.local_addr().unwrap().port()));
        assert_eq!(verdicts(&config).await, [Verdict::Ok, Verdict::Bad]);
        // Nobody listens on the ports below 1024 of this address of ours.
        config.channels.mail = Some(Mail { url: "smtps://u:canary@127.77.255.1:1".parse().unwrap(), from: "a@b".into() });
        let said = look(&config).await[0].to_string();
        assert!(said.starts_with("bad  e-mail: 127.77.255.1:1: ") && !said.contains("canary"), "{said}");
        config.services = Some(vec!["auth".into()]);
        assert!(look(&config).await.is_empty(), "another node sends");
    }
}
