-- The tables of {name}.

-- What auth told of the people known here; it has the same name in every service.
create table {name}.person (
    user_id uuid primary key,
    -- 'locked' while the account is, 'erased' for good.
    state text not null check (state in ('open', 'locked', 'erased')),
    -- The newest version of the account's own facts that was applied here.
    account_version bigint not null
);
