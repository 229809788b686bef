-- Who called an order off; null for those that were called off before anybody wrote it down.
alter table commerce.orders
    add column cancelled_by text check (cancelled_by in ('buyer', 'seller', 'clock')),
    add constraint orders_cancelled_by_somebody check (cancelled_by is null or state = 'cancelled');
-- Ended orders, to tell of them again.
create index orders_ended on commerce.orders (id) where state <> 'open';

-- Counts what changed of how a shop looks, for copies elsewhere; an order has a `version` of its own, and both are read together.
alter table commerce.shop add column face_version bigint not null default 1;
