-- The same as `commerce.available` and `commerce.is_open`, which nodes of the last release still call; those go with the next one. A
-- function with a query in it is planned anew at every call, unless it gives rows and stands in FROM: then its query becomes a part
-- of the statement (PostgreSQL manual, 38.5).

-- Units that can be bought at a moment: holds that have run out are free, swept or not (X4).
create function commerce.shelf(it commerce.variant, moment timestamptz) returns table (available bigint)
    stable language sql
begin atomic
    select it.capacity - it.sold - it.held
         + case when it.held = 0
               then 0
               else (select coalesce(sum(hold.quantity), 0)::bigint
                       from commerce.hold
                      where hold.variant = it.id
                        and hold.expires_at <= moment)
           end;
end;

-- Whether a shop sells: not while its owner may not.
create function commerce.standing(state text, owner uuid) returns table (is_open boolean)
    stable language sql
begin atomic
    select standing.state = 'open'
       and not exists (select 1
                         from commerce.person
                        where person.user_id = standing.owner
                          and person.state <> 'open');
end;
