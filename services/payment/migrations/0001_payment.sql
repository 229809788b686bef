-- The ledger, and what moves money in it: escrows and top-ups.

-- Where money lies. Every account is one person's, so that no two people's payments wait for each other (M2): a fee lies
-- in an account of the payee it was taken from, money from outside comes out of an account of who topped up.
create table payment.account (
    id uuid primary key default gen_random_uuid(),
    kind text not null check (kind in ('wallet', 'pending_payout', 'escrow', 'fee', 'outside')),
    owner uuid not null,
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    -- What this account's postings sum to; only the trigger below changes it.
    balance bigint not null default 0,
    constraint account_key unique (owner, kind, currency),
    constraint account_currency unique (id, currency),
    constraint account_not_below_zero check (balance >= 0 or kind in ('fee', 'outside'))
) with (fillfactor = 70);

-- What happened. Each movement happens once.
create table payment.journal (
    id uuid primary key,
    kind text not null check (kind in ('top_up', 'payment', 'sale', 'refund', 'maturity')),
    reference text not null,
    title text not null,
    at timestamptz not null,
    constraint journal_once unique (kind, reference)
);

-- What it moved: negative out of an account, positive into it.
create table payment.posting (
    journal uuid not null references payment.journal,
    account uuid not null,
    amount bigint not null check (amount <> 0),
    currency text not null,
    primary key (journal, account),
    constraint posting_currency foreign key (account, currency) references payment.account (id, currency)
);
-- An account's history in order, read without touching the table.
create index posting_history on payment.posting (account, journal desc) include (amount, currency);

-- The only way a balance changes: postings that sum to zero, all of a journal entry at once (M1).
create function payment.apply_postings() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select 1
                 from arrived
                group by journal, currency
               having sum(amount) <> 0) then
        raise exception 'the postings of a journal entry sum to zero per currency'
            using errcode = 'check_violation', constraint = 'posting_zero_sum', schema = 'payment', table = 'posting';
    end if;
    if (select count(*) from payment.posting where journal in (select journal from arrived))
       <> (select count(*) from arrived) then
        raise exception 'the postings of a journal entry arrive in one statement'
            using errcode = 'check_violation', constraint = 'posting_at_once', schema = 'payment', table = 'posting';
    end if;
    -- In the order of the ids, so that two movements over the same accounts never wait for each other in a circle.
    perform 1
       from payment.account
      where id in (select account from arrived)
      order by id
        for no key update;
    update payment.account
       set balance = balance + moved.amount
      from (select account, sum(amount)::bigint as amount from arrived group by account) as moved
     where id = moved.account;
    return null;
end
$$;
revoke execute on function payment.apply_postings() from public;
create trigger apply_postings after insert on payment.posting
    referencing new table as arrived
    for each statement execute function payment.apply_postings();

-- Money held for a deal. 'void' is a reference that was refunded before anything was held: it stays closed.
create table payment.escrow (
    id uuid primary key,
    reference text not null constraint escrow_reference_key unique,
    state text not null check (state in ('held', 'released', 'refunded', 'void')),
    payer uuid,
    payee uuid,
    domain text,
    currency text,
    amount bigint,
    -- What the fee was taken from, and the fee, both fixed at hold (M7).
    fee_base bigint,
    fee bigint,
    title text,
    opened_at timestamptz not null,
    closed_at timestamptz,
    -- When what was released becomes available, and when it did (M6).
    matures_at timestamptz,
    matured_at timestamptz,
    constraint escrow_void_is_empty
        check (num_nulls(payer, payee, domain, currency, amount, fee_base, fee, title) = case state when 'void' then 8 else 0 end),
    constraint escrow_fee_within check (fee between 0 and fee_base and fee_base <= amount),
    constraint escrow_closed check ((state = 'held') = (closed_at is null)),
    constraint escrow_matures check ((state = 'released') = (matures_at is not null) and matured_at >= matures_at)
);
create index escrow_payer on payment.escrow (payer, id desc);
create index escrow_payee on payment.escrow (payee, id desc);
create index escrow_maturing on payment.escrow (payee, matures_at) where state = 'released' and matured_at is null;

-- Money somebody asked a provider for.
create table payment.top_up (
    id uuid primary key,
    -- How the provider names it in its callbacks.
    reference text not null constraint top_up_reference_key unique,
    user_id uuid not null,
    provider text not null,
    currency text not null,
    amount bigint not null check (amount > 0),
    state text not null check (state in ('pending', 'settled', 'failed')),
    reason text,
    opened_at timestamptz not null,
    closed_at timestamptz,
    constraint top_up_closed check ((state = 'pending') = (closed_at is null)),
    constraint top_up_reason check ((state = 'failed') = (reason is not null))
);
create index top_up_user on payment.top_up (user_id);

-- Whether somebody may pay, as auth's facts say; nobody here means yes.
create table payment.holder (
    user_id uuid primary key,
    state text not null check (state in ('open', 'locked', 'erased')),
    account_version bigint not null
);

-- References whose refusal was told: once each, however often they are tried.
create table payment.refusal (
    reference text primary key,
    payer uuid not null,
    reason text not null,
    at timestamptz not null
);

-- Append-only by privilege: the service can't change or remove what happened, nor set a balance.
revoke update, delete on payment.account, payment.journal, payment.posting, payment.escrow, payment.top_up, payment.holder,
    payment.refusal from nexgate_payment;
revoke insert on payment.account from nexgate_payment;
grant insert (kind, owner, currency) on payment.account to nexgate_payment;
grant update (state, closed_at, matures_at, matured_at) on payment.escrow to nexgate_payment;
grant update (state, reason, closed_at) on payment.top_up to nexgate_payment;
grant update (state, account_version) on payment.holder to nexgate_payment;
