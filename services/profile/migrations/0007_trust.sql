-- How deals ended, as far as it was their seller's part: all that trust is made of (P5). Rows never change; they hold ids only.
create table profile.deal (
    order_id uuid primary key,
    seller uuid not null,
    buyer uuid not null,
    kind text not null check (kind in ('in_time', 'late', 'failed')),
    -- Minor units of the home currency.
    value bigint not null check (value >= 0),
    ended_at timestamptz not null,
    constraint deal_of_two check (seller <> buyer)
);
create index deal_seller on profile.deal (seller) include (buyer, value, kind);
create index deal_buyer on profile.deal (buyer) include (seller, value, kind);

-- What comes of them for a seller, as of the beginning of a day (UTC); made anew by a job once something has happened, and daily,
-- since what happened fades.
create table profile.trust (
    user_id uuid primary key,
    -- Grows when what is shown changes, for copies elsewhere.
    version bigint not null default 0,
    -- 0 to 100; null as long as the seller is new.
    score double precision check (score between 0 and 100),
    completed bigint not null default 0 check (completed >= 0),
    -- Each segment of price with its components.
    explained jsonb not null default '[]',
    as_of timestamptz,
    due_at timestamptz not null
);
create index trust_due on profile.trust (due_at);

-- Which shops are whose (P7): a copy of what commerce tells.
create table profile.shop (
    shop_id uuid primary key,
    version bigint not null,
    owner uuid not null,
    handle text not null,
    name text not null
);
create index shop_owner on profile.shop (owner);
