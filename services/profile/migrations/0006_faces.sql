-- What people show of themselves, to whom, and what they are called.

alter table profile.profile
    add column links text[] not null default '{}' check (cardinality(links) <= 5),
    -- In which language somebody is written to, and where they are; null as long as they haven't said.
    add column locale text check (locale in ('en', 'sw')),
    add column time_zone text,
    -- The avatar in passing: its smallest sizes, beside the name that is read with it. Never looked into.
    add column face json,
    add column bio_seen_by text not null default 'everyone' check (bio_seen_by in ('everyone', 'followers', 'me')),
    add column links_seen_by text not null default 'everyone' check (links_seen_by in ('everyone', 'followers', 'me')),
    add column interests_seen_by text not null default 'everyone' check (interests_seen_by in ('everyone', 'followers', 'me'));

-- What people like; the index leads from a like to those who came last.
create table profile.interest (
    user_id uuid not null references profile.profile,
    interest text not null,
    primary key (user_id, interest)
);
create index interest_shared on profile.interest (interest, user_id desc);
-- Whom many follow, for whoever knows nobody yet.
create index profile_popular on profile.profile (followers desc, user_id) where state = 'open' and not private and followers > 0;

-- An avatar and a cover a person. The picture isn't there while it is worked on.
create table profile.portrait (
    user_id uuid not null references profile.profile,
    kind text not null check (kind in ('avatar', 'cover')),
    media_id uuid not null,
    picture json,
    primary key (user_id, kind)
);
create index portrait_media on profile.portrait (media_id);

-- Who has which name. Two names that look alike are one: their skeleton is what is left of a name when everything that can be mistaken
-- for something else is written alike (UTS 39). A name that was given up stays its owner's for a while, and leads to them.
create table profile.username (
    username text primary key,
    skeleton text not null,
    user_id uuid not null,
    held_until timestamptz,
    -- Beside another one that looks like it: one of the same person's, or one that both had before this was looked at. It keeps others
    -- away, and is never taken over.
    is_twin boolean not null default false
);
create unique index username_skeleton on profile.username (skeleton) where not is_twin;
create index username_alike on profile.username (skeleton);
create index username_user on profile.username (user_id);
create index username_held on profile.username (held_until) where held_until is not null;

insert into profile.username (username, skeleton, user_id, is_twin)
select username, skeleton, user_id, row_number() over (partition by skeleton order by opened_at, user_id) > 1
  from profile.profile
 cross join lateral (select replace(replace(replace(username, '0', 'o'), '1', 'l'), 'm', 'rn') as skeleton) as alike
 where state <> 'erased';

-- Whom people mention in their bio (P9), by id: a new name changes nothing. A row whose words are gone
-- keeps somebody from being told twice.
create table profile.mention (
    user_id uuid not null references profile.profile,
    mentioned uuid not null references profile.profile,
    -- The name as the bio has it, in lower case; null once it is gone.
    written text,
    -- When they were told; null for whoever might not see it.
    told_at timestamptz,
    primary key (user_id, mentioned)
);
create index mention_of on profile.mention (mentioned);
