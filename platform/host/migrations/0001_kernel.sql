-- What every service shares, once per database: facts on their way out, facts heard, work for later, idempotency claims.
-- The node's relay and workers come as the owner; a service comes as its own role and sees its own rows only.

create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- Facts told, written in the teller's transaction (X3). `seq` gives the relay an order to read in, never a promise.
create table kernel.outbox (
    seq bigint generated always as identity primary key,
    id uuid not null unique,
    service text not null,
    name text not null,
    body jsonb not null,
    at timestamptz not null,
    sent_at timestamptz
);
create index outbox_unsent on kernel.outbox (seq) where sent_at is null;
create index outbox_sent on kernel.outbox (sent_at) where sent_at is not null;

-- Facts heard: the row is the proof that a fact had its effect (X3). A failed one keeps its body and waits or is parked.
create table kernel.inbox (
    service text not null,
    fact uuid not null,
    name text not null,
    state text not null check (state in ('done', 'waiting', 'parked')),
    attempts smallint not null default 0,
    not_before timestamptz,
    reason text,
    envelope jsonb,
    at timestamptz not null,
    primary key (service, fact),
    check ((state = 'done') = (envelope is null))
);
create index inbox_waiting on kernel.inbox (not_before) where state = 'waiting';

-- Work for later (X4). Claimed by a lease; the row goes when the work is done.
create table kernel.job (
    id uuid primary key,
    service text not null,
    name text not null,
    body jsonb not null,
    run_at timestamptz not null,
    lease_until timestamptz,
    attempts smallint not null default 0,
    state text not null default 'waiting' check (state in ('waiting', 'parked')),
    reason text
);
create index job_due on kernel.job (run_at) where state = 'waiting';

-- Clock jobs: when each is due next.
create table kernel.schedule (
    service text not null,
    name text not null,
    next_at timestamptz not null,
    primary key (service, name)
);

-- Idempotency claims (X2), scoped to caller, method and route.
create table kernel.idempotency (
    service text not null,
    caller text not null,
    method text not null,
    route text not null,
    key text not null,
    claim uuid not null unique,
    request bytea not null,
    lease_until timestamptz not null,
    resource text,
    expires_at timestamptz not null,
    primary key (service, caller, method, route, key)
);
create index idempotency_expired on kernel.idempotency (expires_at);

alter table kernel.outbox enable row level security;
alter table kernel.inbox enable row level security;
alter table kernel.job enable row level security;
alter table kernel.idempotency enable row level security;

create policy own on kernel.outbox for insert with check ('nexgate_' || service = current_user);
create policy own on kernel.inbox using ('nexgate_' || service = current_user);
create policy own on kernel.job for insert with check ('nexgate_' || service = current_user);
create policy own on kernel.idempotency using ('nexgate_' || service = current_user);
