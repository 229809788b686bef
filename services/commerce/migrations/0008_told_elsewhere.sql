-- Who called an order off; null for those that were called off before anybody wrote it down.
-- The rows there are keep both rules as they have nothing there: looking at each would keep people from their orders.
alter table commerce.orders
    add column cancelled_by text,
    add constraint orders_cancelled_by_check check (cancelled_by in ('buyer', 'seller', 'clock')) not valid,
    add constraint orders_cancelled_by_somebody check (cancelled_by is null or state = 'cancelled') not valid;

-- Counts what changed of how a shop looks, for copies elsewhere; an order has a `version` of its own, and both are read together.
alter table commerce.shop add column face_version bigint not null default 1;
