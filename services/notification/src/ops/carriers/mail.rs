//! A message as e-mail (RFC 5322): what is the same at every try, so that nobody mistakes a copy for another message.

use jiff::{fmt::rfc2822, tz::TimeZone};
use kernel::Timestamp;
use lettre::{
    Message,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{HeaderName, HeaderValue},
    },
};

use crate::model::letter::Letter;

const DATE: HeaderName = HeaderName::new_from_ascii_str("Date");
/// No machine answers this (RFC 3834), and none of it is worth an out-of-office note.
const AUTO_SUBMITTED: HeaderName = HeaderName::new_from_ascii_str("Auto-Submitted");

/// A letter ready to be sent; `Err` says why it can't be one.
pub(super) fn composed(letter: &Letter, from: &Mailbox) -> Result<Message, &'static str> {
    let to = letter.to.0.parse().map_err(|_| "it isn't an e-mail address")?;
    let message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(one_line(letter.message.subject.as_deref().unwrap_or_default()))
        .raw_header(HeaderValue::new(DATE, moment(letter.at)?))
        .message_id(Some(format!("<{}@{}>", letter.id, from.email.domain())))
        .raw_header(HeaderValue::new(AUTO_SUBMITTED, "auto-generated".into()));
    let parts = MultiPart::alternative();
    let parts = parts.boundary(format!("part-{}", letter.id.simple()));
    let parts = parts.singlepart(SinglePart::plain(letter.message.body.clone()));
    let message = message.multipart(parts.singlepart(SinglePart::html(letter.message.html.clone())));
    message.map_err(|_| "it can't be written as an e-mail")
}

/// A name with a line break in it stays in its header, and shows as if there were a space.
fn one_line(text: &str) -> String {
    text.split(char::is_control).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn moment(at: Timestamp) -> Result<String, &'static str> {
    rfc2822::to_string(&at.to_jiff().to_zoned(TimeZone::UTC)).map_err(|_| "its date can't be written")
}

#[cfg(test)]
mod tests {
    use kernel::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::model::{answer::Tried, private::Private, route::Medium, words::Outward};

    fn letter(to: &str, subject: &str) -> Letter {
        let at = Timestamp::from_microsecond(1_795_420_800_000_000);
        Letter {
            id: Uuid::from_u128(7),
            medium: Medium::Email,
            to: Private(to.into()),
            message: Outward { subject: Some(subject.into()), body: "Body\r\n.\r\nQUIT".into(), html: "<p>Body</p>".into() },
            at,
            tried: Tried { before: 0, since: at, expires_at: None },
            is_critical: false,
        }
    }

    #[test]
    fn n5_every_try_is_the_same_to_the_byte() {
        let (from, letter) = ("Nexgate <no-reply@nexgate.example>".parse().unwrap(), letter("amina@example.com", "Hello"));
        let text = String::from_utf8(composed(&letter, &from).unwrap().formatted()).unwrap();
        assert_eq!(text.as_bytes(), composed(&letter, &from).unwrap().formatted());
        for line in [
            "From: Nexgate <no-reply@nexgate.example>",
            "To: amina@example.com",
            "Date: Mon, 23 Nov 2026 08:00:00 +0000",
            "Message-ID: <00000000-0000-0000-0000-000000000007@nexgate.example>",
            "Auto-Submitted: auto-generated",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}:\n{text}");
        }
    }

    #[test]
    fn x14_no_name_or_address_makes_a_header_of_its_own() {
        let from = "no-reply@nexgate.example".parse().unwrap();
        for break_in in
            ["\r\nBcc: eve@example.com", "\nBcc: eve@example.com", "\rBcc: eve@example.com", "\r\n\r\nBcc: eve@example.com"]
        {
            let subject = format!("amina{break_in} follows you");
            let text = String::from_utf8(composed(&letter("a@example.com", &subject), &from).unwrap().formatted()).unwrap();
            assert!(!text.lines().any(|line| line.starts_with("Bcc")), "{text}");
            assert!(text.contains("Subject: amina Bcc: eve@example.com follows you"), "{text}");
            assert!(composed(&letter(&format!("a@example.com{break_in}"), "Hello"), &from).is_err());
        }
    }
}
