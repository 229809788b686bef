//! A mail server (RFC 5321). Who is refused when decides what it means: before the recipient is named, it is our own matter.

use std::{error::Error as _, fmt, net::Ipv4Addr, sync::Mutex, time::Duration};

use host::{Here, Mail};
use kernel::{Clock, Fault, Timestamp};
use lettre::{
    message::Mailbox,
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, Certificate, TlsParameters},
        commands::{Data, Mail as MailFrom, Rcpt, Rset},
        extension::ClientId,
        response::Response,
    },
};
use rustls::pki_types::CertificateDer;
use tokio::time::timeout;

use super::mail::composed;
use crate::model::{answer::Answer, letter::Letter};

/// Connecting, with TLS and the password; then everything up to the message itself.
const PATIENCE: Duration = Duration::from_secs(15);
/// From the end of the message to its answer: a server looks at it first (RFC 5321, section 4.5.3.2.6, says ten minutes).
const DATA_PATIENCE: Duration = Duration::from_secs(25);
/// An idle connection is let go after this; servers do so after minutes.
const IDLE: Duration = Duration::from_secs(30);
/// So many are kept.
const KEPT: usize = 4;

/// A mail server, with the connections that are open to it.
pub(super) struct Smtp {
    server: (String, u16),
    security: Security,
    hello: ClientId,
    credentials: Option<Credentials>,
    from: Mailbox,
    clock: Clock,
    idle: Mutex<Vec<(AsyncSmtpConnection, Timestamp)>>,
}

enum Security {
    /// TLS from the first byte.
    Implicit(TlsParameters),
    StartTls(TlsParameters),
    InTheClear,
}

/// What is wrong, and whether the server said it for good.
struct No {
    reason: String,
    is_final: bool,
}

