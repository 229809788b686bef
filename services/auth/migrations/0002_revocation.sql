-- Sessions that have ended while access tokens of theirs still live: every node refuses those (A5).
create table auth.revocation (
    session uuid primary key,
    at timestamptz not null
);
create index revocation_at on auth.revocation (at);
