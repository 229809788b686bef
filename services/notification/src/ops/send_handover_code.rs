//! Sends a hand-over code to a buyer who has only a phone (C12).

use contracts::commerce::HandoverCodeMade;
use host::{Here, Traced, Tx};
use kernel::{Fact, Fault};

use super::tell::send_in;
use crate::{
    fault::Refusal,
    model::{
        data::Data,
        kind::Matter,
        notice::HANDOVER_TEMPLATE,
        route::{Message, route},
    },
    store::{deliveries::NewDelivery, persons},
};

/// One heard too late, or for somebody who has e-mail, isn't even kept.
pub async fn send_handover_code_in(tx: &mut Tx, here: &Here, fact: &HandoverCodeMade) -> Result<(), Fault> {
    if fact.expires_at <= tx.now() {
        return Ok(());
    }
    let buyer = persons::lock(tx, &[fact.head.buyer]).await?.pop().ok_or(Refusal::NotKnownYet)?;
    let contact = buyer.contact.as_ref().ok_or(Refusal::NotKnownYet)?;
    let Some((medium, to)) = route(Message::HandoverCode { contact }).out else { return Ok(()) };
    let head = &fact.head;
    let delivery = NewDelivery {
        id: here.ids.uuid(),
        // Every renewal is a version of its own.
        fact: &format!("{}/{}/{}", HandoverCodeMade::NAME, head.order, head.version),
        matter: Matter::HandoverCode,
        notification: None,
        recipient: Some(buyer.id),
        about: None,
        medium,
        to: &to,
        locale: buyer.locale,
        template: HANDOVER_TEMPLATE,
        data: &Data {
            reference: Some(head.order.to_string()),
            shop: Some(head.shop_name.clone()),
            title: Some(head.title.clone()),
            quantity: Some(head.quantity),
            code: Some(fact.code.clone()),
            ..Data::default()
        },
        link: Some(&format!("/orders/{}", head.order)),
        expires_at: Some(fact.expires_at),
        at: tx.now(),
    };
    send_in(tx, &Traced::now(delivery)).await
}
