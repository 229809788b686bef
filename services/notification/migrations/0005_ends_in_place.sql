-- A delivery ends without a new entry in any index: none of them has a column that changes then, and its page keeps room for the row as
-- it ends (PostgreSQL manual, 73.7, Heap-Only Tuples). The sweep goes by when it was told; it waits a day at most.
drop index notification.delivery_ended;
create index delivery_at on notification.delivery (at);
alter table notification.delivery set (fillfactor = 70);
