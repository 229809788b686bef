-- Whom we can tell, what they were told, and what went out to them.

-- Copies of what auth and profile tell; each part applies only newer versions, and 0 means it isn't known yet.
create table notification.person (
    user_id uuid primary key,
    email text,
    phone text,
    locale text not null default 'en' check (locale in ('en', 'sw')),
    contacts_version bigint not null default 0,
    username text not null default '',
    display_name text not null default '',
    profile_version bigint not null default 0,
    -- 'locked' while the account is, 'erased' for good.
    state text not null default 'open' check (state in ('open', 'locked', 'erased')),
    account_version bigint not null default 0
);

-- The in-app inbox. Words aren't kept: they are made from `template` and `data` when somebody reads.
create table notification.notification (
    id uuid primary key,
    -- What was told, by its own ids: telling it again under another envelope makes no second row (N5).
    fact text not null,
    kind text not null,
    user_id uuid not null references notification.person,
    -- Whom it is about, when that is another person: their name is read, never copied.
    about uuid references notification.person,
    template text not null,
    data jsonb not null,
    link text not null,
    at timestamptz not null,
    read_at timestamptz,
    constraint notification_once unique (fact, kind, user_id)
);
create index notification_newest on notification.notification (user_id, at desc, id desc);
create index notification_unread on notification.notification (user_id) where read_at is null;
create index notification_about on notification.notification (about, user_id, at) where about is not null;

-- What goes out by e-mail or SMS.
create table notification.delivery (
    id uuid primary key,
    fact text not null,
    kind text not null,
    -- Null for codes, which belong to no notification.
    notification uuid references notification.notification on delete set null,
    -- Null for codes: who asks for one may have no account yet.
    recipient uuid references notification.person,
    about uuid references notification.person,
    channel text not null check (channel in ('email', 'sms')),
    to_address text not null,
    locale text not null check (locale in ('en', 'sw')),
    template text not null,
    data jsonb not null,
    link text,
    state text not null default 'waiting' check (state in ('waiting', 'sent', 'expired', 'failed')),
    reason text,
    expires_at timestamptz,
    at timestamptz not null,
    ended_at timestamptz,
    constraint delivery_once unique nulls not distinct (fact, kind, recipient, channel),
    -- A code outlives neither its delivery nor its time (X13).
    constraint delivery_code_blanked check (state = 'waiting' or not data ? 'code')
);
create index delivery_of_person on notification.delivery (recipient);
create index delivery_expiring on notification.delivery (expires_at) where expires_at is not null;

-- Development mode's transport: every message the platform sent, in place of sending it. Empty anywhere else.
create table notification.dev_outbox (
    seq bigint generated always as identity primary key,
    channel text not null,
    to_address text not null,
    template text not null,
    subject text,
    body text not null,
    data jsonb not null,
    at timestamptz not null
);
create index dev_outbox_to on notification.dev_outbox (to_address, seq desc);
