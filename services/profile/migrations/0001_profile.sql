-- People as others see them, and who follows whom.

create table profile.profile (
    user_id uuid primary key,
    -- Always lower case: usernames are unique without regard to case (P1).
    username text not null constraint profile_username_key unique check (username = lower(username)),
    display_name text not null,
    bio text not null default '',
    -- 'hidden' while the account is locked, 'erased' for good.
    state text not null default 'open' check (state in ('open', 'hidden', 'erased')),
    -- Counts this profile's changes, for copies elsewhere.
    version bigint not null default 1,
    -- The newest version of the account's own facts that was applied here.
    account_version bigint not null default 0,
    opened_at timestamptz not null
);

-- A pair's row stays after unfollowing, so that its version goes on counting.
create table profile.follow (
    follower uuid not null references profile.profile,
    followee uuid not null references profile.profile,
    active boolean not null,
    version bigint not null default 1,
    since timestamptz not null,
    primary key (follower, followee),
    constraint follow_not_oneself check (follower <> followee)
);
create index follow_followers on profile.follow (followee, since desc, follower desc) where active;
create index follow_following on profile.follow (follower, since desc, followee desc) where active;
