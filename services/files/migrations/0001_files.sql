-- What people upload, and what became of it.

-- What auth told of the people known here; it has the same name in every service.
create table files.person (
    user_id uuid primary key,
    -- 'locked' while the account is, 'erased' for good.
    state text not null default 'open' check (state in ('open', 'locked', 'erased')),
    -- The newest version of the account's own facts that was applied here.
    account_version bigint not null default 0,
    -- Bytes of everything uploaded and not deleted: what counts against the quota.
    used bigint not null default 0 constraint usage_not_negative check (used >= 0)
);

create table files.media (
    id uuid primary key,
    owner uuid not null references files.person,
    visibility text not null check (visibility in ('public', 'private')),
    -- What the bytes are, whatever their sender called them.
    format text not null check (format in ('jpeg', 'png', 'webp', 'gif', 'pdf')),
    -- As they came.
    bytes bigint not null check (bytes > 0),
    sha256 bytea not null,
    state text not null check (state in ('processing', 'ready', 'rejected', 'failed', 'deleted')),
    -- How often its worker failed.
    tries smallint not null default 0,
    -- The code of why it was rejected or failed.
    reason text,
    -- Sizes, BlurHash and keys of a finished picture.
    picture json,
    version bigint not null default 1,
    uploaded_at timestamptz not null,
    -- When it was rejected, failed or deleted.
    ended_at timestamptz,
    constraint media_ended_once check ((state in ('rejected', 'failed', 'deleted')) = (ended_at is not null)),
    constraint media_has_its_reason check ((state in ('rejected', 'failed')) = (reason is not null)),
    constraint media_has_its_picture check ((state = 'ready' and format <> 'pdf') = (picture is not null))
);
-- The same bytes are kept once for one person and one audience.
create unique index media_once on files.media (owner, visibility, sha256) where state in ('processing', 'ready');
create index media_by_owner on files.media (owner, id desc) where state <> 'deleted';
create index media_ended on files.media (ended_at) where state in ('rejected', 'failed', 'deleted');
