-- What a post shows of its pictures: those that are ready and its author's, in its order. A function that gives a row and stands in FROM
-- becomes a part of the statement (PostgreSQL manual, 38.5).
create function social.attached(it social.post) returns table (media json)
    stable language sql
begin atomic
    select case when it.pictures <> '{}'
               then (select json_agg(json_build_object('picture', known.picture, 'alt', named.alt) order by named.place)
                       from unnest(it.pictures, it.alts) with ordinality as named (media_id, alt, place)
                       join social.picture known on known.media_id = named.media_id
                      where known.owner = it.author
                        and known.picture is not null)
           end;
end;