impl Smtp {
    pub fn new(mail: &Mail, here: &Here, extra: &[CertificateDer<'static>]) -> Result<Self, Fault> {
        let told = |what: &'static str| move |error: Error| Fault::internal(format_args!("{what}: {error}"));
        let server = mail.server();
        let mut tls = TlsParameters::builder(server.0.clone());
        for certificate in extra {
            tls = tls.add_root_certificate(Certificate::from_der(certificate.to_vec()).map_err(told("a certificate"))?);
        }
        let tls = tls.build_rustls().map_err(told("NEXGATE_SMTP_URL"))?;
        let security = match (mail.url.scheme(), mail.is_in_the_clear()) {
            ("smtps", _) => Security::Implicit(tls),
            (_, true) => Security::InTheClear,
            _ => Security::StartTls(tls),
        };
        let from = mail.from.parse().map_err(|_| Fault::internal("NEXGATE_MAIL_FROM: no address can be read in it"))?;
        let (hello, clock) = (hello(&here.config.public_url), here.clock.clone());
        Ok(Self { server, security, hello, credentials: credentials(mail)?, from, clock, idle: Mutex::default() })
    }

    pub async fn carry(&self, letter: &Letter) -> Answer {
        let message = match composed(letter, &self.from) {
            Ok(message) => message,
            Err(reason) => return Answer::refused(reason),
        };
        let Some(to) = message.envelope().to().first() else { return Answer::refused("it has no recipient") };
        let mut line = match within(self.begun()).await {
            Ok(line) => line,
            // What is said before anybody is named concerns us: the password, the sender, the server itself.
            Err(no) => return Answer::later(no.reason),
        };
        let offered = async {
            line.command(Rcpt::new(to.clone(), vec![])).await?;
            line.command(Data).await
        };
        if let Err(no) = within(async { offered.await.map_err(No::from) }).await {
            let reset = within(async { line.command(Rset).await.map_err(No::from) }).await;
            if reset.is_ok() {
                self.keep(line);
            }
            return if no.is_final { Answer::refused(no.reason) } else { Answer::later(no.reason) };
        }
        let answer = timeout(DATA_PATIENCE, line.message(&message.formatted())).await;
        self.judged(answer.ok(), line)
    }

    /// What the answer to the message itself means; without one it may have been taken.
    fn judged(&self, answer: Option<Result<Response, Error>>, line: AsyncSmtpConnection) -> Answer {
        let said = match answer {
            Some(Ok(_)) => {
                self.keep(line);
                return Answer::Accepted;
            }
            Some(Err(error)) => (error.status().is_some(), No::from(error)),
            None => (false, No::silence()),
        };
        match said {
            (true, No { reason, is_final: true }) => Answer::refused(reason),
            (true, no) => Answer::later(no.reason),
            (false, no) => Answer::unknown(format!("no answer to the message: {}", no.reason)),
        }
    }

    /// A connection on which a mail has begun. One that was idle may have been closed meanwhile, and then another is opened.
    async fn begun(&self) -> Result<AsyncSmtpConnection, No> {
        let begin = || MailFrom::new(Some(self.from.email.clone()), vec![]);
        while let Some(mut line) = self.idle() {
            match line.command(begin()).await {
                Ok(_) => return Ok(line),
                Err(error) if error.status().is_some() => return Err(error.into()),
                Err(_) => {}
            }
        }
        let mut line = self.opened().await?;
        line.command(begin()).await?;
        Ok(line)
    }

    async fn opened(&self) -> Result<AsyncSmtpConnection, No> {
        let wrapped = if let Security::Implicit(tls) = &self.security { Some(tls.clone()) } else { None };
        let (host, port) = &self.server;
        let line = AsyncSmtpConnection::connect_tokio1((host.as_str(), *port), Some(PATIENCE), &self.hello, wrapped, None);
        let mut line = line.await?;
        if let Security::StartTls(tls) = &self.security {
            line.starttls(tls.clone(), &self.hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            line.auth(&[Mechanism::Plain, Mechanism::Login], credentials).await?;
        }
        Ok(line)
    }

    fn idle(&self) -> Option<AsyncSmtpConnection> {
        let mut idle = self.idle.lock().ok()?;
        idle.retain(|(_, since)| self.clock.now().since(*since) < IDLE);
        idle.pop().map(|(line, _)| line)
    }

    fn keep(&self, line: AsyncSmtpConnection) {
        if let Ok(mut idle) = self.idle.lock()
            && idle.len() < KEPT
        {
            idle.push((line, self.clock.now()));
        }
    }
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Smtp({})", self.server.0)
    }
}

impl No {
    fn silence() -> Self {
        Self { reason: "no answer in time".into(), is_final: false }
    }
}

/// A server's words may hold an address: only its codes are kept (X14).
impl From<Error> for No {
    fn from(error: Error) -> Self {
        let reason = match error.status() {
            Some(code) => format!("{code}{}", enhanced(&error).map(|status| format!(" {status}")).unwrap_or_default()),
            None if error.is_response() => "its answer can't be read, or it hung up".into(),
            None => error.to_string(),
        };
        Self { reason: format!("the mail server: {reason}"), is_final: error.is_permanent() }
    }
}

/// `5.1.1`, where the answer begins with such a status (RFC 3463).
fn enhanced(error: &Error) -> Option<String> {
    let text = error.source()?.to_string();
    let word = text.split_whitespace().next()?;
    let is_number = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = word.split('.').collect();
    (parts.len() == 3 && parts.into_iter().all(is_number)).then(|| word.to_owned())
}

async fn within<T>(step: impl Future<Output = Result<T, No>>) -> Result<T, No> {
    timeout(PATIENCE, step).await.unwrap_or_else(|_| Err(No::silence()))
}

/// Our own name, as servers like to hear it: the public address's.
fn hello(public_url: &str) -> ClientId {
    let host = public_url.split_once("://").map_or(public_url, |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or_default();
    match host.parse::<Ipv4Addr>() {
        Ok(address) => ClientId::Ipv4(address),
        Err(_) if host.contains('.') && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte)) => {
            ClientId::Domain(host.to_owned())
        }
        Err(_) => ClientId::default(),
    }
}

fn credentials(mail: &Mail) -> Result<Option<Credentials>, Fault> {
    let Some(password) = mail.url.password() else { return Ok(None) };
    let decoded = |text: &str| {
        let text = percent_encoding::percent_decode_str(text).decode_utf8();
        text.map(String::from).map_err(|_| Fault::internal("NEXGATE_SMTP_URL: user and password are percent-encoded UTF-8"))
    };
    Ok(Some(Credentials::new(decoded(mail.url.username())?, decoded(password)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_hear_the_name_people_know() {
        for (url, name) in [
            ("https://nexgate.example", "nexgate.example"),
            ("https://nexgate.example:8443/x", "nexgate.example"),
            ("http://10.0.0.7:8080", "[10.0.0.7]"),
            ("http://[::1]:8080", "[127.0.0.1]"),
            ("http://localhost:8080", "[127.0.0.1]"),
        ] {
            assert_eq!(hello(url).to_string(), name, "{url}");
        }
    }
}
