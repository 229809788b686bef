//! Writes of news that share a letter: of the first at once, of what comes within a while after it together.

use std::collections::BTreeMap;

use host::{Here, Tx};
use kernel::{Fault, Id, Timestamp, User};

use super::tell::{Kept, send_in, write_in};
use crate::{
    model::{bundle::Bundle, data::Data, kind::Matter},
    store::{bundles, deliveries::NewDelivery},
};

/// Plans letters for everybody who has none ahead; what they are about is counted when they go.
pub(super) async fn bundle_in(tx: &mut Tx, here: &Here, kept: &[Kept<'_>]) -> Result<(), Fault> {
    for bundle in Bundle::ALL {
        let mut news = BTreeMap::<Id<User>, Vec<&Kept>>::new();
        for one in kept.iter().filter(|one| one.notice.kind == bundle.kind && one.out.is_some()) {
            news.entry(one.notice.to).or_default().push(one);
        }
        if news.is_empty() {
            continue;
        }
        let readers: Vec<Id<User>> = news.keys().copied().collect();
        for (reader, goes_at) in bundles::plan(tx, bundle, &readers).await? {
            match news.get(&reader).map(Vec::as_slice) {
                Some([one]) if goes_at <= tx.now() => write_in(tx, here, one).await?,
                Some([first, ..]) => write_of_all_in(tx, here, bundle, first, goes_at).await?,
                Some([]) | None => {}
            }
        }
    }
    Ok(())
}

async fn write_of_all_in(tx: &mut Tx, here: &Here, bundle: Bundle, first: &Kept<'_>, goes_at: Timestamp) -> Result<(), Fault> {
    let Some((medium, to)) = &first.out else { return Ok(()) };
    let reader = first.notice.to;
    let delivery = NewDelivery {
        id: here.ids.uuid(),
        fact: &bundle.fact(reader, goes_at),
        matter: Matter::Notice(bundle.kind),
        notification: None,
        recipient: Some(reader),
        about: None,
        medium: *medium,
        to,
        locale: first.reader.locale,
        template: bundle.template,
        data: &Data::default(),
        link: Some(&bundle.link(reader)),
        expires_at: None,
        at: goes_at,
    };
    send_in(tx, &first.notice.with(delivery)).await
}
