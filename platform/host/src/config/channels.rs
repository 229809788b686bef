//! What carries messages to people: a mail server, an aggregator of SMS.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use url::{Host, Url};

/// Without one of them, that channel's messages go to the development outbox, or outside development mode nowhere.
#[derive(Debug, Clone, Default)]
pub struct Channels {
    pub mail: Option<Mail>,
    pub sms: Option<Sms>,
    /// Certificate authorities to trust besides those Mozilla does: a server of one's own often has such a one.
    pub extra_roots: Vec<CertificateDer<'static>>,
}

/// The mail server, and who writes.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// `smtps://` speaks TLS from the first byte, `smtp://` by STARTTLS or not at all, `smtp://…?tls=none` in the clear. The user
    /// and the password are the URL's, percent-encoded.
    pub url: Url,
    /// `Nexgate <no-reply@nexgate.example>`, or only the address.
    pub from: String,
}

/// The aggregator, and who sends.
#[derive(Clone, PartialEq, Eq)]
pub struct Sms {
    /// Where messages are posted.
    pub url: Url,
    /// The bearer token.
    pub key: String,
    /// The name or number people see.
    pub sender: String,
}

/// The settings as they were written.
#[derive(Default)]
pub(super) struct Written {
    pub smtp_url: Option<String>,
    pub mail_from: Option<String>,
    pub sms_url: Option<String>,
    pub sms_key: Option<String>,
    pub sms_sender: Option<String>,
    pub extra_roots: Option<PathBuf>,
}

impl Channels {
    /// Refuses what could never send. No message shows a URL, which may hold a password, or a key.
    pub(super) fn read(written: Written) -> Result<Self, String> {
        let Written { smtp_url, mail_from, sms_url, sms_key, sms_sender, extra_roots } = written;
        let mail = smtp_url.map(|url| mail(&url, mail_from)).transpose()?;
        let sms = sms_url.map(|url| sms(&url, sms_key, sms_sender)).transpose()?;
        let extra_roots = extra_roots.map_or(Ok(Vec::new()), |file| certificates(&file))?;
        Ok(Self { mail, sms, extra_roots })
    }
}

/// The certificates of a PEM file, of which there is at least one, each with a name and a key.
pub fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let wrong = |error: String| format!("NEXGATE_EXTRA_ROOTS: {}: {error}", file.display());
    let text = fs::read(file).map_err(|error| wrong(error.to_string()))?;
    let found: Vec<_> =
        CertificateDer::pem_slice_iter(&text).collect::<Result<_, _>>().map_err(|error| wrong(error.to_string()))?;
    if found.is_empty() {
        return Err(wrong("there is no certificate in it".into()));
    }
    let mut roots = RootCertStore::empty();
    found.iter().try_for_each(|root| roots.add(root.clone())).map_err(|error| wrong(error.to_string()))?;
    Ok(found)
}

impl Mail {
    /// Host and port: 465 for `smtps`, 587 for STARTTLS, 25 in the clear, where the URL names none.
    pub fn server(&self) -> (String, u16) {
        let usual = match (self.url.scheme(), self.is_in_the_clear()) {
            ("smtps", _) => 465,
            (_, true) => 25,
            _ => 587,
        };
        address(&self.url, usual)
    }

    /// Whether it asks for no TLS.
    pub fn is_in_the_clear(&self) -> bool {
        self.url.scheme() == "smtp" && self.url.query() == Some("tls=none")
    }
}

impl Sms {
    /// Host and port.
    pub fn server(&self) -> (String, u16) {
        address(&self.url, self.url.port_or_known_default().unwrap_or(443))
    }
}

/// Without the brackets an IPv6 address has in a URL.
fn address(url: &Url, usual: u16) -> (String, u16) {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    (host.to_owned(), url.port().unwrap_or(usual))
}

fn mail(url: &str, from: Option<String>) -> Result<Mail, String> {
    let odd = "NEXGATE_SMTP_URL: smtps://user:password@host, or smtp:// for STARTTLS, or smtp://host:25?tls=none, is expected";
    let url = Url::parse(url).map_err(|_| odd)?;
    let tls_is_known = url.query().is_none() || (url.scheme() == "smtp" && url.query() == Some("tls=none"));
    if !["smtp", "smtps"].contains(&url.scheme()) || url.host_str().is_none_or(str::is_empty) || !tls_is_known {
        return Err(odd.into());
    }
    let from = from.ok_or("NEXGATE_SMTP_URL is set: who writes the mails is missing, NEXGATE_MAIL_FROM")?;
    if !is_mailbox(&from) {
        return Err(
            "NEXGATE_MAIL_FROM: an address like no-reply@example.com, or Nexgate <no-reply@example.com>, is expected".into()
        );
    }
    let mail = Mail { url, from };
    if mail.is_in_the_clear() && (!mail.url.username().is_empty() || mail.url.password().is_some()) {
        return Err("NEXGATE_SMTP_URL: no password is sent in the clear; leave ?tls=none out".into());
    }
    Ok(mail)
}

