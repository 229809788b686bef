-- Accounts and everything that opens them: codes, passwords, devices, sessions, tokens.

create table auth.account (
    user_id uuid primary key,
    state text not null default 'open' check (state in ('open', 'locked', 'erased')),
    email text constraint account_email_key unique check (email = lower(email)),
    phone text constraint account_phone_key unique check (phone ~ '^\+[1-9][0-9]{7,14}$'),
    -- Argon2id in PHC form; null where codes are the only way in.
    password_hash text,
    roles text[] not null default '{user}' check (roles <@ '{user, moderator, admin, compliance}'),
    birth_date date,
    locale text not null check (locale in ('en', 'sw')),
    -- Counts the facts told of this account.
    version bigint not null,
    lock_reason text,
    opened_at timestamptz not null,
    constraint account_can_be_reached check (state = 'erased' or email is not null or phone is not null),
    constraint account_erased_is_blank
        check (state <> 'erased' or (email is null and phone is null and password_hash is null and birth_date is null))
);

-- A sign-up or login that waits for its code. Swept a day after it began.
create table auth.flow (
    id uuid primary key,
    purpose text not null check (purpose in ('register', 'login')),
    -- Whose account it opens or enters. Null where nobody has the contact: no code was sent, and none is right.
    user_id uuid,
    contact text not null,
    locale text not null check (locale in ('en', 'sw')),
    -- What a sign-up brings.
    display_name text,
    username text,
    birth_date date,
    password_hash text,
    -- Row of code_issue its codes are counted in.
    bucket bytea not null,
    -- A keyed hash; it holds the flow's id, so equal codes look different.
    code_hash bytea not null,
    misses smallint not null default 0,
    issues smallint not null default 1,
    issued_at timestamptz not null,
    begun_at timestamptz not null,
    ended_at timestamptz,
    constraint flow_sign_up_is_whole
        check (purpose = 'login' or (user_id is not null and display_name is not null and birth_date is not null))
);
create index flow_contact on auth.flow (contact, begun_at);
create index flow_user on auth.flow (user_id);
create index flow_begun on auth.flow (begun_at);

-- When codes were issued lately, by keyed hash of the contact (and a device of its owner's), or of the caller's address.
create table auth.code_issue (
    bucket bytea primary key,
    times timestamptz[] not null,
    newest_at timestamptz not null
);

-- Keyed hashes of contacts that a child tried to sign up with, each with the caller's address (A11); nothing else is kept.
create table auth.too_young (
    contact bytea primary key,
    until timestamptz not null
);

-- Failed logins, by keyed hash of account, device or address (A7).
create table auth.throttle (
    bucket bytea primary key,
    failures integer not null check (failures >= 0),
    last_at timestamptz not null
);

create table auth.device (
    id uuid primary key,
    user_id uuid not null references auth.account,
    name text not null,
    platform text not null,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null
);
create index device_of_user on auth.device (user_id, id desc);

-- One login of a person on one device, and the family of its refresh tokens.
create table auth.session (
    id uuid primary key,
    user_id uuid not null references auth.account,
    device_id uuid not null references auth.device,
    -- The number of the newest refresh token; the one before it may still ask for it again.
    newest bigint not null default 0,
    opened_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    -- Why: logged_out, signed_out, locked, reused.
    end_reason text,
    check ((ended_at is null) = (end_reason is null))
);
create index session_of_user on auth.session (user_id, id desc);
create index session_device on auth.session (device_id);
create index session_expires on auth.session (expires_at);

-- Every refresh token of a session, hashed; old ones are kept to be recognised when they come back (A3).
create table auth.refresh_token (
    hash bytea primary key,
    session_id uuid not null references auth.session on delete cascade,
    number bigint not null,
    expires_at timestamptz not null,
    unique (session_id, number)
);

-- Keys that access tokens are signed with; the private half is sealed under the master key.
create table auth.signing_key (
    number bigint primary key,
    kid text not null unique,
    public bytea not null,
    sealed bytea not null,
    made_at timestamptz not null,
    -- Published before it is used, so that every node knows it by then.
    signs_from timestamptz not null
);
