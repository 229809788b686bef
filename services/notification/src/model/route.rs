//! Which way a message goes.

use contracts::auth::Channel;

use super::{kind::Kind, person::Contact, private::Private};

kernel::named! {
    /// What carries a message out of the app.
    pub Medium {
        Email = "email",
        Sms = "sms",
    }
}

impl From<Channel> for Medium {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::Email => Self::Email,
            Channel::Sms => Self::Sms,
        }
    }
}

/// What is to be sent.
#[derive(Debug, Clone, Copy)]
pub enum Message<'a> {
    /// A code somebody just asked for, to where they asked it.
    Code {
        channel: Channel,
        to: &'a Private<String>,
    },
    /// What the buyer needs when the goods come; everybody else reads it in the app.
    HandoverCode {
        contact: &'a Contact,
    },
    Notice {
        kind: Kind,
        contact: &'a Contact,
    },
}

/// Where it goes: into the app or not, and out by at most one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    pub in_app: bool,
    pub out: Option<(Medium, Private<String>)>,
}

/// A code takes exactly its channel; a hand-over code the phone of whoever has only that. A notice is always in the app, goes by e-mail where there is one, and by SMS where
/// there is only a phone and the matter is critical (X15).
pub fn route(message: Message<'_>) -> Route {
    match message {
        Message::Code { channel, to } => Route { in_app: false, out: Some((channel.into(), to.clone())) },
        Message::HandoverCode { contact } => {
            let phone = contact.phone.clone().filter(|_| contact.email.is_none());
            Route { in_app: false, out: phone.map(|to| (Medium::Sms, to)) }
        }
        Message::Notice { kind, contact } => {
            let email = contact.email.clone().map(|to| (Medium::Email, to));
            let sms = contact.phone.clone().filter(|_| kind.is_critical()).map(|to| (Medium::Sms, to));
            Route { in_app: true, out: email.or(sms) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(email: Option<&str>, phone: Option<&str>) -> Contact {
        let private = |text: &str| Private(text.to_owned());
        Contact { email: email.map(private), phone: phone.map(private) }
    }

    #[test]
    fn n1_a_code_takes_exactly_its_channel() {
        for channel in [Channel::Email, Channel::Sms] {
            let to = Private("there".to_owned());
            assert_eq!(route(Message::Code { channel, to: &to }), Route { in_app: false, out: Some((channel.into(), to)) });
        }
    }

    #[test]
    fn n1_a_notice_is_in_the_app_and_goes_by_email_where_there_is_one() {
        for kind in Kind::ALL.iter().copied() {
            for phone in [None, Some("+255712000001")] {
                let contact = contact(Some("amina@example.com"), phone);
                let found = route(Message::Notice { kind, contact: &contact });
                assert!(found.in_app && found.out == Some((Medium::Email, Private("amina@example.com".into()))), "{kind:?}");
            }
        }
    }

    #[test]
    fn c12_a_handover_code_goes_to_a_phone_without_email_and_nowhere_else() {
        let phone = "+255712000001";
        for (email, number, goes) in
            [(None, Some(phone), true), (Some("a@b.c"), Some(phone), false), (Some("a@b.c"), None, false)]
        {
            let found = route(Message::HandoverCode { contact: &contact(email, number) });
            assert_eq!((found.in_app, found.out.is_some_and(|(medium, _)| medium == Medium::Sms)), (false, goes), "{email:?}");
        }
    }

    #[test]
    fn x15_a_phone_without_email_gets_only_what_is_critical() {
        let contact = contact(None, Some("+255712000001"));
        let by_sms = |kind: &Kind| route(Message::Notice { kind: *kind, contact: &contact }).out.is_some();
        let names: Vec<&str> = Kind::ALL.iter().filter(|kind| by_sms(kind)).map(|kind| kind.name()).collect();
        let payments =
            ["payment.payment_successful", "payment.payment_failed", "payment.escrow_released", "payment.refund_processed"];
        assert_eq!(names, payments);
    }
}
