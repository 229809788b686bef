-- How somebody stands to somebody else: one row per ordered pair that ever had to do with each other, so that a decision about two
-- people reads two rows. Each of its states has the moment it began; null where it isn't so.
alter table profile.follow rename to tie;
alter table profile.tie rename column follower to subject;
alter table profile.tie rename column followee to object;
alter table profile.tie rename column since to follows_since;
alter table profile.tie alter column follows_since drop not null;
alter table profile.tie rename constraint follow_not_oneself to tie_not_oneself;

-- An index of the old states goes with their column.
update profile.tie set follows_since = null where not active;
alter table profile.tie drop column active;
alter table profile.tie
    -- Asks to follow a private account (P3).
    add column asks_since timestamptz,
    add column blocks_since timestamptz,
    -- Keeps some of what the other one does out of sight (P4); for good where there is no end.
    add column mutes_since timestamptz,
    add column mutes text[] not null default '{}' check (mutes <@ '{posts,messages,notifications}'),
    add column mutes_until timestamptz,
    add column restricts_since timestamptz,
    add constraint tie_asks_or_follows check (asks_since is null or follows_since is null),
    add constraint tie_blocks_and_nothing_else check (blocks_since is null or (follows_since is null and asks_since is null)),
    add constraint tie_mutes_something check ((mutes_since is null) = (mutes = '{}'));

-- Lists are read newest first; whom they name stands in the index. The first leads an erasure to every row about somebody, too.
create index tie_followers on profile.tie (object, follows_since desc, subject desc);
create index tie_following on profile.tie (subject, follows_since desc, object desc) where follows_since is not null;
create index tie_asking on profile.tie (object, asks_since desc, subject desc) where asks_since is not null;
create index tie_asked on profile.tie (subject, asks_since desc, object desc) where asks_since is not null;
create index tie_blocks on profile.tie (subject, blocks_since desc, object desc) where blocks_since is not null;
create index tie_mutes on profile.tie (subject, mutes_since desc, object desc) where mutes_since is not null;
create index tie_restricts on profile.tie (subject, restricts_since desc, object desc) where restricts_since is not null;

alter table profile.profile
    -- Whoever wants to follow asks first, and only followers see what is posted.
    add column private boolean not null default false,
    -- Who may read whom somebody follows, and who follows them.
    add column followers_seen_by text not null default 'everyone' check (followers_seen_by in ('everyone', 'followers', 'me')),
    add column following_seen_by text not null default 'everyone' check (following_seen_by in ('everyone', 'followers', 'me'));
