-- What people ask moderators about themselves: to be verified (P6), and to look at their trust (P5).

create table profile.petition (
    petition_id uuid primary key,
    user_id uuid not null,
    about text not null check (about in ('person', 'business', 'official', 'trust')),
    state text not null default 'submitted' check (state in ('submitted', 'approved', 'rejected', 'revoked', 'withdrawn')),
    version bigint not null default 1,
    -- The name on the documents, and what else they say: forgotten with the documents.
    name text not null check (char_length(name) <= 100),
    words text not null check (char_length(words) <= 1000),
    submitted_at timestamptz not null,
    -- Who works at it, and until when nobody else does.
    assignee uuid,
    assigned_until timestamptz,
    -- Who decided it last, when, and what they say of it.
    moderator uuid,
    decided_at timestamptz,
    reason text,
    statement text not null default '' check (char_length(statement) <= 1000),
    -- The name a badge was approved for: under another one it isn't shown.
    shown_as text,
    -- When what was said is forgotten; it isn't read any more from that moment on.
    forget_at timestamptz,
    forgotten boolean not null default false,
    constraint petition_is_held_for_a_time check ((assignee is null) = (assigned_until is null)),
    constraint petition_is_held_while_it_waits check (assignee is null or state = 'submitted'),
    constraint petition_is_not_ones_own check (assignee <> user_id and moderator <> user_id),
    constraint petition_is_decided_by_somebody
        check (case when state = 'submitted' then decided_at is null and moderator is null
                    when state <> 'withdrawn' then decided_at is not null and moderator is not null
                    else true end),
    constraint petition_has_its_reason check ((state in ('rejected', 'revoked')) = (reason is not null)),
    constraint petition_is_forgotten_in_the_end check ((state = 'submitted') = (forget_at is null)),
    constraint petition_badge_has_a_name check (shown_as is not null or about = 'trust' or state in ('submitted', 'rejected', 'withdrawn'))
);
-- One at a time, and one badge of a kind.
create unique index petition_open on profile.petition (user_id, about) where state = 'submitted';
create unique index petition_badge on profile.petition (user_id, about) where state = 'approved' and about <> 'trust';
create index petition_of_user on profile.petition (user_id, petition_id desc);
create index petition_waiting on profile.petition (submitted_at, petition_id) where state = 'submitted';
create index petition_assignee on profile.petition (assignee) where assignee is not null;
create index petition_decided on profile.petition (decided_at desc, petition_id desc) where decided_at is not null;
create index petition_kept on profile.petition (forget_at) where not forgotten;

-- What was handed in. A row is there before its object is, so that none is left behind: the object is gone before the row is.
create table profile.document (
    document_id uuid primary key,
    -- Null until everything has arrived.
    petition_id uuid references profile.petition,
    owner uuid not null,
    place smallint not null check (place between 1 and 4),
    format text not null check (format in ('jpeg', 'png', 'webp', 'pdf')),
    bytes integer not null check (bytes > 0),
    -- The key it is sealed with, sealed itself: gone with the row, whoever has a copy of the object.
    sealed_key bytea not null,
    -- When it is removed. Nobody opens it any more from that moment on.
    remove_at timestamptz,
    constraint document_belongs_or_ends check (petition_id is not null or remove_at is not null)
);
create unique index document_place on profile.document (petition_id, place);
create index document_removed on profile.document (remove_at, document_id) where remove_at is not null;
create index document_owner on profile.document (owner);

-- The deals somebody asks to look at.
create table profile.questioned_deal (
    petition_id uuid not null references profile.petition,
    order_id uuid not null references profile.deal,
    -- Whether the petition waits or was granted: only one that was refused leaves a deal to another.
    stands boolean not null default true,
    -- Whether it doesn't count any more.
    struck boolean not null default false,
    primary key (petition_id, order_id),
    constraint questioned_deal_is_struck_while_it_stands check (stands or not struck)
);
create unique index questioned_deal_once on profile.questioned_deal (order_id) where stands;

-- What counts against a seller, the last one first.
create index deal_against on profile.deal (seller, ended_at desc, order_id desc) where kind <> 'in_time';

-- Everything that was done about a petition, by whom. Nobody changes or removes a line; it holds ids, and what moderators write.
create table profile.petition_log (
    entry bigint generated always as identity primary key,
    petition_id uuid not null references profile.petition,
    by uuid not null,
    deed text not null
        check (deed in ('submitted', 'withdrew', 'took', 'released', 'opened', 'approved', 'rejected', 'revoked')),
    -- Of which document, where it is about one.
    place smallint,
    note text not null default '' check (char_length(note) <= 1000),
    at timestamptz not null,
    constraint petition_log_says_why_it_was_opened check (deed <> 'opened' or (place is not null and note <> ''))
);
create index petition_log_petition on profile.petition_log (petition_id, entry);
revoke update, delete on profile.petition_log from nexgate_profile;

-- What is shown of somebody's badges beside their name, and how often moderators have decided about them.
alter table profile.profile
    add column badge text check (badge in ('person', 'business', 'official')),
    add column badges_version bigint not null default 0;
