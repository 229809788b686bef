//! Tells people things: into the app, and out by the way the route says.

use std::collections::BTreeSet;

use host::{Here, Tx};
use kernel::{Fault, Id, User};

use super::deliver;
use crate::{
    model::{
        kind::Matter,
        notice::Notice,
        person::{self, Contact, Person},
        route::{Message, route},
    },
    store::{
        deliveries::{self, NewDelivery},
        notifications, persons, silences,
    },
};

/// Tells all of them or, while one of their people isn't known yet, none: the fact is tried again.
pub(super) async fn tell_in(tx: &mut Tx, here: &Here, notices: &[Notice]) -> Result<(), Fault> {
    let concerned: BTreeSet<Id<User>> = notices.iter().flat_map(|notice| notice.about.into_iter().chain([notice.to])).collect();
    let people = persons::lock(tx, &concerned.into_iter().collect::<Vec<_>>()).await?;
    for notice in notices {
        if let Some(about) = notice.about
            && silences::is_silenced(tx, notice.to, about).await?
        {
            continue;
        }
        if let Some((reader, contact)) = person::reader_of(notice, &people)? {
            tell_one(tx, here, notice, reader, contact).await?;
        }
    }
    Ok(())
}

async fn tell_one(tx: &mut Tx, here: &Here, notice: &Notice, reader: &Person, contact: &Contact) -> Result<(), Fault> {
    let (id, kind) = (here.ids.next(), notice.kind);
    let route = route(Message::Notice { kind, contact });
    let told_before = route.in_app && !notifications::insert(tx, id, notice).await?;
    let Some((medium, to)) = route.out.filter(|_| !told_before) else { return Ok(()) };
    let delivery = NewDelivery {
        id: here.ids.uuid(),
        fact: &notice.fact,
        matter: Matter::Notice(kind),
        notification: route.in_app.then_some(id),
        recipient: Some(notice.to),
        about: notice.about,
        medium,
        to: &to,
        locale: reader.locale,
        template: notice.template,
        data: &notice.data,
        link: Some(&notice.link),
        expires_at: None,
    };
    send_in(tx, &delivery).await
}

/// Leaves a message for the worker, once.
pub(super) async fn send_in(tx: &mut Tx, delivery: &NewDelivery<'_>) -> Result<(), Fault> {
    if deliveries::insert(tx, delivery).await? {
        deliver::enqueue_in(tx, delivery.id, delivery.medium, tx.now())?;
    }
    Ok(())
}
