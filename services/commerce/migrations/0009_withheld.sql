-- What moderators decided about a product or a shop, as profile tells it: since when nobody but its owner sees it, and the newest
-- decision heard of.
alter table commerce.product
    add column withheld_at timestamptz,
    add column withheld_version bigint not null default 0;
alter table commerce.shop
    add column withheld_at timestamptz,
    add column withheld_version bigint not null default 0;

-- Whether a shop sells: not while it is withheld, and not while its owner may not. It takes the place of `commerce.standing`, which nodes of
-- the last release still call, and becomes a part of the statement as that one did.
create function commerce.trade(state text, owner uuid, withheld_at timestamptz) returns table (is_open boolean)
    stable language sql
begin atomic
    select trade.state = 'open'
       and trade.withheld_at is null
       and not exists (select 1
                         from commerce.person
                        where person.user_id = trade.owner
                          and person.state <> 'open');
end;
