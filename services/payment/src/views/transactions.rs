//! A wallet's history: one line for each thing that happened, newest first.

use contracts::ids::Entry;
use host::Here;
use kernel::{Currency, Fault, Id, Money, Page, PageQuery, Timestamp, User};
use serde::Serialize;
use sqlx::types::Uuid;
use utoipa::ToSchema;

use crate::model::ledger::EntryKind;

/// One thing that happened to somebody's money. All lines together sum to what they have, available and held.
#[derive(Debug, Serialize, ToSchema)]
pub struct TransactionView {
    pub id: Id<Entry>,
    #[serde(rename = "type")]
    pub kind: EntryKind,
    #[schema(example = "Kitenge dress")]
    pub title: String,
    /// Below zero when it went out.
    pub amount: Money,
    /// The top-up or the deal.
    #[schema(example = "ord_01jc7hnyg70000800000000001")]
    pub reference: String,
    pub at: Timestamp,
}

struct Row {
    id: Id<Entry>,
    kind: EntryKind,
    title: String,
    amount: i64,
    currency: Currency,
    reference: String,
    at: Timestamp,
}

pub async fn list(here: &Here, owner: Id<User>, query: &PageQuery) -> Result<Page<TransactionView>, Fault> {
    let (limit, key, name) = (query.limit()?, here.config.keys.cursors(), format!("payment.transactions.{owner}"));
    let after = query.after::<Id<Entry>>(&key, &name)?;
    let page = Page::cut(lines(here, owner, after, limit).await?, limit, &key, &name, |row| row.id)?;
    Ok(page.map(Row::view))
}

/// The newest of each account come from its index; only those few are put in order. That a payout matured is no line: the
/// sale was, and it only moves from held to available.
async fn lines(here: &Here, owner: Id<User>, after: Option<Id<Entry>>, limit: u16) -> Result<Vec<Row>, Fault> {
    Ok(sqlx::query_as!(
        Row,
        r#"select line.id as "id: Id<Entry>", line.kind as "kind: EntryKind", line.title, line.amount,
                  line.currency as "currency: Currency", line.reference, line.at
             from payment.account
            cross join lateral (select journal.id, journal.kind, journal.title, posting.amount, posting.currency,
                                       journal.reference, journal.at
                                  from payment.posting
                                  join payment.journal on journal.id = posting.journal
                                 where posting.account = account.id
                                   and posting.journal < $2
                                   and journal.kind <> 'maturity'
                                 order by posting.journal desc
                                 limit $3) as line
            where account.owner = $1
              and account.kind in ('wallet', 'pending_payout')
            order by line.id desc
            limit $3"#,
        owner.uuid(),
        after.map_or(Uuid::max(), Id::uuid),
        i64::from(limit) + 1,
    )
    .fetch_all(here.db.reader())
    .await?)
}

impl Row {
    fn view(self) -> TransactionView {
        let amount = Money::new(self.amount, self.currency);
        TransactionView { id: self.id, kind: self.kind, title: self.title, amount, reference: self.reference, at: self.at }
    }
}
