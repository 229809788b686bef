//! Whether the ledger is sound. Every check is one statement, so it holds while money moves.

use contracts::payment::LedgerReport;
use host::Here;
use kernel::Fault;

/// Checks every invariant; each line in `broken` says what is wrong where.
pub async fn verify(here: &Here) -> Result<LedgerReport, Fault> {
    let counted = sqlx::query!(
        r#"select (select count(*) from payment.account) as "accounts!",
                  (select count(*) from payment.journal) as "transactions!",
                  (select count(*) from payment.posting) as "postings!",
                  (select count(*) from payment.escrow) as "escrows!""#,
    )
    .fetch_one(here.db.reader())
    .await?;
    let broken = [
        balances(here).await?,
        sums(here).await?,
        below_zero(here).await?,
        states(here).await?,
        held(here).await?,
        top_ups(here).await?,
    ];
    Ok(LedgerReport {
        accounts: counted.accounts,
        transactions: counted.transactions,
        postings: counted.postings,
        escrows: counted.escrows,
        broken: broken.concat(),
    })
}

/// A balance is what its postings sum to.
async fn balances(here: &Here) -> Result<Vec<String>, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select format('account %s (%s, %s): its balance is %s, its postings sum to %s',
                         account.id, account.kind, account.currency, account.balance, coalesce(sum(posting.amount), 0)) as "line!"
             from payment.account
             left join payment.posting on posting.account = account.id
            group by account.id
           having account.balance <> coalesce(sum(posting.amount), 0)
            order by account.id"#,
    )
    .fetch_all(here.db.reader())
    .await?)
}

/// An entry sums to zero per currency.
async fn sums(here: &Here) -> Result<Vec<String>, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select format('entry %s: its postings in %s sum to %s', journal, currency, sum(amount)) as "line!"
             from payment.posting
            group by journal, currency
           having sum(amount) <> 0
            order by journal"#,
    )
    .fetch_all(here.db.reader())
    .await?)
}

/// Nobody owes through a wallet, a pending payout or an escrow.
async fn below_zero(here: &Here) -> Result<Vec<String>, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select format('account %s (%s, %s): %s is below zero', id, kind, currency, balance) as "line!"
             from payment.account
            where balance < 0
              and kind not in ('fee', 'outside')
            order by id"#,
    )
    .fetch_all(here.db.reader())
    .await?)
}

/// What escrows and top-ups say must have been posted is what was posted, no more and no less.
async fn states(here: &Here) -> Result<Vec<String>, Fault> {
    Ok(sqlx::query_scalar!(
        r#"with expected as (
               select leg.kind, escrow.reference, leg.account, leg.owner, escrow.currency, leg.amount
                 from payment.escrow
                cross join lateral (values
                          ('payment', 'wallet', payer, -amount, state <> 'void'),
                          ('payment', 'escrow', payer, amount, state <> 'void'),
                          ('sale', 'escrow', payer, -amount, state = 'released'),
                          ('sale', 'pending_payout', payee, amount - fee, state = 'released'),
                          ('sale', 'fee', payee, fee, state = 'released'),
                          ('refund', 'escrow', payer, -amount, state = 'refunded'),
                          ('refund', 'wallet', payer, amount, state = 'refunded'),
                          ('maturity', 'pending_payout', payee, fee - amount, matured_at is not null),
                          ('maturity', 'wallet', payee, amount - fee, matured_at is not null)
                      ) as leg (kind, account, owner, amount, happened)
                where leg.happened
                  and leg.amount <> 0
                union all
               select 'top_up', top_up.reference, leg.account, top_up.user_id, top_up.currency, leg.amount
                 from payment.top_up
                cross join lateral (values ('outside', -amount), ('wallet', amount)) as leg (account, amount)
                where state = 'settled'
           ), posted as (
               select journal.kind, journal.reference, account.kind as account, account.owner, posting.currency, posting.amount
                 from payment.posting
                 join payment.journal on journal.id = posting.journal
                 join payment.account on account.id = posting.account
           )
           select distinct format('%s: the postings of its %s don''t agree with its state', reference, kind) as "line!"
             from ((table expected except table posted) union all (table posted except table expected)) as differing
            order by 1"#,
    )
    .fetch_all(here.db.reader())
    .await?)
}

/// What lies in escrow accounts is what open escrows hold.
async fn held(here: &Here) -> Result<Vec<String>, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select format('escrow account of %s (%s): %s lies there, open escrows hold %s', owner, currency, lies, holds) as "line!"
             from (select owner, currency, sum(balance) as lies
                     from payment.account
                    where kind = 'escrow'
                    group by owner, currency) as account
             full join (select payer as owner, currency, sum(amount) as holds
                          from payment.escrow
                         where state = 'held'
                         group by payer, currency) as open using (owner, currency)
            where coalesce(lies, 0) <> coalesce(holds, 0)
            order by owner, currency"#,
    )
    .fetch_all(here.db.reader())
    .await?)
}

/// A settled top-up has exactly one entry, any other none.
async fn top_ups(here: &Here) -> Result<Vec<String>, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select format('%s: the top-up is %s and has %s entries', reference, coalesce(top_up.state, 'unknown'),
                         coalesce(entered.entries, 0)) as "line!"
             from payment.top_up
             full join (select reference, count(*) as entries
                          from payment.journal
                         where kind = 'top_up'
                         group by reference) as entered using (reference)
            where coalesce(entered.entries, 0) <> case top_up.state when 'settled' then 1 else 0 end
            order by reference"#,
    )
    .fetch_all(here.db.reader())
    .await?)
}
