//! Tells people things: into the app, and out by the way the route says.

use std::collections::BTreeSet;

use contracts::ids::Notification;
use host::{Here, Traced, Tx};
use kernel::{Fault, Id, User};

use super::{bundle::bundle_in, deliver};
use crate::{
    model::{
        bundle::Bundle,
        kind::Matter,
        notice::Notice,
        person::{self, Person},
        private::Private,
        route::{Medium, Message, route},
    },
    store::{
        deliveries::{self, NewDelivery},
        notifications, persons, silences,
    },
};

/// A notice that is in the app now, and where it goes besides.
#[derive(Debug)]
pub(super) struct Kept<'a> {
    id: Id<Notification>,
    pub notice: &'a Traced<Notice>,
    pub reader: &'a Person,
    pub out: Option<(Medium, Private<String>)>,
}

/// Tells all of them or, while one of their people isn't known yet, none: the fact is tried again.
pub(super) async fn tell_in(tx: &mut Tx, here: &Here, notices: &[Notice]) -> Result<(), Fault> {
    let notices: Vec<_> = notices.iter().cloned().map(Traced::now).collect();
    let people = lock_in(tx, &notices).await?;
    tell_to_in(tx, here, &notices, &people).await
}

/// Everybody they are told to, or speak of, locked.
pub(super) async fn lock_in(tx: &mut Tx, notices: &[Traced<Notice>]) -> Result<Vec<Person>, Fault> {
    let concerned: BTreeSet<Id<User>> = notices.iter().flat_map(|notice| notice.about.into_iter().chain([notice.to])).collect();
    persons::lock(tx, &concerned.into_iter().collect::<Vec<_>>()).await
}

/// The same once everybody concerned is locked.
pub(super) async fn tell_to_in(tx: &mut Tx, here: &Here, notices: &[Traced<Notice>], people: &[Person]) -> Result<(), Fault> {
    let kept = keep_in(tx, here, notices, people).await?;
    for one in kept.iter().filter(|one| Bundle::of(one.notice.kind).is_none()) {
        write_in(tx, here, one).await?;
    }
    bundle_in(tx, here, &kept).await
}

/// Puts them into the app; those that are news there.
async fn keep_in<'a>(
    tx: &mut Tx,
    here: &Here,
    notices: &'a [Traced<Notice>],
    people: &'a [Person],
) -> Result<Vec<Kept<'a>>, Fault> {
    let pairs: Vec<_> = notices.iter().filter_map(|notice| Some((notice.to, notice.about?))).collect();
    let silenced = silences::among(tx, &pairs).await?;
    let mut kept = Vec::new();
    for notice in notices {
        if notice.about.is_some_and(|about| silenced.contains(&(notice.to, about))) {
            continue;
        }
        if let Some((reader, contact)) = person::reader_of(notice, people)? {
            let route = route(Message::Notice { kind: notice.kind, contact });
            kept.push(Kept { id: here.ids.next(), notice, reader, out: route.out });
        }
    }
    let rows: Vec<(Id<Notification>, &Notice)> = kept.iter().map(|kept| (kept.id, &**kept.notice)).collect();
    let new = notifications::insert(tx, &rows).await?;
    kept.retain(|kept| new.contains(&kept.id));
    Ok(kept)
}

/// Writes of it.
pub(super) async fn write_in(tx: &mut Tx, here: &Here, kept: &Kept<'_>) -> Result<(), Fault> {
    let (notice, Some((medium, to))) = (kept.notice, &kept.out) else { return Ok(()) };
    let delivery = NewDelivery {
        id: here.ids.uuid(),
        fact: &notice.fact,
        matter: Matter::Notice(notice.kind),
        notification: Some(kept.id),
        recipient: Some(notice.to),
        about: notice.about,
        medium: *medium,
        to,
        locale: kept.reader.locale,
        template: notice.template,
        data: &notice.data,
        link: Some(&notice.link),
        expires_at: None,
        at: tx.now(),
    };
    send_in(tx, &notice.with(delivery)).await
}

/// Leaves a message for the worker, once.
pub(super) async fn send_in(tx: &mut Tx, delivery: &Traced<NewDelivery<'_>>) -> Result<(), Fault> {
    if deliveries::insert(tx, delivery).await? {
        delivery.as_its_step(|| deliver::enqueue_in(tx, delivery.id, delivery.medium, delivery.at))?;
    }
    Ok(())
}
