-- News of a kind of which many come share a letter: when the last one of a kind went to somebody, or when the next one goes.
-- Such a letter waits for its time up to a day and, where its carrier puts it off, a day more.
create table notification.bundle (
    user_id uuid not null references notification.person,
    kind text not null,
    goes_at timestamptz not null,
    primary key (user_id, kind)
);
