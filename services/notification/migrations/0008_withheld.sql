-- Who is there for themselves only, by a moderator's decision, as profile tells it: nobody is told of them, and what was told isn't shown.
alter table notification.person
    add column withheld boolean not null default false,
    add column withheld_version bigint not null default 0;
