//! Words: notices and codes in the reader's language (N7), with amounts and dates as the reader writes them.

use std::fmt;

use fluent_bundle::FluentArgs;
use kernel::{Fault, Locale, Timestamp, zone::local_in};

use super::{
    data::Data,
    language::{Language, phrase, speaker},
    page::html,
    private::Private,
    route::Medium,
    sms,
};

/// What is to be said.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// Name and version: `commerce.order_placed.buyer.v1`.
    pub template: &'a str,
    pub data: &'a Data,
    /// Of whom it speaks: another person's username, or the reader's own name.
    pub name: Private<&'a str>,
    pub at: Timestamp,
    /// How long a code is good.
    pub until: Option<Timestamp>,
    /// Whose clock the reader looks at.
    pub zone: &'a str,
}

/// A message ready to be read.
#[derive(Clone, PartialEq, Eq)]
pub struct Words {
    /// Also the subject of an e-mail.
    pub title: String,
    pub body: String,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Words(private)")
    }
}

/// Words as a channel carries them.
#[derive(Clone, PartialEq, Eq)]
pub struct Outward {
    /// An SMS has none.
    pub subject: Option<String>,
    pub body: String,
    /// An e-mail's words as a page; empty for an SMS.
    pub html: String,
}

impl fmt::Debug for Outward {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Outward(private)")
    }
}

/// An e-mail has a subject and ends in its link; an SMS is one text that says everything.
pub fn outward(medium: Medium, locale: Locale, said: &Said<'_>, link: Option<&str>) -> Result<Outward, Fault> {
    if medium == Medium::Sms {
        return Ok(Outward { subject: None, body: text(locale, said)?, html: String::new() });
    }
    let words = render(locale, said)?;
    let html = html(locale, &words, link)?;
    let body = link.map_or(words.body.clone(), |link| format!("{}\n\n{link}", words.body));
    Ok(Outward { subject: Some(words.title), body, html })
}

/// The words of an SMS: their own, where the body of an e-mail leans on its title, with what people wrote cut short.
fn text(locale: Locale, said: &Said<'_>) -> Result<String, Fault> {
    let language = speaker(locale)?;
    let data = sms::short(said.data);
    let args = args(language, &Said { data: &data, ..*said })?;
    let message = said.template.replace('.', "-");
    let own = language.get_message(&message).and_then(|found| found.get_attribute("sms"));
    phrase(language, &message, Some(if own.is_some() { "sms" } else { "body" }), &args)
}

/// Says it in this language. A template without words, or words without their particulars, are faults of ours.
pub fn render(locale: Locale, said: &Said<'_>) -> Result<Words, Fault> {
    let language = speaker(locale)?;
    let message = said.template.replace('.', "-");
    let args = args(language, said)?;
    Ok(Words { title: phrase(language, &message, None, &args)?, body: phrase(language, &message, Some("body"), &args)? })
}

fn args<'a>(language: &Language, said: &Said<'a>) -> Result<FluentArgs<'a>, Fault> {
    let (data, mut args) = (said.data, FluentArgs::new());
    args.set("name", said.name.0);
    args.set("at", moment(language, said.at, said.zone)?);
    if let Some(until) = said.until {
        args.set("until", local_in(until, said.zone).strftime("%H:%M").to_string());
    }
    if let Some(title) = &data.title {
        args.set("item", item(title, data.quantity.unwrap_or(1)));
    }
    for (name, text) in [("shop", &data.shop), ("carrier", &data.carrier), ("code", &data.code)] {
        if let Some(text) = text {
            args.set(name, text.as_str());
        }
    }
    if let Some(count) = data.count {
        args.set("count", count);
    }
    args.set("tracking", data.tracking.as_deref().unwrap_or("none"));
    args.set("thing", data.thing.as_deref().unwrap_or("other"));
    let reason = data.reason.as_deref().and_then(|code| code.split('.').next_back());
    args.set("reason", reason.unwrap_or("other"));
    for (name, money) in [("amount", data.amount), ("fee", data.fee)] {
        if let Some(money) = money {
            args.set(name, money.short());
        }
    }
    Ok(args)
}

/// `3 × Kitenge dress`; one is only named.
fn item(title: &str, quantity: i64) -> String {
    if quantity == 1 { title.to_owned() } else { format!("{quantity} × {title}") }
}

/// `23 November 2026, 11:00`.
fn moment(language: &Language, at: Timestamp, zone: &str) -> Result<String, Fault> {
    let at = local_in(at, zone);
    let mut args = FluentArgs::new();
    args.set("day", at.day().to_string());
    args.set("month", i64::from(at.month()));
    args.set("year", at.year().to_string());
    args.set("time", at.strftime("%H:%M").to_string());
    phrase(language, "moment", None, &args)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::zone::HOME;

    #[test]
    fn n7_a_moment_is_told_in_the_readers_zone_and_words() {
        // 21:30 UTC on New Year's Eve is past midnight in Dar es Salaam.
        let at = "2026-12-31T21:30:00Z".parse::<jiff::Timestamp>().unwrap().into();
        let told = |locale, zone| moment(speaker(locale).unwrap(), at, zone).unwrap();
        assert_eq!(
            (told(Locale::En, HOME), told(Locale::Sw, HOME)),
            ("1 January 2027, 00:30".into(), "1 Januari 2027, 00:30".into())
        );
        assert_eq!(told(Locale::En, "Europe/London"), "31 December 2026, 21:30");
    }

    #[test]
    fn several_are_counted_and_one_is_only_named() {
        assert_eq!((item("Dress", 1).as_str(), item("Dress", 3).as_str()), ("Dress", "3 × Dress"));
    }

    #[test]
    fn an_email_ends_in_its_link_and_an_sms_is_one_text() {
        let (data, at) = (Data { code: Some("482913".into()), ..Data::default() }, Timestamp::from_microsecond(0));
        let said = Said { template: "auth.code_login.v1", data: &data, name: Private(""), at, until: Some(at), zone: HOME };
        let email = outward(Medium::Email, Locale::En, &said, Some("https://x/y")).unwrap();
        assert_eq!(email.subject.as_deref(), Some("Your code to sign in"));
        assert!(email.body.starts_with("482913 is") && email.body.ends_with("nobody.\n\nhttps://x/y"), "{}", email.body);
        assert!(email.html.contains("482913") && email.html.contains("https://x/y"));
        let sms = outward(Medium::Sms, Locale::En, &said, Some("https://x/y")).unwrap();
        assert_eq!((sms.subject, sms.body.clone() + "\n\nhttps://x/y", sms.html.as_str()), (None, email.body, ""));
    }

    #[test]
    fn words_without_their_particulars_are_a_fault_and_never_sent_with_a_hole() {
        let said = |template, data| Said {
            template,
            data,
            name: Private("amina"),
            at: Timestamp::from_microsecond(0),
            until: None,
            zone: HOME,
        };
        let data = Data::default();
        assert!(render(Locale::En, &said("auth.welcome.v1", &data)).is_ok());
        assert!(render(Locale::En, &said("commerce.order_delivered.v1", &data)).is_err(), "no item");
        assert!(render(Locale::En, &said("auth.nothing.v1", &data)).is_err(), "no such template");
    }
}
