//! Carriers: other people's servers, in processes of their own, on their good days and on their bad ones.

mod mail;
mod security;
mod sms;

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
    time::Duration,
};

use contracts::auth::{Channel, CodeIssued, CodePurpose};
use host::{Config, Mail, Mode, Sms};
use kernel::Locale;
use serde_json::{Value, json};
use testkit::{Elsewhere, Stage};

/// Programs in Python, each behind what makes it certificates.
const MAIL_SERVER: &str = concat!(include_str!("authority.py"), include_str!("mail_server.py"));
const AGGREGATOR: &str = concat!(include_str!("authority.py"), include_str!("aggregator.py"));

/// Of mail, and of SMS: addresses of this test's own.
const MAIL: u8 = 78;
const SMS: u8 = 79;

/// A mail server, to which these things happen, one a mail.
fn mail_server(faults: Value) -> Elsewhere {
    Elsewhere::start(MAIL_SERVER, &json!({"host": Elsewhere::host(MAIL), "faults": faults}))
}

/// An aggregator, to which these things happen, one a message.
fn aggregator(faults: Value) -> Elsewhere {
    Elsewhere::start(AGGREGATOR, &json!({"host": Elsewhere::host(SMS), "faults": faults}))
}

/// Notification as it is outside development mode, with both carriers.
async fn carried() -> Stage {
    Stage::of(notification::service()).with(|config| both(config, Mode::Production)).start().await
}

fn both(config: &mut Config, mode: Mode) {
    config.mode = mode;
    config.channels.mail = Some(to_mail_server(&format!("smtp://{}:2525?tls=none", Elsewhere::host(MAIL))));
    let url = format!("http://{}:8080/v1/messages", Elsewhere::host(SMS)).parse().unwrap();
    config.channels.sms = Some(Sms { url, key: "key-canary".into(), sender: "NEXGATE".into() });
}

fn to_mail_server(url: &str) -> Mail {
    Mail { url: url.parse().unwrap(), from: "Nexgate Sokoni <no-reply@nexgate.example>".into() }
}

/// A code to sign up, good for ten minutes.
fn code(stage: &Stage, channel: Channel, to: &str) -> CodeIssued {
    CodeIssued {
        flow: stage.id(),
        purpose: CodePurpose::Register,
        channel,
        to: to.into(),
        code: "482913".into(),
        locale: Locale::Sw,
        expires_at: stage.clock.now().plus(Duration::from_mins(10)),
    }
}

/// How each delivery stands, oldest first: its state, its reason, and how often it was put off.
async fn stand(stage: &Stage) -> Vec<(String, String, i32)> {
    let query = "select state, coalesce(reason, ''), tries from notification.delivery order by at, id";
    sqlx::query_as(query).fetch_all(&stage.database.owner).await.unwrap()
}

fn stands(state: &str, reason: &str, tries: i32) -> (String, String, i32) {
    (state.into(), reason.into(), tries)
}

/// Moves the clock by so many seconds, and lets everything happen that is due then.
async fn after(stage: &Stage, seconds: u64) {
    stage.advance(Duration::from_secs(seconds));
    stage.settle().await;
}

/// What was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Everything that is logged in this thread from now on.
    fn begin() -> (Self, tracing::subscriber::DefaultGuard) {
        let log = Self::default();
        let writer = log.clone();
        let lines = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
        (log, tracing::subscriber::set_default(lines))
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
