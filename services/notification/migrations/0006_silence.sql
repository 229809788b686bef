-- Whom somebody blocks, and whose doings they don't want to hear of: a copy of what profile tells, looked at when a notice is made, when
-- it goes out, and when it is shown.
create table notification.silence (
    subject uuid not null,
    object uuid not null,
    version bigint not null,
    blocks boolean not null,
    mutes boolean not null,
    -- For good where there is no end.
    mutes_until timestamptz,
    primary key (subject, object)
);

-- Why the reader is told nothing of this person, if so. A block silences both ways (X6).
create function notification.silences(reader uuid, about uuid, at timestamptz) returns setof notification.silence
stable language sql
begin atomic
    select silence.*
      from notification.silence
     where (subject = reader and object = about and (blocks or (mutes and coalesce(mutes_until > at, true))))
        or (subject = about and object = reader and blocks);
end;
