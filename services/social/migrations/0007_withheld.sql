-- What moderators decided about a post, as profile tells it: since when nobody but its author sees it, and the newest decision heard of.
alter table social.post
    add column withheld_at timestamptz,
    add column withheld_version bigint not null default 0;