fn sms(url: &str, key: Option<String>, sender: Option<String>) -> Result<Sms, String> {
    let url = Url::parse(url).ok().filter(|url| url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url)));
    let url = url.ok_or("NEXGATE_SMS_URL: an address with https:// is expected; only this machine may be called by http://")?;
    let key = key.filter(|key| key.bytes().all(|byte| byte.is_ascii_graphic()));
    let key = key.ok_or("NEXGATE_SMS_URL is set: NEXGATE_SMS_KEY, the bearer token in visible ASCII, is missing or odd")?;
    let is_name = |name: &String| (1..=15).contains(&name.len()) && name.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    let sender = sender.filter(is_name);
    let sender =
        sender.ok_or("NEXGATE_SMS_URL is set: NEXGATE_SMS_SENDER, a name or number of 1 to 15 characters, is missing or odd")?;
    Ok(Sms { url, key, sender })
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// An address, alone or in angle brackets behind a name; the rest is the mail library's to judge.
fn is_mailbox(text: &str) -> bool {
    let address = text.strip_suffix('>').map_or(Some(text), |named| Some(named.split_once('<')?.1));
    let parts = address.and_then(|address| address.split_once('@'));
    let is_plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>@,;".contains(&byte));
    !text.contains(char::is_control) && parts.is_some_and(|(local, domain)| is_plain(local) && is_plain(domain))
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mail({})", self.url.host_str().unwrap_or_default())
    }
}

impl fmt::Debug for Sms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sms({})", self.url.host_str().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail_of(url: &str, from: Option<&str>) -> Result<Option<Mail>, String> {
        let written = Written { smtp_url: Some(url.into()), mail_from: from.map(Into::into), ..Written::default() };
        Channels::read(written).map(|channels| channels.mail)
    }

    #[test]
    fn n2_a_mail_server_that_could_never_send_is_refused_at_the_start() {
        let from = Some("Nexgate <no-reply@nexgate.example>");
        for url in ["smtps://u:p%40@mail.example", "smtp://u:p@mail.example:2525", "smtp://127.0.0.1:25?tls=none"] {
            assert_eq!(mail_of(url, from).unwrap().unwrap().is_in_the_clear(), url.ends_with("tls=none"), "{url}");
        }
        for url in ["mail.example", "http://mail.example", "smtp://", "smtps://mail.example?tls=none", "smtp://h?tls=required"] {
            assert!(mail_of(url, from).unwrap_err().contains("NEXGATE_SMTP_URL"), "{url}");
        }
        let refused = mail_of("smtp://u:canary@h?tls=none", from).unwrap_err();
        assert!(refused.contains("in the clear") && !refused.contains("canary"));
        for (url, port) in [("smtps://h", 465), ("smtp://h", 587), ("smtp://h?tls=none", 25), ("smtps://[::1]:2465", 2465)] {
            let (host, found) = mail_of(url, Some("no-reply@nexgate.example")).unwrap().unwrap().server();
            assert!(found == port && (host == "h" || host == "::1"), "{url}");
        }
        for odd in [None, Some(""), Some("Nexgate"), Some("a@b@c"), Some("Nexgate <>"), Some("a@b>"), Some("N\r\nBcc: x <a@b>")] {
            assert!(mail_of("smtps://h", odd).unwrap_err().contains("NEXGATE_MAIL_FROM"), "{odd:?}");
        }
    }

    #[test]
    fn n2_authorities_nobody_can_read_are_refused_at_the_start() {
        let dir = tempfile::tempdir().unwrap();
        let [missing, empty, broken, other] = ["missing", "empty", "broken", "other"].map(|name| dir.path().join(name));
        fs::write(&empty, "no certificate").unwrap();
        fs::write(&broken, "-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----\n").unwrap();
        fs::write(&other, "-----BEGIN CERTIFICATE-----\nbm8gY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n").unwrap();
        for file in [missing, empty, broken, other] {
            let refused = Channels::read(Written { extra_roots: Some(file.clone()), ..Written::default() }).unwrap_err();
            assert!(refused.contains("NEXGATE_EXTRA_ROOTS"), "{}: {refused}", file.display());
        }
    }

    #[test]
    fn n2_an_aggregator_wants_a_key_a_sender_and_tls_beyond_this_machine() {
        let read = |url: &str, key: Option<&str>, sender: Option<&str>| {
            let text = |text: Option<&str>| text.map(str::to_owned);
            Channels::read(Written {
                sms_url: text(Some(url)),
                sms_key: text(key),
                sms_sender: text(sender),
                ..Written::default()
            })
        };
        for url in ["https://sms.example/v1/messages", "http://127.0.0.1:9/send", "http://[::1]:9/", "http://localhost/"] {
            let channels = read(url, Some("canary"), Some("NEXGATE")).unwrap();
            assert!(!format!("{channels:?}").contains("canary"));
        }
        for url in ["http://sms.example/", "ftp://sms.example/", "sms.example"] {
            assert!(read(url, Some("canary"), Some("NEXGATE")).unwrap_err().contains("https://"), "{url}");
        }
        for (key, sender) in
            [(None, Some("NEXGATE")), (Some("a\nb"), Some("NEXGATE")), (Some("k"), None), (Some("k"), Some("NEXGATE_NEXGATE_"))]
        {
            assert!(read("https://sms.example", key, sender).is_err(), "{key:?} {sender:?}");
        }
    }

    #[test]
    fn x14_debug_shows_no_password() {
        let mail = mail_of("smtps://u:canary@mail.example", Some("a@b")).unwrap();
        assert_eq!(format!("{mail:?}"), "Some(Mail(mail.example))");
    }
}
