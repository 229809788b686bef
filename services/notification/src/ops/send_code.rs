//! Sends a code to where somebody asked for it.

use contracts::auth::CodeIssued;
use host::{Here, Traced, Tx};
use kernel::{Fact, Fault};

use super::tell::send_in;
use crate::{
    model::{
        data::Data,
        kind::Matter,
        notice::code_template,
        private::Private,
        route::{Message, route},
    },
    store::deliveries::NewDelivery,
};

/// A code that is heard too late is not even kept.
pub async fn send_code_in(tx: &mut Tx, here: &Here, fact: &CodeIssued) -> Result<(), Fault> {
    let route = route(Message::Code { channel: fact.channel, to: &Private(fact.to.clone()) });
    let Some((medium, to)) = route.out.filter(|_| tx.now() < fact.expires_at) else { return Ok(()) };
    let delivery = NewDelivery {
        id: here.ids.uuid(),
        // A flow may issue several codes, each with its own end.
        fact: &format!("{}/{}/{}", CodeIssued::NAME, fact.flow, fact.expires_at),
        matter: Matter::Code,
        notification: None,
        recipient: None,
        about: None,
        medium,
        to: &to,
        locale: fact.locale,
        template: code_template(fact.purpose),
        data: &Data { code: Some(fact.code.clone()), ..Data::default() },
        link: None,
        expires_at: Some(fact.expires_at),
        at: tx.now(),
    };
    send_in(tx, &Traced::now(delivery)).await
}
